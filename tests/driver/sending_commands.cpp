// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "driver.h"
#include "known_rooms.h"
#include "open_timelines.h"
#include "queue_view.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

/// Answers when a row has left the queue (the server has it) or has failed for good.
class WaitSent : public QObject
{
public:
    WaitSent(QueueView &queue, TransactionId txn) : QObject(&queue), m_queue(queue), m_txn(std::move(txn))
    {
        // The answer to send() overtakes the row on its way from the core, and nothing else does: the first
        // change that we hear of has the row in it, or has it gone again.
        connect(&queue, &QueueView::changed, this, &WaitSent::check);
    }

    Task<QJsonValue> task() { return m_promise.task(); }

private:
    void check()
    {
        const QueueItem *item = m_queue.find(m_txn);
        if (m_done || (item && item->state != SendState::Failed))
            return;
        m_done = true;
        if (item)
            m_promise.resolve(tl::unexpected(item->error.value_or(Error{})));
        else
            m_promise.resolve(QJsonValue(QJsonObject{{"txn_id"_L1, m_txn.toString()}}));
        deleteLater();
    }

    QueueView &m_queue;
    TransactionId m_txn;
    Promise<QJsonValue> m_promise;
    bool m_done = false;
};

/// The answer that names the event: its line in the conversation carries the transaction id.
Task<QJsonValue> named(OpenTimelines *open, const RoomId &room, const TransactionId &txn)
{
    auto isIt = [txn](const TimelineItem &item) { return item.txnId == txn && !item.eventId.isEmpty(); };
    return open->wait(room, isIt).andThen(open, [txn](const TimelineItem &item) {
        return Result<QJsonValue>(
            QJsonObject{{"txn_id"_L1, txn.toString()}, {"event_id"_L1, item.eventId.toString()}});
    });
}

Task<QJsonValue> queued(Task<TransactionId> task, QueueView *queue, OpenTimelines *open,
                        const QJsonObject &args)
{
    return std::move(task).andThen(queue, [queue, open, args](TransactionId txn) {
        if (args["wait"_L1].toBool()) {
            auto sent = (new WaitSent(*queue, txn))->task();
            // Only a message has a line of its own.
            if (!args.contains("of"_L1) && !args.contains("key"_L1) && !args.contains("event"_L1))
                sent = std::move(sent).andThen(open, [open, room = roomOf(args), txn](const QJsonValue &) {
                    return named(open, room, txn);
                });
            return withTimeout(std::move(sent), timeoutOf(args), queue);
        }
        return answer(QJsonObject{{"txn_id"_L1, txn.toString()}});
    });
}

/// "@room" among them: everybody.
Mentions mentionsOf(const QJsonArray &named)
{
    Mentions mentions;
    for (const auto &one : named) {
        if (one.toString() == "@room"_L1)
            mentions.room = true;
        else
            mentions.users.append(UserId(one.toString()));
    }
    return mentions;
}

/// Runs with a room that is known.
using InRoom = std::function<Task<QJsonValue>(const QJsonObject &)>;

void addInRoom(LineProtocol &protocol, KnownRooms &known, const QString &command, const InRoom &run)
{
    auto *home = &protocol;
    protocol.on(command, [home, &known, run](const QJsonObject &args) {
        return known.find(roomOf(args)).andThen(home, [run, args] { return run(args); });
    });
}

/// What is sent because of another event.
void addRelatedCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known, QueueView *queue,
                        OpenTimelines *open)
{
    auto *home = &protocol;
    const auto inRoom = [&](const QString &command, const InRoom &run) {
        addInRoom(protocol, known, command, run);
    };
    inRoom(u"reply"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(
            ports.composer.reply(roomOf(args), EventId(args["to"_L1].toString()), args["body"_L1].toString()),
            queue, open, args);
    });
    inRoom(u"react"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(
            ports.composer.react(roomOf(args), EventId(args["to"_L1].toString()), args["key"_L1].toString()),
            queue, open, args);
    });
    inRoom(u"unreact"_s, [home, ports](const QJsonObject &args) {
        return done(ports.composer.unreact(roomOf(args), EventId(args["to"_L1].toString()),
                                           args["key"_L1].toString()),
                    home);
    });
    inRoom(u"forward"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(ports.composer.forward(roomOf(args), EventId(args["event"_L1].toString()),
                                             RoomId(args["to"_L1].toString())),
                      queue, open, args);
    });
    inRoom(u"redact"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(ports.composer.redact(roomOf(args), EventId(args["event"_L1].toString()),
                                            args["reason"_L1].toString()),
                      queue, open, args);
    });
}

/// Polls and places.
void addPollCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known, QueueView *queue,
                     OpenTimelines *open)
{
    const auto inRoom = [&](const QString &command, const InRoom &run) {
        addInRoom(protocol, known, command, run);
    };
    inRoom(u"poll"_s, [queue, open, ports](const QJsonObject &args) {
        const QString kind = args["kind"_L1].toString(u"disclosed"_s);
        if (kind != "disclosed"_L1 && kind != "undisclosed"_L1)
            return usage(u"kind: disclosed or undisclosed"_s);
        NewPoll poll{.question = args["question"_L1].toString(),
                     .answers = {},
                     .disclosed = kind == "disclosed"_L1,
                     .maxSelections = args["max_selections"_L1].toInt(1)};
        for (const auto &answer : args["answers"_L1].toArray())
            poll.answers.append(answer.toString());
        return queued(ports.composer.startPoll(roomOf(args), poll), queue, open, args);
    });
    inRoom(u"vote"_s, [queue, open, ports](const QJsonObject &args) {
        QStringList choices;
        for (const auto &answer : args["answers"_L1].toArray())
            choices.append(answer.toString());
        return queued(ports.composer.vote(roomOf(args), EventId(args["event"_L1].toString()), choices), queue,
                      open, args);
    });
    inRoom(u"close_poll"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(ports.composer.endPoll(roomOf(args), EventId(args["event"_L1].toString())), queue, open,
                      args);
    });
    inRoom(u"location"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(ports.composer.sendPlace(roomOf(args), args["latitude"_L1].toDouble(),
                                               args["longitude"_L1].toDouble(), args["body"_L1].toString()),
                      queue, open, args);
    });
}

void addMessageCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known, QueueView *queue,
                        OpenTimelines *open)
{
    const auto inRoom = [&](const QString &command, const InRoom &run) {
        addInRoom(protocol, known, command, run);
    };
    inRoom(u"send"_s, [queue, open, ports](const QJsonObject &args) {
        const QString body = args["body"_L1].toString();
        const auto mentions = mentionsOf(args["mentions"_L1].toArray());
        if (args.contains("thread"_L1) && args.contains("mentions"_L1))
            return usage(u"mentions: not together with thread"_s);
        auto sent = args.contains("thread"_L1)
            ? ports.composer.sendInThread(roomOf(args), EventId(args["thread"_L1].toString()), body)
            : ports.composer.send(roomOf(args), body, mentions);
        return queued(std::move(sent), queue, open, args);
    });
    inRoom(u"edit"_s, [queue, open, ports](const QJsonObject &args) {
        return queued(
            ports.composer.edit(roomOf(args), EventId(args["of"_L1].toString()), args["body"_L1].toString()),
            queue, open, args);
    });
    inRoom(u"send_file"_s, [queue, open, ports](const QJsonObject &args) {
        const QString as = args["as"_L1].toString(u"image"_s);
        if (as != "file"_L1 && as != "image"_L1)
            return usage(u"as: file or image"_s);
        return queued(ports.media.sendFile(roomOf(args), args["path"_L1].toString(),
                                           args["caption"_L1].toString(),
                                           as == "file"_L1 ? SendAs::File : SendAs::Guess),
                      queue, open, args);
    });
}

} // namespace

void addSendingCommands(LineProtocol &protocol, const Ports &ports, KnownRooms &known,
                        OpenTimelines &timelines)
{
    auto *home = &protocol;
    auto *queue = new QueueView(ports.composer, home);
    addMessageCommands(protocol, ports, known, queue, &timelines);
    addRelatedCommands(protocol, ports, known, queue, &timelines);
    addPollCommands(protocol, ports, known, queue, &timelines);
    protocol.on(u"queue"_s, [queue, &known](const QJsonObject &) {
        return known.settled().andThen(queue, [queue] { return answer(toJson(queue->items())); });
    });
    protocol.on(u"retry"_s, [home, ports](const QJsonObject &args) {
        return done(ports.composer.retry(TransactionId(args["txn_id"_L1].toString())), home);
    });
    protocol.on(u"cancel"_s, [home, ports](const QJsonObject &args) {
        if (args.contains("txn"_L1))
            return done(ports.verifications.cancel(args["txn"_L1].toString()), home);
        return done(ports.composer.cancel(TransactionId(args["txn_id"_L1].toString())), home);
    });
    addInRoom(protocol, known, u"draft"_s, [home, ports](const QJsonObject &args) {
        if (args.contains("body"_L1))
            return done(ports.composer.setDraft(roomOf(args), args["body"_L1].toString()), home);
        return ports.composer.draft(roomOf(args)).andThen(home, [](QString body) {
            return Result<QJsonValue>(QJsonObject{{"body"_L1, body}});
        });
    });
    protocol.on(u"unread"_s, [home, ports, &known](const QJsonObject &) {
        auto totals = std::make_shared<UnreadTotals>();
        auto watch = std::make_shared<QObject>();
        ports.rooms.subscribeTotals(watch.get(), [totals](const UnreadTotals &now) { *totals = now; });
        // A question to the core is answered after the value that was posted before it.
        return known.account().andThen(home, [totals, watch] {
            return Result<QJsonValue>(QJsonObject{{"rooms"_L1, totals->rooms},
                                                  {"notifications"_L1, totals->messages},
                                                  {"highlights"_L1, totals->highlights}});
        });
    });
}

} // namespace parvis::driver
