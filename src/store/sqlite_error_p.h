// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

struct sqlite3;

namespace parvis::store {

/// What SQLite's result code means for the caller. The detail never quotes a value.
[[nodiscard]] Error errorOf(sqlite3 *handle, int code);

} // namespace parvis::store
