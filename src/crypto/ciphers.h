// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

/// What OpenSSL does for us on more bytes than memory should hold, and on passphrases.
namespace parvis::crypto {

/// AES-256 in counter mode, the counter all 128 bits of the iv, piece by piece; both directions are the same.
/// No integrity: check a MAC or a hash first. A value that moves; one thread.
class CtrStream
{
public:
    /// PARVIS_BAD_KEY_SIZE unless the key has 32 and the iv 16 bytes.
    [[nodiscard]] static Result<CtrStream> start(const Secret &key, QByteArrayView iv);
    CtrStream(CtrStream &&) noexcept;
    CtrStream &operator=(CtrStream &&) noexcept;
    ~CtrStream();

    /// Overwrites @p bytes (below 2 GiB) with their other form.
    [[nodiscard]] Result<void> apply(QByteArray &bytes);

private:
    struct Private;
    explicit CtrStream(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

/// 16 random bytes to count from, without bit 63, since some counters have 63 bits only.
[[nodiscard]] Result<QByteArray> newCounterIv();

/// SHA-256, piece by piece. A value that moves; one thread.
class Sha256Stream
{
public:
    Sha256Stream();
    Sha256Stream(Sha256Stream &&) noexcept;
    Sha256Stream &operator=(Sha256Stream &&) noexcept;
    ~Sha256Stream();

    void add(QByteArrayView bytes);
    /// 32 bytes. Once, and the last call.
    [[nodiscard]] QByteArray result();

private:
    struct Private;
    std::unique_ptr<Private> m_p;
};

/// HMAC-SHA256, piece by piece. A value that moves; one thread.
class MacStream
{
public:
    explicit MacStream(const Secret &key);
    MacStream(MacStream &&) noexcept;
    MacStream &operator=(MacStream &&) noexcept;
    ~MacStream();

    void add(QByteArrayView bytes);
    /// 32 bytes, to be compared in constant time. Once, and the last call.
    [[nodiscard]] QByteArray result();

private:
    struct Private;
    std::unique_ptr<Private> m_p;
};

/// AES-256-CBC with PKCS#7 padding, for the formats that ask for it. PARVIS_BAD_KEY_SIZE unless the key has
/// 32 and the iv 16 bytes; decrypting, PARVIS_BAD_PADDING for what no encryption makes. No integrity.
[[nodiscard]] Result<QByteArray> aes256CbcEncrypt(const Secret &key, QByteArrayView iv, QByteArrayView bytes);
[[nodiscard]] Result<Secret> aes256CbcDecrypt(const Secret &key, QByteArrayView iv, QByteArrayView bytes);

/// The rounds of PBKDF2 that are accepted where somebody else chose them: above, it would be an attack on our
/// time.
constexpr quint32 maxPassphraseRounds = 10'000'000;
/// What is chosen here.
constexpr quint32 newPassphraseRounds = 500'000;
/// Fewer than these let a passphrase be guessed: worth a word where others chose them.
constexpr quint32 weakPassphraseRounds = 100'000;

/// PBKDF2 on HMAC-SHA512. Takes as long as @p rounds say: seconds, so not on a thread that must answer.
/// PARVIS_BAD_KEY_SIZE for no rounds, more than maxPassphraseRounds, or a size of none or over 1024.
[[nodiscard]] Result<Secret> pbkdf2Sha512(QByteArrayView passphrase, QByteArrayView salt, quint32 rounds,
                                          qsizetype size);

} // namespace parvis::crypto
