// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_threads.h"

#include "api/messages.h"
#include "base/log.h"
#include "engine/engine.h"
#include "engine/event_lines.h"
#include "events/context_page.h"
#include "events/decrypt_all.h"
#include "events/event_page.h"
#include "events/event_reader.h"
#include "events/relation.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// What the server bundles with a thread's first message is an event like any other, if it is in that thread.
std::optional<Event> bundledLatest(const Event &root)
{
    const QJsonObject said =
        root.unsignedData()["m.relations"_L1]["m.thread"_L1]["latest_event"_L1].toObject();
    const auto latest = readEvent(QJsonDocument(said).toJson(QJsonDocument::Compact), Envelope::Room);
    if (!latest)
        return {};
    const Relation relation = relationOf(latest->content());
    const bool inThread = relation.kind == RelationKind::Thread && relation.target == root.id;
    return inThread ? std::optional(*latest) : std::nullopt;
}

Result<void> keepThreads(Engine &engine, const RoomId &room, const EventPage &page)
{
    QList<Event> events;
    for (const Event &root : page.chunk) {
        if (events.size() >= 2 * TimelinePort::mostThreads)
            break;
        if (auto latest = bundledLatest(root))
            events.append(*std::move(latest));
        events.append(root);
    }
    const auto readable = decryptAll(engine.crypto(), room, eventsOfRoom(std::move(events), room));
    if (!readable)
        return tl::unexpected(readable.error());
    return engine.cache()
        .commit({.loose = {{.room = room, .events = *readable, .members = {}}}})
        .map([](const AppliedChanges &) {});
}

Result<QList<ThreadCard>> cardsOf(Engine &engine, const RoomId &room)
{
    struct Known {
        EventStore::Thread thread;
        EventId latest;
        TimelinePlace place;
    };
    const EventStore &events = engine.cache().events();
    const auto threads = events.threads(room);
    if (!threads)
        return tl::unexpected(threads.error());
    QList<Known> all;
    for (const EventStore::Thread &thread : *threads) {
        const auto latest = events.newestInThread(room, thread.root);
        const auto place = latest && *latest ? events.placeOf(room, **latest)
                                             : Result<std::optional<TimelinePlace>>(std::nullopt);
        if (!latest || !place)
            return tl::unexpected(!latest ? latest.error() : place.error());
        if (*place)
            all.append({thread, **latest, **place});
    }
    std::sort(all.begin(), all.end(), [](const Known &a, const Known &b) { return a.place > b.place; });
    EventLines lines(engine, room);
    QList<ThreadCard> cards;
    int looked = 0; // anybody can begin threads in messages that are not here
    for (const Known &known : std::as_const(all)) {
        if (cards.size() >= TimelinePort::mostThreads || ++looked > 4 * TimelinePort::mostThreads)
            break;
        const auto root = lines.line(known.thread.root);
        const auto latest = lines.line(known.latest);
        if (!root || !latest)
            return tl::unexpected(!root ? root.error() : latest.error());
        // A thread whose first message is not here begins nowhere that could be shown.
        if (*root)
            cards.append({.root = **root, .count = known.thread.count, .latest = *latest});
    }
    return cards;
}

} // namespace

Task<QList<ThreadCard>> threadsIn(Engine &engine, const RoomId &room)
{
    auto promise = std::make_shared<Promise<QList<ThreadCard>>>();
    auto task = promise->task();
    engine.api()
        .sendWithRetry(api::Threads{.roomId = room, .limit = TimelinePort::mostThreads})
        .then(&engine, [&engine, room, promise](const Result<QByteArray> &body) {
            const auto page = body.and_then([](const QByteArray &text) { return readEventPage(text); });
            const auto kept =
                page.and_then([&](const EventPage &threads) { return keepThreads(engine, room, threads); });
            if (!kept)
                qCInfo(log::timeline) << "threads are told from what is here:" << kept.error().code;
            promise->resolve(cardsOf(engine, room));
        });
    return task;
}

} // namespace parvis
