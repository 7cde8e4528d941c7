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

std::optional<InboundSessionRecord> RoomTable::inbound(const RoomId &room, const SessionId &session)
{
    return m_inbound.get({room, session}, m_failure, [&] { return m_store.inboundSession(room, session); });
}

ReplayRecord RoomTable::claimIndex(const ReplayRecord &use)
{
    const auto key = std::tuple(use.room, use.session, use.index);
    const auto taken =
        m_replays.get(key, m_failure, [&] { return m_store.replay(use.room, use.session, use.index); });
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
    m_inbound.collect(changes.inboundSessions);
    m_replays.collect(changes.replays);
}

} // namespace parvis::crypto
