// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/page_check_p.h"

#include <QFile>
#include <QtEndian>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace parvis::store {

namespace {

// The file format of SQLCipher 4: salt in the first 16 bytes; each page ends in an initialisation vector and
// HMAC-SHA512(page without the code, page number as 4 bytes, little-endian).
constexpr qsizetype pageBytes = 4096;
constexpr qsizetype codeBytes = 64;
constexpr qsizetype saltBytes = 16;
constexpr quint32 maxPages = 64;

Secret hmacKey(const Secret &key, QByteArray salt)
{
    for (char &byte : salt)
        byte = char(byte ^ 0x3a);
    unsigned char derived[32];
    const int ok = PKCS5_PBKDF2_HMAC(key.view().data(), int(key.size()),
                                     reinterpret_cast<const unsigned char *>(salt.constData()),
                                     int(salt.size()), 2, EVP_sha512(), sizeof derived, derived);
    Secret secret =
        ok == 1 ? Secret(QByteArrayView(reinterpret_cast<const char *>(derived), sizeof derived)) : Secret();
    OPENSSL_cleanse(derived, sizeof derived);
    return secret;
}

bool authenticates(const QByteArray &page, quint32 number, const Secret &key)
{
    QByteArray covered = page.left(pageBytes - codeBytes);
    const quint32 ending = qToLittleEndian(number);
    covered.append(reinterpret_cast<const char *>(&ending), sizeof ending);
    unsigned char code[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!HMAC(EVP_sha512(), key.view().data(), int(key.size()),
              reinterpret_cast<const unsigned char *>(covered.constData()), size_t(covered.size()), code,
              &size))
        return false;
    return size == codeBytes && CRYPTO_memcmp(code, page.constData() + pageBytes - codeBytes, codeBytes) == 0;
}

} // namespace

bool anyPageAuthenticates(const QString &path, const Secret &key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    if (file.size() % pageBytes != 0)
        return true;
    const QByteArray first = file.read(pageBytes);
    const Secret derived = hmacKey(key, first.left(saltBytes));
    for (quint32 number = 2; number <= maxPages; ++number) {
        const QByteArray page = file.read(pageBytes);
        if (page.size() != pageBytes)
            return false;
        if (authenticates(page, number, derived))
            return true;
    }
    return false;
}

} // namespace parvis::store
