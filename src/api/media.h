// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"

#include <QString>

#include <functional>
#include <memory>

class QFileDevice;
class QIODevice;

/// \file
/// Files at the server (specification, "Content repository"). Core thread.
namespace parvis::api {

/// Which of the two families of endpoints the server has: the old one asks for no token.
enum class MediaAccess {
    Authenticated, ///< /_matrix/client/v1/media, since specification 1.11
    Open,          ///< /_matrix/media/v3
};

/// How far a file is, in bytes; total is -1 where it is not known.
using MediaProgress = std::function<void(qint64 done, qint64 total)>;

/// GET /_matrix/client/v1/media/config
struct GetMediaConfig {
    /// The largest upload in bytes; 0 where the server names no limit.
    using Response = qint64;

    MediaAccess access = MediaAccess::Authenticated;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// POST /_matrix/media/v3/upload. Not idempotent, but a file that was uploaded twice harms nobody: the server
/// forgets one of them.
struct UploadMedia {
    using Response = QString; ///< the mxc URI, as the server says it: not checked

    std::shared_ptr<QIODevice> file; ///< read from its start
    /// What is encrypted has no type and no name: both would tell what is in it.
    QByteArray contentType = "application/octet-stream";
    QString fileName = {};
    MediaProgress progress = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/media/download/{serverName}/{mediaId} into a file, of any size.
/// M_NOT_FOUND: gone. M_UNRECOGNIZED: the server has the other MediaAccess.
struct DownloadMedia {
    using Response = QByteArray; ///< the media type that the server names: not to be believed

    QString server;
    QString mediaId;
    std::shared_ptr<QFileDevice> to; ///< open for writing; emptied first
    qint64 maxBytes;                 ///< more is not read: TooLarge, PARVIS_REPLY_TOO_LARGE
    MediaAccess access = MediaAccess::Authenticated;
    MediaProgress progress = {};

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}: a small form of a picture that is not
/// encrypted, scaled to fit.
struct GetThumbnail {
    using Response = QByteArray; ///< the picture's bytes, of whatever format

    static constexpr qint64 maxBytes = qint64(4) << 20;

    QString server;
    QString mediaId;
    int width;
    int height;
    MediaAccess access = MediaAccess::Authenticated;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
