// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/key_file.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr int fileVersion = 1;
constexpr qsizetype saltBytes = 16;

QString wordOf(Lock lock)
{
    switch (lock) {
    case Lock::Keychain:
        return u"keychain"_s;
    case Lock::KeychainAndPassphrase:
        return u"keychain+passphrase"_s;
    case Lock::Passphrase:
        return u"passphrase"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<Lock> lockOf(const QString &word)
{
    for (const Lock lock : {Lock::Keychain, Lock::KeychainAndPassphrase, Lock::Passphrase}) {
        if (wordOf(lock) == word)
            return lock;
    }
    return std::nullopt;
}

QString encoded(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

/// Empty for anything but base64.
QByteArray decoded(const QJsonValue &value)
{
    const auto bytes =
        QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? *bytes : QByteArray();
}

quint32 numberOf(const QJsonValue &value)
{
    return quint32(qMax(value.toInt(), 0));
}

tl::unexpected<Error> damaged()
{
    return fail(ErrorKind::Storage, u"PARVIS_STORE_DAMAGED"_s, u"key.json"_s);
}

QJsonObject toObject(const Argon2Parameters &parameters)
{
    return {{u"kind"_s, u"argon2id"_s},
            {u"memory_kib"_s, qint64(parameters.memoryKib)},
            {u"passes"_s, qint64(parameters.passes)},
            {u"lanes"_s, qint64(parameters.lanes)},
            {u"salt"_s, encoded(parameters.salt)}};
}

/// Everything that is said about the key in clear, so that none of it can be changed unseen.
QByteArray associatedData(const KeyFile &file, const UserId &user)
{
    QJsonObject data{{u"version"_s, fileVersion},
                     {u"user_id"_s, user.toString()},
                     {u"lock"_s, wordOf(file.lock)},
                     {u"salt"_s, encoded(file.salt)}};
    if (file.argon2)
        data[u"passphrase"_s] = toObject(*file.argon2);
    return QJsonDocument(data).toJson(QJsonDocument::Compact); // QJsonObject sorts its keys
}

Result<Secret> wrappingKey(const KeyFile &file, const Openers &openers)
{
    QByteArray joined;
    joined.reserve(2 * keyBytes); // so that no half of it is left behind by growing
    if (needsKeychain(file.lock))
        joined.append(openers.vaultKey.view());
    if (needsPassphrase(file.lock))
        joined.append(openers.stretched.view());
    const qsizetype expected = (file.lock == Lock::KeychainAndPassphrase ? 2 : 1) * keyBytes;
    const bool complete = joined.size() == expected;
    const Secret input(joined);
    wipe(joined);
    if (!complete)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_WRONG_KEY"_s, u"a key of another size"_s);
    return deriveKey(input, file.salt, "parvis 1 master wrapping key");
}

} // namespace

Result<KeyFile> KeyFile::parse(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const int found = root["version"_L1].toInt();
    if (found > fileVersion)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_NEWER"_s, u"key.json"_s);
    const auto lock = lockOf(root["lock"_L1].toString());
    if (found != fileVersion || !lock)
        return damaged();

    KeyFile file;
    file.lock = *lock;
    file.salt = decoded(root["salt"_L1]);
    const QJsonObject master = root["master"_L1].toObject();
    file.master = {decoded(master["nonce"_L1]), decoded(master["ciphertext"_L1]), decoded(master["tag"_L1])};
    if (needsPassphrase(*lock)) {
        const QJsonObject passphrase = root["passphrase"_L1].toObject();
        file.argon2 =
            Argon2Parameters{numberOf(passphrase["memory_kib"_L1]), numberOf(passphrase["passes"_L1]),
                             numberOf(passphrase["lanes"_L1]), decoded(passphrase["salt"_L1])};
    }
    if (file.salt.size() != saltBytes || file.master.ciphertext.size() != keyBytes
        || (file.argon2 && !file.argon2->isSane()))
        return damaged();
    return file;
}

QByteArray KeyFile::toJson() const
{
    QJsonObject root{{u"version"_s, fileVersion},
                     {u"lock"_s, wordOf(lock)},
                     {u"salt"_s, encoded(salt)},
                     {u"master"_s,
                      QJsonObject{{u"cipher"_s, u"aes-256-gcm"_s},
                                  {u"nonce"_s, encoded(master.nonce)},
                                  {u"ciphertext"_s, encoded(master.ciphertext)},
                                  {u"tag"_s, encoded(master.tag)}}}};
    if (argon2)
        root[u"passphrase"_s] = toObject(*argon2);
    return QJsonDocument(root).toJson();
}

Result<KeyFile> wrapMaster(const Secret &master, const UserId &user, Lock lock, const Openers &openers,
                           std::optional<Argon2Parameters> argon2)
{
    Q_ASSERT(argon2.has_value() == needsPassphrase(lock));
    KeyFile file;
    file.lock = lock;
    file.argon2 = std::move(argon2);
    file.salt = Secret::random(saltBytes).view().toByteArray();
    const auto key = wrappingKey(file, openers);
    if (!key)
        return tl::unexpected(key.error());
    auto sealed = seal(master, *key, associatedData(file, user));
    if (!sealed)
        return tl::unexpected(sealed.error());
    file.master = *std::move(sealed);
    return file;
}

Result<Secret> unwrapMaster(const KeyFile &file, const UserId &user, const Openers &openers)
{
    const auto key = wrappingKey(file, openers);
    if (!key)
        return tl::unexpected(key.error());
    auto master = unseal(file.master, *key, associatedData(file, user));
    if (!master && needsPassphrase(file.lock))
        return fail(ErrorKind::Auth, u"PARVIS_WRONG_PASSPHRASE"_s);
    return master;
}

Result<AccountKeys> AccountKeys::derive(const Secret &master)
{
    AccountKeys keys;
    struct Purpose {
        Secret &key;
        const char *info;
    };
    for (const Purpose &purpose :
         {Purpose{keys.keysDatabase, "parvis 1 keys.db"}, Purpose{keys.cacheDatabase, "parvis 1 cache.db"},
          Purpose{keys.pickles, "parvis 1 pickles"}, Purpose{keys.media, "parvis 1 media"}}) {
        auto derived = deriveKey(master, {}, purpose.info);
        if (!derived)
            return tl::unexpected(derived.error());
        purpose.key = *std::move(derived);
    }
    return keys;
}

AccountKeys AccountKeys::clone() const
{
    return {keysDatabase.clone(), cacheDatabase.clone(), pickles.clone(), media.clone()};
}

} // namespace parvis::session
