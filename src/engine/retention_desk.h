// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/cache.h"
#include "store/cache/cache_space.h"
#include "store/cache/retention_store.h"
#include "store/cache/search_wipe.h"

#include <QTimer>

namespace parvis {

/// Takes from the cache what is not to be kept: what a room's m.room.retention lets expire, as soon as it
/// does; what is older than the administration keeps; and, where the file is larger than it may be, the
/// oldest of the rooms that are used least. In slices between other work, each a transaction: it may end
/// anywhere, and goes on after a restart from what the cache itself says. Core thread.
class RetentionDesk : public QObject
{
    Q_OBJECT

public:
    struct Rules {
        int keptDays = 0;    ///< messages that are older go; 0: however old they are
        qint64 maxBytes = 0; ///< of the file, without its free pages; 0: no limit
    };
    struct Parts {
        Cache &cache;
        Database &database; ///< of the cache
        const Clock &clock;
    };

    /// The cache shrinks to this part of what it may have, so that it need not be looked at with each
    /// message.
    static constexpr qint64 perMilleLeft = 900;
    /// Up to here the background may fill it.
    static constexpr qint64 perMilleToFill = 800;
    /// No limit is smaller: what is not a message needs room as well.
    static constexpr qint64 leastBytes = 32LL * 1024 * 1024;

    RetentionDesk(Parts parts, Rules rules);

    /// What expired while nobody was there goes before anything is shown, for @p ms at most.
    void beforeShowing(int ms);
    /// Until then the rest waits: the first list of rooms goes before it. Called again: it is looked at now.
    void start();
    /// What somebody asks the server for while the conversation is open is kept for as long as it is.
    void opened(const RoomId &room);
    void closed(const RoomId &room);

    /// So many events went since the start.
    [[nodiscard]] qint64 purged() const { return m_purged; }
    [[nodiscard]] const Rules &rules() const { return m_rules; }

private:
    enum class Phase { Expire, Age, Shrink, Wipe, GiveBack, Done };

    void wake(qint64 ms);
    void slice();
    /// Does a little; false: nothing is left to do.
    [[nodiscard]] Result<bool> step();
    [[nodiscard]] Result<bool> inPhase();
    [[nodiscard]] Result<bool> expire();
    [[nodiscard]] Result<bool> age();
    [[nodiscard]] Result<bool> shrink();
    [[nodiscard]] Result<bool> wipe();
    [[nodiscard]] Result<bool> giveBack();
    [[nodiscard]] Result<bool> take(PurgedRows rows);
    /// Until something is due again.
    void rest();
    [[nodiscard]] qint64 oldestMs() const;

    struct Visit {
        int open = 0;
        qint64 lastRow = 0; ///< when it was opened
    };

    Parts m_parts;
    const Rules m_rules;
    RetentionStore m_store;
    CacheSpace m_space;
    SearchWipe m_wipe;
    QTimer m_timer;
    Phase m_phase = Phase::Expire;
    int m_most = 32; ///< events a slice, after what the last one took
    bool m_started = false;
    bool m_wentOn = false;                 ///< something went since the file was last made smaller
    bool m_knowsPages = false;             ///< an earlier run may have left free ones
    qint64 m_agedMs = 0;                   ///< when all rooms were last looked through for what is old
    qint64 m_agedUpTo = 0;                 ///< the room's row; 0: none of them is being looked through
    QList<RetentionStore::Room> m_victims; ///< of which something goes, while the file is too large
    int m_round = 0;                       ///< through them; 0: it is not too large
    QHash<RoomId, Visit> m_visits;
    qint64 m_purged = 0;
};

} // namespace parvis
