// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace parvis {

/// Where a message stands among the others.
struct MessagePlace {
    EventId replyTo{};        ///< what it answers; in a thread without an answer, its newest message
    UserId replyToSender{};   ///< who is told of the answer; empty: nobody
    EventId thread{};         ///< the first message of the thread that it is in
    bool answers = false;     ///< in a thread: replyTo is really answered
    QList<UserId> mentions{}; ///< who else is told
    bool mentionsRoom = false;
};

/// The content of an m.room.message event from text as a person typed it: Markdown becomes formatted_body,
/// "/me " an emote, "//" a slash. PARVIS_EMPTY_MESSAGE where there is nothing to say,
/// PARVIS_MESSAGE_TOO_LARGE above what fits into an event once encrypted.
[[nodiscard]] Result<QByteArray> composeMessage(const QString &text, const MessagePlace &place = {});

/// The content of a message that says what another one said, as its @p content stands: nothing is answered
/// and nobody named by it.
[[nodiscard]] Result<QByteArray> composeForward(QJsonObject content);

/// The same as a replacement of @p original (specification, "Event replacements").
[[nodiscard]] Result<QByteArray> composeEdit(const EventId &original, const QString &text);

/// The content of an m.reaction event (specification, "Event annotations and reactions").
/// PARVIS_EMPTY_MESSAGE where the key is empty, PARVIS_MESSAGE_TOO_LARGE where it is none.
[[nodiscard]] Result<QByteArray> composeReaction(const EventId &target, const QString &key);

/// The content of an m.room.redaction event; the id stands in it as in the newest room versions.
[[nodiscard]] QByteArray composeRedaction(const EventId &target, const QString &reason);

/// What a message says of the file that goes with it.
struct FileMessage {
    QString name;      ///< as it may be shown
    QString mediaType; ///< "image/png"
    qint64 bytes = 0;
    int width = 0; ///< of a picture, in pixels; 0: none
    int height = 0;
    QString caption = {}; ///< as typed; empty: none
    bool asFile = false;  ///< also what is a picture, a sound or a film
};

/// The content of the message, without the address of the file: that is known once it is uploaded.
/// PARVIS_MESSAGE_TOO_LARGE, for the caption.
[[nodiscard]] Result<QByteArray> composeFile(const FileMessage &file);

} // namespace parvis
