// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/primitives.h"

#include "base/base64.h"
#include "crypto/openssl_p.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

using Point = std::array<unsigned char, 32>;

constexpr qsizetype seedBytes = 32;

// Edwards points of order 1, 2, 4 and 8 in their canonical encodings, without the sign bit. The non-canonical
// encodings of the same points are refused by the test for y < p.
constexpr Point edwardsSmall[] = {
    {0x01},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0x00},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
     0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
};

// Montgomery u-coordinates of low order (RFC 7748, section 7, and its twist). Their encodings above p are
// refused by the test for u < p.
constexpr Point montgomeryLow[] = {
    {0x00},
    {0x01},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
     0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
     0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

// 2^255 - 19 and the order of the base point, little endian.
constexpr Point fieldPrime = {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
constexpr Point groupOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                              0xa2, 0xde, 0xf9, 0xde, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                              0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};

bool lessThan(const Point &a, const Point &b)
{
    return std::lexicographical_compare(a.crbegin(), a.crend(), b.crbegin(), b.crend());
}

Point toPoint(QByteArrayView bytes)
{
    Point point{};
    std::memcpy(point.data(), bytes.data(), point.size());
    return point;
}

OpenSslPtr<EVP_PKEY> signingKey(const Secret &seed)
{
    if (seed.size() != seedBytes)
        return nullptr;
    return OpenSslPtr<EVP_PKEY>(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed.view()), size_t(seedBytes)));
}

} // namespace

QByteArray sha256(QByteArrayView bytes)
{
    QByteArray hash(32, '\0');
    unsigned int size = 0;
    // Only without memory can it fail; a hash that is none must not go on.
    if (EVP_Digest(bytes.data(), size_t(bytes.size()), raw(hash), &size, EVP_sha256(), nullptr) != 1)
        qFatal("SHA-256 failed");
    return hash;
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes)
{
    QByteArray mac(32, '\0');
    unsigned int size = 0;
    // OpenSSL takes a null key for "the one of the last call".
    const unsigned char none = 0;
    if (!HMAC(EVP_sha256(), key.isEmpty() ? &none : raw(key), int(key.size()), raw(bytes),
              size_t(bytes.size()), raw(mac), &size))
        qFatal("HMAC failed");
    return mac;
}

bool constantTimeEqual(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

Result<Secret> hkdfSha256(const Secret &key, QByteArrayView salt, QByteArrayView info, qsizetype size)
{
    constexpr qsizetype most = 255 * 32;
    if (size <= 0 || size > most)
        return badKeySize();
    const OpenSslPtr<EVP_KDF> kdf(EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_HKDF, nullptr));
    const OpenSslPtr<EVP_KDF_CTX> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    if (!context)
        return openSslFailed();
    static constexpr char zeros[32] = {};
    static char sha256Name[] = "SHA256";
    const QByteArrayView saltOrZeros = salt.isEmpty() ? QByteArrayView(zeros, sizeof zeros) : salt;
    const auto octets = [](const char *name, QByteArrayView value) {
        return OSSL_PARAM_construct_octet_string(name, const_cast<char *>(value.data()),
                                                 size_t(value.size()));
    };
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256Name, 0),
        octets(OSSL_KDF_PARAM_KEY, key.view()),
        octets(OSSL_KDF_PARAM_SALT, saltOrZeros),
        octets(OSSL_KDF_PARAM_INFO, info.isNull() ? QByteArrayView("") : info),
        OSSL_PARAM_construct_end(),
    };
    QByteArray bytes(size, '\0');
    const bool derived = EVP_KDF_derive(context.get(), raw(bytes), size_t(size), parameters) == 1;
    Secret secret(bytes);
    wipe(bytes);
    if (!derived)
        return openSslFailed();
    return secret;
}

Result<QByteArray> aes256Ctr(const Secret &key, QByteArrayView iv, QByteArrayView bytes)
{
    if (key.size() != 32 || iv.size() != 16 || bytes.size() > std::numeric_limits<int>::max())
        return badKeySize();
    const OpenSslPtr<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    QByteArray out(bytes.size(), '\0');
    int size = 0;
    if (!context
        || EVP_EncryptInit_ex2(context.get(), EVP_aes_256_ctr(), raw(key.view()), raw(iv), nullptr) != 1
        || (!bytes.isEmpty()
            && EVP_EncryptUpdate(context.get(), raw(out), &size, raw(bytes), int(bytes.size())) != 1)
        || size != bytes.size())
        return openSslFailed();
    return out;
}

Result<QByteArray> ed25519Sign(const Secret &seed, QByteArrayView message)
{
    const auto key = signingKey(seed);
    if (!key)
        return badKeySize();
    const OpenSslPtr<EVP_MD_CTX> context(EVP_MD_CTX_new());
    QByteArray signature(64, '\0');
    size_t size = size_t(signature.size());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), raw(signature), &size, raw(message), size_t(message.size())) != 1)
        return openSslFailed();
    return signature;
}

Result<Ed25519Key> ed25519PublicKey(const Secret &seed)
{
    const auto key = signingKey(seed);
    if (!key)
        return badKeySize();
    QByteArray bytes(32, '\0');
    size_t size = size_t(bytes.size());
    if (EVP_PKEY_get_raw_public_key(key.get(), raw(bytes), &size) != 1)
        return openSslFailed();
    return Ed25519Key(QString::fromLatin1(toBase64(bytes)));
}

QByteArray publicKeyBytes(const QString &base64)
{
    QByteArray text = base64.toUtf8();
    if (text.size() == 44 && text.endsWith('='))
        text.chop(1);
    const auto bytes = fromBase64(text);
    return bytes && bytes->size() == 32 && toBase64(*bytes) == text ? *bytes : QByteArray();
}

bool isSafeEd25519Key(QByteArrayView publicKey)
{
    if (publicKey.size() != 32)
        return false;
    Point y = toPoint(publicKey);
    y[31] &= 0x7f; // the sign of x
    if (!lessThan(y, fieldPrime))
        return false;
    return std::find(std::begin(edwardsSmall), std::end(edwardsSmall), y) == std::end(edwardsSmall);
}

bool isSafeCurve25519Key(QByteArrayView publicKey)
{
    if (publicKey.size() != 32)
        return false;
    const Point u = toPoint(publicKey);
    return lessThan(u, fieldPrime)
        && std::find(std::begin(montgomeryLow), std::end(montgomeryLow), u) == std::end(montgomeryLow);
}

bool isStrictEd25519Form(QByteArrayView publicKey, QByteArrayView signature)
{
    return signature.size() == 64 && isSafeEd25519Key(publicKey) && isSafeEd25519Key(signature.first(32))
        && lessThan(toPoint(signature.last(32)), groupOrder);
}

bool ed25519Verify(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature)
{
    if (!isStrictEd25519Form(publicKey, signature))
        return false;
    const OpenSslPtr<EVP_PKEY> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(publicKey), 32));
    const OpenSslPtr<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), raw(signature), 64, raw(message), size_t(message.size())) == 1;
}

bool ed25519Verify(const Ed25519Key &key, QByteArrayView message, QByteArrayView signatureBase64)
{
    const auto signature = fromBase64(signatureBase64);
    return signature && ed25519Verify(publicKeyBytes(key.toString()), message, *signature);
}

bool isSafeKey(const Ed25519Key &key)
{
    return !key.toString().endsWith(u'=') && isSafeEd25519Key(publicKeyBytes(key.toString()));
}

bool isSafeKey(const Curve25519Key &key)
{
    return !key.toString().endsWith(u'=') && isSafeCurve25519Key(publicKeyBytes(key.toString()));
}

} // namespace parvis::crypto
