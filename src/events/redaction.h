// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"

namespace parvis {

/// Which event an m.room.redaction takes back; empty if none is named. Room version 11 moved the field.
[[nodiscard]] EventId redactedBy(const Event &redaction);

/// @p event without everything that a redaction removes, as the server will send it from now on.
/// The rules are those of room version 11; older versions keep a few harmless fields more.
[[nodiscard]] Event redacted(const Event &event, const Event &because);

} // namespace parvis
