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
    if (session.isEmpty() || isListed({room, session}))
        return;
    m_wanted.emplace_back(room, session);
    m_listed.insert(m_wanted.back());
    if (m_wanted.size() > capacity) {
        m_listed.remove(m_wanted.front());
        m_wanted.pop_front();
    }
}

void BackupDownloads::wantNow(const RoomId &room, const SessionId &session)
{
    m_waits.succeeded({room, session});
    want(room, session);
}

bool BackupDownloads::isListed(const Session &session) const
{
    return (m_query && m_asked == session) || m_listed.contains(session);
}

bool BackupDownloads::isWanted(const RoomId &room, const SessionId &session, qint64 nowMs) const
{
    const Session wanted(room, session);
    // One that was asked for in vain a moment ago is passed over when its turn comes.
    return isListed(wanted) && ((m_query && m_asked == wanted) || !m_waits.blocks(wanted, nowMs));
}

std::optional<OutgoingRequest> BackupDownloads::request(CryptoStep &step,
                                                        const std::optional<BackupTarget> &target)
{
    if (!target || !target->holdsPrivateKey) {
        if (m_query && !m_listed.contains(m_asked)) {
            m_wanted.push_back(m_asked);
            m_listed.insert(m_asked);
        }
        m_query.reset();
        return {};
    }
    if (m_query && m_version == target->version)
        return m_query;
    m_query.reset();
    while (!m_wanted.empty() && !m_query) {
        m_asked = m_wanted.back();
        m_wanted.pop_back();
        m_listed.remove(m_asked);
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
