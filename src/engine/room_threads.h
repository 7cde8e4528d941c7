// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/timeline_port.h"

namespace parvis {

class Engine;

/// As TimelinePort::threads() says. Core thread.
[[nodiscard]] Task<QList<ThreadCard>> threadsIn(Engine &engine, const RoomId &room);

} // namespace parvis
