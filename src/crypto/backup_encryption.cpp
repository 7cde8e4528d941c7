// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/backup_encryption.h"

#include "base/raw_object.h"
#include "crypto/ciphers.h"
#include "crypto/json_bytes_p.h"
#include "crypto/key_agreement.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype backupMacBytes = 8;
constexpr qsizetype maxBackupJson = 2 * BackupSessionData::maxCiphertext;

tl::unexpected<Error> badBackupData(const char *what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_BACKUP_DATA"_s, QLatin1StringView(what));
}

struct BackupKeys {
    Secret encryption;
    Secret iv;
    QByteArray mac; ///< of nothing, which is all that this format has
};

Result<BackupKeys> keysFrom(const Secret &privateKey, const Curve25519Key &publicKey)
{
    const auto shared = agreedSecret(privateKey, publicKey);
    if (!shared)
        return tl::unexpected(shared.error());
    const auto derived = hkdfSha256(*shared, {}, {}, 2 * keyBytes + ivBytes);
    if (!derived)
        return tl::unexpected(derived.error());
    return BackupKeys{Secret(derived->view().first(keyBytes)), Secret(derived->view().last(ivBytes)),
                      hmacSha256(derived->view().sliced(keyBytes, keyBytes), {}).first(backupMacBytes)};
}

} // namespace

Result<BackupSessionData> BackupSessionData::parse(QByteArrayView json)
{
    const auto object =
        json.size() > maxBackupJson ? Result<RawObject>(badBackupData("size")) : RawObject::parse(json);
    if (!object)
        return badBackupData("object");
    const auto ephemeral = exactBytesIn(*object, u"ephemeral"_s, keyBytes);
    const auto ciphertext = bytesIn(*object, u"ciphertext"_s, maxCiphertext);
    const auto mac = exactBytesIn(*object, u"mac"_s, backupMacBytes);
    if (!ephemeral || !mac)
        return badBackupData("ephemeral or mac");
    if (!ciphertext || ciphertext->isEmpty() || ciphertext->size() % 16 != 0)
        return badBackupData("ciphertext");
    if (!isSafeCurve25519Key(*ephemeral))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    return BackupSessionData{Curve25519Key(QString::fromLatin1(toBase64(*ephemeral))), *ciphertext, *mac};
}

QByteArray BackupSessionData::toJson() const
{
    return '{' + base64Member("ciphertext", ciphertext) + ",\"ephemeral\":" + jsonString(ephemeral.toString())
        + ',' + base64Member("mac", mac) + '}';
}

Result<Curve25519Key> backupPublicKey(const Secret &privateKey)
{
    return curve25519Pair(privateKey).map([](const Curve25519Pair &pair) { return pair.publicKey; });
}

Result<BackupSessionData> encryptForBackup(const Curve25519Key &publicKey, const Secret &plaintext)
{
    return encryptForBackup(publicKey, plaintext, Secret::random(keyBytes));
}

Result<BackupSessionData> encryptForBackup(const Curve25519Key &publicKey, const Secret &plaintext,
                                           const Secret &ephemeral)
{
    if (plaintext.size() >= BackupSessionData::maxCiphertext)
        return badBackupData("size");
    const auto pair = curve25519Pair(ephemeral);
    if (!pair)
        return tl::unexpected(pair.error());
    const auto keys = keysFrom(ephemeral, publicKey);
    if (!keys)
        return tl::unexpected(keys.error());
    const auto ciphertext = aes256CbcEncrypt(keys->encryption, keys->iv.view(), plaintext.view());
    if (!ciphertext)
        return tl::unexpected(ciphertext.error());
    return BackupSessionData{pair->publicKey, *ciphertext, keys->mac};
}

Result<Secret> decryptFromBackup(const Secret &privateKey, const BackupSessionData &data)
{
    const auto keys = keysFrom(privateKey, data.ephemeral);
    if (!keys)
        return tl::unexpected(keys.error());
    if (!constantTimeEqual(keys->mac, data.mac))
        return fail(ErrorKind::Crypto, u"PARVIS_BACKUP_OTHER_KEY"_s);
    auto plaintext = aes256CbcDecrypt(keys->encryption, keys->iv.view(), data.ciphertext);
    if (!plaintext)
        return badBackupData("padding");
    return plaintext;
}

} // namespace parvis::crypto
