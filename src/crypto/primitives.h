// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>

/// What OpenSSL does for us. Pure functions, any thread.
namespace parvis::crypto {

[[nodiscard]] QByteArray sha256(QByteArrayView bytes);
/// 32 bytes. To be compared by Secret::equals() or constantTimeEqual(), never by ==.
[[nodiscard]] QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes);
[[nodiscard]] bool constantTimeEqual(QByteArrayView a, QByteArrayView b);
/// HKDF (RFC 5869) on SHA-256. An empty salt is 32 zero bytes, as the RFC has it; at most 8160 bytes.
[[nodiscard]] Result<Secret> hkdfSha256(const Secret &key, QByteArrayView salt, QByteArrayView info,
                                        qsizetype size);
/// AES-256 in counter mode, the counter all 128 bits of @p iv: both directions are the same. No integrity:
/// check a MAC or a hash first. PARVIS_BAD_KEY_SIZE unless the key has 32 and the iv 16 bytes.
[[nodiscard]] Result<QByteArray> aes256Ctr(const Secret &key, QByteArrayView iv, QByteArrayView bytes);

/// Strict Ed25519 (RFC 8032, cofactorless): S below the group order, and neither the key nor R non-canonical
/// or of small order. OpenSSL alone takes keys of small order, under which a signature can hold for any
/// message.
[[nodiscard]] bool ed25519Verify(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature);
/// What strictness adds to a verification that works out R and compares its bytes, as libolm's does: the form
/// of the key and of the signature, without a look at any message. Never enough by itself.
[[nodiscard]] bool isStrictEd25519Form(QByteArrayView publicKey, QByteArrayView signature);
/// The same with the key in base64, as ids carry it, and the signature in base64.
[[nodiscard]] bool ed25519Verify(const Ed25519Key &key, QByteArrayView message,
                                 QByteArrayView signatureBase64);

/// The signature (64 bytes) and the public key of a 32-byte seed, as cross-signing keys are stored.
/// PARVIS_BAD_KEY_SIZE for another size.
[[nodiscard]] Result<QByteArray> ed25519Sign(const Secret &seed, QByteArrayView message);
[[nodiscard]] Result<Ed25519Key> ed25519PublicKey(const Secret &seed);

/// The 32 bytes of a public key, from base64 with padding or without; empty for anything else. A key has one
/// spelling: bits beyond its last byte are refused.
[[nodiscard]] QByteArray publicKeyBytes(const QString &base64);

/// 32 bytes that are a canonical point of large order.
[[nodiscard]] bool isSafeEd25519Key(QByteArrayView publicKey);
/// 32 bytes that are a canonical coordinate (below the prime, so without the top bit) and none of the points
/// of low order. A shared secret made with one of those is known to everyone. X25519 takes a second encoding
/// of a key as the same key, so that a message could be altered on its way and still open, as another one.
[[nodiscard]] bool isSafeCurve25519Key(QByteArrayView publicKey);
/// Base64 of 32 safe bytes, without padding.
[[nodiscard]] bool isSafeKey(const Ed25519Key &key);
[[nodiscard]] bool isSafeKey(const Curve25519Key &key);

} // namespace parvis::crypto
