// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_agreement.h"

#include "base/base64.h"
#include "crypto/openssl_p.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

OpenSslPtr<EVP_PKEY> fromPrivate(const Secret &key)
{
    if (key.size() != keyBytes)
        return nullptr;
    return OpenSslPtr<EVP_PKEY>(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, raw(key.view()), size_t(keyBytes)));
}

} // namespace

Result<Curve25519Pair> newCurve25519Pair()
{
    return curve25519Pair(Secret::random(keyBytes));
}

Result<Curve25519Pair> curve25519Pair(const Secret &privateKey)
{
    const auto key = fromPrivate(privateKey);
    if (!key)
        return badKeySize();
    QByteArray bytes(keyBytes, '\0');
    size_t size = size_t(bytes.size());
    if (EVP_PKEY_get_raw_public_key(key.get(), raw(bytes), &size) != 1)
        return openSslFailed();
    return Curve25519Pair{privateKey.clone(), Curve25519Key(QString::fromLatin1(toBase64(bytes)))};
}

Result<Secret> agreedSecret(const Secret &privateKey, const Curve25519Key &theirs)
{
    const auto own = fromPrivate(privateKey);
    if (!own)
        return badKeySize();
    const QByteArray bytes = publicKeyBytes(theirs.toString());
    if (!isSafeCurve25519Key(bytes))
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    const OpenSslPtr<EVP_PKEY> other(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, raw(bytes), size_t(bytes.size())));
    const OpenSslPtr<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(own.get(), nullptr));
    QByteArray shared(keyBytes, '\0');
    size_t size = size_t(shared.size());
    const bool derived = other && context && EVP_PKEY_derive_init(context.get()) == 1
        && EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1
        && EVP_PKEY_derive(context.get(), raw(shared), &size) == 1 && size == size_t(keyBytes);
    // OpenSSL refuses the point at infinity, too: this is a second lock on the same door.
    char seen = 0;
    for (const char byte : std::as_const(shared))
        seen = char(seen | byte);
    Secret secret(shared);
    wipe(shared);
    if (!derived)
        return openSslFailed();
    if (seen == 0)
        return fail(ErrorKind::Crypto, u"PARVIS_UNSAFE_KEY"_s);
    return secret;
}

} // namespace parvis::crypto
