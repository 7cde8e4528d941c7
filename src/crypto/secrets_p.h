// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// The account's secrets as one step sees them, opened and sealed with the pickle key: AES-256-CTR and
/// HMAC-SHA256 under keys derived for each name, so that rows cannot be exchanged.
///
/// Empty: there is none of that name, or its row does not open, which is noted and set aside with the commit.
[[nodiscard]] Secret readSecret(CryptoStep &step, const QString &name);
/// An empty secret deletes.
[[nodiscard]] Result<void> writeSecret(CryptoStep &step, const QString &name, const Secret &secret);

} // namespace parvis::crypto
