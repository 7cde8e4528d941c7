// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace parvis::crypto {

/// One session as the backup holds it, not opened yet.
struct BackedUpSession {
    RoomId room;
    SessionId session;
    QByteArray data; ///< the JSON of `session_data`; empty where it has no shape: nothing opens it
};

/// More than these are no backup of a person's: PARVIS_BACKUP_TOO_LARGE.
constexpr qsizetype maxBackedUpSessions = 300'000;
constexpr qint64 maxBackupBytes = qint64(256) << 20;

/// The answer to "all keys of the backup" taken apart. One session that is damaged leaves the others alone:
/// it may be the server's making. Entries without a name are left out. Pure, any thread; takes a second for
/// the largest. PARVIS_BAD_JSON, PARVIS_BACKUP_TOO_LARGE.
[[nodiscard]] Result<QList<BackedUpSession>> readBackupContents(QByteArrayView json);
/// The answer for one session. PARVIS_BACKUP_DATA where it has no shape.
[[nodiscard]] Result<BackedUpSession> readBackedUpSession(QByteArrayView json, const RoomId &room,
                                                          const SessionId &session);

} // namespace parvis::crypto
