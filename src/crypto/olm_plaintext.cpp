// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/olm_plaintext_p.h"

#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

tl::unexpected<Error> plaintextRefused(QString code)
{
    return fail(ErrorKind::Crypto, std::move(code));
}

/// `sender_device_keys` (MSC4147): a self-signature alone would let anyone pass on somebody else's keys, so
/// the user and both keys must be those of this very message (CVE-2026-45056).
Result<DeviceKeys> readSenderDeviceKeys(const RawObject &object, const OlmPlaintext &message)
{
    const RawObject keys = object.object(u"sender_device_keys"_s);
    if (keys.text(u"user_id"_s) != message.sender.toString())
        return plaintextRefused(u"PARVIS_OLM_DEVICE_KEYS_USER"_s);
    auto device = parseDeviceKeys(object.raw(u"sender_device_keys"_s), message.sender,
                                  DeviceId(keys.text(u"device_id"_s)));
    if (!device)
        return plaintextRefused(u"PARVIS_OLM_DEVICE_KEYS"_s);
    if (device->curveKey != message.senderKey || device->signingKey != message.claimedKey)
        return plaintextRefused(u"PARVIS_OLM_DEVICE_KEYS_MISMATCH"_s);
    return device;
}

} // namespace

Result<OlmPlaintext> readOlmPlaintext(const QByteArray &plaintext, const UserId &sender,
                                      const Curve25519Key &senderKey, const OwnDevice &own)
{
    const auto object = RawObject::parse(plaintext);
    if (!object)
        return plaintextRefused(u"PARVIS_OLM_PLAINTEXT"_s);
    OlmPlaintext message{.sender = sender,
                         .senderKey = senderKey,
                         .claimedKey = Ed25519Key(object->object(u"keys"_s).text(u"ed25519"_s)),
                         .type = object->text(u"type"_s),
                         .content = object->raw(u"content"_s),
                         .senderDeviceJson = {},
                         .senderDeviceKeys = {}};
    if (object->text(u"sender"_s) != sender.toString())
        return plaintextRefused(u"PARVIS_OLM_SENDER"_s);
    if (object->text(u"recipient"_s) != own.user.toString())
        return plaintextRefused(u"PARVIS_OLM_RECIPIENT"_s);
    if (object->object(u"recipient_keys"_s).text(u"ed25519"_s) != own.keys.signing.toString())
        return plaintextRefused(u"PARVIS_OLM_RECIPIENT_KEY"_s);
    if (message.claimedKey.isEmpty())
        return plaintextRefused(u"PARVIS_OLM_SENDER_KEY"_s);
    // The whole of the content, to its depths: it goes on to others as valid JSON.
    if (message.type.isEmpty() || !QJsonDocument::fromJson(message.content).isObject())
        return plaintextRefused(u"PARVIS_OLM_PLAINTEXT"_s);
    if (object->contains(u"sender_device_keys"_s)) {
        auto device = readSenderDeviceKeys(*object, message);
        if (!device)
            return tl::unexpected(device.error());
        message.senderDeviceKeys = std::move(*device);
        message.senderDeviceJson = object->raw(u"sender_device_keys"_s);
    }
    return message;
}

Result<QByteArray> encryptForDevice(CryptoStep &step, const DeviceRecord &device, const QString &type,
                                    const QByteArray &content)
{
    LiveOlmSession *const session = step.sessions.first({device.curveKey, device.signingKey});
    if (!session)
        return fail(ErrorKind::Crypto, u"PARVIS_NO_OLM_SESSION"_s);
    const OwnDevice &own = step.own();
    const QByteArray plaintext = "{\"content\":" + content + ",\"keys\":{\"ed25519\":"
        + jsonString(own.keys.signing.toString()) + "},\"recipient\":" + jsonString(device.user.toString())
        + ",\"recipient_keys\":{\"ed25519\":" + jsonString(device.signingKey.toString())
        + "},\"sender\":" + jsonString(own.user.toString())
        + ",\"sender_device_keys\":" + step.ownKeysForPeers() + ",\"type\":" + jsonString(type) + '}';
    session->changed = true;
    const auto message = session->olm.encrypt(plaintext);
    if (!message)
        return tl::unexpected(message.error());
    return QByteArray(R"({"algorithm":"m.olm.v1.curve25519-aes-sha2","ciphertext":{)"
                      + jsonString(device.curveKey.toString()) + ":{\"body\":\"" + message->body
                      + "\",\"type\":" + QByteArray::number(int(message->type)) + "}},\"org.matrix.msgid\":\""
                      + QUuid::createUuid().toByteArray(QUuid::WithoutBraces)
                      + "\",\"sender_key\":" + jsonString(own.keys.curve.toString()) + '}');
}

} // namespace parvis::crypto
