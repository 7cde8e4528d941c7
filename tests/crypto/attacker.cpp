// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

namespace parvis::crypto {

Attacker::Attacker(FakeKeyServer &keyServer, QString userId, QString deviceId)
    : server(keyServer),
      user(std::move(userId)),
      device(std::move(deviceId)),
      account(std::move(*OlmAccount::create()))
{
}

QJsonObject Attacker::sign(QJsonObject object) const
{
    QJsonObject bare = object;
    bare.remove(QLatin1String("signatures"));
    bare.remove(QLatin1String("unsigned"));
    const auto signature = account.sign(*canonicalJson(bare));
    object[QLatin1String("signatures")] = QJsonObject{
        {user, QJsonObject{{QStringLiteral("ed25519:") + device, QString::fromLatin1(*signature)}}}};
    return object;
}

QJsonObject Attacker::keys(const Bend &bend) const
{
    QJsonObject object{{QLatin1String("user_id"), user},
                       {QLatin1String("device_id"), device},
                       {QLatin1String("algorithms"),
                        QJsonArray{QLatin1String(olmAlgorithm), QLatin1String(megolmAlgorithm)}},
                       {QLatin1String("keys"),
                        QJsonObject{{QStringLiteral("curve25519:") + device, account.curveKey().toString()},
                                    {QStringLiteral("ed25519:") + device, account.signingKey().toString()}}}};
    if (bend)
        bend(object);
    return sign(object);
}

void Attacker::publish(const Bend &bend)
{
    server.devices[{user, device}].keys = keys(bend);
    server.announce(user);
}

void Attacker::publishOneTimeKeys(int count)
{
    QVERIFY(account.generateOneTimeKeys(count));
    const auto made = *account.unpublishedOneTimeKeys();
    for (auto it = made.begin(); it != made.end(); ++it) {
        server.devices[{user, device}].oneTimeKeys[QStringLiteral("signed_curve25519:") + it.key()] =
            sign({{QLatin1String("key"), it.value().toString()}});
    }
    account.markKeysAsPublished();
}

void Attacker::open(const Peer &victim)
{
    const QByteArray request = FakeKeyServer::text(
        {{QLatin1String("one_time_keys"),
          QJsonObject{{victim.address.first,
                       QJsonObject{{victim.address.second, QLatin1String("signed_curve25519")}}}}}});
    const QJsonObject found = FakeKeyServer::parse(server.claim(request))[QLatin1String("one_time_keys")]
                                  .toObject()[victim.address.first]
                                  .toObject()[victim.address.second]
                                  .toObject();
    QVERIFY(!found.isEmpty());
    const Curve25519Key key(found.begin().value().toObject()[QLatin1String("key")].toString());
    auto opened = OlmSession::outbound(account, victim.machine->ownKeys().curve, key);
    QVERIFY(opened);
    session = std::move(*opened);
}

QJsonObject Attacker::plaintext(const Peer &victim, const QString &type, const QJsonObject &content) const
{
    return {{QLatin1String("type"), type},
            {QLatin1String("content"), content},
            {QLatin1String("sender"), user},
            {QLatin1String("recipient"), victim.address.first},
            {QLatin1String("recipient_keys"),
             QJsonObject{{QLatin1String("ed25519"), victim.machine->ownKeys().signing.toString()}}},
            {QLatin1String("keys"), QJsonObject{{QLatin1String("ed25519"), account.signingKey().toString()}}},
            {QLatin1String("sender_device_keys"), keys()}};
}

QJsonObject Attacker::envelope(const Peer &victim, const OlmMessage &message) const
{
    return {{QLatin1String("algorithm"), QLatin1String(olmAlgorithm)},
            {QLatin1String("sender_key"), account.curveKey().toString()},
            {QLatin1String("ciphertext"),
             QJsonObject{{victim.machine->ownKeys().curve.toString(),
                          QJsonObject{{QLatin1String("type"), int(message.type)},
                                      {QLatin1String("body"), QString::fromLatin1(message.body)}}}}}};
}

QByteArray Attacker::message(const Peer &victim, const QString &type, const QJsonObject &content,
                             const Bend &bendPlaintext, const Bend &bendEnvelope)
{
    if (!session)
        open(victim);
    QJsonObject inside = plaintext(victim, type, content);
    if (bendPlaintext)
        bendPlaintext(inside);
    const auto encrypted = session->encrypt(FakeKeyServer::text(inside));
    QJsonObject outside = envelope(victim, *encrypted);
    if (bendEnvelope)
        bendEnvelope(outside);
    return FakeKeyServer::event(user, QStringLiteral("m.room.encrypted"), outside);
}

QJsonObject Attacker::roomKey(const RoomId &room, const MegolmOutbound &session)
{
    return {{QLatin1String("algorithm"), QLatin1String(megolmAlgorithm)},
            {QLatin1String("room_id"), room.toString()},
            {QLatin1String("session_id"), session.id().toString()},
            {QLatin1String("session_key"), QString::fromLatin1(session.sessionKey()->view().toByteArray())}};
}

QByteArray Attacker::roomEvent(MegolmOutbound &megolm, const QJsonObject &inside, const QString &eventId,
                               const Bend &bend) const
{
    const auto ciphertext = megolm.encrypt(FakeKeyServer::text(inside));
    QJsonObject event{{QLatin1String("type"), QLatin1String("m.room.encrypted")},
                      {QLatin1String("event_id"), eventId},
                      {QLatin1String("sender"), user},
                      {QLatin1String("origin_server_ts"), 1000},
                      {QLatin1String("content"),
                       QJsonObject{{QLatin1String("algorithm"), QLatin1String(megolmAlgorithm)},
                                   {QLatin1String("session_id"), megolm.id().toString()},
                                   {QLatin1String("ciphertext"), QString::fromLatin1(*ciphertext)}}}};
    if (bend)
        bend(event);
    return FakeKeyServer::text(event);
}

QJsonObject Attacker::roomMessage(const RoomId &room, const QString &body)
{
    return {{QLatin1String("type"), QLatin1String("m.room.message")},
            {QLatin1String("room_id"), room.toString()},
            {QLatin1String("content"), QJsonObject{{QLatin1String("body"), body}}}};
}

} // namespace parvis::crypto
