// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/key_material.h"

#include <QObject>
#include <QThreadPool>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <argon2.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr int nonceBytes = 12;
constexpr int tagBytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using KeyDerivation = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

const unsigned char *in(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *out(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

tl::unexpected<Error> cryptoFailed(QString step)
{
    return fail(ErrorKind::Crypto, u"PARVIS_KEY_FAILED"_s, std::move(step));
}

tl::unexpected<Error> wrongKey()
{
    return fail(ErrorKind::Storage, u"PARVIS_STORE_WRONG_KEY"_s, u"the key header does not open"_s);
}

/// A buffer for a secret under construction; wiped whatever way the function ends.
struct Wiped {
    unsigned char bytes[64] = {};
    Wiped() = default;
    Wiped(const Wiped &) = delete;
    Wiped &operator=(const Wiped &) = delete;
    ~Wiped() { OPENSSL_cleanse(bytes, sizeof bytes); }
    [[nodiscard]] Secret first(qsizetype size) const
    {
        return Secret(QByteArrayView(reinterpret_cast<const char *>(bytes), size));
    }
};

} // namespace

Argon2Parameters Argon2Parameters::fresh()
{
    Argon2Parameters parameters;
    parameters.salt = Secret::random(saltBytes).view().toByteArray();
    return parameters;
}

bool Argon2Parameters::isSane() const
{
    return memoryKib >= leastMemoryKib && memoryKib <= mostMemoryKib && passes >= leastPasses
        && passes <= mostPasses && lanes >= 1 && lanes <= mostLanes && salt.size() == saltBytes;
}

Result<Secret> stretchPassphrase(const Secret &passphrase, const Argon2Parameters &parameters)
{
    if (!parameters.isSane())
        return fail(ErrorKind::Storage, u"PARVIS_STORE_DAMAGED"_s, u"argon2 parameters"_s);
    Wiped key;
    const int code =
        argon2id_hash_raw(parameters.passes, parameters.memoryKib, parameters.lanes, passphrase.view().data(),
                          size_t(passphrase.size()), parameters.salt.constData(),
                          size_t(parameters.salt.size()), key.bytes, size_t(keyBytes));
    if (code != ARGON2_OK)
        return cryptoFailed(u"argon2 "_s + QString::number(code));
    return key.first(keyBytes);
}

Task<Secret> stretchPassphraseOnPool(Secret passphrase, Argon2Parameters parameters)
{
    // Lives on the calling thread, and is deleted there, wherever its last owner lets go.
    const std::shared_ptr<QObject> home(new QObject, [](QObject *object) { object->deleteLater(); });
    auto promise = std::make_shared<Promise<Secret>>();
    auto task = promise->task();
    auto input = std::make_shared<Secret>(std::move(passphrase));
    QThreadPool::globalInstance()->start([home, promise = std::move(promise), input, parameters]() mutable {
        auto answer = std::make_shared<Result<Secret>>(stretchPassphrase(*input, parameters));
        // The promise goes along: it must settle and die at home.
        QMetaObject::invokeMethod(
            home.get(), [promise = std::move(promise), answer] { promise->resolve(std::move(*answer)); });
    });
    return task;
}

Result<Secret> deriveKey(const Secret &key, QByteArrayView salt, QByteArrayView info)
{
    const KeyDerivation context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), EVP_PKEY_CTX_free);
    Wiped derived;
    size_t size = size_t(keyBytes);
    const bool ok = context && EVP_PKEY_derive_init(context.get()) == 1
        && EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1
        // OpenSSL takes no empty salt; none at all is what the RFC makes of one.
        && (salt.isEmpty() || EVP_PKEY_CTX_set1_hkdf_salt(context.get(), in(salt), int(salt.size())) == 1)
        && EVP_PKEY_CTX_set1_hkdf_key(context.get(), in(key.view()), int(key.size())) == 1
        && (info.isEmpty() || EVP_PKEY_CTX_add1_hkdf_info(context.get(), in(info), int(info.size())) == 1)
        && EVP_PKEY_derive(context.get(), derived.bytes, &size) == 1 && size == size_t(keyBytes);
    if (!ok)
        return cryptoFailed(u"hkdf"_s);
    return derived.first(keyBytes);
}

Result<SealedBytes> seal(const Secret &plain, const Secret &key, QByteArrayView associated)
{
    Q_ASSERT(key.size() == keyBytes);
    SealedBytes sealed{QByteArray(nonceBytes, '\0'), QByteArray(plain.size(), '\0'),
                       QByteArray(tagBytes, '\0')};
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    const bool ok = cipher && RAND_bytes(out(sealed.nonce), nonceBytes) == 1
        && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key.view()), in(sealed.nonce)) == 1
        && EVP_EncryptUpdate(cipher.get(), nullptr, &size, in(associated), int(associated.size())) == 1
        && EVP_EncryptUpdate(cipher.get(), out(sealed.ciphertext), &size, in(plain.view()), int(plain.size()))
            == 1
        && EVP_EncryptFinal_ex(cipher.get(), out(sealed.ciphertext) + size, &size) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, sealed.tag.data()) == 1;
    if (!ok)
        return cryptoFailed(u"gcm"_s);
    return sealed;
}

Result<Secret> unseal(const SealedBytes &sealed, const Secret &key, QByteArrayView associated)
{
    Wiped plain;
    if (sealed.nonce.size() != nonceBytes || sealed.tag.size() != tagBytes || key.size() != keyBytes
        || sealed.ciphertext.size() > qsizetype(sizeof plain.bytes))
        return wrongKey();
    QByteArray tag = sealed.tag;
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    int rest = 0;
    const bool ok = cipher
        && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, in(key.view()), in(sealed.nonce)) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &size, in(associated), int(associated.size())) == 1
        && EVP_DecryptUpdate(cipher.get(), plain.bytes, &size, in(sealed.ciphertext),
                             int(sealed.ciphertext.size()))
            == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, tag.data()) == 1
        && EVP_DecryptFinal_ex(cipher.get(), plain.bytes + size, &rest) == 1;
    if (!ok)
        return wrongKey();
    return plain.first(size + rest);
}

} // namespace parvis::session
