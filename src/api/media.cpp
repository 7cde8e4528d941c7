// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/media.h"

#include "api/answer_p.h"
#include "api/build_p.h"

#include <QFileDevice>

using namespace Qt::StringLiterals;

namespace parvis::api {

namespace {

/// The server may have to fetch the file from another one, or to look at what it was given.
constexpr int mediaPatienceMs = 90'000;
/// So long the server waits for a file that another one has announced and not sent yet.
constexpr auto serverWaitsMs = "20000";

HttpRequest mediaRequest(MediaAccess access, const char *what, const QString &server, const QString &mediaId)
{
    const bool authenticated = access == MediaAccess::Authenticated;
    HttpRequest request =
        getFrom(QByteArray(authenticated ? "/_matrix/client/v1/media/" : "/_matrix/media/v3/") + what + '/'
                + encoded(server) + '/' + encoded(mediaId));
    request.authenticated = authenticated;
    request.timeoutMs = mediaPatienceMs;
    return request;
}

} // namespace

HttpRequest GetMediaConfig::build() const
{
    const bool authenticated = access == MediaAccess::Authenticated;
    // Also the old one asks for a token.
    return getFrom(authenticated ? "/_matrix/client/v1/media/config" : "/_matrix/media/v3/config");
}

Result<qint64> GetMediaConfig::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const qint64 size = fields.optionalNumber("m.upload.size"_L1);
        return fields.result(size);
    });
}

HttpRequest UploadMedia::build() const
{
    HttpRequest request = postTo("/_matrix/media/v3/upload" + query({{"filename", fileName}}), {});
    request.contentType = contentType;
    request.timeoutMs = mediaPatienceMs;
    request.upload = file;
    request.progress = progress;
    return request;
}

Result<QString> UploadMedia::parse(const HttpReply &reply)
{
    return objectOf(reply).and_then([](const QJsonObject &object) {
        Fields fields(object);
        const QString uri = fields.text("content_uri"_L1);
        return fields.result(uri);
    });
}

HttpRequest DownloadMedia::build() const
{
    HttpRequest request = mediaRequest(access, "download", server, mediaId);
    request.url += "?timeout_ms=" + QByteArray(serverWaitsMs);
    request.maxReplyBytes = maxBytes;
    request.download = to;
    request.progress = progress;
    return request;
}

Result<QByteArray> DownloadMedia::parse(const HttpReply &reply)
{
    return reply.header("content-type").left(255);
}

HttpRequest GetThumbnail::build() const
{
    HttpRequest request = mediaRequest(access, "thumbnail", server, mediaId);
    request.url += query({{"width", QString::number(width)},
                          {"height", QString::number(height)},
                          {"method", u"scale"_s},
                          {"timeout_ms", QLatin1StringView(serverWaitsMs)}});
    request.maxReplyBytes = maxBytes;
    return request;
}

Result<QByteArray> GetThumbnail::parse(const HttpReply &reply)
{
    if (reply.body.isEmpty())
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"no picture"_s);
    return reply.body;
}

} // namespace parvis::api
