// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Takes in a prepared key: a better ratchet is kept, nothing that is trusted is trusted more or less for it.
/// False: what is there stays as it is.
bool importSession(CryptoStep &step, InboundSessionRecord offered);

} // namespace parvis::crypto
