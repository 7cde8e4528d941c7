// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/crypto_records.h"
#include "crypto/identity_records.h"

#include <QHash>
#include <QList>
#include <QPair>

#include <optional>

namespace parvis::crypto {

/// Everything that one step of the machine changes. All of it is stored, or nothing.
/// Records are inserted or replaced by their key; deletions are applied before insertions.
struct CryptoChanges {
    std::optional<AccountRecord> account;
    std::optional<QString> toDeviceSince; ///< next_batch of the to-device stream that this step has consumed

    QList<TrackedUserRecord> users;
    QList<UserId> untrackedUsers;
    bool allUsersOutdated = false; ///< sets `outdated` in every row, before `users` is applied

    QList<DeviceRecord> devices;
    QList<QPair<UserId, DeviceId>> deletedDevices;

    QList<IdentityRecord> identities;
    QList<SecretRecord> secrets;

    bool ratchetsRetired =
        false; ///< of every Olm and outbound session there is, before those below are applied
    QList<OlmSessionRecord> olmSessions;
    QList<QPair<Curve25519Key, SessionId>> deletedOlmSessions;
    QList<OlmHashRecord> olmHashes;
    qint64 forgetOlmHashesBeforeMs = 0; ///< > 0: delete the rows with an older `seenMs`

    QList<InboundSessionRecord> inboundSessions;
    QList<InboundKey> deletedInboundSessions; ///< the indices that were read with them stay
    QList<ReplayRecord> replays;              ///< never replaces a row: the first event keeps the index
    QList<WithheldRecord> withheld;
    qint64 forgetWithheldBeforeMs = 0; ///< > 0: delete the rows with an older `receivedMs`
    /// The same of hints about rooms that are not known as encrypted.
    qint64 forgetStrayWithheldBeforeMs = 0;

    QList<RoomEncryptionRecord> rooms;
    QList<OutboundSessionRecord> outboundSessions;
    QList<QPair<RoomId, SessionId>> deletedShares; ///< every share and ratchet of that outbound session
    QList<ShareRecord> shares;
    QList<RatchetRecord> ratchets;

    QList<ToDeviceRecord> toDevice;
    QList<quint64> deletedToDevice;

    std::optional<RecoveryRecord> recovery;

    QList<GossipRecord> gossip;
    QList<QPair<DeviceId, QString>> deletedGossip;
    QList<BundleRecord> bundles;
    QList<QPair<RoomId, UserId>> deletedBundles;
    QList<InvitationRecord> invitations;
    qint64 forgetInvitationsBeforeMs = 0; ///< > 0: delete the rows with an older `acceptedMs`

    /// Fails the whole save (NotFound) if the queue has no such row: its message was cancelled meanwhile.
    std::optional<QueuedCiphertext> queuedCiphertext;

    bool operator==(const CryptoChanges &) const = default;
};

/// Where the machine keeps what must survive. Synchronous, core thread, one machine per store.
/// A read that fails is an error; a row that is not there is an empty answer.
class CryptoStore
{
public:
    virtual ~CryptoStore() = default;

    /// One transaction, on disk when it returns. On failure nothing of it was stored.
    [[nodiscard]] virtual Result<void> save(const CryptoChanges &changes) = 0;

    [[nodiscard]] virtual Result<std::optional<AccountRecord>> account() = 0;
    /// Empty: no to-device message was ever consumed.
    [[nodiscard]] virtual Result<QString> toDeviceSince() = 0;

    [[nodiscard]] virtual Result<std::optional<TrackedUserRecord>> trackedUser(const UserId &user) = 0;
    /// In the order of the ids, at most @p limit.
    [[nodiscard]] virtual Result<QList<UserId>> outdatedUsers(qsizetype limit) = 0;

    /// All devices of these users; a user without devices has no entry. Up to thousands of users in one call.
    [[nodiscard]] virtual Result<QHash<UserId, QList<DeviceRecord>>> devices(const QList<UserId> &users) = 0;
    /// Those of @p users that have an identity. Thousands in one call.
    [[nodiscard]] virtual Result<QHash<UserId, IdentityRecord>> identities(const QList<UserId> &users) = 0;
    /// Identities with `signatureOwed`, at most @p limit.
    [[nodiscard]] virtual Result<QList<IdentityRecord>> identitiesToSign(qsizetype limit) = 0;
    /// Everybody of whom our user-signing key @p key has signed the master key; an empty key: nobody.
    [[nodiscard]] virtual Result<QList<IdentityRecord>> identitiesSignedBy(const Ed25519Key &key) = 0;
    /// Empty: there is none of that name.
    [[nodiscard]] virtual Result<std::optional<SecretRecord>> secret(const QString &name) = 0;

    /// Devices with `unwedgePending`, at most @p limit.
    [[nodiscard]] virtual Result<QList<DeviceRecord>> devicesToUnwedge(qsizetype limit) = 0;

    [[nodiscard]] virtual Result<QList<OlmSessionRecord>> olmSessions(const Curve25519Key &peer) = 0;
    /// Those of @p peers with at least one session that reaches them and is not retired. Thousands in one
    /// call.
    [[nodiscard]] virtual Result<QList<OlmPeer>> peersWithOlmSession(const QList<OlmPeer> &peers) = 0;
    [[nodiscard]] virtual Result<bool> hasOlmHash(const QByteArray &hash) = 0;

    /// Every sender's copy, in the order of their keys.
    [[nodiscard]] virtual Result<QList<InboundSessionRecord>> inboundSessions(const RoomId &room,
                                                                              const SessionId &session) = 0;
    /// Whatever was read at this index, with any sender's copy, in the order of their keys.
    [[nodiscard]] virtual Result<QList<ReplayRecord>> replays(const RoomId &room, const SessionId &session,
                                                              quint32 index) = 0;
    [[nodiscard]] virtual Result<std::optional<WithheldRecord>> withheld(const RoomId &room,
                                                                         const SessionId &session) = 0;

    /// The hints with this code that came from @p sender, in the order of rooms and sessions.
    [[nodiscard]] virtual Result<QList<WithheldRecord>> withheldBy(const UserId &sender,
                                                                   const QString &code) = 0;
    /// How many hints about the room came from @p sender, at @p sinceMs or later. An empty @p room: about all
    /// rooms that are not known as encrypted; with an empty @p sender as well: from anybody.
    [[nodiscard]] virtual Result<qsizetype> withheldCount(const RoomId &room, const UserId &sender,
                                                          qint64 sinceMs) = 0;
    /// What @p sender sent for rooms that are not known as encrypted, the oldest first.
    [[nodiscard]] virtual Result<QList<InboundKey>> straySessions(const UserId &sender) = 0;
    /// What @p sender sent over Olm for the room, has opened nothing and is trusted no more than @p most, the
    /// oldest first.
    [[nodiscard]] virtual Result<QList<InboundKey>> unopenedSessions(const RoomId &room, const UserId &sender,
                                                                     SenderTrust most) = 0;

    /// Sessions with a copy that backup @p version does not hold, at most @p limit. What was passed on with
    /// an invitation counts once it has opened an event.
    [[nodiscard]] virtual Result<QList<QPair<RoomId, SessionId>>> sessionsToBackUp(const QString &version,
                                                                                   qsizetype limit) = 0;
    [[nodiscard]] virtual Result<qsizetype> sessionsToBackUpCount(const QString &version) = 0;
    /// Every copy of every session behind @p key in the order of the keys, at most @p limit.
    [[nodiscard]] virtual Result<QList<InboundSessionRecord>> inboundSessionsAfter(const InboundKey &key,
                                                                                   qsizetype limit) = 0;
    /// The defaults where nothing was ever stored.
    [[nodiscard]] virtual Result<RecoveryRecord> recovery() = 0;

    /// What is asked for, by us and by our other devices, the oldest first.
    [[nodiscard]] virtual Result<QList<GossipRecord>> gossip() = 0;
    /// The oldest first.
    [[nodiscard]] virtual Result<QList<BundleRecord>> bundles() = 0;
    [[nodiscard]] virtual Result<QList<InvitationRecord>> invitations() = 0;

    [[nodiscard]] virtual Result<std::optional<RoomEncryptionRecord>> roomEncryption(const RoomId &room) = 0;
    [[nodiscard]] virtual Result<std::optional<OutboundSessionRecord>>
    outboundSession(const RoomId &room) = 0;
    [[nodiscard]] virtual Result<QList<ShareRecord>> shares(const RoomId &room, const SessionId &session) = 0;
    /// Empty: none was kept of that index.
    [[nodiscard]] virtual Result<std::optional<RatchetRecord>>
    ratchet(const RoomId &room, const SessionId &session, quint32 index) = 0;

    /// In the order of `seq`, at most @p limit.
    [[nodiscard]] virtual Result<QList<ToDeviceRecord>> pendingToDevice(qsizetype limit) = 0;
    /// Those of the pending requests that belong to one outbound session, in the order of `seq`.
    [[nodiscard]] virtual Result<QList<TransactionId>> pendingShares(const RoomId &room,
                                                                     const SessionId &session) = 0;
    /// The highest `seq` of the pending requests; 0: none.
    [[nodiscard]] virtual Result<quint64> lastToDeviceSeq() = 0;
};

} // namespace parvis::crypto
