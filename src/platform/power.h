// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// True where this computer runs on its battery, as far as the system says so: by now, Linux alone does.
/// Reads a few small files; any thread. @p folder: another one in tests.
[[nodiscard]] bool runsOnBattery(const QString &folder = QStringLiteral("/sys/class/power_supply"));

} // namespace parvis
