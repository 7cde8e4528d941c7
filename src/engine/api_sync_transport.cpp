// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/api_sync_transport.h"

#include "api/discovery.h"
#include "api/sync.h"

using namespace Qt::StringLiterals;

namespace parvis {

Task<bool> ApiSyncTransport::hasSliding()
{
    return m_api.send(api::Versions{.authenticated = true})
        .andThen(this, [](const api::Versions::Response &versions) {
            return Result<bool>(versions.slidingSync());
        });
}

Task<QByteArray> ApiSyncTransport::sliding(const QString &pos, int timeoutMs, const QByteArray &body,
                                           const CancelToken &cancel)
{
    return m_api.send(api::SlidingSync{.pos = pos, .timeoutMs = timeoutMs, .body = body}, cancel);
}

Task<QByteArray> ApiSyncTransport::classic(const QString &since, int timeoutMs, const QString &filter,
                                           const CancelToken &cancel)
{
    // Whether somebody is at the computer is nobody's business unless they want it to be.
    return m_api.send(
        api::SyncV3{.since = since, .filter = filter, .timeoutMs = timeoutMs, .presence = u"offline"_s},
        cancel);
}

} // namespace parvis
