// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Decrypts one event of a room as it came from the server. Message indices are claimed in @p step, so the
/// answer may be shown only once the step is saved.
[[nodiscard]] DecryptionResult decryptRoomEvent(CryptoStep &step, const RoomId &room,
                                                const QByteArray &event);

/// How a message of this session is to be marked.
[[nodiscard]] Shield shieldFor(const InboundSessionRecord &session);

} // namespace parvis::crypto
