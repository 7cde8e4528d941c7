// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

namespace parvis {

/// Our own identity, once the server has said in this run which one it shows; before that nobody may act on
/// what is known of it. PARVIS_TIMEOUT after half a minute. Core thread.
[[nodiscard]] Task<crypto::OwnIdentity> identityWord(Engine &engine);

} // namespace parvis
