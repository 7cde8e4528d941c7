// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/desktop_port.h"

#include <memory>

namespace parvis {

/// What this system tells people with who look elsewhere; null where there is nothing yet (Windows, macOS).
[[nodiscard]] std::unique_ptr<DesktopPort> makeDesktop();

} // namespace parvis
