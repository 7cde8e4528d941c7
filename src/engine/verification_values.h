// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/verification_port.h"
#include "crypto/verification_values.h"

namespace parvis {

/// The machine's verifications as the window gets them.
[[nodiscard]] QList<VerificationInfo> toClient(const QList<crypto::VerificationInfo> &infos);

} // namespace parvis
