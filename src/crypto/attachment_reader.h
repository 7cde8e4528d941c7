// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/attachment_encryption.h"

#include <QFile>
#include <QIODevice>

#include <optional>

namespace parvis::crypto {

/// A file of ours that lies encrypted on the disk, read in clear piece by piece: for what goes out in clear
/// and must not lie so. Checks no hash: never for what came from elsewhere. Only seek(0) works. One thread.
class AttachmentReader final : public QIODevice
{
public:
    /// @p path: the ciphertext that @p file opens.
    AttachmentReader(const QString &path, EncryptedFile file);

    /// PARVIS_FILE_UNREADABLE, PARVIS_BAD_KEY_SIZE.
    [[nodiscard]] Result<void> start();

    [[nodiscard]] bool isSequential() const override { return false; }
    [[nodiscard]] qint64 size() const override { return m_ciphertext.size(); }
    bool seek(qint64 pos) override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    bool begin();

    QFile m_ciphertext;
    EncryptedFile m_file;
    std::optional<CtrStream> m_cipher;
};

} // namespace parvis::crypto
