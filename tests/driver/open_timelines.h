// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/room_list_port.h"
#include "client/timeline_port.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace parvis::driver {

/// A conversation that is kept open, with its items as the window would show them.
struct OpenTimeline : QObject {
    std::unique_ptr<Timeline> timeline;
    QList<TimelineItem> items;
    RoomHeader header; ///< its room id is empty until the core has answered

    [[nodiscard]] bool loaded() const { return !header.roomId.isEmpty(); }
};

/// The conversations that commands read from or wait in. They stay open. Main thread.
class OpenTimelines : public QObject
{
    Q_OBJECT

public:
    OpenTimelines(TimelinePort &port, RoomListPort &rooms, QObject *parent);

    /// Answers once the core has loaded it.
    [[nodiscard]] Task<OpenTimeline *> open(const RoomId &room, const EventId &thread = {});
    /// The first item, in any of the rooms that are open or, where `room` is empty, in all of them, for which
    /// @p matches; waits for one to come.
    [[nodiscard]] Task<TimelineItem> wait(const RoomId &room,
                                          std::function<bool(const TimelineItem &)> matches);
    /// Answers once @p holds for a room's conversation, which it opens.
    [[nodiscard]] Task<OpenTimeline *> waitFor(const RoomId &room,
                                               std::function<bool(const OpenTimeline &)> holds);
    /// Closes them all: the account is about to change.
    void closeAll();

Q_SIGNALS:
    void changed(const parvis::RoomId &room);
    void repaired(const parvis::RoomId &room, int count);

private:
    using Place = std::pair<RoomId, EventId>; ///< a room, and a thread of it, or none

    OpenTimeline &ensure(const RoomId &room, const EventId &thread = {});
    void watchAllRooms();

    TimelinePort &m_port;
    RoomListPort &m_rooms;
    QHash<Place, std::shared_ptr<OpenTimeline>> m_open;
    std::unique_ptr<QObject> m_roomList; ///< exists once all rooms are watched
};

} // namespace parvis::driver
