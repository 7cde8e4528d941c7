// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "client/composer_port.h"

#include <QHash>

namespace parvis {

/// Queue and drafts in memory; what was asked is remembered.
class FakeComposerPort : public ComposerPort
{
public:
    struct Sent {
        RoomId room;
        EventId edited;
        QString body;
    };

    Task<TransactionId> send(const RoomId &room, const QString &body) override
    {
        return keep(room, {}, body);
    }
    Task<TransactionId> edit(const RoomId &room, const EventId &event, const QString &body) override
    {
        return keep(room, event, body);
    }
    Task<TransactionId> reply(const RoomId &room, const EventId &event, const QString &body) override
    {
        answered += event;
        return keep(room, {}, body);
    }
    Task<TransactionId> sendInThread(const RoomId &room, const EventId &root, const QString &body) override
    {
        answered += root;
        return keep(room, {}, body);
    }
    Task<TransactionId> react(const RoomId &room, const EventId &event, const QString &key) override
    {
        return keep(room, event, key);
    }
    Task<void> unreact(const RoomId &, const EventId &event, const QString &) override
    {
        removed += event;
        return Task<void>::ready({});
    }
    Task<TransactionId> redact(const RoomId &room, const EventId &event, const QString &reason) override
    {
        removed += event;
        return keep(room, event, reason);
    }
    Task<void> retry(const TransactionId &txn) override
    {
        retried += txn;
        return Task<void>::ready({});
    }
    Task<void> cancel(const TransactionId &txn) override
    {
        cancelled += txn;
        return Task<void>::ready({});
    }
    void subscribeQueue(const QObject *context, ListSink<QueueItem> sink) override
    {
        queue.subscribe(context, std::move(sink));
    }
    Task<QString> draft(const RoomId &room) override
    {
        if (draftError)
            return Task<QString>::ready(tl::unexpected(*draftError));
        if (!holdDrafts)
            return Task<QString>::ready(drafts.value(room));
        heldDrafts.emplace_back(room, Promise<QString>());
        return heldDrafts.back().second.task();
    }
    /// Answers what was asked while drafts were held.
    void releaseDrafts()
    {
        for (auto &[room, promise] : std::exchange(heldDrafts, {}))
            promise.resolve(drafts.value(room));
    }
    Task<void> setDraft(const RoomId &room, const QString &text) override
    {
        if (draftError)
            return Task<void>::ready(tl::unexpected(*draftError));
        drafts.insert(room, text);
        return Task<void>::ready({});
    }
    /// Answers what was sent while that was held.
    void releaseSends(const Error &answer)
    {
        for (auto &promise : std::exchange(heldSends, {}))
            promise.resolve(tl::unexpected(answer));
    }

    ObservableList<QueueItem> queue;
    QHash<RoomId, QString> drafts;
    bool holdSends = false;
    std::vector<Promise<TransactionId>> heldSends;
    std::optional<Error> draftError; ///< of reading one and of writing one
    bool holdDrafts = false;
    std::vector<std::pair<RoomId, Promise<QString>>> heldDrafts;
    QList<Sent> sent;
    QList<EventId> answered;
    QList<EventId> removed;
    QList<TransactionId> retried;
    QList<TransactionId> cancelled;
    std::optional<Error> error;
    std::function<void(const Sent &)> onSent; ///< for a conversation that shows what was sent

private:
    Task<TransactionId> keep(const RoomId &room, const EventId &event, const QString &body)
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
};

} // namespace parvis
