// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/composer_bridge.h"

#include "engine/engine_follow.h"
#include "engine/related_messages.h"
#include "engine/room_polls.h"
#include "send/compose.h"
#include "send/compose_poll.h"

using namespace Qt::StringLiterals;

namespace parvis {

ComposerBridge::ComposerBridge(CoreLink link)
    : m_link(link), m_queue(link.executor, [core = link.core](QObject *owner) {
          auto *queue = new EngineList<QueueItem>(
              *core, [](Engine &engine) { return ListSource<QueueItem>{.list = &engine.queueItems()}; },
              owner);
          return &queue->items();
      })
{
}

Task<TransactionId> ComposerBridge::send(const RoomId &room, const QString &body, const Mentions &mentions)
{
    return m_link.askEngine(this, [room, body, mentions](Engine &engine) {
        MessagePlace place{.mentions = mentions.users, .mentionsRoom = mentions.room};
        place.mentions.removeAll(engine.user()); // nobody is told of what they wrote
        return composeMessage(body, place).and_then([&](const QByteArray &content) {
            // A crash leaves the text in the draft, or in the queue: never in both, to be sent twice.
            return engine.queue().enqueue(room, u"m.room.message"_s, content, {},
                                          [&] { return engine.drafts().takeAway(room, body); });
        });
    });
}

Task<TransactionId> ComposerBridge::edit(const RoomId &room, const EventId &event, const QString &body)
{
    return m_link.askEngine(this, [room, event, body](Engine &engine) -> Result<TransactionId> {
        const auto original = engine.cache().events().event(room, event);
        if (!original)
            return tl::unexpected(original.error());
        if (!*original)
            return fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_EVENT"_s);
        if ((*original)->event.event.sender != engine.user())
            return fail(ErrorKind::Forbidden, u"PARVIS_NOT_YOUR_MESSAGE"_s);
        return composeEdit(event, body).and_then([&](const QByteArray &content) {
            return engine.queue().enqueue(room, u"m.room.message"_s, content);
        });
    });
}

Task<TransactionId> ComposerBridge::reply(const RoomId &room, const EventId &event, const QString &body)
{
    return m_link.askEngine(this, [room, event, body](Engine &engine) {
        return RelatedMessages(engine, room).reply(event, body);
    });
}

Task<TransactionId> ComposerBridge::sendInThread(const RoomId &room, const EventId &root, const QString &body)
{
    return m_link.askEngine(this, [room, root, body](Engine &engine) {
        return RelatedMessages(engine, room).sendInThread(root, body);
    });
}

Task<TransactionId> ComposerBridge::startPoll(const RoomId &room, const NewPoll &poll)
{
    return m_link.askEngine(this,
                            [room, poll](Engine &engine) { return RoomPolls(engine, room).start(poll); });
}

Task<TransactionId> ComposerBridge::vote(const RoomId &room, const EventId &poll, const QStringList &choices)
{
    return m_link.askEngine(
        this, [room, poll, choices](Engine &engine) { return RoomPolls(engine, room).vote(poll, choices); });
}

Task<TransactionId> ComposerBridge::endPoll(const RoomId &room, const EventId &poll)
{
    return m_link.askEngine(this, [room, poll](Engine &engine) { return RoomPolls(engine, room).end(poll); });
}

Task<TransactionId> ComposerBridge::sendPlace(const RoomId &room, double latitude, double longitude,
                                              const QString &words)
{
    return m_link.askEngine(this, [=](Engine &engine) {
        return composePlace(latitude, longitude, words).and_then([&](const QByteArray &content) {
            return engine.queue().enqueue(room, u"m.room.message"_s, content);
        });
    });
}

Task<TransactionId> ComposerBridge::forward(const RoomId &room, const EventId &event, const RoomId &to)
{
    return m_link.askEngine(
        this, [room, event, to](Engine &engine) { return RelatedMessages(engine, room).forward(event, to); });
}

Task<TransactionId> ComposerBridge::react(const RoomId &room, const EventId &event, const QString &key)
{
    return m_link.askEngine(
        this, [room, event, key](Engine &engine) { return RelatedMessages(engine, room).react(event, key); });
}

Task<void> ComposerBridge::unreact(const RoomId &room, const EventId &event, const QString &key)
{
    return m_link.askEngine(this, [room, event, key](Engine &engine) {
        return RelatedMessages(engine, room).unreact(event, key);
    });
}

Task<TransactionId> ComposerBridge::redact(const RoomId &room, const EventId &event, const QString &reason)
{
    return m_link.askEngine(this, [room, event, reason](Engine &engine) {
        return RelatedMessages(engine, room).redact(event, reason);
    });
}

Task<void> ComposerBridge::retry(const TransactionId &txn)
{
    return m_link.askEngine(this, [txn](Engine &engine) { return engine.queue().retry(txn); });
}

Task<void> ComposerBridge::cancel(const TransactionId &txn)
{
    return m_link.askEngine(this, [txn](Engine &engine) { return engine.queue().cancel(txn); });
}

void ComposerBridge::subscribeQueue(const QObject *context, ListSink<QueueItem> sink)
{
    m_queue.list().subscribe(context, std::move(sink));
}

Task<QString> ComposerBridge::draft(const RoomId &room)
{
    return m_link.askEngine(this, [room](Engine &engine) { return engine.drafts().load(room); });
}

Task<void> ComposerBridge::setDraft(const RoomId &room, const QString &text)
{
    return m_link.askEngine(this, [room, text](Engine &engine) { return engine.setDraft(room, text); });
}

} // namespace parvis
