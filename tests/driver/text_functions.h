// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto_functions.h"

namespace parvis::driver {

/// HTML, Markdown and links of messages.
[[nodiscard]] QHash<QString, PureFunction> textFunctions();

} // namespace parvis::driver
