// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "store/cache/cache.h"
#include "sync/sync_crypto.h"

namespace parvis {

/// Turns what an answer says of one room into what is to be written: membership, order, decrypted events.
/// Tells the encryption first, so that a message is never read before the state that it stands under. Core
/// thread.
class RoomChangesMaker
{
public:
    RoomChangesMaker(const Cache &cache, SyncCrypto &crypto, const Clock &clock);

    /// Empty for a room of which nothing is known and nothing but side matters, such as receipts, came.
    [[nodiscard]] Result<std::optional<RoomChanges>> make(const RoomUpdate &room, SyncDialect dialect);

private:
    [[nodiscard]] MemberState membershipOf(const RoomUpdate &room,
                                           const std::optional<StoredRoom> &known) const;
    [[nodiscard]] Result<void> tellCrypto(const RoomUpdate &room, const RoomChanges &changes,
                                          const std::optional<StoredRoom> &known);
    [[nodiscard]] Result<void> tellMembers(const RoomUpdate &room, const QList<Event> &members, bool known);
    [[nodiscard]] Result<QList<RoomEvent>> readable(const RoomUpdate &room);
    [[nodiscard]] qint64 recencyOf(const RoomUpdate &room) const;
    void invitation(const RoomUpdate &room, RoomChanges &changes) const;

    const Cache &m_cache;
    SyncCrypto &m_crypto;
    const Clock &m_clock;
};

} // namespace parvis
