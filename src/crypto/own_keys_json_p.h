// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"

namespace parvis::crypto {

/// Our device keys, signed by themselves: what /keys/upload takes and what peers verify.
[[nodiscard]] Result<QByteArray> signedDeviceKeys(const OlmAccount &account, const UserId &user,
                                                  const DeviceId &device, const OwnKeys &keys);

/// One-time or fallback keys as the map that /keys/upload takes, each signed; empty if there are none.
[[nodiscard]] Result<QByteArray> signedKeyMap(const OlmAccount &account, const OwnDevice &own,
                                              const QHash<QString, Curve25519Key> &keys, bool fallback);

} // namespace parvis::crypto
