// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// The longest plaintext: with base64 and the envelope it still makes an event below 64 KiB.
inline constexpr qsizetype maxMegolmPlaintext = 45'000;

/// Encrypts one message with the room's session and advances it in @p step. The caller has made sure that the
/// session may be used. Answers with the content of the `m.room.encrypted` event.
[[nodiscard]] Result<QByteArray> encryptForRoom(CryptoStep &step, const OutboundSessionRecord &session,
                                                const QString &eventType, const QByteArray &content);

} // namespace parvis::crypto
