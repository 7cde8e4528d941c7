// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QByteArrayView>

namespace parvis::crypto {

/// Whether 32 bytes are a point of the curve at all, which half of all bytes are. OpenSSL takes the others
/// for keys as well, and verifies nothing with them. Not for secrets, and not for the rest of the module.
[[nodiscard]] bool isEd25519Point(QByteArrayView publicKey);

} // namespace parvis::crypto
