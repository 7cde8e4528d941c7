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

Task<TransactionId> MediaBridge::sendBytes(const RoomId &room, const QString &name, const QByteArray &bytes,
                                           const QString &caption)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.media().sending().sendBytes(room, name, bytes, caption); });
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
