// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_request.h"

#include <QString>

/// Key bundles at the server: files that fit into memory, encrypted before they come here (specification,
/// "Content repository"; MSC4268). Core thread.
namespace parvis::api {

/// POST /_matrix/media/v3/upload. A bundle that was uploaded twice harms nobody.
struct UploadBundle {
    using Response = QString; ///< the mxc URI, as the server says it: not checked

    QByteArray ciphertext;

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

/// GET /_matrix/client/v1/media/download/{serverName}/{mediaId}. M_NOT_FOUND: gone.
struct DownloadBundle {
    using Response = QByteArray;

    QString server;
    QString mediaId;
    qint64 maxBytes; ///< more is not read: TooLarge

    [[nodiscard]] HttpRequest build() const;
    [[nodiscard]] static Result<Response> parse(const HttpReply &reply);
};

} // namespace parvis::api
