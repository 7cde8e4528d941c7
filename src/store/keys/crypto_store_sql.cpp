// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/crypto_store_sql.h"

#include "base/log.h"
#include "store/keys/crypto_save_p.h"
#include "store/transaction.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::store {

using namespace crypto;

namespace {

QStringList listOf(const QByteArray &json)
{
    QStringList words;
    for (const QJsonValue word : QJsonDocument::fromJson(json).array())
        words.append(word.toString());
    return words;
}

DeviceRecord readDevice(const Statement &row)
{
    return {
        .user = row.get<UserId>(0),
        .device = row.get<DeviceId>(1),
        .curveKey = row.get<Curve25519Key>(2),
        .signingKey = row.get<Ed25519Key>(3),
        .signedJson = row.get<QByteArray>(4),
        .algorithms = listOf(row.get<QByteArray>(5)),
        .displayName = row.get<QString>(6),
        .dehydrated = row.get<bool>(7),
        .trust = row.get<LocalTrust>(8),
        .firstSeenMs = row.get<qint64>(9),
        .noOlmSent = row.get<bool>(10),
        .wedgingIndex = row.get<quint32>(11),
        .unwedgePending = row.get<bool>(12),
        .lastUnwedgeMs = row.get<qint64>(13),
        .checkedFor = row.get<Ed25519Key>(14),
        .ownerSigned = row.get<bool>(15),
    };
}

constexpr auto selectDevice =
    "SELECT user_id, device_id, curve_key, signing_key, signed_json, algorithms, display_name, dehydrated, "
    "trust,"
    " first_seen_ms, no_olm_sent, wedging_index, unwedge_pending, last_unwedge_ms, checked_for, owner_signed "
    "FROM device ";

} // namespace

Result<void> CryptoStoreSql::save(const CryptoChanges &changes)
{
    qCDebug(log::store) << "keys begin";
    auto done = transact(m_keys, [&] { return saveCryptoChanges(m_keys, changes); });
    qCDebug(log::store) << "keys end";
    return done;
}

Result<std::optional<AccountRecord>> CryptoStoreSql::account()
{
    return m_keys.one("SELECT user_id, device_id, pickle, created_ms, server_checked, device_keys_uploaded,"
                      " identity_conflict, server_one_time_keys, fallback_created_ms, fallback_unpublished,"
                      " fallback_published_ms, previous_fallback_kept, put_back_ms FROM account",
                      [](const Statement &row) {
                          return AccountRecord{
                              .user = row.get<UserId>(0),
                              .device = row.get<DeviceId>(1),
                              .pickle = row.get<QByteArray>(2),
                              .createdMs = row.get<qint64>(3),
                              .serverChecked = row.get<bool>(4),
                              .deviceKeysUploaded = row.get<bool>(5),
                              .identityConflict = row.get<bool>(6),
                              .serverOneTimeKeys = row.get<int>(7),
                              .fallbackCreatedMs = row.get<qint64>(8),
                              .fallbackUnpublished = row.get<bool>(9),
                              .fallbackPublishedMs = row.get<qint64>(10),
                              .previousFallbackKept = row.get<bool>(11),
                              .putBackMs = row.get<qint64>(12),
                          };
                      });
}

Result<QString> CryptoStoreSql::toDeviceSince()
{
    const auto since = m_keys.one(
        "SELECT value FROM position WHERE name = ?", [](const Statement &row) { return row.get<QString>(0); },
        QString::fromLatin1(toDevicePosition));
    if (!since)
        return tl::unexpected(since.error());
    return since->value_or(QString());
}

Result<std::optional<TrackedUserRecord>> CryptoStoreSql::trackedUser(const UserId &user)
{
    return m_keys.one(
        "SELECT outdated FROM tracked_user WHERE user_id = ?",
        [&](const Statement &row) {
            return TrackedUserRecord{user, row.get<bool>(0)};
        },
        user);
}

Result<QList<UserId>> CryptoStoreSql::outdatedUsers(qsizetype limit)
{
    return m_keys.all(
        "SELECT user_id FROM tracked_user WHERE outdated = 1 ORDER BY user_id LIMIT ?",
        [](const Statement &row) { return row.get<UserId>(0); }, limit);
}

Result<QHash<UserId, QList<DeviceRecord>>> CryptoStoreSql::devices(const QList<UserId> &users)
{
    QHash<UserId, QList<DeviceRecord>> found;
    for (const UserId &user : users) {
        auto rows =
            m_keys.all(QByteArray(selectDevice) + "WHERE user_id = ? ORDER BY device_id", readDevice, user);
        if (!rows)
            return tl::unexpected(rows.error());
        if (!rows->isEmpty())
            found.insert(user, *std::move(rows));
    }
    return found;
}

Result<QList<DeviceRecord>> CryptoStoreSql::devicesToUnwedge(qsizetype limit)
{
    return m_keys.all(QByteArray(selectDevice)
                          + "WHERE unwedge_pending = 1 ORDER BY user_id, device_id LIMIT ?",
                      readDevice, limit);
}

Result<QList<OlmSessionRecord>> CryptoStoreSql::olmSessions(const Curve25519Key &peer)
{
    return m_keys.all(
        "SELECT session_id, pickle, created_ms, last_received_ms, claimed_for, retired FROM olm_session "
        "WHERE peer = ?"
        " ORDER BY session_id",
        [&](const Statement &row) {
            return OlmSessionRecord{peer,
                                    row.get<SessionId>(0),
                                    row.get<QByteArray>(1),
                                    row.get<qint64>(2),
                                    row.get<qint64>(3),
                                    row.get<Ed25519Key>(4),
                                    row.get<bool>(5)};
        },
        peer);
}

Result<QList<OlmPeer>> CryptoStoreSql::peersWithOlmSession(const QList<OlmPeer> &peers)
{
    QList<OlmPeer> found;
    for (const OlmPeer &peer : peers) {
        const auto row = m_keys.one(
            "SELECT 1 FROM olm_session WHERE peer = ? AND claimed_for IN ('', ?) AND retired = 0 LIMIT 1",
            [](const Statement &) { return true; }, peer.key, peer.signer);
        if (!row)
            return tl::unexpected(row.error());
        if (*row)
            found.append(peer);
    }
    return found;
}

Result<bool> CryptoStoreSql::hasOlmHash(const QByteArray &hash)
{
    const auto row = m_keys.one(
        "SELECT 1 FROM olm_hash WHERE hash = ?", [](const Statement &) { return true; }, hash);
    if (!row)
        return tl::unexpected(row.error());
    return row->has_value();
}

Result<QList<InboundSessionRecord>> CryptoStoreSql::inboundSessions(const RoomId &room,
                                                                    const SessionId &session)
{
    return m_keys.all(
        "SELECT pickle, sender_key, claimed_key, sender, sender_device, trust, imported, shared_history,"
        " first_known_index, received_ms, backup_version, shared_by, opened FROM inbound_session"
        " WHERE room_id = ? AND session_id = ? ORDER BY sender_key",
        [&](const Statement &row) {
            return InboundSessionRecord{
                .room = room,
                .session = session,
                .pickle = row.get<QByteArray>(0),
                .senderKey = row.get<Curve25519Key>(1),
                .claimedKey = row.get<Ed25519Key>(2),
                .sender = row.get<UserId>(3),
                .senderDevice = row.get<DeviceId>(4),
                .trust = row.get<SenderTrust>(5),
                .imported = row.get<bool>(6),
                .sharedHistory = row.get<bool>(7),
                .firstKnownIndex = row.get<quint32>(8),
                .receivedMs = row.get<qint64>(9),
                .backupVersion = row.get<QString>(10),
                .sharedBy = row.get<UserId>(11),
                .opened = row.get<bool>(12),
            };
        },
        room, session);
}

Result<QList<ReplayRecord>> CryptoStoreSql::replays(const RoomId &room, const SessionId &session,
                                                    quint32 index)
{
    return m_keys.all(
        "SELECT sender_key, sender, event_id, origin_server_ts FROM replay_reader"
        " JOIN replay ON replay.replay_reader = replay_reader.id"
        " WHERE room_id = ? AND session_id = ? AND message_index = ? ORDER BY sender_key, sender",
        [&](const Statement &row) {
            return ReplayRecord{{room, session, row.get<Curve25519Key>(0)},
                                row.get<UserId>(1),
                                index,
                                row.get<EventId>(2),
                                row.get<qint64>(3)};
        },
        room, session, index);
}

Result<std::optional<WithheldRecord>> CryptoStoreSql::withheld(const RoomId &room, const SessionId &session)
{
    return m_keys.one(
        "SELECT code, sender, received_ms FROM withheld WHERE room_id = ? AND session_id = ?",
        [&](const Statement &row) {
            return WithheldRecord{room, session, row.get<QString>(0), row.get<UserId>(1), row.get<qint64>(2)};
        },
        room, session);
}

Result<QList<WithheldRecord>> CryptoStoreSql::withheldBy(const UserId &sender, const QString &code)
{
    return m_keys.all(
        "SELECT room_id, session_id, received_ms FROM withheld WHERE sender = ? AND code = ?"
        " ORDER BY room_id, session_id",
        [&](const Statement &row) {
            return WithheldRecord{row.get<RoomId>(0), row.get<SessionId>(1), code, sender,
                                  row.get<qint64>(2)};
        },
        sender, code);
}

Result<qsizetype> CryptoStoreSql::withheldCount(const RoomId &room, const UserId &sender, qint64 sinceMs)
{
    const auto number = [](const Statement &row) { return row.get<qint64>(0); };
    const QByteArray stray = " AND NOT EXISTS (SELECT 1 FROM room_encryption WHERE room_encryption.room_id ="
                             " withheld.room_id AND encrypted = 1)";
    const auto found = room.isEmpty() && sender.isEmpty()
        ? m_keys.one("SELECT count(*) FROM withheld WHERE received_ms >= ?" + stray, number, sinceMs)
        : room.isEmpty()
        ? m_keys.one("SELECT count(*) FROM withheld WHERE sender = ? AND received_ms >= ?" + stray, number,
                     sender, sinceMs)
        : m_keys.one("SELECT count(*) FROM withheld WHERE room_id = ? AND sender = ? AND received_ms >= ?",
                     number, room, sender, sinceMs);
    return found.map([](const auto &count) { return qsizetype(count.value_or(0)); });
}

Result<QList<InboundKey>> CryptoStoreSql::straySessions(const UserId &sender)
{
    return m_keys.all(
        "SELECT room_id, session_id, sender_key FROM inbound_session WHERE sender = ? AND NOT EXISTS"
        " (SELECT 1 FROM room_encryption WHERE room_encryption.room_id = inbound_session.room_id"
        " AND encrypted = 1) ORDER BY received_ms, room_id, session_id, sender_key",
        [](const Statement &row) {
            return InboundKey{row.get<RoomId>(0), row.get<SessionId>(1), row.get<Curve25519Key>(2)};
        },
        sender);
}

Result<QList<InboundKey>> CryptoStoreSql::unopenedSessions(const RoomId &room, const UserId &sender,
                                                           SenderTrust most)
{
    return m_keys.all(
        "SELECT session_id, sender_key FROM inbound_session WHERE sender = ? AND room_id = ?"
        " AND opened = 0 AND imported = 0 AND trust <= ? ORDER BY received_ms, session_id, sender_key",
        [&](const Statement &row) {
            return InboundKey{room, row.get<SessionId>(0), row.get<Curve25519Key>(1)};
        },
        sender, room, most);
}

Result<std::optional<RoomEncryptionRecord>> CryptoStoreSql::roomEncryption(const RoomId &room)
{
    return m_keys.one(
        "SELECT encrypted, supported, algorithm, rotation_period_ms, rotation_messages, visibility,"
        " only_verified, history_from FROM room_encryption WHERE room_id = ?",
        [&](const Statement &row) {
            return RoomEncryptionRecord{room,
                                        row.get<bool>(0),
                                        row.get<bool>(1),
                                        row.get<QString>(2),
                                        row.get<qint64>(3),
                                        row.get<qint64>(4),
                                        row.get<HistoryVisibility>(5),
                                        row.get<bool>(6),
                                        row.get<QString>(7)};
        },
        room);
}

Result<std::optional<OutboundSessionRecord>> CryptoStoreSql::outboundSession(const RoomId &room)
{
    return m_keys.one(
        "SELECT session_id, pickle, created_ms, message_count, invalidated, visibility FROM outbound_session"
        " WHERE room_id = ?",
        [&](const Statement &row) {
            return OutboundSessionRecord{room,
                                         row.get<SessionId>(0),
                                         row.get<QByteArray>(1),
                                         row.get<qint64>(2),
                                         row.get<qint64>(3),
                                         row.get<bool>(4),
                                         row.get<HistoryVisibility>(5)};
        },
        room);
}

Result<QList<ShareRecord>> CryptoStoreSql::shares(const RoomId &room, const SessionId &session)
{
    return m_keys.all(
        "SELECT user_id, device_id, curve_key, message_index, wedging_index, withheld_code FROM share"
        " WHERE room_id = ? AND session_id = ? ORDER BY user_id, device_id",
        [&](const Statement &row) {
            return ShareRecord{room,
                               session,
                               row.get<UserId>(0),
                               row.get<DeviceId>(1),
                               row.get<Curve25519Key>(2),
                               row.get<quint32>(3),
                               row.get<quint32>(4),
                               row.get<QString>(5)};
        },
        room, session);
}

Result<std::optional<RatchetRecord>> CryptoStoreSql::ratchet(const RoomId &room, const SessionId &session,
                                                             quint32 index)
{
    return m_keys.one(
        "SELECT pickle FROM outbound_ratchet WHERE room_id = ? AND session_id = ? AND message_index = ?",
        [&](const Statement &row) {
            return RatchetRecord{room, session, index, row.get<QByteArray>(0)};
        },
        room, session, index);
}

Result<QList<ToDeviceRecord>> CryptoStoreSql::pendingToDevice(qsizetype limit)
{
    return m_keys.all(
        "SELECT seq, txn_id, event_type, body, room_id, session_id FROM to_device ORDER BY seq LIMIT ?",
        [](const Statement &row) {
            return ToDeviceRecord{row.get<quint64>(0),    row.get<TransactionId>(1), row.get<QString>(2),
                                  row.get<QByteArray>(3), row.get<RoomId>(4),        row.get<SessionId>(5)};
        },
        limit);
}

Result<QList<TransactionId>> CryptoStoreSql::pendingShares(const RoomId &room, const SessionId &session)
{
    // The last condition is what lets SQLite take the partial index.
    return m_keys.all(
        "SELECT txn_id FROM to_device WHERE room_id = ? AND session_id = ? AND session_id <> '' ORDER BY seq",
        [](const Statement &row) { return row.get<TransactionId>(0); }, room, session);
}

Result<quint64> CryptoStoreSql::lastToDeviceSeq()
{
    const auto seq = m_keys.one("SELECT coalesce(max(seq), 0) FROM to_device",
                                [](const Statement &row) { return row.get<quint64>(0); });
    if (!seq)
        return tl::unexpected(seq.error());
    return seq->value_or(0);
}

} // namespace parvis::store
