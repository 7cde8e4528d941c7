// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonObject>
#include <QString>

namespace parvis {

/// The kinds of m.room.message that are told apart.
enum class MessageKind { Text, Notice, Emote, Image, File, Audio, Video, Location, Other };

/// What a message says of its file; a stranger's word.
struct Attachment {
    static constexpr int maxPixels = 16'384;

    QString mediaType;
    qint64 bytes = -1; ///< -1: not said, or nonsense
    int width = 0;     ///< at most maxPixels; 0: not said
    int height = 0;
    bool encrypted = false; ///< the file itself is

    bool operator==(const Attachment &) const = default;
};

/// What an m.room.message says, types checked and sizes bounded. The body is plain text from a stranger.
struct Message {
    static constexpr qsizetype maxBody = 64 * 1024;

    MessageKind kind = MessageKind::Other;
    QString msgtype;
    QString body;          ///< without the quotation that old programs put before a reply
    QString formattedBody; ///< org.matrix.custom.html, not cleaned; empty if there is none
    QString fileName;      ///< of the media kinds, not cleaned
    QString caption;       ///< of the media kinds: the body, where it is not the name
    Attachment attachment; ///< of the media kinds

    bool operator==(const Message &) const = default;
};

/// Never fails: a message without a body has an empty one.
[[nodiscard]] Message messageOf(const QJsonObject &content);

} // namespace parvis
