// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/recovery_setup.h"
#include "engine/engine.h"

namespace parvis {

/// The content of a type of the account's data; nothing where it was never set.
[[nodiscard]] Task<std::optional<QByteArray>> accountData(Engine &engine, const QString &type);
/// The server's current backup; nothing only where the homeserver itself says that there is none.
[[nodiscard]] Task<std::optional<QByteArray>> currentBackup(Engine &engine);
/// Answers with the version of the new backup.
[[nodiscard]] Task<QString> makeBackup(Engine &engine, const QByteArray &body);
/// Writes one type of the account's data as a step of a recovery says.
[[nodiscard]] Task<void> writeAccountData(Engine &engine, const crypto::AccountDataWrite &what);
/// Asks the server for its current backup, and tells the machine.
[[nodiscard]] Task<void> askForBackup(Engine &engine);
/// What waits for keys in the cache is read again, or fetched from the backup.
void fetchMissingKeys(Engine &engine);

} // namespace parvis
