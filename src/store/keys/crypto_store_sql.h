// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"

namespace parvis {
class Database;
}

namespace parvis::store {

/// The machine's tables in keys.db. Core thread. save() also fills the ciphertext of a queue row, in the
/// transaction that moves the ratchet on: a message index can never be used for two messages.
class CryptoStoreSql final : public crypto::CryptoStore
{
public:
    /// AccountStore::position() of the to-device stream.
    static constexpr auto toDevicePosition = "to_device.since";

    explicit CryptoStoreSql(Database &keys) : m_keys(keys) {}

    [[nodiscard]] Result<void> save(const crypto::CryptoChanges &changes) override;

    [[nodiscard]] Result<std::optional<crypto::AccountRecord>> account() override;
    [[nodiscard]] Result<QString> toDeviceSince() override;
    [[nodiscard]] Result<std::optional<crypto::TrackedUserRecord>> trackedUser(const UserId &user) override;
    [[nodiscard]] Result<QList<UserId>> outdatedUsers(qsizetype limit) override;
    [[nodiscard]] Result<QHash<UserId, QList<crypto::DeviceRecord>>>
    devices(const QList<UserId> &users) override;
    [[nodiscard]] Result<QHash<UserId, crypto::IdentityRecord>>
    identities(const QList<UserId> &users) override;
    [[nodiscard]] Result<QList<crypto::IdentityRecord>> identitiesToSign(qsizetype limit) override;
    [[nodiscard]] Result<QList<crypto::IdentityRecord>> identitiesSignedBy(const Ed25519Key &key) override;
    [[nodiscard]] Result<std::optional<crypto::SecretRecord>> secret(const QString &name) override;
    [[nodiscard]] Result<QList<crypto::DeviceRecord>> devicesToUnwedge(qsizetype limit) override;
    [[nodiscard]] Result<QList<crypto::OlmSessionRecord>> olmSessions(const Curve25519Key &peer) override;
    [[nodiscard]] Result<QList<crypto::OlmPeer>>
    peersWithOlmSession(const QList<crypto::OlmPeer> &peers) override;
    [[nodiscard]] Result<bool> hasOlmHash(const QByteArray &hash) override;
    [[nodiscard]] Result<QList<crypto::InboundSessionRecord>>
    inboundSessions(const RoomId &room, const SessionId &session) override;
    [[nodiscard]] Result<QList<crypto::ReplayRecord>> replays(const RoomId &room, const SessionId &session,
                                                              quint32 index) override;
    [[nodiscard]] Result<std::optional<crypto::WithheldRecord>> withheld(const RoomId &room,
                                                                         const SessionId &session) override;
    [[nodiscard]] Result<QList<crypto::WithheldRecord>> withheldBy(const UserId &sender,
                                                                   const QString &code) override;
    [[nodiscard]] Result<qsizetype> withheldCount(const RoomId &room, const UserId &sender,
                                                  qint64 sinceMs) override;
    [[nodiscard]] Result<QList<crypto::InboundKey>> straySessions(const UserId &sender) override;
    [[nodiscard]] Result<QList<crypto::InboundKey>> unopenedSessions(const RoomId &room, const UserId &sender,
                                                                     crypto::SenderTrust most) override;
    [[nodiscard]] Result<QList<QPair<RoomId, SessionId>>> sessionsToBackUp(const QString &version,
                                                                           qsizetype limit) override;
    [[nodiscard]] Result<qsizetype> sessionsToBackUpCount(const QString &version) override;
    [[nodiscard]] Result<QList<crypto::InboundSessionRecord>>
    inboundSessionsAfter(const crypto::InboundKey &key, qsizetype limit) override;
    [[nodiscard]] Result<crypto::RecoveryRecord> recovery() override;
    [[nodiscard]] Result<QList<crypto::GossipRecord>> gossip() override;
    [[nodiscard]] Result<QList<crypto::BundleRecord>> bundles() override;
    [[nodiscard]] Result<QList<crypto::InvitationRecord>> invitations() override;
    [[nodiscard]] Result<std::optional<crypto::RoomEncryptionRecord>>
    roomEncryption(const RoomId &room) override;
    [[nodiscard]] Result<std::optional<crypto::OutboundSessionRecord>>
    outboundSession(const RoomId &room) override;
    [[nodiscard]] Result<QList<crypto::ShareRecord>> shares(const RoomId &room,
                                                            const SessionId &session) override;
    [[nodiscard]] Result<std::optional<crypto::RatchetRecord>>
    ratchet(const RoomId &room, const SessionId &session, quint32 index) override;
    [[nodiscard]] Result<QList<crypto::ToDeviceRecord>> pendingToDevice(qsizetype limit) override;
    [[nodiscard]] Result<QList<TransactionId>> pendingShares(const RoomId &room,
                                                             const SessionId &session) override;
    [[nodiscard]] Result<quint64> lastToDeviceSeq() override;

private:
    Database &m_keys;
};

} // namespace parvis::store
