// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>

namespace parvis::crypto {

/// An Olm message as it travels: type 0 opens a session, type 1 belongs to one.
struct OlmMessage {
    enum class Type { PreKey = 0, Normal = 1 };

    Type type = Type::Normal;
    QByteArray body; ///< base64

    bool operator==(const OlmMessage &) const = default;
};

/// The keys that a pre-key message names.
struct PreKeyParts {
    Curve25519Key oneTimeKey;
    Curve25519Key baseKey;
    Curve25519Key identityKey;
};

/// Checks a message before libolm sees it: base64, version, fields, lengths, and that no key in it has a low
/// order or a second encoding. Answers the body as it may be handed on, without padding: libolm takes any
/// letters for base64. PARVIS_OLM_BAD_MESSAGE, PARVIS_UNSAFE_KEY.
[[nodiscard]] Result<QByteArray> checkOlmMessage(const OlmMessage &message);
/// Reads the keys of a pre-key message.
[[nodiscard]] Result<PreKeyParts> preKeyParts(const OlmMessage &message);

} // namespace parvis::crypto
