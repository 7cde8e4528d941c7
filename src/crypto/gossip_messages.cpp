// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/backup_versions_p.h"
#include "crypto/cross_signing_keys.h"
#include "crypto/gossip_messages_p.h"
#include "crypto/primitives.h"
#include "crypto/session_claims_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

QByteArray head(const GossipRecord &row, const char *action)
{
    return QByteArray(R"({"action":")") + action + R"(","request_id":)" + jsonString(row.id)
        + R"(,"requesting_device_id":)" + jsonString(row.device.toString());
}

} // namespace

QStringList secretNames()
{
    return {secretName(CrossSigningRole::Master), secretName(CrossSigningRole::SelfSigning),
            secretName(CrossSigningRole::UserSigning), QString::fromLatin1(BackupVersions::secretName)};
}

QString typeOf(const GossipRecord &row)
{
    return row.secret.isEmpty() ? u"m.room_key_request"_s : u"m.secret.request"_s;
}

QByteArray requestOf(const GossipRecord &row)
{
    if (!row.secret.isEmpty())
        return head(row, "request") + ",\"name\":" + jsonString(row.secret) + '}';
    return head(row, "request") + R"(,"body":{"algorithm":"m.megolm.v1.aes-sha2","room_id":)"
        + jsonString(row.room.toString()) + ",\"session_id\":" + jsonString(row.session.toString()) + "}}";
}

QByteArray cancellationOf(const GossipRecord &row)
{
    return head(row, "request_cancellation") + '}';
}

QByteArray forwardedKey(const ExportedSession &key)
{
    // Two names for the flag, never the third one with them: see room_key_sharing.cpp.
    const QByteArray flag = key.sharedHistory ? "true" : "false";
    QByteArray secret = key.sessionKey.view().toByteArray();
    QByteArray json =
        R"({"algorithm":"m.megolm.v1.aes-sha2","forwarding_curve25519_key_chain":[],"m.shared_history":)"
        + flag + ",\"room_id\":" + jsonString(key.room.toString()) + ",\"sender_claimed_ed25519_key\":"
        + jsonString(key.claimedKey.toString()) + ",\"sender_key\":" + jsonString(key.senderKey.toString())
        + ",\"session_id\":" + jsonString(key.session.toString()) + ",\"session_key\":\"" + secret
        + "\",\"shared_history\":" + flag + '}';
    wipe(secret);
    return json;
}

std::optional<ExportedSession> readForwardedKey(const QByteArray &content)
{
    auto key = ExportedSession::parse(content);
    const auto object = RawObject::parse(content);
    if (!key || !object)
        return {};
    const QString claimed = object->text(u"sender_claimed_ed25519_key"_s);
    if (!claimed.isEmpty() && publicKeyBytes(claimed).isEmpty())
        return {};
    key->claimedKey = Ed25519Key(claimed);
    return *std::move(key);
}

void sendToDevices(CryptoStep &step, const QList<DeviceRecord> &devices, const QString &type,
                   const QByteArray &content)
{
    QList<std::pair<DeviceRecord, QByteArray>> messages;
    for (const DeviceRecord &device : devices)
        messages.append({device, content});
    if (!messages.isEmpty())
        step.queueToDevice(type, toDeviceBody(messages));
}

} // namespace parvis::crypto
