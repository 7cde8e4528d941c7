// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_composer_port.h"

namespace parvis {

Task<TransactionId> FakeComposerPort::send(const RoomId &room, const QString &body, const Mentions &)
{
    return keep(room, {}, body);
}

Task<TransactionId> FakeComposerPort::edit(const RoomId &room, const EventId &event, const QString &body)
{
    return keep(room, event, body);
}

Task<TransactionId> FakeComposerPort::reply(const RoomId &room, const EventId &event, const QString &body)
{
    answered += event;
    return keep(room, {}, body);
}

Task<TransactionId> FakeComposerPort::sendInThread(const RoomId &room, const EventId &root,
                                                   const QString &body)
{
    answered += root;
    return keep(room, {}, body);
}

Task<TransactionId> FakeComposerPort::react(const RoomId &room, const EventId &event, const QString &key)
{
    return keep(room, event, key);
}

Task<void> FakeComposerPort::unreact(const RoomId &, const EventId &event, const QString &)
{
    removed += event;
    return Task<void>::ready({});
}

Task<TransactionId> FakeComposerPort::redact(const RoomId &room, const EventId &event, const QString &reason)
{
    removed += event;
    return keep(room, event, reason);
}

Task<void> FakeComposerPort::retry(const TransactionId &txn)
{
    retried += txn;
    return Task<void>::ready({});
}

Task<void> FakeComposerPort::cancel(const TransactionId &txn)
{
    cancelled += txn;
    return Task<void>::ready({});
}

void FakeComposerPort::subscribeQueue(const QObject *context, ListSink<QueueItem> sink)
{
    queue.subscribe(context, std::move(sink));
}

Task<QString> FakeComposerPort::draft(const RoomId &room)
{
    if (draftError)
        return Task<QString>::ready(tl::unexpected(*draftError));
    if (!holdDrafts)
        return Task<QString>::ready(drafts.value(room));
    heldDrafts.emplace_back(room, Promise<QString>());
    return heldDrafts.back().second.task();
}

void FakeComposerPort::releaseDrafts()
{
    for (auto &[room, promise] : std::exchange(heldDrafts, {}))
        promise.resolve(drafts.value(room));
}

Task<void> FakeComposerPort::setDraft(const RoomId &room, const QString &text)
{
    if (draftError)
        return Task<void>::ready(tl::unexpected(*draftError));
    drafts.insert(room, text);
    return Task<void>::ready({});
}

void FakeComposerPort::releaseSends(const Error &answer)
{
    for (auto &promise : std::exchange(heldSends, {}))
        promise.resolve(tl::unexpected(answer));
}

Task<TransactionId> FakeComposerPort::keep(const RoomId &room, const EventId &event, const QString &body)
{
    if (holdSends) {
        heldSends.emplace_back();
        return heldSends.back().task();
    }
    if (error)
        return Task<TransactionId>::ready(tl::unexpected(*error));
    sent += {room, event, body};
    if (onSent)
        onSent(sent.last());
    return Task<TransactionId>::ready(TransactionId(QString::number(sent.size())));
}

} // namespace parvis
