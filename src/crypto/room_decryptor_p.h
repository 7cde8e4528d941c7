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

/// The copies that may read an event of @p sender, each with what is known of its owner now; the most trusted
/// first, then the one that reaches back furthest.
[[nodiscard]] QList<InboundSessionRecord> copiesFor(CryptoStep &step, QList<InboundSessionRecord> copies,
                                                    const UserId &sender);

/// How a message of this session is to be marked by now.
[[nodiscard]] Shield shieldFor(CryptoStep &step, const InboundSessionRecord &session);

} // namespace parvis::crypto
