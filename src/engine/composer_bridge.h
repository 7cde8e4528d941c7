// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/composer_port.h"
#include "engine/core_link.h"
#include "engine/list_bridge.h"

namespace parvis {

/// ComposerPort over the core. UI thread.
class ComposerBridge final : public QObject, public ComposerPort
{
public:
    explicit ComposerBridge(CoreLink link);

    [[nodiscard]] Task<TransactionId> send(const RoomId &room, const QString &body,
                                           const Mentions &mentions = {}) override;
    [[nodiscard]] Task<TransactionId> startPoll(const RoomId &room, const NewPoll &poll) override;
    [[nodiscard]] Task<TransactionId> vote(const RoomId &room, const EventId &poll,
                                           const QStringList &choices) override;
    [[nodiscard]] Task<TransactionId> endPoll(const RoomId &room, const EventId &poll) override;
    [[nodiscard]] Task<TransactionId> sendPlace(const RoomId &room, double latitude, double longitude,
                                                const QString &words) override;
    [[nodiscard]] Task<TransactionId> forward(const RoomId &room, const EventId &event,
                                              const RoomId &to) override;
    [[nodiscard]] Task<TransactionId> edit(const RoomId &room, const EventId &event,
                                           const QString &body) override;
    [[nodiscard]] Task<TransactionId> reply(const RoomId &room, const EventId &event,
                                            const QString &body) override;
    [[nodiscard]] Task<TransactionId> sendInThread(const RoomId &room, const EventId &root,
                                                   const QString &body) override;
    [[nodiscard]] Task<TransactionId> react(const RoomId &room, const EventId &event,
                                            const QString &key) override;
    [[nodiscard]] Task<void> unreact(const RoomId &room, const EventId &event, const QString &key) override;
    [[nodiscard]] Task<TransactionId> redact(const RoomId &room, const EventId &event,
                                             const QString &reason) override;
    [[nodiscard]] Task<void> retry(const TransactionId &txn) override;
    [[nodiscard]] Task<void> cancel(const TransactionId &txn) override;
    void subscribeQueue(const QObject *context, ListSink<QueueItem> sink) override;
    [[nodiscard]] Task<QString> draft(const RoomId &room) override;
    [[nodiscard]] Task<void> setDraft(const RoomId &room, const QString &text) override;

private:
    CoreLink m_link;
    ListBridge<QueueItem> m_queue;
};

} // namespace parvis
