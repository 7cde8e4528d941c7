// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A conversation of which only one thread is shown.
#include "events/decrypt_all.h"
#include "events/relation.h"
#include "timeline/room_timeline.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::timeline {

Result<void> RoomTimeline::readThread()
{
    const auto root = m_cache.events().placeOf(m_room, m_thread);
    const auto inThread = m_cache.events().inThread(m_room, m_thread, mostInThread);
    if (!root || !inThread)
        return tl::unexpected(!root ? root.error() : inThread.error());
    QList<Row> rows;
    if (*root)
        rows.append({**root, m_thread});
    for (const EventStore::InThread &one : *inThread)
        rows.append({one.place, one.id});
    return setRows(std::move(rows));
}

bool RoomTimeline::isHere(const LocalEcho &echo) const
{
    if (m_thread.isEmpty())
        return true;
    const Relation relation = relationOf(QJsonDocument::fromJson(echo.content).object());
    return relation.kind == RelationKind::Thread && relation.target == m_thread;
}

Task<int> RoomTimeline::threadPage(int count, int round)
{
    if (m_threadKnown)
        return Task<int>::ready(0);
    const auto root = m_cache.events().placeOf(m_room, m_thread);
    if (!root)
        return Task<int>::ready(tl::unexpected(root.error()));
    auto page = *root
        ? m_source.inThread(m_room, m_thread, m_threadToken, count)
        : m_source.single(m_room, m_thread).andThen(this, [this, count](const EventPage &first) {
              const auto taken = takeThread(first);
              return taken ? m_source.inThread(m_room, m_thread, m_threadToken, count)
                           : Task<EventPage>::ready(tl::unexpected(taken.error()));
          });
    return std::move(page).andThen(this, [this, count, round](const EventPage &news) {
        const auto added = takeThread(news);
        if (!added)
            return Task<int>::ready(tl::unexpected(added.error()));
        m_threadKnown = news.end.isEmpty() || news.end == m_threadToken;
        m_threadToken = news.end;
        if (const auto done = readEdges(); !done)
            return Task<int>::ready(tl::unexpected(done.error()));
        return *added > 0 || m_threadKnown || round >= mostRounds ? Task<int>::ready(*added)
                                                                  : threadPage(count, round + 1);
    });
}

Result<int> RoomTimeline::takeThread(const EventPage &page)
{
    QList<Event> events;
    const QList<Event> ours = eventsOfRoom(page.chunk, m_room);
    for (const Event &event : ours) {
        const Relation relation = relationOf(event.content());
        // What is in no thread, or in another one, was not asked for.
        if (event.id == m_thread || (relation.kind == RelationKind::Thread && relation.target == m_thread))
            events.append(event);
    }
    auto readable = decryptAll(m_decryptor, m_room, events);
    if (!readable)
        return tl::unexpected(readable.error());
    const qsizetype before = m_items.size();
    const auto done =
        m_cache.commit({.loose = {{.room = m_room, .events = *std::move(readable), .members = {}}}});
    if (!done)
        return tl::unexpected(done.error());
    return int(m_items.size() - before);
}

} // namespace parvis::timeline
