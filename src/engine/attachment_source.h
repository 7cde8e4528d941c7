// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "crypto/attachment_encryption.h"
#include "media/mxc.h"
#include "store/cache/cache.h"

#include <optional>

namespace parvis {

/// Where the file of a message lies, and what opens it. Holds the key.
struct AttachmentSource {
    MxcUri where;
    std::optional<crypto::EncryptedFile> opens = {}; ///< none: it lies there in clear
    qint64 declaredBytes = -1;                       ///< as its sender says; -1: not said
    QString name;                                    ///< cleaned

    /// More than that is not fetched, whatever the server sends.
    [[nodiscard]] qint64 maxBytes() const;
};

/// Of a message in the local history, with the corrections that count. PARVIS_NO_SUCH_EVENT;
/// PARVIS_NO_ATTACHMENT where it has no file or cannot be read; PARVIS_ATTACHMENT_UNSUPPORTED and
/// PARVIS_ATTACHMENT_BAD_FILE.
[[nodiscard]] Result<AttachmentSource> attachmentSource(const Cache &cache, const RoomId &room,
                                                        const EventId &event);

} // namespace parvis
