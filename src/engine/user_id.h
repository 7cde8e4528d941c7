// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

namespace parvis {

/// True for what the specification calls the id of a person: "@name:server".
[[nodiscard]] bool isUserId(const UserId &user);

} // namespace parvis
