// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "engine/engine.h"

namespace parvis {

/// Who will be able to read what is sent to the room now; the list of its members is completed first.
[[nodiscard]] Task<RoomReaders> roomReaders(Engine &engine, const RoomId &room);

/// The same in numbers, of the members that are known; all zero where the room is not encrypted.
[[nodiscard]] Result<ReaderCounts> readerCounts(Engine &engine, const RoomId &room);

} // namespace parvis
