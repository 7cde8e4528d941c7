// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto_functions.h"

#include "base/base64.h"
#include "crypto/backup_encryption.h"
#include "crypto/megolm_inbound.h"
#include "crypto/recovery_key.h"
#include "crypto/sas.h"
#include "crypto/sas_emoji.h"
#include "crypto/secret_storage.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

Result<Secret> secretIn(const QJsonObject &input, QLatin1StringView name)
{
    return secretFromBase64(input[name].toString().toUtf8());
}

QJsonValue one(QLatin1StringView name, QByteArrayView text)
{
    return QJsonObject{{name, QString::fromUtf8(text)}};
}

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

Result<QJsonValue> recoveryKeyEncode(const QJsonObject &input)
{
    return secretIn(input, "key_base64"_L1).and_then(crypto::encodeRecoveryKey).map([](const Secret &text) {
        return one("text"_L1, text.view());
    });
}

Result<QJsonValue> recoveryKeyDecode(const QJsonObject &input)
{
    return crypto::decodeRecoveryKey(input["text"_L1].toString().toUtf8()).map([](const Secret &key) {
        return one("key_base64"_L1, toBase64(key.view()));
    });
}

Result<QJsonValue> pkEncrypt(const QJsonObject &input)
{
    const Curve25519Key key(input["public_key"_L1].toString());
    const Secret plaintext(input["plaintext"_L1].toString().toUtf8());
    const auto data = input.contains("ephemeral_private"_L1)
        ? secretIn(input, "ephemeral_private"_L1).and_then([&](const Secret &ephemeral) {
              return crypto::encryptForBackup(key, plaintext, ephemeral);
          })
        : crypto::encryptForBackup(key, plaintext);
    return data.map(
        [](const crypto::BackupSessionData &made) { return QJsonValue(objectOf(made.toJson())); });
}

Result<QJsonValue> pkDecrypt(const QJsonObject &input)
{
    const auto key = secretIn(input, "private_key"_L1);
    if (!key)
        return tl::unexpected(key.error());
    return crypto::BackupSessionData::parse(QJsonDocument(input).toJson(QJsonDocument::Compact))
        .and_then(
            [&key](const crypto::BackupSessionData &data) { return crypto::decryptFromBackup(*key, data); })
        .map([](const Secret &plaintext) { return one("plaintext"_L1, plaintext.view()); });
}

crypto::SasParty party(const QJsonValue &value)
{
    return {UserId(value["user"_L1].toString()), DeviceId(value["device"_L1].toString()),
            Curve25519Key(value["public"_L1].toString())};
}

/// As fields, or all in one as the specification joins them.
crypto::SasParties partiesIn(const QJsonObject &input)
{
    const QStringList parts = input["info"_L1].toString().split(u'|');
    if (parts.size() != 8)
        return {party(input["starter"_L1]), party(input["accepter"_L1]),
                input["transaction_id"_L1].toString()};
    return {{UserId(parts.at(1)), DeviceId(parts.at(2)), Curve25519Key(parts.at(3))},
            {UserId(parts.at(4)), DeviceId(parts.at(5)), Curve25519Key(parts.at(6))},
            parts.at(7)};
}

Result<QJsonValue> sasBytes(const QJsonObject &input)
{
    const auto shared = secretIn(input, "shared_secret_base64"_L1);
    if (!shared)
        return tl::unexpected(shared.error());
    return crypto::sasBytes(*shared, partiesIn(input)).map([](const QByteArray &bytes) {
        QJsonArray emojis;
        for (const int index : crypto::sasEmojis(bytes)) {
            const auto emoji = crypto::sasEmoji(index);
            emojis += QJsonObject{{"index"_L1, index},
                                  {"symbol"_L1, emoji.symbol},
                                  {"name"_L1, emoji.english},
                                  {"name_fr"_L1, emoji.french}};
        }
        QJsonArray decimals;
        for (const int decimal : crypto::sasDecimals(bytes))
            decimals += decimal;
        return QJsonValue(QJsonObject{{"emoji"_L1, emojis}, {"decimal"_L1, decimals}});
    });
}

Result<QJsonValue> sasMacs(const QJsonObject &input)
{
    const auto shared = secretIn(input, "shared_secret_base64"_L1);
    if (!shared)
        return tl::unexpected(shared.error());
    const auto sender = party(input["sender"_L1]);
    const auto receiver = party(input["receiver"_L1]);
    QMap<QString, QString> keys;
    const QJsonObject given = input["keys"_L1].toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        keys.insert(it.key(), it->toString());
    const crypto::SasMacContext context{sender.user, sender.device, receiver.user, receiver.device,
                                        input["transaction_id"_L1].toString()};
    return crypto::sasMacs(*shared, context, keys).map([](const crypto::SasMacs &macs) {
        QJsonObject mac;
        for (auto it = macs.keys.cbegin(); it != macs.keys.cend(); ++it)
            mac[it.key()] = QString::fromLatin1(*it);
        return QJsonValue(QJsonObject{{"mac"_L1, mac}, {"keys"_L1, QString::fromLatin1(macs.list)}});
    });
}

/// With a key as it is sent, or as it is exported.
Result<QJsonValue> megolmRead(const QJsonObject &input)
{
    const QByteArray key = input["session_key"_L1].toString().toUtf8();
    auto session = crypto::MegolmInbound::fromSessionKey(key);
    if (!session && session.error().code == u"PARVIS_MEGOLM_BAD_KEY"_s)
        session = crypto::MegolmInbound::fromExport(key);
    return session
        .and_then([&](const crypto::MegolmInbound &opened) {
            return opened.decrypt(input["ciphertext"_L1].toString().toUtf8());
        })
        .map([](const crypto::MegolmInbound::Decrypted &read) {
            return QJsonValue(QJsonObject{{"plaintext"_L1, QString::fromUtf8(read.plaintext)},
                                          {"index"_L1, qint64(read.index)}});
        });
}

Result<QJsonValue> secretEncrypt(const QJsonObject &input)
{
    const auto key = secretIn(input, "key_base64"_L1);
    if (!key)
        return tl::unexpected(key.error());
    return crypto::encryptSecret(*key, input["name"_L1].toString(),
                                 Secret(input["secret"_L1].toString().toUtf8()))
        .map([](const crypto::EncryptedSecret &made) {
            return objectOf(made.toContent(u"key"_s))["encrypted"_L1]["key"_L1];
        });
}

Result<QJsonValue> secretDecrypt(const QJsonObject &input)
{
    const auto key = secretIn(input, "key_base64"_L1);
    if (!key)
        return tl::unexpected(key.error());
    const QJsonObject content{{"encrypted"_L1, QJsonObject{{"key"_L1, input["encrypted"_L1]}}}};
    return crypto::EncryptedSecret::find(QJsonDocument(content).toJson(QJsonDocument::Compact), u"key"_s)
        .and_then([&](const crypto::EncryptedSecret &stored) {
            return crypto::decryptSecret(*key, input["name"_L1].toString(), stored);
        })
        .map([](const Secret &secret) { return one("secret"_L1, secret.view()); });
}

} // namespace

const QHash<QString, PureFunction> &cryptoFunctions()
{
    static const QHash<QString, PureFunction> all{{u"recovery_key_encode"_s, recoveryKeyEncode},
                                                  {u"recovery_key_decode"_s, recoveryKeyDecode},
                                                  {u"pk_encrypt"_s, pkEncrypt},
                                                  {u"pk_decrypt"_s, pkDecrypt},
                                                  {u"sas_bytes"_s, sasBytes},
                                                  {u"sas_macs"_s, sasMacs},
                                                  {u"megolm_read"_s, megolmRead},
                                                  {u"secret_encrypt"_s, secretEncrypt},
                                                  {u"secret_decrypt"_s, secretDecrypt}};
    return all;
}

} // namespace parvis::driver
