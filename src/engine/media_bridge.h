// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "engine/core_link.h"
#include "engine/value_bridge.h"

namespace parvis {

/// MediaPort over the core. UI thread.
class MediaBridge final : public QObject, public MediaPort
{
public:
    explicit MediaBridge(CoreLink link);

    [[nodiscard]] Task<TransactionId> sendFile(const RoomId &room, const QString &path,
                                               const QString &caption, SendAs as) override;
    [[nodiscard]] Task<OutgoingFile> inspect(const QString &path) override;
    [[nodiscard]] Task<qint64> join(const RoomId &room, const QString &path) override;
    [[nodiscard]] Task<qint64> joinBytes(const RoomId &room, const QString &name,
                                         const QByteArray &bytes) override;
    [[nodiscard]] Task<QList<JoinedFile>> joined(const RoomId &room) override;
    [[nodiscard]] Task<OutgoingFile> inspectJoined(qint64 id) override;
    [[nodiscard]] Task<TransactionId> sendJoined(qint64 id, const QString &caption) override;
    [[nodiscard]] Task<void> takeAway(qint64 id) override;
    [[nodiscard]] Task<SavedFile> save(const RoomId &room, const EventId &event, const QString &to,
                                       bool replace) override;
    [[nodiscard]] Task<QByteArray> picture(const RoomId &room, const EventId &event) override;
    [[nodiscard]] Task<MediaState> state(const RoomId &room, const EventId &event) override;
    void cancel(const RoomId &room, const EventId &event) override;
    void subscribeTransfers(const QObject *context, ValueSink<QList<FileTransfer>> sink) override;

private:
    CoreLink m_link;
    ValueBridge<QList<FileTransfer>> m_transfers;
};

} // namespace parvis
