// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

namespace parvis {

/// The content of a type of the account's data; nothing where it was never set.
[[nodiscard]] Task<std::optional<QByteArray>> accountData(Engine &engine, const QString &type);
/// Asks the server for its current backup, and tells the machine.
[[nodiscard]] Task<void> askForBackup(Engine &engine);
/// What waits for keys in the cache is read again, or fetched from the backup.
void fetchMissingKeys(Engine &engine);

} // namespace parvis
