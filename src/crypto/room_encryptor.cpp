// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/megolm_outbound.h"
#include "crypto/room_encryptor_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// The specification says that senders name their device in clear, MSC4381 that they do not. Element still
/// does; nobody may rely on it, we do not either.
constexpr bool nameSenderInClear = true;

} // namespace

Result<QByteArray> encryptForRoom(CryptoStep &step, const OutboundSessionRecord &session,
                                  const QString &eventType, const QByteArray &content)
{
    const auto object = RawObject::parse(content);
    if (!object || eventType.isEmpty() || !QJsonDocument::fromJson(content).isObject())
        return fail(ErrorKind::Usage, u"PARVIS_BAD_CONTENT"_s);
    const QByteArray plaintext = "{\"content\":" + content
        + ",\"room_id\":" + jsonString(session.room.toString()) + ",\"type\":" + jsonString(eventType) + '}';
    if (plaintext.size() > maxMegolmPlaintext)
        return fail(ErrorKind::TooLarge, u"PARVIS_MESSAGE_TOO_LARGE"_s);
    auto megolm = MegolmOutbound::fromPickle(session.pickle, step.pickleKey());
    if (!megolm)
        return tl::unexpected(megolm.error());
    const auto ciphertext = megolm->encrypt(plaintext);
    if (!ciphertext)
        return tl::unexpected(ciphertext.error());
    const auto pickle = megolm->pickle(step.pickleKey());
    if (!pickle)
        return tl::unexpected(pickle.error());
    OutboundSessionRecord advanced = session;
    advanced.pickle = *pickle;
    ++advanced.messageCount;
    step.rooms.put(advanced);

    QByteArray event = R"({"algorithm":"m.megolm.v1.aes-sha2","ciphertext":")" + *ciphertext + '"';
    if (nameSenderInClear)
        event += ",\"device_id\":" + jsonString(step.own().device.toString())
            + ",\"sender_key\":" + jsonString(step.own().keys.curve.toString());
    // The server needs relations in clear, to bundle and to page through them.
    if (object->isObject(u"m.relates_to"_s))
        event += ",\"m.relates_to\":" + object->raw(u"m.relates_to"_s);
    return QByteArray(event + ",\"session_id\":" + jsonString(session.session.toString()) + '}');
}

} // namespace parvis::crypto
