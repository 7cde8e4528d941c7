// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/database.h"
#include "store/keys/crypto_save_p.h"
#include "store/keys/crypto_store_sql.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

using namespace crypto;

/// Stops at the first failure.
template <typename Rows, typename Save>
Result<void> each(const Rows &rows, Save save)
{
    for (const auto &row : rows) {
        if (Result<void> done = save(row); !done)
            return done;
    }
    return {};
}

Result<void> saveRow(Database &keys, const AccountRecord &row)
{
    return keys.run(
        "INSERT OR REPLACE INTO account (one, user_id, device_id, pickle, created_ms, server_checked,"
        " device_keys_uploaded, identity_conflict, server_one_time_keys, fallback_created_ms,"
        " fallback_unpublished, fallback_published_ms, previous_fallback_kept, put_back_ms)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.user, row.device, row.pickle, row.createdMs, row.serverChecked, row.deviceKeysUploaded,
        row.identityConflict, row.serverOneTimeKeys, row.fallbackCreatedMs, row.fallbackUnpublished,
        row.fallbackPublishedMs, row.previousFallbackKept, row.putBackMs);
}

Result<void> saveRow(Database &keys, const TrackedUserRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO tracked_user (user_id, outdated) VALUES (?, ?)", row.user,
                    row.outdated);
}

/// As JSON: the words come from the network and may hold any separator.
QString listOf(const QStringList &words)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(words)).toJson(QJsonDocument::Compact));
}

/// Base64 holds no space.
QString wordsOf(const QList<Ed25519Key> &keys)
{
    QStringList words;
    for (const Ed25519Key &key : keys)
        words.append(key.toString());
    return words.join(u' ');
}

Result<void> saveRow(Database &keys, const DeviceRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO device (user_id, device_id, curve_key, signing_key, signed_json,"
                    " algorithms, display_name, dehydrated, trust, first_seen_ms, no_olm_sent, wedging_index,"
                    " unwedge_pending, last_unwedge_ms, checked_for, owner_signed)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row.user, row.device, row.curveKey, row.signingKey, row.signedJson,
                    listOf(row.algorithms), row.displayName, row.dehydrated, row.trust, row.firstSeenMs,
                    row.noOlmSent, row.wedgingIndex, row.unwedgePending, row.lastUnwedgeMs, row.checkedFor,
                    row.ownerSigned);
}

Result<void> saveRow(Database &keys, const IdentityRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO identity (user_id, master_key, master_json, self_signing_key,"
                    " self_signing_json, user_signing_key, user_signing_json, pinned, signed_by, checked_for,"
                    " verified, was_verified, signature_owed, given_up)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    row.user, row.master.key, row.master.json, row.selfSigning.key, row.selfSigning.json,
                    row.userSigning.key, row.userSigning.json, row.pinned, row.signedBy, row.checkedFor,
                    row.verified, row.wasVerified, row.signatureOwed, wordsOf(row.givenUp));
}

Result<void> saveRow(Database &keys, const SecretRecord &row)
{
    if (row.sealed.isEmpty())
        return keys.run("DELETE FROM secret WHERE name = ?", row.name);
    return keys.run("INSERT OR REPLACE INTO secret (name, sealed) VALUES (?, ?)", row.name, row.sealed);
}

Result<void> saveRow(Database &keys, const OlmSessionRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO olm_session (peer, session_id, pickle, created_ms, "
                    "last_received_ms, claimed_for, retired)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row.peer, row.id, row.pickle, row.createdMs, row.lastReceivedMs, row.claimedFor,
                    row.retired);
}

Result<void> saveRow(Database &keys, const OlmHashRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO olm_hash (hash, seen_ms) VALUES (?, ?)", row.hash, row.seenMs);
}

Result<void> saveRow(Database &keys, const InboundSessionRecord &row)
{
    return keys.run(
        "INSERT OR REPLACE INTO inbound_session (room_id, session_id, pickle, sender_key, claimed_key,"
        " sender, sender_device, trust, imported, shared_history, first_known_index, received_ms,"
        " backup_version, shared_by, opened) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.room, row.session, row.pickle, row.senderKey, row.claimedKey, row.sender, row.senderDevice,
        row.trust, row.imported, row.sharedHistory, row.firstKnownIndex, row.receivedMs, row.backupVersion,
        row.sharedBy, row.opened);
}

/// Never replaces a row: the first event keeps the index.
Result<void> saveRow(Database &keys, const ReplayRecord &row)
{
    auto done = keys.run("INSERT INTO replay_reader (room_id, session_id, sender_key, sender)"
                         " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                         row.key.room, row.key.session, row.key.senderKey, row.sender);
    if (!done)
        return done;
    return keys.run("INSERT INTO replay (replay_reader, message_index, event_id, origin_server_ts)"
                    " SELECT id, ?, ?, ? FROM replay_reader"
                    " WHERE room_id = ? AND session_id = ? AND sender_key = ? AND sender = ?"
                    " ON CONFLICT DO NOTHING",
                    row.index, row.event, row.originServerTs, row.key.room, row.key.session,
                    row.key.senderKey, row.sender);
}

Result<void> saveRow(Database &keys, const WithheldRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO withheld (room_id, session_id, code, sender, received_ms)"
                    " VALUES (?, ?, ?, ?, ?)",
                    row.room, row.session, row.code, row.sender, row.receivedMs);
}

/// The latch holds here too, whatever the caller says.
Result<void> saveRow(Database &keys, const RoomEncryptionRecord &row)
{
    return keys.run(
        "INSERT INTO room_encryption (room_id, encrypted, supported, algorithm, rotation_period_ms,"
        " rotation_messages, visibility, only_verified, history_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (room_id) DO UPDATE SET encrypted = max(encrypted, excluded.encrypted),"
        " supported = excluded.supported, algorithm = excluded.algorithm,"
        " rotation_period_ms = excluded.rotation_period_ms,"
        " rotation_messages = excluded.rotation_messages, visibility = excluded.visibility,"
        " only_verified = excluded.only_verified, history_from = excluded.history_from",
        row.room, row.encrypted, row.supported, row.algorithm, row.rotationPeriodMs, row.rotationMessages,
        row.visibility, row.onlyVerified, row.historyFrom);
}

Result<void> saveRow(Database &keys, const OutboundSessionRecord &row)
{
    return keys.run(
        "INSERT OR REPLACE INTO outbound_session (room_id, session_id, pickle, created_ms, message_count,"
        " invalidated, visibility) VALUES (?, ?, ?, ?, ?, ?, ?)",
        row.room, row.session, row.pickle, row.createdMs, row.messageCount, row.invalidated, row.visibility);
}

Result<void> saveRow(Database &keys, const ShareRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO share (room_id, session_id, user_id, device_id, curve_key,"
                    " message_index, wedging_index, withheld_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    row.room, row.session, row.user, row.device, row.curveKey, row.messageIndex,
                    row.wedgingIndex, row.withheldCode);
}

Result<void> saveRow(Database &keys, const RatchetRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO outbound_ratchet (room_id, session_id, message_index, pickle)"
                    " VALUES (?, ?, ?, ?)",
                    row.room, row.session, row.index, row.pickle);
}

Result<void> saveRow(Database &keys, const ToDeviceRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO to_device (seq, txn_id, event_type, body, room_id, session_id)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    row.seq, row.txnId, row.eventType, row.body, row.room, row.session);
}

Result<void> saveRow(Database &keys, const RecoveryRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO recovery (one, storage_key, backup_version, backup_key,"
                    " backup_lost) VALUES (1, ?, ?, ?, ?)",
                    row.storageKey, row.backupVersion, row.backupKey, row.backupLost);
}

Result<void> saveRow(Database &keys, const GossipRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO gossip (device_id, request_id, secret, room_id, session_id,"
                    " created_ms, served_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row.device, row.id, row.secret, row.room, row.session, row.createdMs, row.servedMs);
}

Result<void> saveRow(Database &keys, const BundleRecord &row)
{
    return keys.run(
        "INSERT OR REPLACE INTO bundle (room_id, sender, sender_key, signing_key, file, received_ms,"
        " device_keys) VALUES (?, ?, ?, ?, ?, ?, ?)",
        row.room, row.sender, row.senderKey, row.signingKey, row.file, row.receivedMs, row.deviceKeys);
}

Result<void> saveRow(Database &keys, const InvitationRecord &row)
{
    return keys.run("INSERT OR REPLACE INTO invitation (room_id, inviter, accepted_ms) VALUES (?, ?, ?)",
                    row.room, row.inviter, row.acceptedMs);
}

Result<void> saveRow(Database &keys, const QueuedCiphertext &row)
{
    auto done = keys.run("UPDATE queue SET ciphertext = ? WHERE txn_id = ?", row.content, row.row);
    if (done && keys.changes() == 0)
        return fail(ErrorKind::NotFound, u"PARVIS_NO_QUEUE_ROW"_s);
    return done;
}

Result<void> removeDevices(Database &keys, const CryptoChanges &changes)
{
    return each(changes.untrackedUsers,
                [&](const UserId &user) {
                    return keys.run("DELETE FROM tracked_user WHERE user_id = ?", user);
                })
        .and_then([&] {
            return each(changes.deletedDevices, [&](const auto &key) {
                return keys.run("DELETE FROM device WHERE user_id = ? AND device_id = ?", key.first,
                                key.second);
            });
        })
        .and_then([&] {
            return changes.allUsersOutdated
                ? keys.run("UPDATE tracked_user SET outdated = 1 WHERE outdated = 0")
                : Result<void>();
        });
}

Result<void> removeSessions(Database &keys, const CryptoChanges &changes)
{
    return each(changes.deletedOlmSessions,
                [&](const auto &key) {
                    return keys.run("DELETE FROM olm_session WHERE peer = ? AND session_id = ?", key.first,
                                    key.second);
                })
        .and_then([&] {
            return each(changes.deletedInboundSessions, [&](const InboundKey &key) {
                return keys.run("DELETE FROM inbound_session WHERE room_id = ? AND session_id = ?"
                                " AND sender_key = ?",
                                key.room, key.session, key.senderKey);
            });
        })
        .and_then([&] {
            return changes.forgetOlmHashesBeforeMs > 0
                ? keys.run("DELETE FROM olm_hash WHERE seen_ms < ?", changes.forgetOlmHashesBeforeMs)
                : Result<void>();
        })
        .and_then([&] {
            return changes.forgetWithheldBeforeMs > 0
                ? keys.run("DELETE FROM withheld WHERE received_ms < ?", changes.forgetWithheldBeforeMs)
                : Result<void>();
        })
        .and_then([&] {
            return changes.forgetStrayWithheldBeforeMs > 0
                ? keys.run("DELETE FROM withheld WHERE received_ms < ? AND NOT EXISTS (SELECT 1 FROM"
                           " room_encryption WHERE room_encryption.room_id = withheld.room_id"
                           " AND encrypted = 1)",
                           changes.forgetStrayWithheldBeforeMs)
                : Result<void>();
        })
        .and_then([&] {
            return each(changes.deletedShares, [&](const auto &key) {
                return keys
                    .run("DELETE FROM share WHERE room_id = ? AND session_id = ?", key.first, key.second)
                    .and_then([&] {
                        return keys.run("DELETE FROM outbound_ratchet WHERE room_id = ? AND session_id = ?",
                                        key.first, key.second);
                    });
            });
        })
        .and_then([&] {
            return each(changes.deletedToDevice,
                        [&](quint64 seq) { return keys.run("DELETE FROM to_device WHERE seq = ?", seq); });
        });
}

Result<void> removeShared(Database &keys, const CryptoChanges &changes)
{
    return each(changes.deletedGossip,
                [&](const auto &key) {
                    return keys.run("DELETE FROM gossip WHERE device_id = ? AND request_id = ?", key.first,
                                    key.second);
                })
        .and_then([&] {
            return each(changes.deletedBundles, [&](const auto &key) {
                return keys.run("DELETE FROM bundle WHERE room_id = ? AND sender = ?", key.first, key.second);
            });
        })
        .and_then([&] {
            return changes.forgetInvitationsBeforeMs > 0
                ? keys.run("DELETE FROM invitation WHERE accepted_ms < ?", changes.forgetInvitationsBeforeMs)
                : Result<void>();
        });
}

} // namespace

Result<void> saveCryptoChanges(Database &keys, const CryptoChanges &changes)
{
    const auto put = [&](const auto &rows) {
        return each(rows, [&](const auto &row) { return saveRow(keys, row); });
    };
    const auto putOne = [&](const auto &row) { return row ? saveRow(keys, *row) : Result<void>(); };

    const auto retire = [&] {
        return !changes.ratchetsRetired ? Result<void>()
                                        : keys.run("UPDATE olm_session SET retired = 1").and_then([&] {
                                              return keys.run("UPDATE outbound_session SET invalidated = 1");
                                          });
    };

    return removeDevices(keys, changes)
        .and_then(retire)
        .and_then([&] { return removeSessions(keys, changes); })
        .and_then([&] { return removeShared(keys, changes); })
        .and_then([&] { return putOne(changes.account); })
        .and_then([&] {
            return changes.toDeviceSince
                ? keys.run("INSERT OR REPLACE INTO position (name, value) VALUES (?, ?)",
                           QString::fromLatin1(CryptoStoreSql::toDevicePosition), *changes.toDeviceSince)
                : Result<void>();
        })
        .and_then([&] { return put(changes.users); })
        .and_then([&] { return put(changes.devices); })
        .and_then([&] { return put(changes.identities); })
        .and_then([&] { return put(changes.secrets); })
        .and_then([&] { return put(changes.olmSessions); })
        .and_then([&] { return put(changes.olmHashes); })
        .and_then([&] { return put(changes.inboundSessions); })
        .and_then([&] { return put(changes.replays); })
        .and_then([&] { return put(changes.withheld); })
        .and_then([&] { return put(changes.rooms); })
        .and_then([&] { return put(changes.outboundSessions); })
        .and_then([&] { return put(changes.shares); })
        .and_then([&] { return put(changes.ratchets); })
        .and_then([&] { return put(changes.toDevice); })
        .and_then([&] { return putOne(changes.recovery); })
        .and_then([&] { return put(changes.gossip); })
        .and_then([&] { return put(changes.bundles); })
        .and_then([&] { return put(changes.invitations); })
        .and_then([&] { return putOne(changes.queuedCiphertext); });
}

} // namespace parvis::store
