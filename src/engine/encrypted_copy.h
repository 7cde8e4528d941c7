// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "crypto/file_pieces.h"

#include <QByteArray>

class QIODevice;

/// What the person sends lies on the disk under a key of its own. Any thread; takes long.
namespace parvis {

/// Reads @p clear, which is not open, into a new file @p to for its owner alone; on the disk when this
/// answers with what opens it: crypto::EncryptedFile as JSON, which holds the key. PARVIS_FILE_UNREADABLE,
/// PARVIS_FILE_NOT_WRITTEN, PARVIS_DISK_FULL, PARVIS_CANCELLED.
[[nodiscard]] Result<QByteArray> encryptedCopy(QIODevice &clear, const QString &to,
                                               const crypto::FileProgress &progress = {});
/// The other way, of a file that fits into memory. PARVIS_FILE_UNREADABLE, PARVIS_ATTACHMENT_DAMAGED.
[[nodiscard]] Result<QByteArray> clearBytes(const QString &path, const QByteArray &opens);

} // namespace parvis
