// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_store.h"

namespace parvis {
class Database;
}

namespace parvis::store {

/// Deletions, then rows, inside a transaction of the caller.
[[nodiscard]] Result<void> saveCryptoChanges(Database &keys, const crypto::CryptoChanges &changes);

} // namespace parvis::store
