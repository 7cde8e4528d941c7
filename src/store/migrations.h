// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <functional>
#include <span>

namespace parvis {

class Database;

/// One step of a schema. A step that was released never changes: what comes after it is a step of its own.
struct Migration {
    int version; ///< 1, 2, 3...; kept in the file as user_version
    QByteArrayView sql;
};

/// From schema/keys/NNN_what.sql and schema/cache/NNN_what.sql, in the order of their numbers.
[[nodiscard]] std::span<const Migration> keysSchema();
[[nodiscard]] std::span<const Migration> cacheSchema();

/// Brings the file to the last version, each step with its version number in one transaction: after a crash
/// the file is at a whole version. A file from a newer Parvis is PARVIS_STORE_NEWER and left as it is.
/// @p beforeChange: called once with the version that there is, where it is one and not the last; its error
/// ends it all.
[[nodiscard]] Result<void> migrate(Database &database, std::span<const Migration> steps,
                                   const std::function<Result<void>(int version)> &beforeChange = {});

} // namespace parvis
