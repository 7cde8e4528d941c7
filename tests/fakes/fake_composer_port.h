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
    Task<TransactionId> send(const RoomId &room, const QString &body, const Mentions &mentions = {}) override;
    Task<TransactionId> startPoll(const RoomId &room, const NewPoll &poll) override
    {
        return keep(room, {}, poll.question);
    }
    Task<TransactionId> vote(const RoomId &room, const EventId &poll, const QStringList &choices) override
    {
        return keep(room, poll, choices.join(u' '));
    }
    Task<TransactionId> endPoll(const RoomId &room, const EventId &poll) override
    {
        return keep(room, poll, {});
    }
    Task<TransactionId> sendPlace(const RoomId &room, double, double, const QString &words) override
    {
        return keep(room, {}, words);
    }
    Task<TransactionId> forward(const RoomId &, const EventId &event, const RoomId &to) override
    {
        return keep(to, event, {});
    }
    Task<TransactionId> edit(const RoomId &room, const EventId &event, const QString &body) override;
    Task<TransactionId> reply(const RoomId &room, const EventId &event, const QString &body) override;
    Task<TransactionId> sendInThread(const RoomId &room, const EventId &root, const QString &body) override;
    Task<TransactionId> react(const RoomId &room, const EventId &event, const QString &key) override;
    Task<void> unreact(const RoomId &, const EventId &event, const QString &) override;
    Task<TransactionId> redact(const RoomId &room, const EventId &event, const QString &reason) override;
    Task<void> retry(const TransactionId &txn) override;
    Task<void> cancel(const TransactionId &txn) override;
    void subscribeQueue(const QObject *context, ListSink<QueueItem> sink) override;
    Task<QString> draft(const RoomId &room) override;
    /// Answers what was asked while drafts were held.
    void releaseDrafts();
    Task<void> setDraft(const RoomId &room, const QString &text) override;
    /// Answers what was sent while that was held.
    void releaseSends(const Error &answer);

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
    Task<TransactionId> keep(const RoomId &room, const EventId &event, const QString &body);
};

} // namespace parvis
