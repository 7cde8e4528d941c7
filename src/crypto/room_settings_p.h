// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_records.h"

namespace parvis::crypto {

/// What an `m.room.encryption` event does to a room.
struct EncryptionUpdate {
    RoomEncryptionRecord record;
    bool refused = false; ///< the event tried to take something back; the record holds what remains
};

/// Applies the content of an `m.room.encryption` event. The first one switches encryption on, for ever; a
/// later one can only make rotation stricter, or name our algorithm where the first one named none that we
/// know. A content that cannot be read, such as that of a redacted event, also means encrypted, with an
/// unknown algorithm.
[[nodiscard]] EncryptionUpdate applyEncryptionEvent(RoomEncryptionRecord record, const QByteArray &content);

} // namespace parvis::crypto
