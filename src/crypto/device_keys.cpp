// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_keys.h"

#include "base/base64.h"
#include "crypto/primitives.h"
#include "crypto/signing.h"
#include "crypto/sizes_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr int maxAlgorithms = 32;
constexpr qsizetype maxDisplayName = 255;
/// In UTF-8. Ids stand in every request for a device: endless ones would make those too large for any server.
constexpr qsizetype maxDeviceId = 255;

tl::unexpected<Error> malformedDevice(const QString &what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_BAD_DEVICE_KEYS"_s, what);
}

Result<QJsonObject> object(const QByteArray &json)
{
    const auto document = QJsonDocument::fromJson(json.size() <= maxObjectBytes ? json : QByteArray());
    if (!document.isObject())
        return malformedDevice(u"no object, or too large"_s);
    return document.object();
}

/// In the one spelling that keys are compared in; empty where it is no key.
QString keyText(const QJsonValue &value)
{
    return QString::fromLatin1(toBase64(publicKeyBytes(value.toString())));
}

/// A name as the server has it, cut so that no half of a surrogate pair stays behind.
QString shortName(const QJsonValue &value)
{
    QString name = value.toString().left(maxDisplayName);
    if (!name.isEmpty() && name.back().isHighSurrogate())
        name.chop(1);
    return name;
}

} // namespace

Result<DeviceKeys> parseDeviceKeys(const QByteArray &json, const UserId &user, const DeviceId &device)
{
    const auto parsed = object(json);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const QJsonObject &keys = *parsed;
    const QString &id = device.toString();
    if (id.isEmpty() || user.isEmpty() || keys["user_id"_L1].toString() != user.toString()
        || keys["device_id"_L1].toString() != id)
        return malformedDevice(u"foreign ids"_s);
    if (id.toUtf8().size() > maxDeviceId)
        return malformedDevice(u"id too long"_s);

    DeviceKeys read{.user = user,
                    .device = device,
                    .curveKey = Curve25519Key(keyText(keys["keys"_L1][u"curve25519:"_s + id])),
                    .signingKey = Ed25519Key(keyText(keys["keys"_L1][u"ed25519:"_s + id])),
                    .algorithms = {},
                    .displayName = shortName(keys["unsigned"_L1]["device_display_name"_L1]),
                    .dehydrated = keys["dehydrated"_L1].toBool()};
    const QJsonArray algorithms = keys["algorithms"_L1].toArray();
    if (!keys["algorithms"_L1].isArray() || algorithms.size() > maxAlgorithms)
        return malformedDevice(u"algorithms"_s);
    for (const auto &algorithm : algorithms) {
        if (!algorithm.isString())
            return malformedDevice(u"algorithms"_s);
        read.algorithms.append(algorithm.toString());
    }
    if (read.curveKey.isEmpty() || read.signingKey.isEmpty())
        return malformedDevice(u"keys"_s);
    if (!isSafeKey(read.curveKey) || !isSafeKey(read.signingKey))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    if (auto verified = verifySigned(json, user, id, read.signingKey); !verified)
        return tl::unexpected(verified.error());
    return read;
}

Result<Curve25519Key> parseSignedOneTimeKey(const QByteArray &json, const UserId &user,
                                            const DeviceId &device, const Ed25519Key &signer)
{
    const auto parsed = object(json);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const Curve25519Key key(keyText((*parsed)["key"_L1]));
    if (key.isEmpty())
        return malformedDevice(u"key"_s);
    if (!isSafeKey(key))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    if (auto verified = verifySigned(json, user, device.toString(), signer); !verified)
        return tl::unexpected(verified.error());
    return key;
}

} // namespace parvis::crypto
