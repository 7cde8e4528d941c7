// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/event_lines.h"

#include "api/messages.h"
#include "engine/engine.h"
#include "engine/timeline_values.h"
#include "events/context_page.h"
#include "events/decrypt_all.h"
#include "events/event_reader.h"
#include "timeline/item_reader.h"
#include "timeline/received_shield.h"

namespace parvis {

EventLines::EventLines(Engine &engine, const RoomId &room)
    : m_engine(engine),
      m_room(room),
      m_members(engine.cache().rooms(), room),
      m_ignored(engine.cache()),
      m_shields(engine.crypto(), room)
{
}

Result<timeline::ItemFactory> EventLines::factoryFor(TimelinePlace place)
{
    if (!m_ignoredRead) {
        if (const auto ignored = m_ignored.read(); !ignored)
            return tl::unexpected(ignored.error());
        m_ignoredRead = true;
    }
    if (!m_since || m_onIsland || place.isOnIsland()) {
        const auto since = timeline::encryptedSince(m_engine.cache(), m_room, place);
        if (!since)
            return tl::unexpected(since.error());
        m_since = *since;
        m_onIsland = place.isOnIsland();
    }
    timeline::ItemFactory factory(m_engine.user(), m_members, m_ignored);
    (void)factory.setEncryptedSince(*m_since);
    return factory;
}

TimelineItem EventLines::shown(const timeline::Item &item)
{
    return toClient(m_shields.marked(item), {}, causeOf(item, {}, {}));
}

Result<std::optional<TimelineItem>> EventLines::line(const EventId &event)
{
    const auto row = m_engine.cache().events().event(m_room, event);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<TimelineItem>();
    const auto factory = factoryFor((*row)->place);
    if (!factory)
        return tl::unexpected(factory.error());
    const auto item = timeline::readItem(m_engine.cache(), m_room, *factory, **row);
    if (!item)
        return tl::unexpected(item.error());
    return *item ? std::optional(shown(**item)) : std::optional<TimelineItem>();
}

Result<std::optional<TimelineItem>> EventLines::plainLine(const TimelineRow &row)
{
    const auto factory = factoryFor(row.place);
    if (!factory)
        return tl::unexpected(factory.error());
    const auto item = factory->item(row, {});
    return item ? std::optional(shown(*item)) : std::optional<TimelineItem>();
}

EventFetch::EventFetch(Engine &engine, RoomId room, QList<EventId> events)
    : EngineWork(engine), m_room(std::move(room)), m_events(std::move(events))
{
}

Task<void> EventFetch::start(Engine &engine, const RoomId &room, const QList<EventId> &events)
{
    QList<EventId> missing;
    for (const EventId &event : events) {
        const auto place = engine.cache().events().placeOf(room, event);
        if (!place)
            return Task<void>::ready(tl::unexpected(place.error()));
        if (!*place && missing.size() < mostEvents)
            missing.append(event);
    }
    auto *fetch = new EventFetch(engine, room, std::move(missing));
    auto task = fetch->m_promise.task();
    fetch->next();
    return task;
}

void EventFetch::next()
{
    if (m_events.isEmpty()) {
        m_promise.resolve({});
        return deleteLater();
    }
    const EventId event = m_events.takeFirst();
    m_engine.api()
        .sendWithRetry(api::GetEvent{.roomId = m_room, .eventId = event})
        .then(this, [this, event](const Result<QByteArray> &body) {
            if (body)
                take(event, *body);
            else if (body.error().kind == ErrorKind::Network || body.error().kind == ErrorKind::Timeout)
                m_events.clear(); // the next would not come either
            // By way of the event loop: what is refused at once must not pile up.
            QMetaObject::invokeMethod(this, &EventFetch::next, Qt::QueuedConnection);
        });
}

void EventFetch::take(const EventId &event, const QByteArray &body)
{
    auto read = readEvent(body, Envelope::Room);
    if (!read || read->id != event)
        return;
    const auto readable = decryptAll(m_engine.crypto(), m_room, eventsOfRoom({*std::move(read)}, m_room));
    if (readable)
        (void)m_engine.cache().commit({.loose = {{.room = m_room, .events = *readable, .members = {}}}});
}

} // namespace parvis
