// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/key_export.h"
#include "crypto/key_export_p.h"
#include "crypto/key_export_text.h"
#include "crypto/openssl_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

struct KeyExportWriter::Private {
    KeyExportTextWriter text;
    CtrStream cipher;
    MacStream mac;
    QByteArray plaintext; ///< reserved once, so that it never moves
    bool first = true;

    /// Encrypts and writes what has come together.
    [[nodiscard]] Result<void> flush();
};

Result<void> KeyExportWriter::Private::flush()
{
    QByteArray bytes = plaintext;
    bytes.detach();
    plaintext.fill('\0');
    plaintext.resize(0);
    auto done = cipher.apply(bytes);
    if (!done) {
        wipe(bytes);
        return done;
    }
    mac.add(bytes);
    return text.write(bytes);
}

KeyExportWriter::KeyExportWriter(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
KeyExportWriter::KeyExportWriter(KeyExportWriter &&) noexcept = default;
KeyExportWriter &KeyExportWriter::operator=(KeyExportWriter &&) noexcept = default;

KeyExportWriter::~KeyExportWriter()
{
    if (m_p)
        wipe(m_p->plaintext);
}

Result<KeyExportWriter> KeyExportWriter::begin(QIODevice &file, QByteArrayView passphrase, quint32 rounds)
{
    if (passphrase.isEmpty())
        return fail(ErrorKind::Usage, u"PARVIS_PASSPHRASE_NEEDED"_s);
    if (rounds < 1 || rounds > maxPassphraseRounds)
        return fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_ROUNDS"_s, QString::number(rounds));
    const Secret salt = Secret::random(16);
    const auto iv = newCounterIv();
    if (salt.isEmpty() || !iv)
        return openSslFailed();
    QByteArray roundBytes(4, '\0');
    qToBigEndian(rounds, roundBytes.data());
    const KeyExportPrefix prefix{QByteArray(1, keyExportVersion) + salt.view().toByteArray() + *iv
                                 + roundBytes};
    const auto keys = keyExportKeys(passphrase, prefix);
    auto cipher = keys ? CtrStream::start(keys->encryption, *iv) : tl::unexpected(keys.error());
    if (!cipher)
        return tl::unexpected(cipher.error());
    auto p = std::make_unique<Private>(
        Private{KeyExportTextWriter(file), std::move(*cipher), MacStream(keys->mac), {}});
    p->plaintext.reserve(2 * filePieceBytes);
    p->plaintext += '[';
    p->mac.add(prefix.bytes);
    const auto begun = p->text.open().and_then([&] { return p->text.write(prefix.bytes); });
    if (!begun)
        return tl::unexpected(begun.error());
    return KeyExportWriter(std::move(p));
}

Result<void> KeyExportWriter::add(QByteArrayView record)
{
    if (!m_p->first)
        m_p->plaintext += ',';
    m_p->first = false;
    m_p->plaintext.append(record);
    return m_p->plaintext.size() < filePieceBytes ? Result<void>() : m_p->flush();
}

Result<void> KeyExportWriter::finish()
{
    m_p->plaintext += ']';
    return m_p->flush().and_then([this] { return m_p->text.write(m_p->mac.result()); }).and_then([this] {
        return m_p->text.finish();
    });
}

} // namespace parvis::crypto
