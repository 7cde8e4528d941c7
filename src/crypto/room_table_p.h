// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/record_cache_p.h"

#include <map>

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

    /// Every sender's copy of the session.
    [[nodiscard]] QList<InboundSessionRecord> inbound(const RoomId &room, const SessionId &session);
    void put(const InboundSessionRecord &record);
    void drop(const InboundKey &key);
    /// The copies from @p sender for rooms that are not known as encrypted, the oldest first.
    [[nodiscard]] QList<InboundKey> strays(const UserId &sender);

    /// Who has the index; takes it for @p use if nobody has.
    [[nodiscard]] ReplayRecord claimIndex(const ReplayRecord &use);

    /// Whether the session has opened an event in an earlier step.
    [[nodiscard]] bool hasOpened(const InboundKey &key) { return m_failure.take(m_store.hasReplays(key)); }

    void collect(CryptoChanges &changes) const;

private:
    struct Copy {
        InboundSessionRecord record;
        bool changed = false;
    };
    using Copies = std::map<Curve25519Key, Copy>;
    Copies &copiesOf(const RoomId &room, const SessionId &session);

    CryptoStore &m_store;
    ReadFailure &m_failure;
    RecordCache<RoomId, RoomEncryptionRecord> m_rooms;
    RecordCache<RoomId, OutboundSessionRecord> m_outbound;
    std::map<std::pair<RoomId, SessionId>, Copies> m_inbound;
    QList<InboundKey> m_dropped;
    RecordCache<std::pair<InboundKey, quint32>, ReplayRecord> m_replays;
};

} // namespace parvis::crypto
