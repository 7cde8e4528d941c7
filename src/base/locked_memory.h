// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>

/// \file
/// Memory for key material: neither the swap nor a core dump gets it, and it is wiped when it is given back.
/// There is little of it: where the system locks none, or all is in use, ordinary memory takes its place,
/// which is wiped as well, and the log says so once. Any thread.
namespace parvis {

/// What is larger is no key but what a key opened, and never in locked memory.
constexpr size_t maxLockedBlock = 16 * 1024;

/// Zeroed; for freeKeyMemory() with the same @p size. Does not fail.
[[nodiscard]] void *allocateKeyMemory(size_t size);
/// Wipes it first. Null is nothing.
void freeKeyMemory(void *memory, size_t size);
/// Whether this is locked memory.
[[nodiscard]] bool isLocked(const void *memory);
/// How much of it there is; 0 where the system locks none.
[[nodiscard]] size_t lockedMemoryBytes();

} // namespace parvis
