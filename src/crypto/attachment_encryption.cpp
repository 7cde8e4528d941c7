// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/attachment_encryption.h"

#include "base/base64.h"
#include "base/raw_object.h"
#include "crypto/json_bytes_p.h"
#include "crypto/openssl_p.h"
#include "crypto/primitives.h"
#include "crypto/sizes_p.h"

#include <QIODevice>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype hashBytes = 32;

tl::unexpected<Error> unsupported(const char *what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_UNSUPPORTED"_s, QLatin1StringView(what));
}

tl::unexpected<Error> badFile(const char *what)
{
    return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_BAD_FILE"_s, QLatin1StringView(what));
}

/// The key of a JSON Web Key; empty for what is none of the right size.
Secret attachmentKeyIn(const RawObject &jwk)
{
    QByteArray text = jwk.text(u"k"_s).toUtf8();
    auto bytes = text.size() <= 2 * keyBytes ? fromBase64Url(text) : Result<QByteArray>(badFile("k"));
    wipe(text);
    if (!bytes)
        return {};
    Secret key(bytes->size() == keyBytes ? QByteArrayView(*bytes) : QByteArrayView());
    wipe(*bytes);
    return key;
}

/// Goes through @p file piece by piece.
template <typename Step>
Result<void> forEachPiece(QIODevice &file, const FileProgress &progress, qint64 before, qint64 total,
                          Step step)
{
    qint64 done = before;
    while (true) {
        auto piece = readPiece(file);
        if (!piece)
            return tl::unexpected(piece.error());
        if (piece->isEmpty())
            return {};
        done += piece->size();
        const auto stepped = step(*piece).and_then([&] { return tell(progress, done, total); });
        if (!stepped)
            return stepped;
    }
}

} // namespace

Result<EncryptedFile> EncryptedFile::parse(QByteArrayView json)
{
    const auto object =
        json.size() > maxObjectBytes ? Result<RawObject>(badFile("size")) : RawObject::parse(json);
    if (!object)
        return badFile("object");
    if (object->text(u"v"_s) != "v2"_L1)
        return unsupported("v");
    const RawObject jwk = object->object(u"key"_s);
    if (jwk.text(u"kty"_s) != "oct"_L1 || jwk.text(u"alg"_s) != "A256CTR"_L1)
        return unsupported("kty or alg");
    EncryptedFile file;
    file.url = object->text(u"url"_s);
    file.key = attachmentKeyIn(jwk);
    if (file.key.isEmpty())
        return badFile("k");
    const auto iv = exactBytesIn(*object, u"iv"_s, ivBytes);
    const auto hash = exactBytesIn(object->object(u"hashes"_s), u"sha256"_s, hashBytes);
    if (!iv || !hash)
        return badFile("iv or hash");
    file.iv = *iv;
    file.sha256 = *hash;
    return file;
}

QByteArray EncryptedFile::toJson() const
{
    QByteArray k = toBase64(key.view()).replace('+', '-').replace('/', '_');
    QByteArray json = "{\"hashes\":{" + base64Member("sha256", sha256) + "}," + base64Member("iv", iv)
        + R"(,"key":{"alg":"A256CTR","ext":true,"k":")" + k
        + R"(","key_ops":["encrypt","decrypt"],"kty":"oct"})";
    wipe(k);
    if (!url.isEmpty())
        json += ",\"url\":" + jsonString(url);
    return json + R"(,"v":"v2"})";
}

AttachmentEncryptor::AttachmentEncryptor(EncryptedFile file, CtrStream cipher)
    : m_file(std::move(file)), m_cipher(std::move(cipher))
{
}

Result<AttachmentEncryptor> AttachmentEncryptor::start()
{
    const Secret half = Secret::random(ivBytes / 2);
    EncryptedFile file;
    file.key = Secret::random(keyBytes);
    if (half.isEmpty() || file.key.isEmpty())
        return openSslFailed();
    // The other half counts, and does not come round within any file.
    file.iv = half.view().toByteArray() + QByteArray(ivBytes / 2, '\0');
    auto cipher = CtrStream::start(file.key, file.iv);
    if (!cipher)
        return tl::unexpected(cipher.error());
    return AttachmentEncryptor(std::move(file), std::move(*cipher));
}

Result<void> AttachmentEncryptor::apply(QByteArray &piece)
{
    auto done = m_cipher.apply(piece);
    if (done)
        m_hash.add(piece);
    return done;
}

EncryptedFile AttachmentEncryptor::finish()
{
    m_file.sha256 = m_hash.result();
    return std::move(m_file);
}

Result<EncryptedFile> encryptAttachment(QIODevice &plaintext, QIODevice &ciphertext,
                                        const FileProgress &progress)
{
    auto encryptor = AttachmentEncryptor::start();
    if (!encryptor)
        return tl::unexpected(encryptor.error());
    const auto done =
        forEachPiece(plaintext, progress, plaintext.pos(), plaintext.size(), [&](QByteArray &piece) {
            return encryptor->apply(piece).and_then([&] { return writeAll(ciphertext, piece); });
        });
    if (!done)
        return tl::unexpected(done.error());
    return encryptor->finish();
}

Result<void> decryptAttachment(QIODevice &ciphertext, const EncryptedFile &file, QIODevice &plaintext,
                               const FileProgress &progress)
{
    auto cipher = CtrStream::start(file.key, file.iv);
    if (!cipher)
        return tl::unexpected(cipher.error());
    const qint64 size = ciphertext.size();
    Sha256Stream expected;
    auto done = rewind(ciphertext).and_then([&] {
        return forEachPiece(ciphertext, progress, 0, 2 * size, [&expected](const QByteArray &piece) {
            expected.add(piece);
            return Result<void>();
        });
    });
    if (!done)
        return done;
    if (!constantTimeEqual(expected.result(), file.sha256))
        return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s);
    Sha256Stream seen;
    done = rewind(ciphertext).and_then([&] {
        return forEachPiece(ciphertext, progress, size, 2 * size, [&](QByteArray &piece) {
            seen.add(piece);
            return cipher->apply(piece).and_then([&] { return writeAll(plaintext, piece); });
        });
    });
    // Somebody may have written to the file since the first pass.
    if (done && !constantTimeEqual(seen.result(), file.sha256))
        return fail(ErrorKind::Crypto, u"PARVIS_ATTACHMENT_DAMAGED"_s);
    return done;
}

} // namespace parvis::crypto
