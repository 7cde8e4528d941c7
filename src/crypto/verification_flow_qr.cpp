// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// QR codes in a verification: what ours says, whether theirs fits, and what follows.
#include "base/base64.h"
#include "crypto/verification_flow_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

using Mode = VerificationQr::Mode;

std::optional<VerificationQr> VerificationFlow::makeQr(const VerificationCall &call) const
{
    VerificationQr code;
    code.flowId = m_info.flow;
    if (!isOwn(call)) {
        code.mode = Mode::OtherPerson;
        code.firstKey = m_frozen->ownMaster;
        code.secondKey = m_frozen->master;
        if (!m_frozen->ownVerified)
            return {};
    } else if (m_frozen->ownVerified) {
        code.mode = Mode::OwnTrusting;
        code.firstKey = m_frozen->ownMaster;
        code.secondKey = m_frozen->device;
    } else {
        code.mode = Mode::OwnUntrusting;
        code.firstKey = call.step.own().keys.signing;
        code.secondKey = m_frozen->ownMaster;
    }
    code.secret = Secret::random(VerificationQr::newSecret);
    return code;
}

Result<QByteArray> VerificationFlow::qr(VerificationCall &call)
{
    if (m_info.state != VerificationState::Ready || !m_info.canShow)
        return notNow();
    if (m_qr == Qr::Shown)
        return m_qrBytes; // the same as long as it can be read
    auto code = makeQr(call);
    const auto bytes = code ? code->toBytes() : notNow();
    if (!bytes)
        return bytes;
    m_qr = Qr::Shown;
    m_qrMode = code->mode;
    m_qrSecret = std::move(code->secret);
    m_qrBytes = *bytes;
    return m_qrBytes;
}

/// The mirror of makeQr(): the code of the other side of this very verification, with the keys that we know.
bool VerificationFlow::fits(const VerificationCall &call, const VerificationQr &code) const
{
    const FrozenKeys &known = *m_frozen;
    if (known.master.isEmpty() || known.ownMaster.isEmpty())
        return false;
    switch (code.mode) {
    case Mode::OtherPerson:
        return !isOwn(call) && known.ownVerified && code.firstKey == known.master
            && code.secondKey == known.ownMaster;
    case Mode::OwnTrusting:
        return isOwn(call) && code.firstKey == known.ownMaster
            && code.secondKey == call.step.own().keys.signing;
    case Mode::OwnUntrusting:
        return isOwn(call) && known.ownVerified && code.firstKey == known.device
            && code.secondKey == known.ownMaster;
    }
    Q_UNREACHABLE();
    return false;
}

Result<void> VerificationFlow::scan(VerificationCall &call, QByteArrayView bytes)
{
    if (m_info.state != VerificationState::Ready || !m_info.canScan)
        return notNow();
    const auto code = VerificationQr::parse(bytes);
    if (!code)
        return tl::unexpected(code.error());
    if (code->flowId != m_info.flow)
        return fail(ErrorKind::Crypto, u"PARVIS_QR_OTHER_VERIFICATION"_s);
    if (!fits(call, *code)) {
        // The right verification with the wrong keys: somebody in between shows us others than they have.
        cancel(call, CancelCode::KeyMismatch);
        return {};
    }
    m_qr = Qr::Scanned;
    m_qrMode = code->mode;
    send(call, VerificationMessage::Kind::Start,
         {{"from_device"_L1, call.step.own().device.toString()},
          {"method"_L1, reciprocateMethod},
          {"secret"_L1, QString::fromLatin1(toBase64(code->secret.view()))}});
    setState(VerificationState::Waiting);
    return {};
}

void VerificationFlow::receiveReciprocate(VerificationCall &call, const VerificationMessage &message)
{
    if (m_info.state != VerificationState::Ready || m_qr != Qr::Shown)
        return cancel(call, CancelCode::UnexpectedMessage);
    const auto secret = message.content.string(u"secret"_s);
    const auto shown = secret && secret->size() <= VerificationQr::maxBytes
        ? secretFromBase64(secret->toLatin1())
        : fail(ErrorKind::Crypto, u"PARVIS_BAD_BASE64"_s);
    if (!shown)
        return cancel(call, CancelCode::InvalidMessage);
    if (!m_qrSecret.equals(shown->view()))
        return cancel(call, CancelCode::KeyMismatch);
    setState(VerificationState::Scanned);
}

SasExchange::Vouched VerificationFlow::shownByQr(const VerificationCall &call) const
{
    if (!isOwn(call))
        return {.device = false, .master = true};
    // The side that trusts the identity learns the other's device; the other side learns the identity.
    const bool weTrust = (m_qrMode == Mode::OwnTrusting) == (m_qr == Qr::Shown);
    return {.device = weTrust, .master = !weTrust};
}

} // namespace parvis::crypto
