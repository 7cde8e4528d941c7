// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "sync/sync_update.h"

#include <memory>

namespace parvis {

/// When the rooms of an answer are read.
enum class RoomReading {
    Now,
    Later, ///< a long answer's one after the other, by RoomReader: all at once they take several times its
           ///< size
};

/// Reads the answer of either dialect. Fails with PARVIS_BAD_SYNC only when the text is no JSON object or has
/// no position; a broken event or room is left out and counted. Pure: any thread.
///
/// Give @p body away (std::move) and with room to spare if possible: simdjson reads a few bytes past the end.
[[nodiscard]] Result<SyncUpdate> readSync(QByteArray body, SyncDialect dialect,
                                          RoomReading rooms = RoomReading::Now);

/// Reads rooms that readSync() left unread. One thread at a time.
class RoomReader
{
public:
    RoomReader();
    ~RoomReader();
    RoomReader(RoomReader &&) noexcept;
    RoomReader &operator=(RoomReader &&) = delete;

    /// Fills @p room in, whose JSON is in @p answer's body; does nothing where it was read. PARVIS_BAD_SYNC
    /// where that is no JSON: then nothing of the rest of the answer can be trusted either.
    [[nodiscard]] Result<void> read(RoomUpdate &room, const SyncUpdate &answer);

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace parvis
