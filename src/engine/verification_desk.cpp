// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/verification_desk.h"

#include "base/log.h"
#include "base/raw_object.h"
#include "engine/verification_values.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int tickMs = 5'000;

/// The message of a verification in this event of a room, where there is one.
std::optional<crypto::RoomVerificationEvent> messageIn(const RoomId &room, const RoomEvent &event)
{
    if (event.event.isState() || event.event.redacted || !event.isReadable())
        return {};
    const bool possible =
        event.type().startsWith("m.key.verification."_L1) || event.type() == event_type::message;
    if (!possible)
        return {};
    QByteArray content;
    if (event.clear) {
        content = event.clear->content;
    } else if (const auto raw = RawObject::parse(event.event.raw)) {
        content = raw->raw(u"content"_s); // the bytes themselves: a commitment is made over them
    }
    if (!crypto::isVerificationEvent(event.type(), content))
        return {};
    return crypto::RoomVerificationEvent{.room = room,
                                         .event = event.event.id,
                                         .sender = event.event.sender,
                                         .senderDevice = {},
                                         .originServerTs = event.event.originServerTs,
                                         .type = event.type(),
                                         .content = content};
}

} // namespace

VerificationDesk::VerificationDesk(Parts parts)
    : m_flows(parts.machine.verifications()), m_parts(parts), m_ignored(parts.cache)
{
    m_clock.setInterval(tickMs);
    connectParts();
}

void VerificationDesk::connectParts()
{
    connect(&m_parts.crypto, &MachineCrypto::toDeviceReceived, this,
            [this](const QList<crypto::ReceivedToDevice> &events) {
                for (const crypto::ReceivedToDevice &event : events) {
                    if (event.type.startsWith("m.key.verification."_L1))
                        (void)take(m_flows.receive(event));
                }
            });
    connect(&m_parts.apply, &SyncApply::liveEventsCame, this, &VerificationDesk::takeRoomEvents);
    connect(&m_parts.lateKeys, &timeline::LateKeys::becameReadable, this, &VerificationDesk::takeRoomEvents);
    connect(&m_parts.pump, &OutgoingPump::devicesChanged, this,
            [this](const QList<UserId> &) { (void)take(m_flows.devicesChanged()); });
    connect(
        &m_parts.queue, &SendQueue::sent, this,
        [this](const RoomId &, const TransactionId &txn, const EventId &event) { requestSent(txn, event); });
    connect(&m_parts.queue, &SendQueue::changed, this, &VerificationDesk::requestsFailed,
            Qt::QueuedConnection);
    connect(&m_clock, &QTimer::timeout, this, [this] { (void)take(m_flows.tick()); });
}

void VerificationDesk::dropLeftovers()
{
    const auto rows = m_parts.queue.allRows();
    for (const store::QueueRow &row : rows) {
        if (!crypto::isVerificationEvent(row.kind, row.content))
            continue;
        if (const auto dropped = m_parts.queue.cancel(row.txnId); !dropped)
            qCInfo(log::send) << "a message of an old verification goes all the same:"
                              << dropped.error().code;
    }
}

bool VerificationDesk::isIgnored(const UserId &user)
{
    if (const auto read = m_ignored.read(); !read)
        qCWarning(log::crypto) << "whom the person ignores cannot be read:" << read.error().code;
    return m_ignored.contains(user);
}

void VerificationDesk::takeRoomEvents(const RoomId &room, const QList<RoomEvent> &events)
{
    for (const RoomEvent &event : events) {
        if (const auto message = messageIn(room, event); message && !isIgnored(message->sender))
            (void)take(m_flows.receive(*message));
    }
}

Result<void> VerificationDesk::take(const Result<crypto::VerificationOutcome> &outcome)
{
    if (outcome) {
        for (const crypto::OutgoingRoomVerification &message : outcome->toRooms)
            say(message);
    } else {
        qCWarning(log::crypto) << "verification:" << outcome.error().code;
    }
    publish();
    // In a turn of its own: this may be in the middle of an answer that the pump takes in.
    QMetaObject::invokeMethod(&m_parts.pump, &OutgoingPump::kick, Qt::QueuedConnection);
    if (outcome && outcome->ownVerified)
        Q_EMIT ownVerified();
    return outcome ? Result<void>() : tl::unexpected(outcome.error());
}

void VerificationDesk::say(const crypto::OutgoingRoomVerification &message)
{
    const auto txn = m_parts.queue.enqueue(message.room, message.type, message.content);
    if (!txn) {
        qCWarning(log::crypto) << "verification: cannot be said:" << txn.error().code;
        return; // the other side runs out of time
    }
    if (message.handle.isEmpty())
        return;
    m_asked.emplace(*txn, Asked{message.handle, {}});
    m_lastRequest = *txn;
}

void VerificationDesk::publish()
{
    m_all.set(toClient(m_flows.all()));
    if (!m_flows.isActive())
        m_clock.stop();
    else if (!m_clock.isActive())
        m_clock.start();
}

Task<QString> VerificationDesk::request(const UserId &user, const DeviceId &device, const RoomId &room)
{
    const auto outcome = room.isEmpty() ? m_flows.requestOwn(device) : m_flows.requestPerson(user, room);
    m_lastRequest = {};
    if (const auto taken = take(outcome); !taken)
        return Task<QString>::ready(tl::unexpected(taken.error()));
    if (room.isEmpty())
        return Task<QString>::ready(outcome->flow);
    const auto asked = m_asked.find(m_lastRequest);
    if (asked == m_asked.end())
        return Task<QString>::ready(fail(ErrorKind::Storage, u"PARVIS_NO_QUEUE_ROW"_s));
    return asked->second.promise.task();
}

void VerificationDesk::requestSent(const TransactionId &txn, const EventId &event)
{
    auto asked = m_asked.extract(txn);
    if (!asked)
        return;
    m_flows.roomRequestSent(asked.mapped().handle, event);
    publish();
    asked.mapped().promise.resolve(event.toString());
}

void VerificationDesk::requestsFailed(const RoomId &room)
{
    const auto rows = m_asked.empty() ? QList<store::QueueRow>() : m_parts.queue.rows(room);
    for (const store::QueueRow &row : rows) {
        if (row.state != store::QueueState::Failed)
            continue;
        auto asked = m_asked.extract(row.txnId);
        if (!asked)
            continue;
        const Error error =
            m_parts.queue.error(row).value_or(Error{ErrorKind::Server, u"PARVIS_REFUSED"_s, {}, 0});
        (void)m_parts.queue.cancel(row.txnId);
        (void)take(m_flows.cancel(asked.mapped().handle));
        asked.mapped().promise.resolve(tl::unexpected(error));
    }
}

Result<void> VerificationDesk::act(Call call, const QString &txn)
{
    return take((m_flows.*call)(txn));
}

Result<QByteArray> VerificationDesk::qr(const QString &txn)
{
    auto bytes = m_flows.qr(txn);
    publish();
    return bytes;
}

Result<void> VerificationDesk::scan(const QString &txn, const QByteArray &bytes)
{
    return take(m_flows.scan(txn, bytes));
}

} // namespace parvis
