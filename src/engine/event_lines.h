// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/values.h"
#include "engine/engine_work.h"
#include "engine/room_shields.h"
#include "timeline/item_factory.h"

namespace parvis {

/// Messages of a room as lines, outside of an open conversation. A value for one call; core thread.
class EventLines
{
public:
    EventLines(Engine &engine, const RoomId &room);

    /// Nothing where it is not here, or has no line: what an ignored person said has none.
    [[nodiscard]] Result<std::optional<TimelineItem>> line(const EventId &event);
    /// The same of one that has just come, to which nobody has answered: nothing is read that refers to it.
    [[nodiscard]] Result<std::optional<TimelineItem>> plainLine(const TimelineRow &row);

private:
    [[nodiscard]] Result<timeline::ItemFactory> factoryFor(TimelinePlace place);
    [[nodiscard]] TimelineItem shown(const timeline::Item &item);

    Engine &m_engine;
    RoomId m_room;
    rooms::Members m_members;
    rooms::IgnoredPeople m_ignored;
    bool m_ignoredRead = false;
    std::optional<timeline::EncryptedSince> m_since; ///< of the last line, and of all that are on no island
    bool m_onIsland = false;                         ///< the last line was
    RoomShields m_shields;
};

/// Fetches events of which nothing is here, one by one. What cannot be had is left out. Core thread.
class EventFetch final : public EngineWork
{
public:
    /// More are not fetched in one go.
    static constexpr qsizetype mostEvents = 100;

    /// Answers once every one of @p events is in the cache, or cannot be had.
    [[nodiscard]] static Task<void> start(Engine &engine, const RoomId &room, const QList<EventId> &events);

private:
    EventFetch(Engine &engine, RoomId room, QList<EventId> events);
    void next();
    void take(const EventId &event, const QByteArray &body);

    RoomId m_room;
    QList<EventId> m_events;
    Promise<void> m_promise;
};

} // namespace parvis
