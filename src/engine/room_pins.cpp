// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_pins.h"

#include "api/room_state.h"
#include "engine/engine.h"
#include "engine/event_lines.h"
#include "rooms/room_state.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QList<EventId> idsIn(const QJsonObject &content)
{
    QList<EventId> ids;
    const QJsonArray said = content["pinned"_L1].toArray();
    for (auto it = said.end(); it != said.begin() && ids.size() < mostPinned;) {
        const QString id = (--it)->toString();
        if (id.startsWith(u'$') && id.size() <= maxIdLength && !ids.contains(EventId(id)))
            ids.prepend(EventId(id));
    }
    return ids;
}

Result<void> keep(Engine &engine, const RoomId &room, const EventId &id, const QJsonObject &content)
{
    Event event;
    event.id = id;
    event.type = event_type::pinnedEvents;
    event.sender = engine.user();
    event.stateKey = QString();
    event.originServerTs = engine.clock().nowMs();
    event.raw = QJsonDocument(QJsonObject{{"event_id"_L1, id.toString()},
                                          {"type"_L1, event.type},
                                          {"sender"_L1, event.sender.toString()},
                                          {"state_key"_L1, QString()},
                                          {"origin_server_ts"_L1, event.originServerTs},
                                          {"content"_L1, content}})
                    .toJson(QJsonDocument::Compact);
    return engine.cache().commit({.rooms = {{.id = room, .state = {event}}}}).map([](const AppliedChanges &) {
    });
}

/// From what the server has now: somebody else may have pinned something meanwhile.
Task<void> change(Engine &engine, const RoomId &room, const EventId &event, bool on, QJsonObject content)
{
    QJsonArray ids = content["pinned"_L1].toArray();
    const bool there = ids.contains(QJsonValue(event.toString()));
    if (there == on)
        return Task<void>::ready({});
    if (on)
        ids.append(event.toString());
    for (qsizetype i = ids.size(); !on && i > 0; --i) {
        if (ids.at(i - 1).toString() == event.toString())
            ids.removeAt(i - 1);
    }
    content["pinned"_L1] = ids;
    return engine.api()
        .sendWithRetry(
            api::SetState{.roomId = room, .eventType = event_type::pinnedEvents, .content = content})
        .andThen(&engine,
                 [&engine, room, content](const EventId &id) { return keep(engine, room, id, content); });
}

} // namespace

Result<QList<EventId>> pinnedIn(const Cache &cache, const RoomId &room)
{
    return rooms::RoomState(cache.rooms(), room).content(event_type::pinnedEvents).map(idsIn);
}

Task<QList<TimelineItem>> pinnedLines(Engine &engine, const RoomId &room)
{
    const auto ids = pinnedIn(engine.cache(), room);
    if (!ids)
        return Task<QList<TimelineItem>>::ready(tl::unexpected(ids.error()));
    return EventFetch::start(engine, room, *ids)
        .andThen(&engine, [&engine, room, all = *ids]() -> Result<QList<TimelineItem>> {
            EventLines lines(engine, room);
            QList<TimelineItem> items;
            for (const EventId &id : all) {
                const auto line = lines.line(id);
                if (!line)
                    return tl::unexpected(line.error());
                if (*line)
                    items.append(**line);
            }
            return items;
        });
}

Task<void> setPinned(Engine &engine, const RoomId &room, const EventId &event, bool on)
{
    const auto known = engine.cache().events().placeOf(room, event);
    if (!known)
        return Task<void>::ready(tl::unexpected(known.error()));
    if (on && !*known)
        return Task<void>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s));
    auto promise = std::make_shared<Promise<void>>();
    auto task = promise->task();
    engine.api()
        .sendWithRetry(api::GetState{.roomId = room, .eventType = event_type::pinnedEvents})
        .then(&engine, [&engine, room, event, on, promise](const Result<QJsonObject> &now) {
            // Where nothing was ever pinned there is no such state.
            if (!now && now.error().code != "M_NOT_FOUND"_L1)
                return promise->resolve(tl::unexpected(now.error()));
            change(engine, room, event, on, now.value_or(QJsonObject()))
                .then(&engine, [promise](const Result<void> &done) { promise->resolve(done); });
        });
    return task;
}

} // namespace parvis
