// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Why a device gets no room keys under @p strategy. This device itself is never asked about.
[[nodiscard]] Exclusion exclusionOf(CryptoStep &step, const DeviceRecord &device, SharingStrategy strategy);

/// What the device is told (specification, `m.room_key.withheld`); empty: nothing.
[[nodiscard]] QString withheldCode(Exclusion exclusion);
/// The English text that goes with a code, for other clients' logs.
[[nodiscard]] QString withheldReason(const QString &code);

/// Those of @p users whose verified identity was exchanged: nothing may be sent before the person has
/// answered.
[[nodiscard]] QList<UserId> violatedAmong(CryptoStep &step, const QList<UserId> &users);

} // namespace parvis::crypto
