// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "crypto/file_pieces.h"
#include "engine/attachment_source.h"

class QIODevice;

/// What becomes of the bytes that a server sent for an attachment. Any thread; takes long. Each fails with
/// PARVIS_ATTACHMENT_DAMAGED where they are not those that were sent, PARVIS_CANCELLED where @p goOn says so.
namespace parvis {

/// Reads @p bytes and checks them against their hash; a file that lies in clear has none.
[[nodiscard]] Result<void> check(QIODevice &bytes, const AttachmentSource &source,
                                 const crypto::FileProgress &goOn);
/// Checked first, then decrypted: not a byte of what is wrong comes into @p clear.
[[nodiscard]] Result<void> writeChecked(QIODevice &bytes, const AttachmentSource &source, QIODevice &clear,
                                        const crypto::FileProgress &goOn);
/// The same into a file for its owner alone, which appears as a whole or not at all. PARVIS_FILE_EXISTS
/// unless
/// @p replace; PARVIS_FILE_NOT_WRITTEN, PARVIS_DISK_FULL.
[[nodiscard]] Result<SavedFile> saveChecked(QIODevice &bytes, const AttachmentSource &source,
                                            const QString &path, bool replace,
                                            const crypto::FileProgress &goOn);

} // namespace parvis
