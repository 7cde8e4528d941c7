// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"

#include <functional>
#include <map>
#include <tuple>

namespace parvis::crypto {

/// A CryptoStore whose tables are maps. A copy of it is what a restart after a crash would find.
class MemoryCryptoStore : public CryptoStore
{
public:
    /// The rows, to be looked at by tests.
    struct Tables {
        std::optional<AccountRecord> account;
        QString toDeviceSince;
        std::map<UserId, TrackedUserRecord> users;
        std::map<std::pair<UserId, DeviceId>, DeviceRecord> devices;
        std::map<UserId, IdentityRecord> identities;
        std::map<QString, QByteArray> secrets;
        std::map<std::pair<Curve25519Key, SessionId>, OlmSessionRecord> olmSessions;
        std::map<QByteArray, qint64> olmHashes;
        std::map<InboundKey, InboundSessionRecord> inbound;
        std::map<std::tuple<InboundKey, UserId, quint32>, ReplayRecord> replays;
        std::map<std::pair<RoomId, SessionId>, WithheldRecord> withheld;
        std::map<RoomId, RoomEncryptionRecord> rooms;
        std::map<RoomId, OutboundSessionRecord> outbound;
        std::map<std::tuple<RoomId, SessionId, UserId, DeviceId>, ShareRecord> shares;
        std::map<std::tuple<RoomId, SessionId, quint32>, RatchetRecord> ratchets;
        std::map<quint64, ToDeviceRecord> toDevice;
        RecoveryRecord recovery;
        std::map<std::pair<DeviceId, QString>, GossipRecord> gossip;
        std::map<std::pair<RoomId, UserId>, BundleRecord> bundles;
        std::map<std::pair<RoomId, UserId>, InvitationRecord> invitations;
        std::map<TransactionId, QByteArray> queue; ///< the rows a test queued, filled with their ciphertext

        bool operator==(const Tables &) const = default;
    };
    Tables tables;
    qsizetype saves = 0;
    /// The save with this number (from 1 on) fails, and all later ones; 0: none does.
    qsizetype failFrom = 0;
    Result<void> save(const CryptoChanges &changes) override;
    Result<std::optional<AccountRecord>> account() override;
    Result<QString> toDeviceSince() override;
    Result<std::optional<TrackedUserRecord>> trackedUser(const UserId &user) override;
    Result<QList<UserId>> outdatedUsers(qsizetype limit) override;
    Result<QHash<UserId, QList<DeviceRecord>>> devices(const QList<UserId> &users) override;
    Result<QHash<UserId, IdentityRecord>> identities(const QList<UserId> &users) override;
    Result<QList<IdentityRecord>> identitiesToSign(qsizetype limit) override;
    Result<QList<IdentityRecord>> identitiesSignedBy(const Ed25519Key &key) override;
    Result<std::optional<SecretRecord>> secret(const QString &name) override;
    Result<QList<DeviceRecord>> devicesToUnwedge(qsizetype limit) override;
    Result<QList<OlmSessionRecord>> olmSessions(const Curve25519Key &peer) override;
    Result<QList<OlmPeer>> peersWithOlmSession(const QList<OlmPeer> &peers) override;
    Result<bool> hasOlmHash(const QByteArray &hash) override;
    Result<QList<InboundSessionRecord>> inboundSessions(const RoomId &room,
                                                        const SessionId &session) override;
    Result<QList<ReplayRecord>> replays(const RoomId &room, const SessionId &session, quint32 index) override;
    Result<std::optional<WithheldRecord>> withheld(const RoomId &room, const SessionId &session) override;
    Result<QList<WithheldRecord>> withheldBy(const UserId &sender, const QString &code) override;
    Result<qsizetype> withheldCount(const RoomId &room, const UserId &sender, qint64 sinceMs) override;
    Result<QList<InboundKey>> straySessions(const UserId &sender) override;
    Result<QList<InboundKey>> unopenedSessions(const RoomId &room, const UserId &sender,
                                               SenderTrust most) override;
    Result<QList<QPair<RoomId, SessionId>>> sessionsToBackUp(const QString &version,
                                                             qsizetype limit) override;
    Result<qsizetype> sessionsToBackUpCount(const QString &version) override;
    Result<QList<InboundSessionRecord>> inboundSessionsAfter(const InboundKey &key, qsizetype limit) override;
    Result<RecoveryRecord> recovery() override;
    Result<QList<GossipRecord>> gossip() override;
    Result<QList<BundleRecord>> bundles() override;
    Result<QList<InvitationRecord>> invitations() override;
    Result<std::optional<RoomEncryptionRecord>> roomEncryption(const RoomId &room) override;
    Result<std::optional<OutboundSessionRecord>> outboundSession(const RoomId &room) override;
    Result<QList<ShareRecord>> shares(const RoomId &room, const SessionId &session) override;
    Result<std::optional<RatchetRecord>> ratchet(const RoomId &room, const SessionId &session,
                                                 quint32 index) override;
    Result<QList<ToDeviceRecord>> pendingToDevice(qsizetype limit) override;
    Result<QList<TransactionId>> pendingShares(const RoomId &room, const SessionId &session) override;
    Result<quint64> lastToDeviceSeq() override;

private:
    [[nodiscard]] bool isStray(const crypto::WithheldRecord &hint) const;
    [[nodiscard]] QList<InboundKey>
    oldestFirst(const std::function<bool(const InboundSessionRecord &)> &fits);
    void removeRows(const CryptoChanges &changes);
    void putRows(const CryptoChanges &changes);
};

} // namespace parvis::crypto
