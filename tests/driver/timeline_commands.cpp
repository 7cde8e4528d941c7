// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QPointer>

#include "driver.h"
#include "open_timelines.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

RoomId roomOf(const QJsonObject &args)
{
    return RoomId(args["room"_L1].toString());
}

/// A room that was just made or joined comes with the next synchronisation: one is waited for, not longer.
constexpr int newRoomMs = 5000;

/// The room, if it is known by now: what came last is on its way through the event loop.
Task<OpenTimeline *> ifKnown(OpenTimelines *open, const QPointer<OpenTimeline> &room)
{
    auto promise = std::make_shared<Promise<OpenTimeline *>>();
    auto task = promise->task();
    QMetaObject::invokeMethod(
        open,
        [promise, room] {
            if (room && room->known())
                promise->resolve(room.data());
            else
                promise->resolve(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
        },
        Qt::QueuedConnection);
    return task;
}

/// The room once it is loaded, where the account has it; PARVIS_NO_SUCH_ROOM, or PARVIS_NOT_SIGNED_IN.
Task<OpenTimeline *> knownRoom(OpenTimelines *open, const Ports &ports, const RoomId &room)
{
    // Of all questions the cheapest that needs an account.
    return ports.composer.draft(room)
        .andThen(open, [open, room](const QString &) { return open->open(room); })
        .andThen(open, [open, ports](OpenTimeline *opened) {
            if (opened->known())
                return Task<OpenTimeline *>::ready(opened);
            auto promise = std::make_shared<Promise<OpenTimeline *>>();
            auto task = promise->task();
            withTimeout(shaped(ports.diagnostics.waitIdle(), open), newRoomMs, open)
                .then(open, [open, promise, room = QPointer(opened)](const Result<QJsonValue> &) {
                    ifKnown(open, room).then(open, [promise](Result<OpenTimeline *> known) {
                        promise->resolve(std::move(known));
                    });
                });
            return task;
        });
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

Task<QJsonValue> timeline(OpenTimelines *open, const Ports &ports, const QJsonObject &args)
{
    const int limit = args["limit"_L1].toInt(50);
    return knownRoom(open, ports, roomOf(args))
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

Task<QJsonValue> paginate(OpenTimelines *open, const Ports &ports, const QJsonObject &args)
{
    if (!args["back"_L1].toBool(true))
        return usage(u"back: false does not exist yet"_s);
    const int count = std::clamp(args["count"_L1].toInt(50), 1, 1000);
    return knownRoom(open, ports, roomOf(args))
        .andThen(open, [count](OpenTimeline *room) { return room->timeline->paginateBack(count); })
        .andThen(open, [](Paginated page) {
            return Result<QJsonValue>(QJsonObject{{"added"_L1, page.added}, {"at_start"_L1, page.atStart}});
        });
}

Task<QJsonValue> markRead(OpenTimelines *open, const Ports &ports, const QJsonObject &args)
{
    const ReceiptKind kind = args["private"_L1].toBool() ? ReceiptKind::Private : ReceiptKind::Public;
    return knownRoom(open, ports, roomOf(args))
        .andThen(open, [open, kind, event = args["event"_L1].toString()](OpenTimeline *room) {
            return done(room->timeline->markRead(EventId(event), kind), open);
        });
}

Task<QJsonValue> waitMessage(OpenTimelines *open, const QJsonObject &args)
{
    auto matches = [args](const TimelineItem &item) {
        const auto wants = [&args](QLatin1StringView key, const QString &value) {
            return !args.contains(key) || args[key].toString() == value;
        };
        if (args.contains("readable"_L1) && args["readable"_L1].toBool() != item.readable())
            return false;
        const QJsonObject json = toJson(item);
        return wants("body"_L1, item.body) && wants("event_id"_L1, item.eventId.toString())
            && wants("reason"_L1, json["reason"_L1].toString()) && wants("sender"_L1, item.sender.toString())
            && (!args.contains("edited"_L1) || args["edited"_L1].toBool() == item.edited)
            && item.kind != ItemKind::State;
    };
    return withTimeout(shaped(open->wait(roomOf(args), matches), open), timeoutOf(args), open);
}

} // namespace

void addTimelineCommands(LineProtocol &protocol, const Ports &ports, OpenTimelines &timelines)
{
    auto *open = &timelines;
    // Another account, or none: what is open belongs to the one before.
    ports.account.subscribeSession(open, [open, was = UserId()](const SessionInfo &session) mutable {
        if (session.userId != was && !was.isEmpty())
            open->closeAll();
        was = session.userId;
    });
    const auto on = [&protocol, &ports, open](const QString &command, auto run) {
        protocol.on(command, [open, ports, run](const QJsonObject &args) {
            return withTimeout(run(open, ports, args), timeoutOf(args), open);
        });
    };
    on(u"timeline"_s, timeline);
    on(u"paginate"_s, paginate);
    on(u"read"_s, markRead);
    protocol.on(u"wait_message"_s, [open](const QJsonObject &args) { return waitMessage(open, args); });
}

} // namespace parvis::driver
