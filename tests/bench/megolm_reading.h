// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "numbers.h"

namespace parvis::bench {

/// Messages read by a whole machine with its keys.db, a page a call, against libolm alone on the same
/// ciphertexts with its sessions in memory.
struct MegolmReading {
    Times machine;
    Times floor;
    qsizetype messages = 0; ///< that were read in each round; 0: something could not be read
};

[[nodiscard]] MegolmReading measureMegolmReading(int messages, int rounds);

} // namespace parvis::bench
