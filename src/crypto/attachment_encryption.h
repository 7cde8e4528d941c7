// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/ciphers.h"
#include "crypto/file_pieces.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

class QIODevice;

/// Encrypted attachments, version 2, of any size: no more than a piece is ever in memory.
namespace parvis::crypto {

/// The `file` object of an event: where the ciphertext is, and what opens it.
struct EncryptedFile {
    QString url;       ///< as it stands there, unchecked; empty where there is none yet
    Secret key;        ///< 32 bytes
    QByteArray iv;     ///< 16 bytes
    QByteArray sha256; ///< 32 bytes, of the ciphertext

    /// PARVIS_ATTACHMENT_UNSUPPORTED for another version or cipher, PARVIS_ATTACHMENT_BAD_FILE for a part
    /// that is absent or of another size.
    [[nodiscard]] static Result<EncryptedFile> parse(QByteArrayView json);
    /// Holds the key: wipe() it.
    [[nodiscard]] QByteArray toJson() const;
};

/// Encrypts piece by piece, under a key of its own. A value that moves; one thread.
class AttachmentEncryptor
{
public:
    [[nodiscard]] static Result<AttachmentEncryptor> start();

    /// Overwrites @p piece with its ciphertext.
    [[nodiscard]] Result<void> apply(QByteArray &piece);
    /// What opens all of it; the url is the caller's to fill in. Once, and the last call.
    [[nodiscard]] EncryptedFile finish();

private:
    AttachmentEncryptor(EncryptedFile file, CtrStream cipher);

    EncryptedFile m_file;
    CtrStream m_cipher;
    Sha256Stream m_hash;
};

/// PARVIS_FILE_UNREADABLE, PARVIS_FILE_NOT_WRITTEN, PARVIS_CANCELLED.
[[nodiscard]] Result<EncryptedFile> encryptAttachment(QIODevice &plaintext, QIODevice &ciphertext,
                                                      const FileProgress &progress = {});
/// Reads @p ciphertext twice: first all of it for its hash; not a byte is decrypted before that is right.
/// PARVIS_ATTACHMENT_DAMAGED where it is not, and what encryptAttachment() answers.
[[nodiscard]] Result<void> decryptAttachment(QIODevice &ciphertext, const EncryptedFile &file,
                                             QIODevice &plaintext, const FileProgress &progress = {});

} // namespace parvis::crypto
