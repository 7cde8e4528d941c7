// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "client/notification_port.h"
#include "store/cache/attention.h"
#include "store/cache/cache.h"

#include <QObject>
#include <QSet>

namespace parvis {

class Engine;

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
    void came(const RoomId &room, const QList<RoomEvent> &events);
    void readable(const RoomId &room, const QList<RoomEvent> &events);
    void look(const RoomId &room, const QList<RoomEvent> &events);
    void follow(const AppliedChanges &applied);
    void lookForInvitations(const QList<RoomId> &rooms);
    void add(NotificationCard card);
    void remove(const RoomId &room, const EventId &event);
    [[nodiscard]] qsizetype indexOf(const RoomId &room, const EventId &event) const;
    [[nodiscard]] bool isRead(const RoomId &room, const EventId &event) const;
    [[nodiscard]] std::optional<NotificationCard> cardOf(const RoomId &room, const EventId &event) const;

    Engine &m_engine;
    AttentionJudge &m_judge;
    ObservableList<NotificationCard> m_cards;
    QList<std::pair<RoomId, EventId>> m_waiting; ///< came live, and could not be read; the oldest first
    QSet<RoomId> m_invited;                      ///< whose invitations were told, or are older than this run
};

} // namespace parvis
