// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/result.h"
#include "client/notification_port.h"
#include "rooms/summary.h"
#include "store/cache/attention.h"
#include "store/cache/cache.h"

#include <QObject>
#include <QSet>

namespace parvis {

class Engine;
class EventLines;

/// What NotificationPort shows of one account. Only what comes live is told of: never history, own messages,
/// corrections, or what was read elsewhere before it came. Core thread; nothing of it is on the disk.
class NotificationLog : public QObject
{
public:
    /// So many unreadable messages are remembered that a key may yet make worth telling.
    static constexpr qsizetype mostWaiting = 1'000;

    /// @p judge and @p engine outlive it.
    NotificationLog(Engine &engine, AttentionJudge &judge);

    [[nodiscard]] ObservableList<NotificationCard> &cards() { return m_cards; }

private:
    /// Something that may be told of.
    struct Standing {
        TimelineRow row;
        Attention attention = Attention::Unjudged;
    };

    void came(const RoomId &room, const QList<RoomEvent> &events);
    void readable(const RoomId &room, const QList<RoomEvent> &events);
    /// @p fresh: they have just come, and nothing but what came with them can have changed them.
    void look(const RoomId &room, const QList<RoomEvent> &events, bool fresh);
    void follow(const AppliedChanges &applied);
    /// What somebody said who is ignored now is told of no longer.
    void forgetIgnored();
    void lookForInvitations(const QList<RoomId> &rooms);
    void add(NotificationCard card);
    void remove(const RoomId &room, const EventId &event);
    [[nodiscard]] qsizetype indexOf(const RoomId &room, const EventId &event) const;
    /// Up to where the person has read; empty: nothing of it, or it is not here.
    [[nodiscard]] std::optional<TimelinePlace> readPlace(const rooms::Summary &room) const;
    void judge(const RoomId &room, QList<Standing> &standings) const;
    [[nodiscard]] static std::optional<NotificationCard>
    cardOf(const rooms::Summary &room, const Result<std::optional<TimelineItem>> &line);

    Engine &m_engine;
    AttentionJudge &m_judge;
    ObservableList<NotificationCard> m_cards;
    QList<std::pair<RoomId, EventId>> m_waiting; ///< came live, and could not be read; the oldest first
    QSet<RoomId> m_invited;                      ///< whose invitations were told, or are older than this run
};

} // namespace parvis
