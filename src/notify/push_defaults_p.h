// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QJsonObject>

namespace parvis::notify {

/// The predefined rules of the specification (1.19, "Predefined rules") for @p own.
[[nodiscard]] QJsonObject defaultPushRules(const UserId &own);

} // namespace parvis::notify
