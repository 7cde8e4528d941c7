// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>

namespace parvis {

/// Unpadded standard base64, as Matrix writes all binary values (specification, "Unpadded Base64").
/// Runs in a time that depends on the length alone: what it encodes may be secret.
[[nodiscard]] QByteArray toBase64(QByteArrayView bytes);

/// Standard base64, with correct padding or none. PARVIS_BAD_BASE64 for any other character, a length that no
/// encoder makes, or padding in excess. Bits beyond the last byte are ignored, as the specification's
/// examples ask.
[[nodiscard]] Result<QByteArray> fromBase64(QByteArrayView text);
/// The same alphabet check, with "-" and "_".
[[nodiscard]] Result<QByteArray> fromBase64Url(QByteArrayView text);
/// Decodes a secret: nothing of it stays behind in memory, also where it is refused.
[[nodiscard]] Result<Secret> secretFromBase64(QByteArrayView text);

} // namespace parvis
