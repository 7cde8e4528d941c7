// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/attention.h"
#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// Keeps a room's row true to its events and receipts, inside the transaction of a commit: what is unread,
/// how much of it concerns the person, how far it was read, which event the room list shows.
class SummaryWriter
{
public:
    /// @p judge: null as long as nobody knows the push rules.
    SummaryWriter(Database &database, const UserId &own, AttentionJudge *judge)
        : m_database(database), m_own(own), m_judge(judge)
    {
    }

    [[nodiscard]] Result<void> refresh(qint64 room);
    /// The rules are others now: takes back what was judged, and answers with the rooms to refresh.
    [[nodiscard]] Result<QList<qint64>> judgeAgain();

private:
    struct Counts {
        qint64 unread = 0;
        qint64 notifications = 0;
        qint64 highlights = 0;
        qint64 unjudged = 0;
    };

    [[nodiscard]] Result<Counts> count(qint64 room, TimelinePlace read);
    [[nodiscard]] Result<void> judge(qint64 room, TimelinePlace read);

    Database &m_database;
    const UserId &m_own;
    AttentionJudge *m_judge;
};

} // namespace parvis
