// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "session/account_files.h"

namespace parvis::session {

/// profile.json, or the copy of it where it is missing or cannot be read: without it nothing says under which
/// name the keychain has the key, and the account could never be opened again.
///
/// PARVIS_STORE_ABSENT where neither is there; else what is wrong with profile.json.
[[nodiscard]] Result<AccountHeader> readHeader(const AccountPaths &paths);

/// Replaces profile.json. The copy is of accounts that are ready, alone: it goes before one is wiped, and
/// never brings back what was begun or given up.
[[nodiscard]] Result<void> writeHeader(const AccountPaths &paths, const AccountHeader &header);

/// Brings back what is missing of profile.json and its copy; one that cannot be read is set aside and kept.
[[nodiscard]] Result<void> mendHeader(const AccountPaths &paths, const AccountHeader &header, qint64 nowMs);

/// False where the folder is not there, or holds nothing but what a crash before the header leaves. What
/// cannot be looked at counts as data.
[[nodiscard]] bool holdsData(const AccountPaths &paths);

/// Takes such a folder away; any other one stays.
void removeEmptyFolder(const AccountPaths &paths);

} // namespace parvis::session
