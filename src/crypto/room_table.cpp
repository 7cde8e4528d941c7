// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/room_table_p.h"

#include <set>

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

template <typename Fits>
QList<InboundKey> RoomTable::keysOf(QList<InboundKey> stored, Fits fits)
{
    std::set<InboundKey> gone(m_dropped.cbegin(), m_dropped.cend());
    QList<InboundKey> changed;
    for (const auto &[session, copies] : m_inbound) {
        for (const auto &[senderKey, copy] : copies) {
            if (!copy.changed)
                continue;
            if (fits(copy.record))
                changed.append(copy.record.key());
            else
                gone.insert(copy.record.key());
        }
    }
    stored.removeIf([&](const InboundKey &key) { return gone.contains(key); });
    const std::set<InboundKey> known(stored.cbegin(), stored.cend());
    changed.removeIf([&](const InboundKey &key) { return known.contains(key); });
    return stored + changed;
}

QList<InboundKey> RoomTable::strays(const UserId &sender)
{
    return keysOf(m_failure.take(m_store.straySessions(sender)), [&](const InboundSessionRecord &record) {
        return record.sender == sender && !room(record.room).encrypted;
    });
}

QList<InboundKey> RoomTable::unopened(const RoomId &room, const UserId &sender, SenderTrust most)
{
    return keysOf(m_failure.take(m_store.unopenedSessions(room, sender, most)),
                  [&](const InboundSessionRecord &record) {
                      return record.room == room && record.sender == sender && !record.imported
                          && !record.opened && record.trust <= most;
                  });
}

bool RoomTable::claimIndex(const ReplayRecord &use)
{
    const auto [it, isNew] = m_claims.try_emplace({use.key.room, use.key.session, use.index});
    if (isNew)
        it->second = m_failure.take(m_store.replays(use.key.room, use.key.session, use.index));
    bool known = false;
    for (const ReplayRecord &claim : std::as_const(it->second)) {
        // What somebody repeats in their own name, with their own copy, takes nothing from whom it is of.
        if (claim.sender != use.sender && !claim.sender.isEmpty() && claim.key != use.key)
            continue;
        // 0: a message of our own, taken when the server had named the event but not yet its time.
        const bool timesFit = claim.originServerTs == use.originServerTs || claim.originServerTs == 0
            || use.originServerTs == 0;
        if (claim.event != use.event || !timesFit)
            return false;
        known = true;
    }
    if (!known) {
        it->second.append(use);
        m_claimed.append(use);
    }
    return true;
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
    changes.replays.append(m_claimed);
}

} // namespace parvis::crypto
