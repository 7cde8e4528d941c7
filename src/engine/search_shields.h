// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/search_port.h"

namespace parvis {

class Engine;

/// What was found, each message with the mark that it has in its conversation. A message that was taken back
/// meanwhile is left out, and what ignored people said. Core thread.
[[nodiscard]] Result<SearchResult> withShields(Engine &engine, SearchResult result);

} // namespace parvis
