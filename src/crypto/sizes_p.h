// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis::crypto {

/// Of a key for Curve25519, Ed25519, AES-256 or HMAC-SHA-256.
constexpr qsizetype keyBytes = 32;
/// Of the start value of AES.
constexpr qsizetype ivBytes = 16;

/// Of an identifier: users, devices, rooms, sessions, transactions (specification, appendices 4.2).
constexpr qsizetype maxIdLetters = 255;
/// Of a whole event, decrypted; the specification allows 64 KiB on the wire.
constexpr qsizetype maxEventBytes = 256 * 1024;
/// Of small objects: what an event may have, identity and device keys.
constexpr qsizetype maxObjectBytes = 64 * 1024;

/// Whether this can be an identifier at all.
inline bool isIdSized(const QString &text)
{
    return !text.isEmpty() && text.size() <= maxIdLetters;
}

} // namespace parvis::crypto
