// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/record_cache_p.h"

#include <tuple>

namespace parvis::crypto {

/// Rooms, Megolm sessions and message indices as one step sees them.
class RoomTable
{
public:
    RoomTable(CryptoStore &store, ReadFailure &failure) : m_store(store), m_failure(failure) {}

    /// A room that was never heard of is not encrypted and has the defaults.
    [[nodiscard]] RoomEncryptionRecord room(const RoomId &room);
    void put(const RoomEncryptionRecord &record) { m_rooms.put(record.room, record); }

    [[nodiscard]] std::optional<OutboundSessionRecord> outbound(const RoomId &room);
    void put(const OutboundSessionRecord &record) { m_outbound.put(record.room, record); }
    /// The room's session is never used again.
    void invalidate(const RoomId &room);

    [[nodiscard]] std::optional<InboundSessionRecord> inbound(const RoomId &room, const SessionId &session);
    void put(const InboundSessionRecord &record) { m_inbound.put({record.room, record.session}, record); }

    /// Who has the index; takes it for @p use if nobody has.
    [[nodiscard]] ReplayRecord claimIndex(const ReplayRecord &use);

    void collect(CryptoChanges &changes) const;

private:
    CryptoStore &m_store;
    ReadFailure &m_failure;
    RecordCache<RoomId, RoomEncryptionRecord> m_rooms;
    RecordCache<RoomId, OutboundSessionRecord> m_outbound;
    RecordCache<std::pair<RoomId, SessionId>, InboundSessionRecord> m_inbound;
    RecordCache<std::tuple<RoomId, SessionId, quint32>, ReplayRecord> m_replays;
};

} // namespace parvis::crypto
