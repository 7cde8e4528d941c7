// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"
#include "known_rooms.h"
#include "open_timelines.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// The room, or the thread of it that is named, once it is loaded, where the account has it;
/// PARVIS_NO_SUCH_ROOM, or PARVIS_NOT_SIGNED_IN.
Task<OpenTimeline *> knownRoom(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    const RoomId room = roomOf(args);
    const EventId thread(args["thread"_L1].toString());
    return known.find(room).andThen(open, [open, room, thread] { return open->open(room, thread); });
}

/// Loads older pages until @p wanted items are there or the room begins.
Task<OpenTimeline *> atLeast(OpenTimeline *open, int wanted, QObject *home)
{
    if (open->items.size() >= wanted || open->header.atStart)
        return Task<OpenTimeline *>::ready(open);
    const int missing = std::clamp(wanted - int(open->items.size()), 20, 500);
    return open->timeline->paginateBack(missing).andThen(home, [open, wanted, home](Paginated page) {
        // A page without progress ends it: the answer is then what there is.
        return page.atStart || page.added == 0 ? Task<OpenTimeline *>::ready(open)
                                               : atLeast(open, wanted, home);
    });
}

Task<QJsonValue> timeline(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    const int limit = args["limit"_L1].toInt(50);
    return knownRoom(known, open, args)
        .andThen(open, [open, limit](OpenTimeline *room) { return atLeast(room, limit, open); })
        .andThen(open, [open, limit](OpenTimeline *room) {
            // What the last page brought is on its way through the event loop.
            auto promise = std::make_shared<Promise<QJsonValue>>();
            auto task = promise->task();
            QMetaObject::invokeMethod(
                open,
                [promise, room, limit] {
                    const qsizetype skip = std::max<qsizetype>(0, room->items.size() - limit);
                    promise->resolve(QJsonValue(toJson(room->items.mid(skip))));
                },
                Qt::QueuedConnection);
            return task;
        });
}

Task<QJsonValue> paginate(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    const bool back = args["back"_L1].toBool(true);
    const int count = std::clamp(args["count"_L1].toInt(50), 1, 1000);
    return knownRoom(known, open, args)
        .andThen(open,
                 [count, back](OpenTimeline *room) {
                     return back ? room->timeline->paginateBack(count)
                                 : room->timeline->paginateForward(count);
                 })
        .andThen(open, [](Paginated page) {
            return Result<QJsonValue>(QJsonObject{
                {"added"_L1, page.added}, {"at_start"_L1, page.atStart}, {"at_end"_L1, page.atEnd}});
        });
}

/// To an event, to a time, or, with neither, to the newest; answers with the event.
Task<EventId> goTo(OpenTimeline *room, const QJsonObject &args, QObject *home)
{
    const EventId event(args["event"_L1].toString());
    if (args.contains("ts"_L1))
        return room->timeline->goToTime(args["ts"_L1].toInteger(-1));
    if (event.isEmpty())
        return room->timeline->backToNewest().andThen(home, [] { return Result<EventId>(EventId()); });
    return room->timeline->goTo(event).andThen(home, [event] { return Result<EventId>(event); });
}

Task<QJsonValue> jump(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    if (args.contains("event"_L1) && args.contains("ts"_L1))
        return usage(u"ts: not together with event"_s);
    return knownRoom(known, open, args)
        .andThen(open, [open, args](OpenTimeline *room) { return goTo(room, args, open); })
        .andThen(open, [](const EventId &event) {
            return Result<QJsonValue>(QJsonObject{{"event_id"_L1, event.toString()}});
        });
}

Task<QJsonValue> markRead(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    const ReceiptKind kind = args["private"_L1].toBool() ? ReceiptKind::Private : ReceiptKind::Public;
    return knownRoom(known, open, args)
        .andThen(open, [open, kind, event = args["event"_L1].toString()](OpenTimeline *room) {
            return done(room->timeline->markRead(EventId(event), kind), open);
        });
}

Task<QJsonValue> askAgain(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    return knownRoom(known, open, args)
        .andThen(open, [open, event = args["event"_L1].toString()](OpenTimeline *room) {
            return done(room->timeline->askAgain(EventId(event)), open);
        });
}

Task<QJsonValue> waitMessage(KnownRooms &known, OpenTimelines *open, const QJsonObject &args)
{
    auto matches = [args](const TimelineItem &item) {
        const auto wants = [&args](QLatin1StringView key, const QString &value) {
            return !args.contains(key) || args[key].toString() == value;
        };
        if (args.contains("readable"_L1) && args["readable"_L1].toBool() != item.readable())
            return false;
        const QJsonObject json = toJson(item);
        return wants("body"_L1, item.body) && wants("event_id"_L1, item.eventId.toString())
            && wants("reason"_L1, json["reason"_L1].toString())
            && wants("remedy"_L1, json["remedy"_L1].toString()) && wants("sender"_L1, item.sender.toString())
            && (!args.contains("edited"_L1) || args["edited"_L1].toBool() == item.edited)
            && item.kind != ItemKind::State;
    };
    return known.account().andThen(
        open, [open, room = roomOf(args), matches] { return shaped(open->wait(room, matches), open); });
}

} // namespace

void addTimelineCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known,
                         OpenTimelines &timelines)
{
    auto *open = &timelines;
    // Another account, or none: what is open belongs to the one before.
    ports.account.subscribeSession(open, [open, was = UserId()](const SessionInfo &session) mutable {
        if (session.userId != was && !was.isEmpty())
            open->closeAll();
        was = session.userId;
    });
    QObject::connect(open, &OpenTimelines::repaired, &protocol, [&protocol](const RoomId &room, int count) {
        protocol.announce(u"repaired"_s, {{"room"_L1, room.toString()}, {"count"_L1, count}});
    });
    const auto on = [&protocol, &known, open](const QString &command, auto run) {
        protocol.on(command, [open, &known, run](const QJsonObject &args) {
            return withTimeout(run(known, open, args), timeoutOf(args), open);
        });
    };
    on(u"timeline"_s, timeline);
    on(u"paginate"_s, paginate);
    on(u"jump"_s, jump);
    on(u"read"_s, markRead);
    on(u"wait_message"_s, waitMessage);
    on(u"ask_again"_s, askAgain);
}

} // namespace parvis::driver
