// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

/// Leaves the function with the error of a step that failed; a transaction's steps are many and all alike.
#define PARVIS_TRY(step)                                                                                     \
    do {                                                                                                     \
        if (auto done = (step); !done)                                                                       \
            return tl::unexpected(done.error());                                                             \
    } while (false)
