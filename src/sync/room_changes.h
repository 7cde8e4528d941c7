// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "store/cache/cache.h"
#include "sync/sync_crypto.h"

namespace parvis {

/// Turns what an answer says of some rooms into what is to be written: membership, order, decrypted events.
/// Tells the encryption of all of them first, so that a message is never read before the state that it stands
/// under. Core thread.
class RoomChangesMaker
{
public:
    RoomChangesMaker(const Cache &cache, SyncCrypto &crypto, const Clock &clock);

    /// Answers false for a room of which nothing is known and nothing but side matters, such as receipts,
    /// came: it is left out.
    [[nodiscard]] Result<bool> add(const RoomUpdate &room, SyncDialect dialect);
    /// Tells the encryption what the rooms say that were added; before the first take().
    [[nodiscard]] Result<void> tell();
    /// The next rooms, in the order in which they were added: about @p most events of them, decrypted.
    [[nodiscard]] Result<QList<RoomChanges>> take(qsizetype most);

    [[nodiscard]] bool isEmpty() const { return m_taken == m_changes.size(); }
    [[nodiscard]] qsizetype events() const { return m_events; } ///< that were added, state included

private:
    [[nodiscard]] MemberState membershipOf(const RoomUpdate &room,
                                           const std::optional<StoredRoom> &known) const;
    [[nodiscard]] Result<void> addNews(const RoomUpdate &room, const RoomChanges &changes,
                                       const std::optional<StoredRoom> &known);
    [[nodiscard]] Result<void> addMembers(const QList<Event> &members, bool known, RoomNews &news) const;
    [[nodiscard]] qint64 recencyOf(const RoomUpdate &room) const;
    void invitation(const RoomUpdate &room, RoomChanges &changes) const;

    const Cache &m_cache;
    SyncCrypto &m_crypto;
    const Clock &m_clock;
    QList<RoomNews> m_news;
    QList<RoomChanges> m_changes;
    QList<EncryptedEvents> m_timelines; ///< of them
    qsizetype m_taken = 0;
    qsizetype m_events = 0;
};

} // namespace parvis
