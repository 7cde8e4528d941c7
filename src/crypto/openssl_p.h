// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>

/// \file
/// Owners of OpenSSL's objects, and its idea of bytes. Not for the rest of the module.
namespace parvis::crypto {

struct FreeOpenSsl {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_KDF *kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX *context) const { EVP_KDF_CTX_free(context); }
    void operator()(EVP_MAC *mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX *context) const { EVP_MAC_CTX_free(context); }
};
template <typename T>
using OpenSslPtr = std::unique_ptr<T, FreeOpenSsl>;

inline const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

inline unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

inline tl::unexpected<Error> badKeySize()
{
    return fail(ErrorKind::Crypto, QStringLiteral("PARVIS_BAD_KEY_SIZE"));
}

inline tl::unexpected<Error> openSslFailed()
{
    return fail(ErrorKind::Crypto, QStringLiteral("PARVIS_OPENSSL"));
}

} // namespace parvis::crypto
