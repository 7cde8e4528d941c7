// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>

namespace parvis::crypto {

/// Checks the signature under signatures[@p user]["ed25519:" + @p keyId] over the canonical form of @p json
/// without `signatures` and `unsigned` (specification, "Signing JSON"). Exactly this one is looked at, no
/// other. PARVIS_BAD_SIGNATURE where it is missing or wrong, PARVIS_BAD_JSON where the object cannot be
/// signed at all.
[[nodiscard]] Result<void> verifySigned(const QByteArray &json, const UserId &user, const QString &keyId,
                                        const Ed25519Key &key);

/// The signature, in base64, that a 32-byte seed makes over the same canonical form.
[[nodiscard]] Result<QByteArray> signatureOf(const QByteArray &json, const Secret &seed);

} // namespace parvis::crypto
