// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "numbers.h"

namespace parvis::bench {

/// The first encrypted message to a room in which no device is known yet: what the machine with its keys.db
/// works at, without the waiting for the server, against libolm's sessions and messages alone.
struct FirstMessage {
    Times total;
    Times devices;  ///< of it: the answer that says whose devices there are
    Times sessions; ///< the answers with a one-time key of each
    Times sharing;  ///< the room key encrypted for each, and kept until the server has it
    Times rest;     ///< the message itself, and what was left to be marked
    Times floor;
    bool good = true;
};

[[nodiscard]] FirstMessage measureFirstMessage(int devices, int rounds);

} // namespace parvis::bench
