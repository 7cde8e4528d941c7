// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_keys.h"
#include "crypto/primitives.h"
#include "crypto/signing.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "fuzz_target.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

const UserId user(u"@alice:example.org"_s);
const DeviceId device(u"DEVICE"_s);

/// The object of the fuzzer, as a device that has its keys would have published it.
QByteArray published(QJsonObject object, const Secret &seed)
{
    const QByteArray bare = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const auto signature = signatureOf(bare, seed);
    if (!signature)
        return bare;
    const QJsonObject ours{{u"ed25519:DEVICE"_s, QString::fromLatin1(*signature)}};
    object[u"signatures"_s] = QJsonObject{{user.toString(), ours}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

/// As it is, and again with true ids, keys and a signature around what the fuzzer made up.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Secret seed(QByteArray(32, 's'));
    static const Ed25519Key signer = ed25519PublicKey(seed).value();
    const QByteArray json = fuzz::bytes(data, size);
    (void)parseDeviceKeys(json, user, device);
    (void)parseSignedOneTimeKey(json, user, device, signer);

    QJsonObject object = QJsonDocument::fromJson(json).object();
    const QByteArray oneTimeKey = published(object, seed);
    if (const auto key = parseSignedOneTimeKey(oneTimeKey, user, device, signer))
        fuzz::require(isSafeKey(*key), "a claimed key is safe");
    object[u"user_id"_s] = user.toString();
    object[u"device_id"_s] = device.toString();
    QJsonObject keys = object[u"keys"_s].toObject();
    keys[u"ed25519:DEVICE"_s] = signer.toString();
    object[u"keys"_s] = keys;
    const auto parsed = parseDeviceKeys(published(object, seed), user, device);
    if (parsed) {
        fuzz::require(isSafeKey(parsed->curveKey) && parsed->signingKey == signer,
                      "a device's keys are safe");
        fuzz::require(parsed->displayName.size() <= 255, "a name is short");
        fuzz::require(parsed->user == user && parsed->device == device, "a device is who was asked for");
    }
    return 0;
}
