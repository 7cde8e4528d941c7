// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"
#include "crypto/record_cache_p.h"

#include <map>
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

    /// Every sender's copy of the session.
    [[nodiscard]] QList<InboundSessionRecord> inbound(const RoomId &room, const SessionId &session);
    void put(const InboundSessionRecord &record);
    void drop(const InboundKey &key);
    /// The copies from @p sender for rooms that are not known as encrypted, the oldest first.
    [[nodiscard]] QList<InboundKey> strays(const UserId &sender);

    /// The copies that @p sender sent for the room over Olm, that have opened nothing and are trusted no more
    /// than @p most, the oldest first.
    [[nodiscard]] QList<InboundKey> unopened(const RoomId &room, const UserId &sender, SenderTrust most);

    /// Takes the index for @p use. False: another event has it, in the same sender's name or by the same
    /// copy.
    [[nodiscard]] bool claimIndex(const ReplayRecord &use);

    void collect(CryptoChanges &changes) const;

private:
    struct Copy {
        InboundSessionRecord record;
        bool changed = false;
    };
    using Copies = std::map<Curve25519Key, Copy>;
    Copies &copiesOf(const RoomId &room, const SessionId &session);
    /// Those of @p stored that are still there, and what this step has put, where @p fits.
    template <typename Fits>
    [[nodiscard]] QList<InboundKey> keysOf(QList<InboundKey> stored, Fits fits);

    CryptoStore &m_store;
    ReadFailure &m_failure;
    RecordCache<RoomId, RoomEncryptionRecord> m_rooms;
    RecordCache<RoomId, OutboundSessionRecord> m_outbound;
    std::map<std::pair<RoomId, SessionId>, Copies> m_inbound;
    QList<InboundKey> m_dropped;
    std::map<std::tuple<RoomId, SessionId, quint32>, QList<ReplayRecord>> m_claims;
    QList<ReplayRecord> m_claimed; ///< in this step
};

} // namespace parvis::crypto
