// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"
#include "crypto/backup_versions_p.h"
#include "crypto/cross_signing_p.h"
#include "crypto/secrets_p.h"
#include "crypto/sizes_p.h"
#include "crypto/storage_setup_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype newIdLetters = 32;
constexpr char replacing = 'r';
constexpr char first = 'n';

QString rowName()
{
    return u"new:m.secret_storage"_s;
}

Result<Secret> secretFor(CryptoStep &step, const QString &name)
{
    Secret secret = readSecret(step, name);
    if (secret.isEmpty())
        return fail(ErrorKind::NotFound, u"PARVIS_RECOVERY_NOT_STORED"_s, name);
    return secret;
}

Result<AccountDataWrite> writeOf(CryptoStep &step, const QString &name, const QString &storage,
                                 const Secret &key)
{
    return secretFor(step, name)
        .and_then([&](const Secret &secret) { return encryptSecretKey(key, name, secret); })
        .map([&](const EncryptedSecret &secret) {
            return AccountDataWrite{name, secret.toContent(storage)};
        });
}

/// What others read as the person's will to have a backup.
AccountDataWrite backupWanted()
{
    return {u"m.key_backup"_s, "{\"enabled\":true}"};
}

} // namespace

StorageSetup storageSetup(CryptoStep &step)
{
    const Secret row = readSecret(step, rowName());
    if (row.size() != 1 + newIdLetters + keyBytes)
        return {};
    return {QString::fromLatin1(row.view().sliced(1, newIdLetters)), Secret(row.view().last(keyBytes)),
            row.view().front() == replacing};
}

Result<StorageSetup> beginStorageSetup(CryptoStep &step, bool replaces)
{
    StorageSetup setup = storageSetup(step);
    if (setup.isBegun() && setup.replaces == replaces)
        return setup;
    if (!setup.isBegun()) {
        auto made = newStorageKey();
        if (!made)
            return tl::unexpected(made.error());
        setup.id = made->id;
        setup.key = std::move(made->key);
    }
    setup.replaces = replaces;
    QByteArray row(1, replaces ? replacing : first);
    row.reserve(1 + newIdLetters + keyBytes); // no copy of the key is left behind by growing
    row += setup.id.toLatin1();
    row.append(setup.key.view().data(), setup.key.size());
    auto kept = writeSecret(step, rowName(), Secret(row));
    wipe(row);
    if (!kept)
        return tl::unexpected(kept.error());
    return setup;
}

Result<void> endStorageSetup(CryptoStep &step)
{
    return writeSecret(step, rowName(), {});
}

Result<QList<AccountDataWrite>> storageWrites(CryptoStep &step, const StorageSetup &setup, bool backup)
{
    const auto description = describeStorageKey(setup.key);
    if (!description)
        return tl::unexpected(description.error());
    QList<AccountDataWrite> writes{{u"m.secret_storage.key."_s + setup.id, description->toJson()}};
    QStringList names{secretName(CrossSigningRole::Master), secretName(CrossSigningRole::SelfSigning),
                      secretName(CrossSigningRole::UserSigning)};
    if (backup)
        names.append(QString::fromLatin1(BackupVersions::secretName));
    for (const QString &name : std::as_const(names)) {
        const auto write = writeOf(step, name, setup.id, setup.key);
        if (!write)
            return tl::unexpected(write.error());
        writes.append(*write);
    }
    if (backup)
        writes.append(backupWanted());
    writes.append({u"m.secret_storage.default_key"_s, "{\"key\":" + jsonString(setup.id) + '}'});
    return writes;
}

Result<QList<AccountDataWrite>> backupWrites(CryptoStep &step, const QString &storage, const Secret &key,
                                             bool made)
{
    return writeOf(step, QString::fromLatin1(BackupVersions::secretName), storage, key)
        .map([&](const AccountDataWrite &write) {
            QList<AccountDataWrite> writes{write};
            if (made)
                writes.append(backupWanted());
            return writes;
        });
}

} // namespace parvis::crypto
