// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/values.h"
#include "engine/engine.h"

namespace parvis {

/// The devices of a person as far as this device knows; a person who was never asked about is asked about
/// now. Our own come with the server's list of our sessions, where it can be reached.
[[nodiscard]] Task<QList<DeviceCard>> deviceCards(Engine &engine, const UserId &user);
/// Asks the server for the devices of somebody whom we follow; answers when they are known, or after ten
/// seconds.
[[nodiscard]] Task<void> askForDevices(Engine &engine, const UserId &user);

} // namespace parvis
