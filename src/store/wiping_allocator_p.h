// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>

namespace parvis::store {

/// Has SQLite overwrite every block of memory before it frees it: pages, rows and messages among them. To be
/// called before anything else of SQLite.
///
/// In the place of PRAGMA cipher_memory_security, which is no property of a connection: once on, it is on for
/// the whole process, locks and unlocks every single page with a system call, and makes the cache seven times
/// slower.
void useWipingAllocator();

/// Overwrites memory in a way that the compiler cannot leave out.
void wipe(void *memory, std::size_t size);

} // namespace parvis::store
