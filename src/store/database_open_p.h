// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QString>

struct sqlite3;

namespace parvis {
struct DatabaseOptions;
}

/// The steps of Database::open() that come before there is a connection.
namespace parvis::store {

/// Once a process: the allocator, the version, FTS5.
[[nodiscard]] Result<void> prepareLibrary();
/// The file is there with mode 0600, or the error that says why not.
[[nodiscard]] Result<void> prepareFile(const DatabaseOptions &options);
[[nodiscard]] Result<sqlite3 *> openHandle(const DatabaseOptions &options);
/// SQLite's result code.
[[nodiscard]] int setRawKey(sqlite3 *handle, const Secret &key);
/// The first page does not decrypt. If another one does, the key is right and the file is damaged.
/// Says which of the two files it is: one can be fetched again, the other cannot.
[[nodiscard]] QString damagedCode(const DatabaseOptions &options);

} // namespace parvis::store
