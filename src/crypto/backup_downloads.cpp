// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_downloads_p.h"
#include "crypto/key_import.h"
#include "crypto/key_import_p.h"
#include "crypto/secrets_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

void BackupDownloads::want(const RoomId &room, const SessionId &session)
{
    const Session wanted(room, session);
    if (session.isEmpty() || (m_query && m_asked == wanted)
        || std::find(m_wanted.cbegin(), m_wanted.cend(), wanted) != m_wanted.cend())
        return;
    m_wanted.push_back(wanted);
    if (m_wanted.size() > capacity)
        m_wanted.pop_front();
}

std::optional<OutgoingRequest> BackupDownloads::request(CryptoStep &step,
                                                        const std::optional<BackupTarget> &target)
{
    if (!target || !target->holdsPrivateKey) {
        if (m_query)
            m_wanted.push_back(m_asked);
        m_query.reset();
        return {};
    }
    if (m_query && m_version == target->version)
        return m_query;
    m_query.reset();
    while (!m_wanted.empty() && !m_query) {
        m_asked = m_wanted.back();
        m_wanted.pop_back();
        if (m_waits.blocks(m_asked, step.nowMs()))
            continue; // whoever looks at the message again asks again
        m_version = target->version;
        m_query =
            OutgoingRequest{RequestId(u"backup-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)),
                            BackupDownload{target->version, m_asked.first, m_asked.second}};
    }
    return m_query;
}

std::optional<RoomKeyNews> BackupDownloads::answered(CryptoStep &step, const QByteArray &body,
                                                     const std::optional<BackupTarget> &target)
{
    m_query.reset();
    // Also where it came: should it not help, the same again will not either.
    m_waits.failed(m_asked, step.nowMs());
    const auto stored = readBackedUpSession(body, m_asked.first, m_asked.second);
    if (!stored || !target || !target->holdsPrivateKey || target->version != m_version)
        return {};
    const Secret key = readSecret(step, QString::fromLatin1(BackupVersions::secretName));
    const auto record = KeyImporter(step.pickleKey().clone()).open(*stored, key, m_version);
    if (!record || !importSession(step, *record))
        return {};
    return RoomKeyNews{m_asked.first, m_asked.second};
}

bool BackupDownloads::rejected(qint64 nowMs, const Error &error)
{
    m_query.reset();
    m_waits.failed(m_asked, nowMs);
    return error.code == "M_WRONG_ROOM_KEYS_VERSION"_L1;
}

} // namespace parvis::crypto
