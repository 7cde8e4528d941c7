// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace parvis {

/// What a file is sent as.
enum class SendAs {
    Guess, ///< by what is in it
    File,  ///< whatever is in it
};

/// A file of the person's, before it is sent.
struct OutgoingFile {
    QString name; ///< cleaned: as it goes
    QString mediaType;
    qint64 bytes = 0;
    qint64 changedMs = 0; ///< when it was written last; 0: not known

    bool operator==(const OutgoingFile &) const = default;
};

/// A file that is joined to what is being written.
struct JoinedFile {
    qint64 id = 0;
    QString path = {};       ///< empty: a picture that was pasted
    OutgoingFile facts = {}; ///< as it was when it was joined; bytes -1: nobody has looked at it yet

    bool operator==(const JoinedFile &) const = default;
};

/// A file that was fetched, checked and written.
struct SavedFile {
    QString path;
    QByteArray sha256; ///< of the file as it lies there
    qint64 bytes = 0;
    QString mediaType; ///< by its content, not by what its sender says

    bool operator==(const SavedFile &) const = default;
};

/// Whether a file can be had.
enum class MediaState {
    Clean, ///< it is there, and it is the one that was sent
    Gone,  ///< the server has it no longer
    Error, ///< it cannot be fetched, or is not the one that was sent
};

/// A file on its way.
struct FileTransfer {
    RoomId room;
    TransactionId txn; ///< of one that is sent
    EventId event;     ///< of one that is fetched
    qint64 done = 0;   ///< bytes
    qint64 total = 0;  ///< 0: not known

    bool operator==(const FileTransfer &) const = default;
};

/// Files that are sent and fetched. UI thread.
class MediaPort
{
public:
    virtual ~MediaPort() = default;

    /// Answers once the file is encrypted into the account's folder and in the queue: the original may go
    /// then. What follows is seen in the queue and in transfers. @p caption as typed, empty: none.
    /// PARVIS_FILE_UNREADABLE, PARVIS_FILE_TOO_LARGE (detail: the limit in bytes), PARVIS_DISK_FULL.
    [[nodiscard]] virtual Task<TransactionId> sendFile(const RoomId &room, const QString &path,
                                                       const QString &caption, SendAs as) = 0;
    /// What sendFile() would take, without taking it. Answers what sendFile() answers, and PARVIS_FILE_EMPTY
    /// and PARVIS_FILE_IS_FOLDER: a person meant something else then.
    [[nodiscard]] virtual Task<OutgoingFile> inspect(const QString &path) = 0;

    /// Keeps that a file is joined to what is written in a room. It stays so, over a restart too, until it is
    /// in the queue or taken away. Answers its id, once that is on the disk.
    [[nodiscard]] virtual Task<qint64> join(const RoomId &room, const QString &path) = 0;
    /// The same of what lies in no file, such as a picture that was copied: on no disk in clear. @p name is
    /// cleaned. PARVIS_DISK_FULL and the like.
    [[nodiscard]] virtual Task<qint64> joinBytes(const RoomId &room, const QString &name,
                                                 const QByteArray &bytes) = 0;
    /// In the order of joining.
    [[nodiscard]] virtual Task<QList<JoinedFile>> joined(const RoomId &room) = 0;
    /// As inspect(), and PARVIS_FILE_CHANGED where it is not the file that the first look saw.
    /// PARVIS_FILE_NOT_JOINED, as with what follows.
    [[nodiscard]] virtual Task<OutgoingFile> inspectJoined(qint64 id) = 0;
    /// As sendFile(), and PARVIS_FILE_CHANGED as above. With the row of the queue, and not before, it is
    /// joined no longer, and @p caption goes from the front of the room's draft.
    [[nodiscard]] virtual Task<TransactionId> sendJoined(qint64 id, const QString &caption) = 0;
    [[nodiscard]] virtual Task<void> takeAway(qint64 id) = 0;

    /// Fetches, checks and only then writes the file of a message, for its owner alone. @p to: the file, or a
    /// folder that takes it under its own name. PARVIS_FILE_EXISTS unless @p replace; PARVIS_MEDIA_GONE,
    /// PARVIS_NO_ATTACHMENT, PARVIS_ATTACHMENT_DAMAGED and the like, PARVIS_CANCELLED.
    [[nodiscard]] virtual Task<SavedFile> save(const RoomId &room, const EventId &event, const QString &to,
                                               bool replace) = 0;
    /// The bytes of a picture of at most maxPictureBytes, checked; TooLarge above. On no disk in clear.
    [[nodiscard]] virtual Task<QByteArray> picture(const RoomId &room, const EventId &event) = 0;
    /// Fetches and checks the file where that was not done in this run.
    [[nodiscard]] virtual Task<MediaState> state(const RoomId &room, const EventId &event) = 0;
    /// Ends what fetches this file: it answers PARVIS_CANCELLED.
    virtual void cancel(const RoomId &room, const EventId &event) = 0;
    /// What is on its way, whenever that changes; what has ended is not in the list any more.
    virtual void subscribeTransfers(const QObject *context, ValueSink<QList<FileTransfer>> sink) = 0;

    static constexpr qint64 maxPictureBytes = qint64(32) << 20;
};

} // namespace parvis
