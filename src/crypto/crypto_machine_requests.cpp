// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The requests of the machine: what to send, and what became of it.
#include "crypto/crypto_machine.h"
#include "crypto/machine_parts_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

std::optional<ToDeviceRecord> pendingToDevice(CryptoStep &step, const RequestId &id)
{
    // Only the first is ever handed out, so only the first can have been answered.
    const auto pending = step.failure.take(step.store().pendingToDevice(1));
    const bool found = !pending.isEmpty() && pending.first().txnId.toString() == id.toString();
    return found ? std::optional(pending.first()) : std::nullopt;
}

Result<QList<OutgoingRequest>> CryptoMachine::outgoing()
{
    CryptoStep step(m_parts->context);
    QList<OutgoingRequest> requests;
    for (const auto &request : {m_parts->oneTimeKeys.request(step), m_parts->tracker.request(step),
                                m_parts->claims.request(step), m_parts->crossSigning.request(step)}) {
        if (request)
            requests.append(*request);
    }
    requests += m_parts->backup.requests(step);
    // One at a time: messages for one device must arrive in the order in which they were encrypted.
    const auto pending = step.failure.take(step.store().pendingToDevice(1));
    for (const ToDeviceRecord &record : pending)
        requests.append(
            {RequestId(record.txnId.toString()), SendToDevice{record.eventType, record.txnId, record.body}});
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return requests;
}

qint64 CryptoMachine::outgoingAgainMs() const
{
    const qint64 now = m_parts->context.clock.nowMs();
    qint64 left = -1;
    for (const qint64 one : {m_parts->oneTimeKeys.leftMs(now), m_parts->tracker.leftMs(now),
                             m_parts->claims.leftMs(now), m_parts->crossSigning.leftMs(now),
                             m_parts->backup.versions.leftMs(now), m_parts->backup.uploads.leftMs(now)})
        left = sooner(left, one);
    return left;
}

Result<AnswerOutcome> CryptoMachine::markSent(const RequestId &id, const QByteArray &responseBody)
{
    CryptoStep step(m_parts->context);
    AnswerOutcome outcome;
    Result<void> done;
    const bool aboutBackup = m_parts->backup.versions.owns(id);
    bool shared = aboutBackup; // what others of our devices ask, or are asked, may be answered otherwise now
    if (m_parts->tracker.owns(id)) {
        auto answered = m_parts->tracker.answered(step, responseBody);
        if (answered) {
            outcome = *answered;
            m_parts->sharing.devicesAnswered(step);
            shared = outcome.devicesChanged.contains(step.own().user);
            done = CrossSigning::settle(step);
        } else {
            done = tl::unexpected(answered.error());
        }
    } else if (m_parts->oneTimeKeys.owns(id)) {
        done = m_parts->oneTimeKeys.answered(step, responseBody);
    } else if (m_parts->claims.owns(id)) {
        done = m_parts->claims.answered(step, responseBody);
        shared = true;
    } else if (m_parts->crossSigning.owns(id)) {
        m_parts->crossSigning.answered(step, responseBody);
        // An answer that the server gave before would show this device as one that nobody has signed.
        m_parts->tracker.disregardAnswer(step, step.own().user);
        outcome.devicesChanged.append(step.own().user);
        shared = true;
    } else if (m_parts->backup.owns(id)) {
        done = m_parts->backup.answered(step, id, responseBody, outcome);
        for (const RoomKeyNews &news : std::as_const(outcome.roomKeys))
            KeyGossip::keysAreHere(step, {{news.room, news.session}});
    } else if (const auto record = pendingToDevice(step, id)) {
        step.changes.deletedToDevice.append(record->seq);
    }
    if (done && shared)
        m_parts->gossip.advance(step);
    outcome.backupOpened = m_parts->backup.versions.opened();
    if (done)
        done = step.commit();
    if (!done && aboutBackup)
        m_parts->backup.versions.check(); // what was read was not kept
    if (!done)
        return tl::unexpected(done.error());
    outcome.notes = step.takeNotes();
    return outcome;
}

Result<AnswerOutcome> CryptoMachine::markFailed(const RequestId &id, const Error &error,
                                                const QByteArray &responseBody)
{
    // The token, not the request, is what has to change before an Auth error goes away.
    if (isTransient(error) || error.kind == ErrorKind::Auth || error.kind == ErrorKind::Cancelled
        || error.kind == ErrorKind::Tls)
        return AnswerOutcome();
    CryptoStep step(m_parts->context);
    Result<void> done;
    if (m_parts->tracker.owns(id)) {
        m_parts->tracker.rejected(step, error);
    } else if (m_parts->oneTimeKeys.owns(id)) {
        done = m_parts->oneTimeKeys.rejected(step, error, responseBody);
    } else if (m_parts->claims.owns(id)) {
        m_parts->claims.rejected(step, error);
    } else if (m_parts->crossSigning.owns(id)) {
        m_parts->crossSigning.rejected(step.nowMs());
    } else if (m_parts->backup.owns(id)) {
        done = m_parts->backup.rejected(step, id, error);
    } else if (const auto record = pendingToDevice(step, id)) {
        step.changes.deletedToDevice.append(record->seq);
        if (!record->session.isEmpty())
            m_parts->sharing.shareRefused(step, record->room, error);
    }
    if (done)
        done = step.commit();
    if (!done)
        return tl::unexpected(done.error());
    return AnswerOutcome{.devicesChanged = {}, .notes = step.notes};
}

Result<void> CryptoMachine::markUnanswered(const RequestId &id)
{
    CryptoStep step(m_parts->context);
    if (m_parts->oneTimeKeys.owns(id))
        m_parts->oneTimeKeys.unanswered(step);
    return step.commit();
}

} // namespace parvis::crypto
