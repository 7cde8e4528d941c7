// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/ciphers.h"

#include "crypto/openssl_p.h"
#include "crypto/sizes_p.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <limits>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype blockBytes = 16;
constexpr qsizetype maxPiece = std::numeric_limits<int>::max() - blockBytes;

} // namespace

struct CtrStream::Private {
    OpenSslPtr<EVP_CIPHER_CTX> context;
};

CtrStream::CtrStream(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
CtrStream::CtrStream(CtrStream &&) noexcept = default;
CtrStream &CtrStream::operator=(CtrStream &&) noexcept = default;
CtrStream::~CtrStream() = default;

Result<CtrStream> CtrStream::start(const Secret &key, QByteArrayView iv)
{
    if (key.size() != keyBytes || iv.size() != blockBytes)
        return badKeySize();
    auto p = std::make_unique<Private>();
    p->context.reset(EVP_CIPHER_CTX_new());
    if (!p->context
        || EVP_EncryptInit_ex2(p->context.get(), EVP_aes_256_ctr(), raw(key.view()), raw(iv), nullptr) != 1)
        return openSslFailed();
    return CtrStream(std::move(p));
}

Result<void> CtrStream::apply(QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    int size = 0;
    if (bytes.size() > maxPiece
        || EVP_EncryptUpdate(m_p->context.get(), raw(bytes), &size, raw(bytes), int(bytes.size())) != 1
        || size != bytes.size())
        return openSslFailed();
    return {};
}

Result<QByteArray> newCounterIv()
{
    const Secret random = Secret::random(blockBytes);
    if (random.size() != blockBytes)
        return openSslFailed();
    QByteArray iv = random.view().toByteArray();
    iv[8] = char(iv[8] & 0x7f);
    return iv;
}

struct Sha256Stream::Private {
    OpenSslPtr<EVP_MD_CTX> context;
};

// Only without memory can hashing fail; a hash that is none must not go on.
Sha256Stream::Sha256Stream() : m_p(std::make_unique<Private>())
{
    m_p->context.reset(EVP_MD_CTX_new());
    if (!m_p->context || EVP_DigestInit_ex2(m_p->context.get(), EVP_sha256(), nullptr) != 1)
        qFatal("SHA-256 failed");
}

Sha256Stream::Sha256Stream(Sha256Stream &&) noexcept = default;
Sha256Stream &Sha256Stream::operator=(Sha256Stream &&) noexcept = default;
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(QByteArrayView bytes)
{
    if (EVP_DigestUpdate(m_p->context.get(), bytes.data(), size_t(bytes.size())) != 1)
        qFatal("SHA-256 failed");
}

QByteArray Sha256Stream::result()
{
    QByteArray hash(32, '\0');
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(m_p->context.get(), raw(hash), &size) != 1)
        qFatal("SHA-256 failed");
    return hash;
}

struct MacStream::Private {
    OpenSslPtr<EVP_MAC_CTX> context;
};

MacStream::MacStream(const Secret &key) : m_p(std::make_unique<Private>())
{
    const OpenSslPtr<EVP_MAC> mac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
    m_p->context.reset(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr);
    static char sha256Name[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256Name, 0),
        OSSL_PARAM_construct_end(),
    };
    // OpenSSL takes a null key for "the one of the last call".
    const unsigned char none = 0;
    if (!m_p->context
        || EVP_MAC_init(m_p->context.get(), key.isEmpty() ? &none : raw(key.view()), size_t(key.size()),
                        parameters)
            != 1)
        qFatal("HMAC failed");
}

MacStream::MacStream(MacStream &&) noexcept = default;
MacStream &MacStream::operator=(MacStream &&) noexcept = default;
MacStream::~MacStream() = default;

void MacStream::add(QByteArrayView bytes)
{
    if (EVP_MAC_update(m_p->context.get(), raw(bytes), size_t(bytes.size())) != 1)
        qFatal("HMAC failed");
}

QByteArray MacStream::result()
{
    QByteArray mac(32, '\0');
    size_t size = 0;
    if (EVP_MAC_final(m_p->context.get(), raw(mac), &size, size_t(mac.size())) != 1 || size != 32)
        qFatal("HMAC failed");
    return mac;
}

Result<QByteArray> aes256CbcEncrypt(const Secret &key, QByteArrayView iv, QByteArrayView bytes)
{
    if (key.size() != keyBytes || iv.size() != blockBytes || bytes.size() > maxPiece)
        return badKeySize();
    const OpenSslPtr<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    QByteArray out(bytes.size() + blockBytes, '\0');
    int size = 0;
    int last = 0;
    if (!context
        || EVP_EncryptInit_ex2(context.get(), EVP_aes_256_cbc(), raw(key.view()), raw(iv), nullptr) != 1
        || (!bytes.isEmpty()
            && EVP_EncryptUpdate(context.get(), raw(out), &size, raw(bytes), int(bytes.size())) != 1)
        || EVP_EncryptFinal_ex(context.get(), raw(out) + size, &last) != 1)
        return openSslFailed();
    out.truncate(size + last);
    return out;
}

Result<Secret> aes256CbcDecrypt(const Secret &key, QByteArrayView iv, QByteArrayView bytes)
{
    if (key.size() != keyBytes || iv.size() != blockBytes || bytes.size() > maxPiece)
        return badKeySize();
    if (bytes.isEmpty() || bytes.size() % blockBytes != 0)
        return fail(ErrorKind::Crypto, u"PARVIS_BAD_PADDING"_s);
    const OpenSslPtr<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    QByteArray out(bytes.size() + blockBytes, '\0');
    int size = 0;
    int last = 0;
    if (!context
        || EVP_DecryptInit_ex2(context.get(), EVP_aes_256_cbc(), raw(key.view()), raw(iv), nullptr) != 1
        || EVP_DecryptUpdate(context.get(), raw(out), &size, raw(bytes), int(bytes.size())) != 1) {
        wipe(out);
        return openSslFailed();
    }
    const bool padded = EVP_DecryptFinal_ex(context.get(), raw(out) + size, &last) == 1;
    Secret plaintext(QByteArrayView(out).first(padded ? size + last : 0));
    wipe(out);
    if (!padded)
        return fail(ErrorKind::Crypto, u"PARVIS_BAD_PADDING"_s);
    return plaintext;
}

Result<Secret> pbkdf2Sha512(QByteArrayView passphrase, QByteArrayView salt, quint32 rounds, qsizetype size)
{
    constexpr qsizetype most = 1024;
    if (rounds < 1 || rounds > maxPassphraseRounds || size < 1 || size > most || passphrase.size() > maxPiece
        || salt.size() > maxPiece)
        return badKeySize();
    QByteArray bytes(size, '\0');
    const char none = 0;
    const bool derived =
        PKCS5_PBKDF2_HMAC(passphrase.isEmpty() ? &none : passphrase.data(), int(passphrase.size()), raw(salt),
                          int(salt.size()), int(rounds), EVP_sha512(), int(size), raw(bytes))
        == 1;
    Secret key(bytes);
    wipe(bytes);
    if (!derived)
        return openSslFailed();
    return key;
}

} // namespace parvis::crypto
