// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/media_server.h"

#include "api/discovery.h"
#include "base/log.h"

#include <QFileDevice>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

Error said(const Error &error)
{
    if (error.kind == ErrorKind::NotFound && error.code == "M_NOT_FOUND"_L1)
        return {ErrorKind::NotFound, u"PARVIS_MEDIA_GONE"_s, error.detail, 0};
    if (error.code == "PARVIS_REPLY_TOO_LARGE"_L1)
        return {ErrorKind::TooLarge, u"PARVIS_ATTACHMENT_TOO_LARGE"_s, error.detail, 0};
    return error;
}

} // namespace

Task<qint64> MediaServer::uploadLimit()
{
    if (m_limit)
        return Task<qint64>::ready(*m_limit);
    Promise<qint64> promise;
    auto task = promise.task();
    m_api.send(api::GetMediaConfig{.access = m_access})
        .then(this, [this, promise = std::move(promise)](const Result<qint64> &limit) mutable {
            if (limit)
                m_limit = *limit;
            promise.resolve(limit.value_or(0));
        });
    return task;
}

Task<MxcUri> MediaServer::upload(const api::UploadMedia &file, const CancelToken &cancel)
{
    Promise<MxcUri> promise;
    auto task = promise.task();
    m_api.send(file, cancel)
        .then(this, [this, promise = std::move(promise)](const Result<QString> &address) mutable {
            if (!address && address.error().kind == ErrorKind::TooLarge) {
                const QString limit = m_limit ? QString::number(*m_limit) : QString();
                return promise.resolve(fail(ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, limit));
            }
            if (!address)
                return promise.resolve(tl::unexpected(address.error()));
            const auto where = MxcUri::parse(*address);
            if (!where)
                return promise.resolve(fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"content_uri"_s));
            promise.resolve(*where);
        });
    return task;
}

Task<void> MediaServer::download(const MxcUri &where, std::shared_ptr<QFileDevice> to, qint64 maxBytes,
                                 api::MediaProgress progress, const CancelToken &cancel)
{
    Promise<void> promise;
    auto task = promise.task();
    fetch({.server = where.server,
           .mediaId = where.mediaId,
           .to = std::move(to),
           .maxBytes = maxBytes,
           .access = m_access,
           .progress = std::move(progress)},
          cancel)
        .then(this, [promise = std::move(promise)](const Result<QByteArray> &type) mutable {
            if (type)
                promise.resolve({});
            else
                promise.resolve(tl::unexpected(said(type.error())));
        });
    return task;
}

Task<QByteArray> MediaServer::fetch(api::DownloadMedia request, const CancelToken &cancel)
{
    Promise<QByteArray> promise;
    auto task = promise.task();
    m_api.sendWithRetry(request, {.tries = 3}, cancel)
        .then(this, [this, request, cancel, promise = std::move(promise)](Result<QByteArray> type) mutable {
            const bool unknown = !type && type.error().code == "M_UNRECOGNIZED"_L1;
            if (!unknown || request.access == api::MediaAccess::Open)
                return promise.resolve(std::move(type));
            fallBack(type.error())
                .andThen(this,
                         [this, request, cancel]() mutable {
                             request.access = api::MediaAccess::Open;
                             return fetch(request, cancel);
                         })
                .then(this, [promise = std::move(promise)](Result<QByteArray> old) mutable {
                    promise.resolve(std::move(old));
                });
        });
    return task;
}

Task<void> MediaServer::fallBack(const Error &unrecognized)
{
    return m_api.sendWithRetry(api::Versions{})
        .andThen(this, [this, unrecognized](const api::Versions::Response &server) -> Result<void> {
            if (server.versions.contains(u"v1.11"_s)
                || server.unstable.contains(u"org.matrix.msc3916.stable"_s))
                return tl::unexpected(unrecognized);
            qCInfo(log::api) << "the server has the old endpoints for files alone";
            m_access = api::MediaAccess::Open;
            return {};
        });
}

} // namespace parvis
