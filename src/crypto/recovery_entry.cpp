// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_entry.h"

#include "crypto/cross_signing_keys.h"
#include "crypto/recovery_key.h"
#include "crypto/secret_storage.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

QString backupName()
{
    return u"m.megolm_backup.v1"_s;
}

Result<Secret> storageKey(const TypedRecovery &typed, const StorageKeyDescription &description)
{
    if (!typed.recoveryKey.isEmpty())
        return decodeRecoveryKey(typed.recoveryKey.view());
    if (typed.passphrase.isEmpty())
        return fail(ErrorKind::Usage, u"PARVIS_RECOVERY_KEY_NEEDED"_s);
    if (!description.passphrase) {
        // It can only be the key then, whatever it looked like: in small letters, with dashes, a part of it.
        auto key = decodeRecoveryKey(typed.passphrase.view());
        const bool meant = key || key.error().code == "PARVIS_RECOVERY_KEY_TYPO"_L1;
        return meant ? std::move(key) : fail(ErrorKind::Crypto, u"PARVIS_RECOVERY_NO_PASSPHRASE"_s);
    }
    return storageKeyFromPassphrase(typed.passphrase.view(), *description.passphrase);
}

/// Empty where it is not stored.
Result<Secret> secretNamed(const QString &name, const Secret &key, const StoredRecovery &stored)
{
    const auto encrypted = EncryptedSecret::find(stored.secrets.value(name, "{}"), stored.keyId);
    if (encrypted)
        return decryptSecretKey(key, name, *encrypted);
    if (encrypted.error().kind == ErrorKind::NotFound)
        return Secret();
    return tl::unexpected(encrypted.error());
}

} // namespace

QStringList recoverySecretNames()
{
    return {secretName(CrossSigningRole::Master), secretName(CrossSigningRole::SelfSigning),
            secretName(CrossSigningRole::UserSigning), backupName()};
}

Result<RecoveredSecrets> openRecovery(const TypedRecovery &typed, const StoredRecovery &stored)
{
    const auto description = StorageKeyDescription::parse(stored.description);
    if (!description)
        return tl::unexpected(description.error());
    const auto key = storageKey(typed, *description);
    if (!key)
        return tl::unexpected(key.error());
    const auto check = description->check(*key);
    if (!check)
        return tl::unexpected(check.error());
    if (*check == StorageKeyDescription::Check::Wrong)
        return fail(ErrorKind::Crypto, u"PARVIS_RECOVERY_WRONG_KEY"_s);
    RecoveredSecrets secrets;
    secrets.storageKey = stored.keyId;
    secrets.storage = key->clone();
    const std::pair<CrossSigningRole, Secret &> places[] = {
        {CrossSigningRole::Master, secrets.master},
        {CrossSigningRole::SelfSigning, secrets.selfSigning},
        {CrossSigningRole::UserSigning, secrets.userSigning}};
    for (const auto &[role, place] : places) {
        auto secret = secretNamed(secretName(role), *key, stored);
        if (!secret)
            return tl::unexpected(secret.error());
        place = *std::move(secret);
    }
    if (secrets.master.isEmpty())
        return fail(ErrorKind::NotFound, u"PARVIS_RECOVERY_NOT_STORED"_s,
                    secretName(CrossSigningRole::Master));
    if (auto backup = secretNamed(backupName(), *key, stored))
        secrets.backup = *std::move(backup);
    return secrets;
}

} // namespace parvis::crypto
