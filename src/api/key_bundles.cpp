// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/key_bundles.h"

#include "api/answer_p.h"
#include "api/build_p.h"

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

/// The server may have to fetch the file from another one first.
constexpr int bundlePatienceMs = 90'000;

} // namespace

HttpRequest UploadBundle::build() const
{
    HttpRequest request = postTo("/_matrix/media/v3/upload", ciphertext);
    // What is encrypted has no type and no name: both would tell what is in it.
    request.contentType = "application/octet-stream";
    request.timeoutMs = bundlePatienceMs;
    return request;
}

Result<QString> UploadBundle::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QString uri = fields.text("content_uri"_L1);
        return fields.result(uri);
    });
}

HttpRequest DownloadBundle::build() const
{
    HttpRequest request = getFrom("/_matrix/client/v1/media/download/" + encoded(server) + '/'
                                  + encoded(mediaId) + "?timeout_ms=20000");
    request.timeoutMs = bundlePatienceMs;
    request.maxReplyBytes = maxBytes;
    return request;
}

Result<QByteArray> DownloadBundle::parse(const HttpReply &reply)
{
    return reply.body;
}

} // namespace parvis::api
