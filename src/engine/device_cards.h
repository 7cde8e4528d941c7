// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/values.h"
#include "engine/engine.h"

namespace parvis {

/// The devices of a person as far as this device knows; a person who was never asked about is asked about
/// now.
[[nodiscard]] Task<QList<DeviceCard>> deviceCards(Engine &engine, const UserId &user);

} // namespace parvis
