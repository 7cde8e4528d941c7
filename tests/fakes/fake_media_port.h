// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/media_port.h"

#include <QFileInfo>
#include <QHash>
#include <QMap>
#include <QObject>

#include <optional>
#include <utility>
#include <vector>

namespace parvis {

/// Files that go nowhere; what was asked is remembered.
class FakeMediaPort : public MediaPort
{
public:
    struct Sent {
        RoomId room;
        QString path; ///< or the name of what lies in no file
        QString caption;
        QByteArray bytes = {};
    };
    struct Kept {
        RoomId room;
        JoinedFile file;
        QByteArray bytes;
    };
    struct Saved {
        EventId event;
        QString to;
        bool replace;
    };

    Task<TransactionId> sendFile(const RoomId &room, const QString &path, const QString &caption,
                                 SendAs) override
    {
        return take({room, path, caption});
    }
    Task<qint64> join(const RoomId &room, const QString &path) override
    {
        return keep(room, {.path = path, .facts = {.name = QFileInfo(path).fileName(), .mediaType = {}}}, {});
    }
    Task<qint64> joinBytes(const RoomId &room, const QString &name, const QByteArray &bytes) override
    {
        const OutgoingFile facts{
            .name = name, .mediaType = QStringLiteral("image/png"), .bytes = bytes.size()};
        return keep(room, {.facts = facts}, bytes);
    }
    Task<QList<JoinedFile>> joined(const RoomId &room) override
    {
        if (holdJoined) {
            heldJoined.emplace_back();
            return heldJoined.back().task();
        }
        if (joinError)
            return Task<QList<JoinedFile>>::ready(tl::unexpected(*joinError));
        return Task<QList<JoinedFile>>::ready(filesOf(room));
    }
    Task<OutgoingFile> inspectJoined(qint64 id) override
    {
        const auto file = onDisk.value(id).file;
        return file.path.isEmpty() ? Task<OutgoingFile>::ready(file.facts) : inspect(file.path);
    }
    /// What is on the disk goes once that is in the queue.
    Task<TransactionId> sendJoined(qint64 id, const QString &caption) override
    {
        const auto kept = onDisk.value(id);
        auto sending = take({.room = kept.room,
                             .path = kept.file.path.isEmpty() ? kept.file.facts.name : kept.file.path,
                             .caption = caption,
                             .bytes = kept.bytes});
        return std::move(sending).andThen(&home, [this, id](const TransactionId &txn) {
            onDisk.remove(id);
            return Result<TransactionId>(txn);
        });
    }
    Task<void> takeAway(qint64 id) override
    {
        onDisk.remove(id);
        return Task<void>::ready({});
    }
    [[nodiscard]] QList<JoinedFile> filesOf(const RoomId &room) const
    {
        QList<JoinedFile> all;
        for (const Kept &kept : onDisk) {
            if (kept.room == room)
                all += kept.file;
        }
        return all;
    }
    Task<OutgoingFile> inspect(const QString &path) override
    {
        if (holdInspect) {
            heldInspect.emplace_back();
            return heldInspect.back().task();
        }
        const auto known = files.value(path, harmless(QFileInfo(path)));
        if (refused.contains(path))
            return Task<OutgoingFile>::ready(tl::unexpected(refused.value(path)));
        return Task<OutgoingFile>::ready(known);
    }
    Task<SavedFile> save(const RoomId &, const EventId &event, const QString &to, bool replace) override
    {
        saved += {event, to, replace};
        if (hold) {
            heldSaves.emplace_back();
            return heldSaves.back().task();
        }
        if (saveError && !(replace && saveError->code == QStringLiteral("PARVIS_FILE_EXISTS")))
            return Task<SavedFile>::ready(tl::unexpected(*saveError));
        return Task<SavedFile>::ready(SavedFile{.path = to, .sha256 = {}, .bytes = 1, .mediaType = {}});
    }
    Task<QByteArray> picture(const RoomId &, const EventId &) override
    {
        return Task<QByteArray>::ready(QByteArray());
    }
    Task<MediaState> state(const RoomId &, const EventId &) override
    {
        return Task<MediaState>::ready(MediaState::Clean);
    }
    void cancel(const RoomId &, const EventId &event) override { cancelled += event; }
    void subscribeTransfers(const QObject *context, ValueSink<QList<FileTransfer>> sink) override
    {
        transfers.subscribe(context, std::move(sink));
    }
    /// Answers the first of what was to be sent while that was held.
    void release(const Result<TransactionId> &answer)
    {
        auto promise = std::move(held.front());
        held.erase(held.begin());
        promise.resolve(answer);
    }

    QHash<QString, OutgoingFile> files; ///< what inspect() says; of others, something harmless
    QHash<QString, Error> refused;      ///< by inspect()
    bool holdInspect = false;
    std::vector<Promise<OutgoingFile>> heldInspect;
    QMap<qint64, Kept> onDisk; ///< what is joined
    bool holdJoined = false;
    std::vector<Promise<QList<JoinedFile>>> heldJoined;
    std::optional<Error> joinError;
    QList<Sent> sent;
    QList<Saved> saved;
    QList<EventId> cancelled;
    bool hold = false; ///< what is to be sent or saved
    std::vector<Promise<TransactionId>> held;
    std::vector<Promise<SavedFile>> heldSaves;
    std::optional<Error> error; ///< of what is to be sent
    std::optional<Error> saveError;
    ObservableValue<QList<FileTransfer>> transfers;

private:
    Task<qint64> keep(const RoomId &room, JoinedFile file, const QByteArray &bytes)
    {
        if (joinError)
            return Task<qint64>::ready(tl::unexpected(*joinError));
        file.id = ++lastJoined;
        onDisk.insert(file.id, {room, file, bytes});
        return Task<qint64>::ready(file.id);
    }
    static OutgoingFile harmless(const QFileInfo &file)
    {
        const bool picture = file.suffix() == u"png" || file.suffix() == u"jpg";
        return {.name = file.fileName(),
                .mediaType = picture ? QStringLiteral("image/png") : QStringLiteral("application/pdf"),
                .bytes = 2048};
    }
    Task<TransactionId> take(const Sent &file)
    {
        sent += file;
        if (hold) {
            held.emplace_back();
            return held.back().task();
        }
        if (error)
            return Task<TransactionId>::ready(tl::unexpected(*error));
        return Task<TransactionId>::ready(TransactionId(QString::number(sent.size())));
    }

    QObject home;
    qint64 lastJoined = 0;
};

} // namespace parvis
