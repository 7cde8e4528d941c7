// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/exported_session.h"

#include "base/base64.h"
#include "base/raw_object.h"
#include "crypto/primitives.h"
#include "crypto/room_key_receiver_p.h"
#include "crypto/sizes_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr auto megolm = "m.megolm.v1.aes-sha2"_L1;
constexpr qsizetype maxExportedKey = 1024; // an exported key is 220 letters

tl::unexpected<Error> sessionRefused(const char *what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_ROOM_KEY_RECORD"_s, QLatin1StringView(what));
}

/// The same key without its padding, which some exports have; empty for what has no shape of a key. Nothing
/// is computed with it: it is compared with the keys of devices, which are checked.
template <typename Key>
Key unpadded(QString text)
{
    while (text.endsWith(u'='))
        text.chop(1);
    return publicKeyBytes(text).isEmpty() ? Key() : Key(text);
}

Result<ExportedSession> readSession(const RawObject &object)
{
    if (object.text(u"algorithm"_s) != megolm)
        return sessionRefused("algorithm");
    ExportedSession session;
    session.senderKey = unpadded<Curve25519Key>(object.text(u"sender_key"_s));
    if (session.senderKey.isEmpty())
        return sessionRefused("sender_key");
    const QString claimed = object.object(u"sender_claimed_keys"_s).text(u"ed25519"_s);
    session.claimedKey = unpadded<Ed25519Key>(claimed);
    if (!claimed.isEmpty() && session.claimedKey.isEmpty())
        return sessionRefused("sender_claimed_keys");
    QByteArray key = object.text(u"session_key"_s).toUtf8();
    session.sessionKey = Secret(key);
    wipe(key);
    if (session.sessionKey.isEmpty() || session.sessionKey.size() > maxExportedKey
        || !secretFromBase64(session.sessionKey.view()))
        return sessionRefused("session_key");
    session.sharedHistory = readSharedHistory(object);
    return session;
}

Result<RawObject> readObject(QByteArrayView json)
{
    if (json.size() > ExportedSession::maxJson)
        return sessionRefused("size");
    auto object = RawObject::parse(json);
    if (!object)
        return sessionRefused("object");
    return object;
}

} // namespace

Result<ExportedSession> ExportedSession::parse(QByteArrayView json)
{
    const auto object = readObject(json);
    if (!object)
        return tl::unexpected(object.error());
    const QString room = object->text(u"room_id"_s);
    const QString id = object->text(u"session_id"_s);
    if (!isIdSized(room) || !isIdSized(id))
        return sessionRefused("room_id or session_id");
    auto session = readSession(*object);
    if (session) {
        session->room = RoomId(room);
        session->session = SessionId(id);
    }
    return session;
}

Result<ExportedSession> ExportedSession::parseBackedUp(QByteArrayView json)
{
    const auto object = readObject(json);
    if (!object)
        return tl::unexpected(object.error());
    return readSession(*object);
}

QByteArray ExportedSession::toJson() const
{
    QByteArray json = R"({"algorithm":"m.megolm.v1.aes-sha2","forwarding_curve25519_key_chain":[])";
    // The specification's name, and the one that Element reads. The third name beside them would make Element
    // drop the key.
    const QByteArray flag = sharedHistory ? "true" : "false";
    json += ",\"m.shared_history\":" + flag;
    if (!room.isEmpty())
        json += ",\"room_id\":" + jsonString(room.toString());
    json += ",\"sender_claimed_keys\":{";
    if (!claimedKey.isEmpty())
        json += "\"ed25519\":" + jsonString(claimedKey.toString());
    json += "},\"sender_key\":" + jsonString(senderKey.toString());
    if (!room.isEmpty())
        json += ",\"session_id\":" + jsonString(session.toString());
    QByteArray key = sessionKey.view().toByteArray();
    json += ",\"session_key\":\"" + key + "\",\"shared_history\":" + flag + '}';
    wipe(key);
    return json;
}

} // namespace parvis::crypto
