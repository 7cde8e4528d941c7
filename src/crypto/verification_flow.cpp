// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"
#include "crypto/verification_flow_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Kind = VerificationMessage::Kind;
using State = VerificationState;

constexpr qsizetype maxFlowText = 255;

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

VerificationFlow::VerificationFlow(Start start)
    : m_startedMs(start.startedMs), m_asked(std::move(start.asked)), m_theirMethods(std::move(start.methods))
{
    m_info.flow = std::move(start.id);
    m_info.user = std::move(start.user);
    m_info.device = std::move(start.device);
    m_info.room = std::move(start.room);
    m_info.byUs = start.byUs;
}

bool VerificationFlow::isOver() const
{
    return m_info.state == State::Done || m_info.state == State::Cancelled || m_info.state == State::Passive;
}

void VerificationFlow::bind(const QString &eventId)
{
    m_info.flow = eventId;
    m_bound = true;
}

void VerificationFlow::setState(State state)
{
    m_info.state = state;
    const bool choice = state == State::Ready;
    const auto both = [&](QLatin1StringView ours, QLatin1StringView theirs) {
        return choice && m_ourMethods.contains(ours) && m_theirMethods.contains(theirs);
    };
    const bool reciprocates = both(reciprocateMethod, reciprocateMethod);
    m_info.canSas = both(sasMethod, sasMethod);
    m_info.canShow = reciprocates && both(showMethod, scanMethod);
    m_info.canScan = reciprocates && both(scanMethod, showMethod);
    if (state != State::Comparing)
        m_info.sas.clear();
}

Result<void> VerificationFlow::mayVerify(CryptoStep &step, const UserId &user)
{
    if (user == step.own().user)
        return {};
    if (!ownIdentityVerified(step))
        return fail(ErrorKind::Crypto, u"PARVIS_VERIFICATION_NO_IDENTITY"_s);
    if (!step.identities.find(user))
        return fail(ErrorKind::Crypto, u"PARVIS_VERIFICATION_OTHER_NO_IDENTITY"_s);
    return {};
}

QStringList VerificationFlow::ourMethods(CryptoStep &step) const
{
    QStringList methods{sasMethod};
    // A code is about identities: without one of ours there is nothing to show.
    if (step.identities.find(step.own().user))
        methods << showMethod << scanMethod << reciprocateMethod;
    return methods;
}

// --- Sending

QByteArray VerificationFlow::send(VerificationCall &call, Kind kind, QJsonObject content,
                                  const QList<DeviceId> &devices)
{
    if (!m_info.room.isEmpty()) {
        content.insert("m.relates_to"_L1,
                       QJsonObject{{"rel_type"_L1, "m.reference"_L1}, {"event_id"_L1, m_info.flow}});
        const QByteArray bytes = text(content);
        call.outcome.toRooms.append({m_info.room, typeOf(kind), bytes, {}});
        return bytes;
    }
    content.insert("transaction_id"_L1, m_info.flow);
    QJsonObject messages;
    for (const DeviceId &device : devices)
        messages.insert(device.toString(), content);
    if (!messages.isEmpty())
        call.step.queueToDevice(typeOf(kind),
                                text({{"messages"_L1, QJsonObject{{m_info.user.toString(), messages}}}}));
    return text(content);
}

void VerificationFlow::send(VerificationCall &call, Kind kind, const QJsonObject &content)
{
    (void)send(call, kind, content, {m_info.device});
}

void VerificationFlow::sendCancel(VerificationCall &call, CancelCode code, const QList<DeviceId> &devices)
{
    (void)send(call, Kind::Cancel, {{"code"_L1, word(code)}, {"reason"_L1, sentence(code)}}, devices);
}

void VerificationFlow::ask(VerificationCall &call)
{
    m_ourMethods = ourMethods(call.step);
    QJsonObject content{{"from_device"_L1, call.step.own().device.toString()},
                        {"methods"_L1, QJsonArray::fromStringList(m_ourMethods)}};
    if (m_info.room.isEmpty()) {
        content.insert("timestamp"_L1, call.step.nowMs());
        (void)send(call, Kind::Request, content, m_asked);
        return;
    }
    content.insert("msgtype"_L1, typeOf(Kind::Request));
    content.insert("to"_L1, m_info.user.toString());
    content.insert("body"_L1,
                   call.step.own().user.toString()
                       + " asks to verify your key, but your application does not support it."_L1);
    m_bound = false;
    call.outcome.toRooms.append({m_info.room, u"m.room.message"_s, text(content), m_info.flow});
}

// --- The end

void VerificationFlow::ended(const QString &code, const QString &reason, bool byUs)
{
    setState(State::Cancelled);
    m_info.cancelCode = code.left(maxFlowText);
    m_info.reason = reason.left(maxFlowText);
    m_info.cancelledByUs = byUs;
    m_sas.reset();
    m_qrSecret = Secret();
    wipe(m_qrBytes);
}

void VerificationFlow::cancel(VerificationCall &call, CancelCode code)
{
    if (isOver())
        return;
    if (m_finished)
        return setState(State::Done); // what was compared is saved: there is nothing left to take back
    if (m_bound)
        sendCancel(call, code, m_info.device.isEmpty() ? m_asked : QList<DeviceId>{m_info.device});
    ended(word(code), sentence(code), true);
}

void VerificationFlow::abandon()
{
    ended(word(CancelCode::User), u"The verification could not be saved"_s, true);
}

void VerificationFlow::timeOut(VerificationCall &call)
{
    if (isOver())
        return;
    if (m_finished) {
        setState(State::Done); // what we know is saved; only the other side did not say that it is done
        return;
    }
    // Whoever asked has stopped waiting as well: a stranger's question that nobody answered gets no answer.
    if (m_info.state == State::Requested && !m_info.byUs)
        ended(word(CancelCode::Timeout), sentence(CancelCode::Timeout), true);
    else
        cancel(call, CancelCode::Timeout);
}

void VerificationFlow::receiveCancel(VerificationCall &call, const VerificationMessage &message)
{
    const QString code = message.content.text(u"code"_s);
    if (m_info.state == State::Requested && !m_info.byUs && code == word(CancelCode::Accepted)) {
        setState(State::Passive);
        return;
    }
    if (m_finished)
        return setState(State::Done); // too late: what was compared is saved
    // One of the devices that we asked said no for the person: the others need not ask again.
    if (m_info.state == State::Requested && m_asked.size() > 1)
        sendCancel(call, CancelCode::User, m_asked);
    ended(code, message.content.text(u"reason"_s), false);
}

bool VerificationFlow::finish(VerificationCall &call, const SasExchange::Vouched &shown)
{
    if (!m_frozen
        || !saveTrust(call.step, call.tracker, m_info.user, m_info.device, *m_frozen, shown,
                      call.outcome.ownVerified)) {
        cancel(call, CancelCode::KeyMismatch);
        return false;
    }
    m_finished = true;
    send(call, Kind::Done, {});
    setState(State::Waiting);
    return true;
}

void VerificationFlow::receiveDone(VerificationCall &call)
{
    if (m_qr == Qr::Scanned && m_info.state == State::Waiting && !m_finished) {
        // The other side saw that we read its code.
        if (finish(call, shownByQr(call)))
            setState(State::Done);
        return;
    }
    if (!m_finished) {
        cancel(call, CancelCode::UnexpectedMessage);
        return;
    }
    setState(State::Done);
}

// --- What comes in

void VerificationFlow::receive(VerificationCall &call, const VerificationMessage &message)
{
    if (isOver())
        return;
    if (message.sender != m_info.user) {
        if (message.sender == call.step.own().user)
            receiveOwn(message);
        return; // whoever else it is: not theirs to touch
    }
    const auto sas = [&](SasStep (SasExchange::*step)(const RawObject &)) {
        if (!m_sas)
            return cancel(call, CancelCode::UnexpectedMessage);
        if (!take(call, ((*m_sas).*step)(message.content)))
            return;
        if (m_info.state == State::Started && m_sas->canBeCompared()) {
            setState(State::Comparing);
            m_info.sas = m_sas->bytes();
            m_info.emoji = m_sas->hasEmoji();
        }
        finishSas(call);
    };
    switch (message.kind) {
    case Kind::Request:
        return cancel(call, CancelCode::UnexpectedMessage);
    case Kind::Ready:
        return receiveReady(call, message);
    case Kind::Start:
        return receiveStart(call, message);
    case Kind::Accept:
        return sas(&SasExchange::receiveAccept);
    case Kind::Key:
        return sas(&SasExchange::receiveKey);
    case Kind::Mac:
        return sas(&SasExchange::receiveMac);
    case Kind::Done:
        return receiveDone(call);
    case Kind::Cancel:
        return receiveCancel(call, message);
    }
}

/// In a room everybody sees what everybody sends: another device of ours may have answered.
void VerificationFlow::receiveOwn(const VerificationMessage &message)
{
    if (m_info.byUs || m_info.state != State::Requested)
        return;
    if (message.kind == Kind::Ready)
        setState(State::Passive);
    else if (message.kind == Kind::Cancel)
        ended(message.content.text(u"code"_s), message.content.text(u"reason"_s), false);
}

/// The device is known by now: from here on its keys are what counts.
bool VerificationFlow::bothWant(const VerificationCall &call)
{
    m_frozen = freezeKeys(call.step, m_info.user, m_info.device);
    if (!m_frozen)
        return false;
    setState(State::Ready);
    return true;
}

void VerificationFlow::receiveReady(VerificationCall &call, const VerificationMessage &message)
{
    if (!m_info.byUs || m_info.state != State::Requested) {
        // A second device of the other person's may be as quick as the first.
        if (m_info.byUs && message.fromDevice != m_info.device)
            return;
        return cancel(call, CancelCode::UnexpectedMessage);
    }
    const auto methods = shortStrings(message.content, u"methods"_s);
    if (!methods)
        return cancel(call, CancelCode::InvalidMessage);
    m_info.device = message.fromDevice;
    m_theirMethods = *methods;
    QList<DeviceId> others = m_asked;
    others.removeAll(m_info.device);
    if (!others.isEmpty())
        sendCancel(call, CancelCode::Accepted, others);
    if (!bothWant(call))
        return cancel(call, CancelCode::KeyMismatch);
    if (!m_info.canSas && !m_info.canShow && !m_info.canScan)
        cancel(call, CancelCode::UnknownMethod);
}

void VerificationFlow::receiveStart(VerificationCall &call, const VerificationMessage &message)
{
    const QString method = message.content.text(u"method"_s);
    if (message.fromDevice.isEmpty() || method.isEmpty())
        return cancel(call, CancelCode::InvalidMessage);
    if (m_info.state == State::Requested || message.fromDevice != m_info.device)
        return cancel(call, CancelCode::UnexpectedMessage);
    if (method == sasMethod)
        receiveSasStart(call, message);
    else if (method == reciprocateMethod)
        receiveReciprocate(call, message);
    else
        cancel(call, CancelCode::UnknownMethod);
}

} // namespace parvis::crypto
