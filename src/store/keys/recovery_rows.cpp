// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What backup, restore and key files read.
#include "store/database.h"
#include "store/keys/crypto_store_sql.h"

namespace parvis::store {

using namespace crypto;

Result<QList<QPair<RoomId, SessionId>>> CryptoStoreSql::sessionsToBackUp(const QString &version,
                                                                         qsizetype limit)
{
    // Two ranges, where `<>` would not take the index.
    return m_keys.all(
        "SELECT DISTINCT room_id, session_id FROM inbound_session"
        " WHERE (may_leave = 1 AND backup_version < ?) OR (may_leave = 1 AND backup_version > ?) LIMIT ?",
        [](const Statement &row) { return qMakePair(row.get<RoomId>(0), row.get<SessionId>(1)); }, version,
        version, limit);
}

Result<qsizetype> CryptoStoreSql::sessionsToBackUpCount(const QString &version)
{
    return m_keys
        .one(
            "SELECT count(*) FROM (SELECT DISTINCT room_id, session_id FROM inbound_session"
            " WHERE may_leave = 1 AND (backup_version < ? OR backup_version > ? OR ? = ''))",
            [](const Statement &row) { return row.get<qint64>(0); }, version, version, version)
        .map([](const auto &count) { return qsizetype(count.value_or(0)); });
}

Result<QList<InboundSessionRecord>> CryptoStoreSql::inboundSessionsAfter(const InboundKey &key,
                                                                         qsizetype limit)
{
    return m_keys.all(
        "SELECT room_id, session_id, pickle, sender_key, claimed_key, sender, sender_device, trust, imported,"
        " shared_history, first_known_index, received_ms, backup_version, shared_by, opened FROM "
        "inbound_session"
        " WHERE (room_id, session_id, sender_key) > (?, ?, ?)"
        " ORDER BY room_id, session_id, sender_key LIMIT ?",
        [](const Statement &row) {
            return InboundSessionRecord{
                .room = row.get<RoomId>(0),
                .session = row.get<SessionId>(1),
                .pickle = row.get<QByteArray>(2),
                .senderKey = row.get<Curve25519Key>(3),
                .claimedKey = row.get<Ed25519Key>(4),
                .sender = row.get<UserId>(5),
                .senderDevice = row.get<DeviceId>(6),
                .trust = row.get<SenderTrust>(7),
                .imported = row.get<bool>(8),
                .sharedHistory = row.get<bool>(9),
                .firstKnownIndex = row.get<quint32>(10),
                .receivedMs = row.get<qint64>(11),
                .backupVersion = row.get<QString>(12),
                .sharedBy = row.get<UserId>(13),
                .opened = row.get<bool>(14),
            };
        },
        key.room, key.session, key.senderKey, limit);
}

Result<RecoveryRecord> CryptoStoreSql::recovery()
{
    return m_keys
        .one("SELECT storage_key, backup_version, backup_key, backup_lost FROM recovery",
             [](const Statement &row) {
                 return RecoveryRecord{row.get<QString>(0), row.get<QString>(1), row.get<Curve25519Key>(2),
                                       row.get<bool>(3)};
             })
        .map([](const auto &row) { return row.value_or(RecoveryRecord()); });
}

} // namespace parvis::store
