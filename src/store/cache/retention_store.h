// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// Finds what the cache is not to keep any longer: what the room itself lets expire, what is older than this
/// machine keeps, and what there is no room for. Writes nothing of it: that is Cache::commit(). Core thread.
class RetentionStore
{
public:
    explicit RetentionStore(Database &database) : m_database(database) {}

    /// Up to about @p most messages of one room that its m.room.retention lets expire, the newest first, with
    /// what changes or rates them; nothing: no room has any.
    [[nodiscard]] Result<std::optional<PurgedRows>> expired(qint64 nowMs, int most) const;
    /// When the next message of such a room does; nothing: no room has one.
    [[nodiscard]] Result<std::optional<qint64>> nextExpiry() const;

    struct Room {
        qint64 row = 0; ///< 0: before the first
        RoomId id{};
    };
    /// The first room behind the row @p after, and up to @p last, that has something older than @p oldestMs.
    [[nodiscard]] Result<std::optional<Room>> nextAged(qint64 oldestMs, qint64 after, qint64 last) const;
    /// No room has a larger row.
    [[nodiscard]] Result<qint64> lastRoom() const;
    /// Up to @p most such events of it: messages, and the state events that all that is newer came after.
    /// @p until: what has a larger row stays; it came since somebody asked for it.
    [[nodiscard]] Result<PurgedRows> aged(const Room &room, qint64 oldestMs, qint64 nowMs, qint64 until,
                                          int most) const;

    /// All rooms: whose last message, and whose last visit, is the longest ago first.
    [[nodiscard]] Result<QList<Room>> leastUsed(qint64 nowMs) const;
    /// Up to @p most of the oldest events of a room, but the newest @p keep.
    [[nodiscard]] Result<PurgedRows> oldest(const Room &room, int keep, int most) const;

    /// Somebody looks at a conversation.
    [[nodiscard]] Result<void> noteOpened(const RoomId &room, qint64 nowMs);
    /// No event has a larger row.
    [[nodiscard]] Result<qint64> lastRow() const;

    struct Counts {
        qint64 events = 0;
        std::optional<qint64> oldestMs = {}; ///< of the oldest message by its time
    };
    /// Reads all events: for a connection on the pool.
    [[nodiscard]] Result<Counts> counts() const;

private:
    [[nodiscard]] Result<QList<qint64>> expiredIn(qint64 room, qint64 oldestMs, qint64 nowMs, int most) const;

    Database &m_database;
};

} // namespace parvis
