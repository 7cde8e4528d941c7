// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QByteArrayView>

/// The recovery key as people read and type it (specification, "Key representation"): base58 of two fixed
/// bytes, the key, and a parity byte.
namespace parvis::crypto {

/// Forty-eight letters in groups of four, of a key of 32 bytes. PARVIS_BAD_KEY_SIZE for another size.
[[nodiscard]] Result<Secret> encodeRecoveryKey(const Secret &key);

/// The 32 bytes of what somebody typed, as UTF-8: white space, and signs that cannot be seen, may stand
/// anywhere.
///
/// Says what is wrong: PARVIS_RECOVERY_KEY_LETTER (no letter of such a key, and which one in `detail`),
/// PARVIS_RECOVERY_KEY_LENGTH, PARVIS_RECOVERY_KEY_KIND (something else in the same letters), and
/// PARVIS_RECOVERY_KEY_TYPO (the parity).
[[nodiscard]] Result<Secret> decodeRecoveryKey(QByteArrayView typed);

} // namespace parvis::crypto
