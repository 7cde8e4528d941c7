// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

namespace parvis {

/// EncryptionPort::renameDevice(). Core thread.
[[nodiscard]] Task<void> renameDevice(Engine &engine, const DeviceId &device, const QString &name);
/// EncryptionPort::logOutDevices(). Core thread.
[[nodiscard]] Task<void> logOutDevices(Engine &engine, const QList<DeviceId> &devices, Secret password);

} // namespace parvis
