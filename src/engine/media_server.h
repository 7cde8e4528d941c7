// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "api/media.h"
#include "media/mxc.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QFileDevice;

namespace parvis {

/// The part of the homeserver that keeps files: which endpoints it has, how large a file it takes. Core
/// thread.
class MediaServer : public QObject
{
public:
    explicit MediaServer(ApiClient &api) : m_api(api) {}

    /// The largest upload in bytes; 0 where it is not known. Never fails; asks once, as long as nobody
    /// answers each time.
    [[nodiscard]] Task<qint64> uploadLimit();
    [[nodiscard]] qint64 knownLimit() const { return m_limit.value_or(0); }

    /// One try. PARVIS_FILE_TOO_LARGE, PARVIS_BAD_ANSWER for an address that is none.
    [[nodiscard]] Task<MxcUri> upload(const api::UploadMedia &file, const CancelToken &cancel);
    /// Repeats what can pass. PARVIS_MEDIA_GONE; PARVIS_ATTACHMENT_TOO_LARGE over @p maxBytes.
    [[nodiscard]] Task<void> download(const MxcUri &where, std::shared_ptr<QFileDevice> to, qint64 maxBytes,
                                      api::MediaProgress progress, const CancelToken &cancel);

private:
    [[nodiscard]] Task<QByteArray> fetch(api::DownloadMedia request, const CancelToken &cancel);
    /// Fails with @p unrecognized unless the server has but the old endpoints.
    [[nodiscard]] Task<void> fallBack(const Error &unrecognized);

    ApiClient &m_api;
    std::optional<qint64> m_limit;
    api::MediaAccess m_access = api::MediaAccess::Authenticated;
};

} // namespace parvis
