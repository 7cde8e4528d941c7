// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "numbers.h"

namespace parvis::bench {

/// A file of room keys taken in by a whole engine, against what nobody can leave out: decrypt the file, parse
/// it, let libolm import each key, check its point strictly, and pickle it; without a store.
struct KeyImport {
    Times engine; ///< of the processor: a person waits for less, since two threads share the work
    Times floor;
    Times engineWall;
    Times floorWall;
    Times longestTurn; ///< of the core thread meanwhile
    bool good = true;
};

[[nodiscard]] KeyImport measureKeyImport(int keys, int rounds);

} // namespace parvis::bench
