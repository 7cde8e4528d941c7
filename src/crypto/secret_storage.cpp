// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/secret_storage.h"

#include "base/base64.h"
#include "base/raw_object.h"
#include "crypto/ciphers.h"
#include "crypto/json_bytes_p.h"
#include "crypto/openssl_p.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr auto storageAlgorithm = "m.secret_storage.v1.aes-hmac-sha2"_L1;
constexpr qsizetype storageMacBytes = 32;
constexpr qsizetype idLetters = 32;
constexpr qsizetype maxSecret = 32'768;
constexpr qsizetype maxSalt = 1024;
constexpr qsizetype maxName = 255;

tl::unexpected<Error> storageRefused(QString code, QString detail = {})
{
    return fail(ErrorKind::Crypto, std::move(code), std::move(detail));
}

tl::unexpected<Error> badStorageData(const char *what)
{
    return storageRefused(u"PARVIS_RECOVERY_BAD_DATA"_s, QLatin1StringView(what));
}

struct SecretKeys {
    Secret encryption;
    Secret mac;
};

Result<SecretKeys> keysFor(const Secret &key, const QString &name)
{
    if (key.size() != keyBytes)
        return badKeySize();
    auto derived = hkdfSha256(key, {}, name.toUtf8(), 2 * keyBytes);
    if (!derived)
        return tl::unexpected(derived.error());
    return SecretKeys{Secret(derived->view().first(keyBytes)), Secret(derived->view().last(keyBytes))};
}

/// @p count letters and digits, all as likely.
Result<QByteArray> randomLetters(qsizetype count)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr unsigned size = sizeof alphabet - 1;
    constexpr unsigned fair = 256 / size * size;
    QByteArray text;
    while (text.size() < count) {
        const Secret random = Secret::random(count);
        if (random.size() != count)
            return openSslFailed();
        for (const char byte : random.view()) {
            const auto value = static_cast<unsigned char>(byte);
            if (value < fair && text.size() < count)
                text += alphabet[value % size];
        }
    }
    return text;
}

Result<EncryptedSecret> encryptUnder(const SecretKeys &keys, const QByteArray &iv, QByteArrayView plaintext)
{
    auto ciphertext = aes256Ctr(keys.encryption, iv, plaintext);
    if (!ciphertext)
        return tl::unexpected(ciphertext.error());
    const QByteArray mac = hmacSha256(keys.mac.view(), *ciphertext);
    return EncryptedSecret{iv, *ciphertext, mac};
}

/// What is checked instead of a secret: so many zeros under no name.
Result<QByteArray> checkMac(const Secret &key, const QByteArray &iv)
{
    return keysFor(key, {}).and_then([&iv](const SecretKeys &keys) {
        return encryptUnder(keys, iv, QByteArray(keyBytes, '\0')).map([](const EncryptedSecret &zeros) {
            return zeros.mac;
        });
    });
}

Result<NewStorageKey> describe(Secret key, std::optional<PassphraseRecipe> passphrase)
{
    const auto id = randomLetters(idLetters);
    auto description = describeStorageKey(key);
    if (!id || !description)
        return id ? tl::unexpected(description.error()) : tl::unexpected(id.error());
    description->passphrase = std::move(passphrase);
    return NewStorageKey{QString::fromLatin1(*id), std::move(key), *std::move(description)};
}

bool isInRange(qint64 rounds)
{
    return rounds >= 1 && rounds <= qint64(maxPassphraseRounds);
}

Result<PassphraseRecipe> parseRecipe(const RawObject &object)
{
    if (object.text(u"algorithm"_s) != "m.pbkdf2"_L1)
        return storageRefused(u"PARVIS_RECOVERY_UNSUPPORTED"_s, u"passphrase"_s);
    if (object.contains(u"bits"_s) && object.integer(u"bits"_s) != keyBytes * 8)
        return storageRefused(u"PARVIS_RECOVERY_UNSUPPORTED"_s, u"bits"_s);
    const auto salt = object.string(u"salt"_s);
    const auto rounds = object.integer(u"iterations"_s);
    if (!salt || salt->isEmpty() || salt->size() > maxSalt || !rounds)
        return badStorageData("passphrase");
    if (!isInRange(*rounds))
        return storageRefused(u"PARVIS_RECOVERY_ROUNDS"_s, QString::number(*rounds));
    return PassphraseRecipe{salt->toUtf8(), quint32(*rounds)};
}

} // namespace

bool PassphraseRecipe::isWeak() const
{
    return rounds < weakPassphraseRounds;
}

Result<StorageKeyDescription> StorageKeyDescription::parse(QByteArrayView json)
{
    const auto object =
        json.size() > maxObjectBytes ? Result<RawObject>(badStorageData("size")) : RawObject::parse(json);
    if (!object)
        return badStorageData("description");
    if (object->text(u"algorithm"_s) != storageAlgorithm)
        return storageRefused(u"PARVIS_RECOVERY_UNSUPPORTED"_s, u"algorithm"_s);
    StorageKeyDescription description;
    description.name = object->text(u"name"_s).left(maxName);
    if (object->contains(u"iv"_s) || object->contains(u"mac"_s)) {
        const auto iv = exactBytesIn(*object, u"iv"_s, ivBytes);
        const auto mac = exactBytesIn(*object, u"mac"_s, storageMacBytes);
        if (!iv || !mac)
            return badStorageData("iv or mac");
        description.iv = *iv;
        description.mac = *mac;
    }
    if (object->contains(u"passphrase"_s)) {
        const auto recipe = parseRecipe(object->object(u"passphrase"_s));
        if (!recipe)
            return tl::unexpected(recipe.error());
        description.passphrase = *recipe;
    }
    return description;
}

QByteArray StorageKeyDescription::toJson() const
{
    QByteArray json = "{\"algorithm\":" + jsonString(storageAlgorithm);
    if (!mac.isEmpty())
        json += ',' + base64Member("iv", iv) + ',' + base64Member("mac", mac);
    if (!name.isEmpty())
        json += ",\"name\":" + jsonString(name);
    if (passphrase)
        json += R"(,"passphrase":{"algorithm":"m.pbkdf2","bits":256,"iterations":)"
            + QByteArray::number(passphrase->rounds)
            + ",\"salt\":" + jsonString(QString::fromUtf8(passphrase->salt)) + '}';
    return json + '}';
}

Result<StorageKeyDescription::Check> StorageKeyDescription::check(const Secret &key) const
{
    if (key.size() != keyBytes)
        return badKeySize();
    if (mac.isEmpty())
        return Check::Unknown;
    return checkMac(key, iv).map(
        [this](const QByteArray &own) { return constantTimeEqual(own, mac) ? Check::Right : Check::Wrong; });
}

Result<StorageKeyDescription> describeStorageKey(const Secret &key)
{
    const auto iv = newCounterIv();
    if (!iv || key.isEmpty())
        return openSslFailed();
    return checkMac(key, *iv).map([&iv](const QByteArray &mac) {
        return StorageKeyDescription{{}, {}, *iv, mac};
    });
}

Result<NewStorageKey> newStorageKey()
{
    return describe(Secret::random(keyBytes), {});
}

Result<NewStorageKey> newStorageKey(QByteArrayView passphrase, quint32 rounds)
{
    if (passphrase.isEmpty())
        return fail(ErrorKind::Usage, u"PARVIS_PASSPHRASE_NEEDED"_s);
    if (rounds < newPassphraseRounds || rounds > maxPassphraseRounds)
        return storageRefused(u"PARVIS_RECOVERY_ROUNDS"_s, QString::number(rounds));
    const auto salt = randomLetters(idLetters);
    if (!salt)
        return tl::unexpected(salt.error());
    const PassphraseRecipe recipe{*salt, rounds};
    auto key = storageKeyFromPassphrase(passphrase, recipe);
    if (!key)
        return tl::unexpected(key.error());
    return describe(std::move(*key), recipe);
}

Result<Secret> storageKeyFromPassphrase(QByteArrayView passphrase, const PassphraseRecipe &recipe)
{
    if (!isInRange(recipe.rounds))
        return storageRefused(u"PARVIS_RECOVERY_ROUNDS"_s, QString::number(recipe.rounds));
    return pbkdf2Sha512(passphrase, recipe.salt, recipe.rounds, keyBytes);
}

Result<EncryptedSecret> EncryptedSecret::find(QByteArrayView content, const QString &keyId)
{
    const auto object = content.size() > maxObjectBytes ? Result<RawObject>(badStorageData("size"))
                                                        : RawObject::parse(content);
    if (!object)
        return badStorageData("secret");
    const RawObject entries = object->object(u"encrypted"_s);
    if (!entries.contains(keyId))
        return fail(ErrorKind::NotFound, u"PARVIS_RECOVERY_NOT_STORED"_s);
    const RawObject entry = entries.object(keyId);
    const auto iv = exactBytesIn(entry, u"iv"_s, ivBytes);
    const auto ciphertext = bytesIn(entry, u"ciphertext"_s, maxSecret);
    const auto mac = exactBytesIn(entry, u"mac"_s, storageMacBytes);
    if (!iv || !ciphertext || !mac)
        return badStorageData("iv, ciphertext or mac");
    return EncryptedSecret{*iv, *ciphertext, *mac};
}

QByteArray EncryptedSecret::toContent(const QString &keyId) const
{
    return "{\"encrypted\":{" + jsonString(keyId) + ":{" + base64Member("ciphertext", ciphertext) + ','
        + base64Member("iv", iv) + ',' + base64Member("mac", mac) + "}}}";
}

Result<EncryptedSecret> encryptSecret(const Secret &key, const QString &name, const Secret &secret)
{
    if (secret.size() > maxSecret)
        return badKeySize();
    const auto keys = keysFor(key, name);
    const auto iv = newCounterIv();
    if (!keys || !iv)
        return tl::unexpected(!keys ? keys.error() : iv.error());
    return encryptUnder(*keys, *iv, secret.view());
}

Result<Secret> decryptSecret(const Secret &key, const QString &name, const EncryptedSecret &stored)
{
    const auto keys = keysFor(key, name);
    if (!keys)
        return tl::unexpected(keys.error());
    if (!constantTimeEqual(hmacSha256(keys->mac.view(), stored.ciphertext), stored.mac))
        return storageRefused(u"PARVIS_RECOVERY_DAMAGED"_s, u"mac"_s);
    auto plaintext = aes256Ctr(keys->encryption, stored.iv, stored.ciphertext);
    if (!plaintext)
        return tl::unexpected(plaintext.error());
    Secret secret(*plaintext);
    wipe(*plaintext);
    return secret;
}

Result<EncryptedSecret> encryptSecretKey(const Secret &key, const QString &name, const Secret &secret)
{
    if (secret.size() != keyBytes)
        return badKeySize();
    QByteArray text = toBase64(secret.view());
    auto encrypted = encryptSecret(key, name, Secret(text));
    wipe(text);
    return encrypted;
}

Result<Secret> decryptSecretKey(const Secret &key, const QString &name, const EncryptedSecret &stored)
{
    const auto text = decryptSecret(key, name, stored);
    if (!text)
        return tl::unexpected(text.error());
    auto secret = secretFromBase64(text->view());
    if (!secret || secret->size() != keyBytes)
        return storageRefused(u"PARVIS_RECOVERY_DAMAGED"_s, u"no key"_s);
    return secret;
}

} // namespace parvis::crypto
