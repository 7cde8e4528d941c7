// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace parvis::driver {

/// eval push_match: {condition, value} -> {match}, or {event, rules?, context} -> {rule_id, actions}.
[[nodiscard]] Result<QJsonValue> pushMatch(const QJsonObject &input);

} // namespace parvis::driver
