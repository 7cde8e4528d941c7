// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/ciphers.h"

#include <QByteArray>
#include <QtEndian>

/// \file
/// What reader and writer of key files share: version, salt, iv, rounds, ciphertext, MAC of all before. Not
/// for the rest of the module.
namespace parvis::crypto {

constexpr char keyExportVersion = 1;
constexpr qsizetype keyExportPrefixBytes = 1 + 16 + 16 + 4;
constexpr qsizetype keyExportMacBytes = 32;

struct KeyExportPrefix {
    QByteArray bytes;

    [[nodiscard]] QByteArrayView salt() const { return QByteArrayView(bytes).sliced(1, 16); }
    [[nodiscard]] QByteArrayView iv() const { return QByteArrayView(bytes).sliced(17, 16); }
    [[nodiscard]] quint32 rounds() const { return qFromBigEndian<quint32>(bytes.constData() + 33); }
};

struct KeyExportKeys {
    Secret encryption;
    Secret mac;
};

[[nodiscard]] inline Result<KeyExportKeys> keyExportKeys(QByteArrayView passphrase,
                                                         const KeyExportPrefix &prefix)
{
    return pbkdf2Sha512(passphrase, prefix.salt(), prefix.rounds(), 64).map([](const Secret &both) {
        return KeyExportKeys{Secret(both.view().first(32)), Secret(both.view().last(32))};
    });
}

} // namespace parvis::crypto
