// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_values.h"

namespace parvis {

/// Writes to the log what the crypto machine noticed; ids shortened.
void logNotes(const QList<crypto::CryptoNote> &notes);

} // namespace parvis
