// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/media_desk.h"

using namespace Qt::StringLiterals;

namespace parvis {

MediaDesk::MediaDesk(const Parts &parts)
    : m_keys(parts.keys),
      m_pool(parts.pool),
      m_folder(parts.folder),
      m_files(parts.keys),
      m_server(parts.api),
      m_uploads(m_server, m_files, m_transfers, parts.folder + u"/outgoing"_s),
      m_downloads({.cache = parts.cache,
                   .server = m_server,
                   .transfers = m_transfers,
                   .pool = parts.pool,
                   .folder = parts.folder + u"/incoming"_s})
{
}

void MediaDesk::follow(SendQueue &queue)
{
    m_downloads.clean();
    m_uploads.follow(queue);
    m_sending.emplace(
        FileSending::Parts{.server = m_server, .uploads = m_uploads, .queue = queue, .pool = m_pool});
    m_joined.emplace(JoinedFiles::Parts{
        .keys = m_keys, .sending = *m_sending, .pool = m_pool, .folder = m_folder + u"/joined"_s});
}

void MediaDesk::stop()
{
    m_downloads.stop();
    if (m_sending)
        m_sending->stop();
}

} // namespace parvis
