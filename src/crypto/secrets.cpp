// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/primitives.h"
#include "crypto/secrets_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype keySize = 32;
constexpr qsizetype ivSize = 16;
constexpr qsizetype macSize = 32;

/// An AES key and a MAC key for one name.
Result<std::pair<Secret, Secret>> secretKeysFor(const Secret &pickleKey, const QString &name)
{
    return hkdfSha256(pickleKey, {}, "Parvis secret " + name.toUtf8(), 2 * keySize)
        .map([](const Secret &both) {
            return std::pair(Secret(both.view().first(keySize)), Secret(both.view().sliced(keySize)));
        });
}

Result<Secret> opened(const Secret &pickleKey, const SecretRecord &record)
{
    const auto damaged = [&] { return fail(ErrorKind::Storage, u"PARVIS_KEYS_DAMAGED"_s, record.name); };
    if (record.sealed.size() < ivSize + macSize)
        return damaged();
    const auto keys = secretKeysFor(pickleKey, record.name);
    if (!keys)
        return tl::unexpected(keys.error());
    const QByteArray body = record.sealed.chopped(macSize);
    if (!constantTimeEqual(hmacSha256(keys->second.view(), body), record.sealed.last(macSize)))
        return damaged();
    auto plain = aes256Ctr(keys->first, body.first(ivSize), body.sliced(ivSize));
    if (!plain)
        return tl::unexpected(plain.error());
    Secret secret(*plain);
    wipe(*plain);
    return secret;
}

/// A row that does not open is worth nothing and must stop nothing: it is kept under another name, for
/// whoever looks into it, and the secret counts as one that was never here.
void setAside(CryptoStep &step, const SecretRecord &damaged)
{
    step.noteForLater({CryptoNote::Kind::SecretDamaged, step.own().user, step.own().device, damaged.name});
    const QString name = u"damaged:"_s + damaged.name;
    step.changes.secrets.removeIf(
        [&](const SecretRecord &row) { return row.name == damaged.name || row.name == name; });
    step.changes.secrets.append({.name = name, .sealed = damaged.sealed});
    step.changes.secrets.append({.name = damaged.name});
}

} // namespace

Secret readSecret(CryptoStep &step, const QString &name)
{
    std::optional<SecretRecord> record;
    for (const SecretRecord &changed : std::as_const(step.changes.secrets)) {
        if (changed.name == name)
            record = changed;
    }
    if (!record)
        record = step.failure.take(step.store().secret(name));
    if (!record || record->sealed.isEmpty())
        return {};
    auto secret = opened(step.pickleKey(), *record);
    if (!secret)
        setAside(step, *record);
    return secret ? *std::move(secret) : Secret();
}

Result<void> writeSecret(CryptoStep &step, const QString &name, const Secret &secret)
{
    SecretRecord record{.name = name};
    if (!secret.isEmpty()) {
        const auto keys = secretKeysFor(step.pickleKey(), name);
        const Secret iv = Secret::random(ivSize);
        if (!keys || iv.isEmpty())
            return keys ? fail(ErrorKind::Crypto, u"PARVIS_OLM_RANDOM"_s) : tl::unexpected(keys.error());
        const auto cipher = aes256Ctr(keys->first, iv.view(), secret.view());
        if (!cipher)
            return tl::unexpected(cipher.error());
        const QByteArray body = iv.view().toByteArray() + *cipher;
        record.sealed = body + hmacSha256(keys->second.view(), body);
    }
    step.changes.secrets.removeIf([&](const SecretRecord &row) { return row.name == name; });
    step.changes.secrets.append(record);
    return {};
}

} // namespace parvis::crypto
