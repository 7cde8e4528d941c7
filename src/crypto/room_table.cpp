// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/room_table_p.h"

namespace parvis::crypto {

RoomEncryptionRecord RoomTable::room(const RoomId &room)
{
    RoomEncryptionRecord unknown;
    unknown.room = room;
    return m_rooms.get(room, m_failure, [&] { return m_store.roomEncryption(room); }).value_or(unknown);
}

std::optional<OutboundSessionRecord> RoomTable::outbound(const RoomId &room)
{
    return m_outbound.get(room, m_failure, [&] { return m_store.outboundSession(room); });
}

void RoomTable::invalidate(const RoomId &room)
{
    auto session = outbound(room);
    if (!session || session->invalidated)
        return;
    session->invalidated = true;
    put(*session);
}

RoomTable::Copies &RoomTable::copiesOf(const RoomId &room, const SessionId &session)
{
    const auto [it, isNew] = m_inbound.try_emplace({room, session});
    if (isNew) {
        const auto stored = m_failure.take(m_store.inboundSessions(room, session));
        for (const InboundSessionRecord &record : stored)
            it->second[record.senderKey] = Copy{record, false};
    }
    return it->second;
}

QList<InboundSessionRecord> RoomTable::inbound(const RoomId &room, const SessionId &session)
{
    QList<InboundSessionRecord> found;
    for (const auto &[senderKey, copy] : copiesOf(room, session))
        found.append(copy.record);
    return found;
}

void RoomTable::put(const InboundSessionRecord &record)
{
    copiesOf(record.room, record.session)[record.senderKey] = Copy{record, true};
}

void RoomTable::drop(const InboundKey &key)
{
    copiesOf(key.room, key.session).erase(key.senderKey);
    m_dropped.append(key);
}

QList<InboundKey> RoomTable::strays(const UserId &sender)
{
    QList<InboundKey> found = m_failure.take(m_store.straySessions(sender));
    found.removeIf([this](const InboundKey &key) { return m_dropped.contains(key); });
    for (const auto &[session, copies] : m_inbound) {
        for (const auto &[senderKey, copy] : copies) {
            if (copy.changed && copy.record.sender == sender && !room(session.first).encrypted
                && !found.contains(copy.record.key()))
                found.append(copy.record.key());
        }
    }
    return found;
}

ReplayRecord RoomTable::claimIndex(const ReplayRecord &use)
{
    const std::pair key(use.key, use.index);
    const auto taken = m_replays.get(key, m_failure, [&] { return m_store.replay(use.key, use.index); });
    if (taken) {
        // 0: a message of our own, taken when the server had named the event but not yet its time.
        const bool timesFit = taken->originServerTs == 0 || use.originServerTs == 0;
        return taken->event == use.event && timesFit ? use : *taken;
    }
    m_replays.put(key, use);
    return use;
}

void RoomTable::collect(CryptoChanges &changes) const
{
    m_rooms.collect(changes.rooms);
    m_outbound.collect(changes.outboundSessions);
    changes.deletedInboundSessions.append(m_dropped);
    for (const auto &[session, copies] : m_inbound) {
        for (const auto &[senderKey, copy] : copies) {
            if (copy.changed)
                changes.inboundSessions.append(copy.record);
        }
    }
    m_replays.collect(changes.replays);
}

} // namespace parvis::crypto
