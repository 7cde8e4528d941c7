// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/backup_versions_p.h"

#include <QSet>

#include <deque>

namespace parvis::crypto {

/// Fetches the keys of messages that cannot be read from the backup, one by one, the last asked for first. A
/// key that is not there, or that does not help, is asked for again after a minute, then ever more rarely.
class BackupDownloads
{
public:
    /// More are not remembered; the oldest go.
    static constexpr size_t capacity = 1000;

    void want(const RoomId &room, const SessionId &session);
    /// The same, however lately it was asked for in vain.
    void wantNow(const RoomId &room, const SessionId &session);
    /// It is asked for, or will be as soon as there is a backup to ask.
    [[nodiscard]] bool isWanted(const RoomId &room, const SessionId &session, qint64 nowMs) const;

    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step,
                                                         const std::optional<BackupTarget> &target);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_query && m_query->id == id; }
    /// The session that became readable.
    [[nodiscard]] std::optional<RoomKeyNews> answered(CryptoStep &step, const QByteArray &body,
                                                      const std::optional<BackupTarget> &target);
    /// True: the server has another backup by now, or none.
    [[nodiscard]] bool rejected(qint64 nowMs, const Error &error);

private:
    using Session = QPair<RoomId, SessionId>;

    [[nodiscard]] bool isListed(const Session &session) const;

    std::deque<Session> m_wanted;
    QSet<Session> m_listed; ///< the same, to look them up: many messages wait for one session
    std::optional<OutgoingRequest> m_query;
    Session m_asked;
    QString m_version;
    BackOff<Session> m_waits{60'000, 24 * 3'600'000LL};
};

} // namespace parvis::crypto
