// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "policy/policy.h"

namespace parvis::policy {

/// Where accounts lie. @p asked is what the program was started with, the person's choice: it holds unless
/// the administrator made the folder mandatory. @p usual is where they lie if nobody says anything.
[[nodiscard]] QString profileFolder(const Policy &policy, const QString &asked, const QString &usual);

} // namespace parvis::policy
