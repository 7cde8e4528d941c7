// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"
#include "net/http.h"

namespace parvis {

/// What a reply that is not 2xx means. The errcode decides first, the status second; the server's own words
/// are left out, because they can name people and rooms. @p nowMs reads a Retry-After that is a date.
[[nodiscard]] Error errorFromReply(const HttpReply &reply, qint64 nowMs);

} // namespace parvis
