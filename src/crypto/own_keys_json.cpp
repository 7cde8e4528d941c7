// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/own_keys_json_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// `,"signatures":{...}` over @p canonical, without the braces around.
Result<QByteArray> signatureMember(const OlmAccount &account, const UserId &user, const DeviceId &device,
                                   const QByteArray &canonical)
{
    const auto signature = account.sign(canonical);
    if (!signature)
        return tl::unexpected(signature.error());
    return QByteArray("\"signatures\":{" + jsonString(user.toString()) + ":{"
                      + jsonString(u"ed25519:"_s + device.toString()) + ":\"" + *signature + "\"}}");
}

} // namespace

Result<QByteArray> signedDeviceKeys(const OlmAccount &account, const UserId &user, const DeviceId &device,
                                    const OwnKeys &keys)
{
    // Canonical as it stands: members in order, no white space.
    QByteArray json = R"({"algorithms":["m.olm.v1.curve25519-aes-sha2","m.megolm.v1.aes-sha2"],"device_id":)";
    json += jsonString(device.toString()) + R"(,"keys":{)" + jsonString(u"curve25519:"_s + device.toString())
        + ':' + jsonString(keys.curve.toString()) + ',' + jsonString(u"ed25519:"_s + device.toString()) + ':'
        + jsonString(keys.signing.toString()) + R"(},"user_id":)" + jsonString(user.toString()) + '}';
    const auto signature = signatureMember(account, user, device, json);
    if (!signature)
        return signature;
    json.chop(1);
    return QByteArray(json + ',' + *signature + '}');
}

Result<QByteArray> signedKeyMap(const OlmAccount &account, const OwnDevice &own,
                                const QHash<QString, Curve25519Key> &keys, bool fallback)
{
    if (keys.isEmpty())
        return QByteArray();
    // In a fixed order: the same upload is the same bytes, also after a restart.
    QStringList ids = keys.keys();
    std::sort(ids.begin(), ids.end());
    QByteArrayList entries;
    for (const QString &id : std::as_const(ids)) {
        const QByteArray json =
            (fallback ? QByteArray(R"({"fallback":true,"key":)") : QByteArray(R"({"key":)"))
            + jsonString(keys.value(id).toString()) + '}';
        const auto signature = signatureMember(account, own.user, own.device, json);
        if (!signature)
            return signature;
        entries.append(jsonString(u"signed_curve25519:"_s + id) + ':' + json.chopped(1) + ',' + *signature
                       + '}');
    }
    return '{' + entries.join(',') + '}';
}

} // namespace parvis::crypto
