// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/media_bridge.h"

#include "engine/engine_follow.h"

namespace parvis {

MediaBridge::MediaBridge(CoreLink link)
    : m_link(link), m_transfers(link.executor, [core = link.core](QObject *owner) {
          using Shown = QList<FileTransfer>;
          auto *followed = new EngineValue<Shown>(
              *core, [](Engine &engine) -> ObservableValue<Shown> & { return engine.media().transfers(); },
              {}, owner);
          return &followed->value();
      })
{
}

Task<TransactionId> MediaBridge::sendFile(const RoomId &room, const QString &path, const QString &caption,
                                          SendAs as)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.media().sending().send(room, path, caption, as); });
}

Task<OutgoingFile> MediaBridge::inspect(const QString &path)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().sending().inspect(path); });
}

Task<qint64> MediaBridge::join(const RoomId &room, const QString &path)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().joined().join(room, path); });
}

Task<qint64> MediaBridge::joinBytes(const RoomId &room, const QString &name, const QByteArray &bytes)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.media().joined().joinBytes(room, name, bytes); });
}

Task<QList<JoinedFile>> MediaBridge::joined(const RoomId &room)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().joined().list(room); });
}

Task<OutgoingFile> MediaBridge::inspectJoined(qint64 id)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().joined().inspect(id); });
}

Task<TransactionId> MediaBridge::sendJoined(qint64 id, const QString &caption)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().joined().send(id, caption); });
}

Task<void> MediaBridge::takeAway(qint64 id)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.media().joined().takeAway(id); });
}

Task<SavedFile> MediaBridge::save(const RoomId &room, const EventId &event, const QString &to, bool replace)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.media().downloads().save(room, event, to, replace); });
}

Task<QByteArray> MediaBridge::picture(const RoomId &room, const EventId &event)
{
    return m_link.askEngine(this,
                            [=](Engine &engine) { return engine.media().downloads().picture(room, event); });
}

Task<MediaState> MediaBridge::state(const RoomId &room, const EventId &event)
{
    return m_link.askEngine(this,
                            [=](Engine &engine) { return engine.media().downloads().state(room, event); });
}

void MediaBridge::cancel(const RoomId &room, const EventId &event)
{
    m_link
        .askEngine(this,
                   [=](Engine &engine) {
                       engine.media().downloads().cancel(room, event);
                       return Result<void>();
                   })
        .then(this, [](const Result<void> &) {});
}

void MediaBridge::subscribeTransfers(const QObject *context, ValueSink<QList<FileTransfer>> sink)
{
    m_transfers.value().subscribe(context, std::move(sink));
}

} // namespace parvis
