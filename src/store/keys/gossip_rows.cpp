// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What devices and people share with each other: the reading half. What is written is in crypto_save.cpp.
#include "store/database.h"
#include "store/keys/crypto_store_sql.h"

namespace parvis::store {

using namespace crypto;

Result<QList<GossipRecord>> CryptoStoreSql::gossip()
{
    return m_keys.all("SELECT device_id, request_id, secret, room_id, session_id, created_ms, served_ms"
                      " FROM gossip ORDER BY created_ms, device_id, request_id",
                      [](const Statement &row) {
                          return GossipRecord{.device = row.get<DeviceId>(0),
                                              .id = row.get<QString>(1),
                                              .secret = row.get<QString>(2),
                                              .room = row.get<RoomId>(3),
                                              .session = row.get<SessionId>(4),
                                              .createdMs = row.get<qint64>(5),
                                              .servedMs = row.get<qint64>(6)};
                      });
}

Result<QList<BundleRecord>> CryptoStoreSql::bundles()
{
    return m_keys.all("SELECT room_id, sender, sender_key, signing_key, file, received_ms, device_keys"
                      " FROM bundle ORDER BY received_ms, room_id, sender",
                      [](const Statement &row) {
                          return BundleRecord{.room = row.get<RoomId>(0),
                                              .sender = row.get<UserId>(1),
                                              .senderKey = row.get<Curve25519Key>(2),
                                              .signingKey = row.get<Ed25519Key>(3),
                                              .file = row.get<QByteArray>(4),
                                              .receivedMs = row.get<qint64>(5),
                                              .deviceKeys = row.get<QByteArray>(6)};
                      });
}

Result<QList<InvitationRecord>> CryptoStoreSql::invitations()
{
    return m_keys.all(
        "SELECT room_id, inviter, accepted_ms FROM invitation ORDER BY accepted_ms, room_id, inviter",
        [](const Statement &row) {
            return InvitationRecord{row.get<RoomId>(0), row.get<UserId>(1), row.get<qint64>(2)};
        });
}

} // namespace parvis::store
