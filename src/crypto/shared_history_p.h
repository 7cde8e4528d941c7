// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/olm_receiver_p.h"

namespace parvis::crypto {

/// Takes in an `m.room_key_bundle`: kept until it is wanted, or for long enough. Bounded, whoever sends.
void receiveBundle(CryptoStep &step, const ReceivedOlm &received);

} // namespace parvis::crypto
