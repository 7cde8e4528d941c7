// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <optional>

namespace parvis {
class Database;
}

namespace parvis::session {

/// How often an account's files were opened, counted in keys.db and in the keychain: files that have been
/// opened less often than the keychain knows of are an older copy that somebody put back. Its ratchets stand
/// where they stood when the copy was made. Not seen are a copy of the whole machine, which brings back both
/// counts; accounts that a passphrase alone opens, which have no second one; and a copy that was made and put
/// back between two starts, or around one of which the keychain could not be told.
///
/// What was found must be answered before the opening is counted: a crash in between finds it again. Core
/// thread.
class ProfileGeneration
{
public:
    /// The name under which the vault counts, beside the entry of the account's key.
    [[nodiscard]] static QString entryOf(const QString &vaultEntry);
    /// What an entry of the vault says; 0 where it is no number.
    [[nodiscard]] static quint64 parse(const Secret &entry);

    /// @p inVault: how often the vault has seen them opened. Writes nothing.
    [[nodiscard]] static Result<bool> isOldCopy(Database &keys, quint64 inVault);
    /// Counts this opening in keys.db. Answers with what the vault has to be told.
    [[nodiscard]] static Result<Secret> count(Database &keys, quint64 inVault);
};

} // namespace parvis::session
