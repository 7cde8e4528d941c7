// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "crypto/crypto_values.h"

namespace parvis {

[[nodiscard]] DeviceTrust toClient(crypto::DeviceTrust trust);
[[nodiscard]] ReaderExclusion toClient(crypto::Exclusion exclusion);
[[nodiscard]] ReadersRule toClient(crypto::SharingStrategy strategy);
[[nodiscard]] PersonIdentity toClient(const crypto::IdentityView &view);

} // namespace parvis
