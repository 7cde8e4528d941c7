// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Comparing emoji in a verification, and what the person decides.
#include "crypto/verification_flow_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

using State = VerificationState;

void VerificationFlow::receiveSasStart(VerificationCall &call, const VerificationMessage &message)
{
    const OwnDevice &own = call.step.own();
    if (m_sas && m_sas->isOnlyOffered()) {
        // Both began at once: the smaller one's start is the one that counts.
        const auto ours = std::pair(own.user.toString().toUtf8(), own.device.toString().toUtf8());
        const auto theirs = std::pair(m_info.user.toString().toUtf8(), m_info.device.toString().toUtf8());
        if (ours < theirs)
            return;
        m_sas.reset();
    } else if (m_info.state != State::Ready) {
        return cancel(call, CancelCode::UnexpectedMessage);
    }
    if (!m_ourMethods.contains(sasMethod) || !m_theirMethods.contains(sasMethod))
        return cancel(call, CancelCode::UnknownMethod);
    m_qr = Qr::None; // nobody has read the code
    m_sas.emplace(SasExchange::Side{own.user, own.device}, SasExchange::Side{m_info.user, m_info.device},
                  m_info.flow);
    setState(State::Started);
    (void)take(call, m_sas->receiveStart(message));
}

bool VerificationFlow::take(VerificationCall &call, const SasStep &step)
{
    if (!step) {
        cancel(call, step.error());
        return false;
    }
    if (*step)
        send(call, (*step)->kind, (*step)->content);
    return true;
}

void VerificationFlow::finishSas(VerificationCall &call)
{
    if (!m_sas || m_finished || !m_sas->isComplete())
        return;
    const auto vouched = m_sas->vouched(m_frozen->device, m_frozen->master);
    if (vouched)
        (void)finish(call, *vouched);
    else
        cancel(call, vouched.error());
}

// --- What the person does

Result<void> VerificationFlow::accept(VerificationCall &call)
{
    if (m_info.byUs || m_info.state != State::Requested)
        return notNow();
    if (auto may = mayVerify(call.step, m_info.user); !may)
        return may;
    m_ourMethods = ourMethods(call.step);
    if (!bothWant(call))
        return fail(ErrorKind::NotFound, u"PARVIS_UNKNOWN_DEVICE"_s);
    send(call, VerificationMessage::Kind::Ready,
         {{"from_device"_L1, call.step.own().device.toString()},
          {"methods"_L1, QJsonArray::fromStringList(m_ourMethods)}});
    return {};
}

Result<void> VerificationFlow::startSas(VerificationCall &call)
{
    if (m_info.state != State::Ready || !m_info.canSas)
        return notNow();
    const OwnDevice &own = call.step.own();
    m_qr = Qr::None;
    m_sas.emplace(SasExchange::Side{own.user, own.device}, SasExchange::Side{m_info.user, m_info.device},
                  m_info.flow);
    setState(State::Started);
    const QByteArray bytes = send(call, VerificationMessage::Kind::Start, m_sas->offer(), {m_info.device});
    (void)take(call, m_sas->started(bytes));
    return {};
}

Result<void> VerificationFlow::confirm(VerificationCall &call)
{
    if (m_info.state == State::Scanned) {
        (void)finish(call, shownByQr(call));
        return {};
    }
    if (m_info.state != State::Comparing || !m_sas)
        return notNow();
    const OwnDevice &own = call.step.own();
    QMap<QString, QString> keys{{"ed25519:"_L1 + own.device.toString(), own.keys.signing.toString()}};
    // An identity that we do not know as ours is nothing that we can vouch for.
    if (m_frozen->ownVerified)
        keys.insert("ed25519:"_L1 + m_frozen->ownMaster.toString(), m_frozen->ownMaster.toString());
    if (!take(call, m_sas->confirm(keys)))
        return {};
    setState(State::Waiting);
    finishSas(call);
    return {};
}

Result<void> VerificationFlow::mismatch(VerificationCall &call)
{
    if (m_info.state != State::Comparing && m_info.state != State::Scanned)
        return notNow();
    cancel(call, m_info.state == State::Comparing ? CancelCode::MismatchedSas : CancelCode::User);
    return {};
}

} // namespace parvis::crypto
