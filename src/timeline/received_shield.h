// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/cache.h"
#include "timeline/item.h"

#include <optional>

namespace parvis::timeline {

/// Which messages in clear are suspicious.
struct EncryptedSince {
    /// Those behind it; empty where the room is not encrypted, or was not yet.
    std::optional<TimelinePlace> place;
    /// On an island, whatever the server said of it: those of later than that. 0: not known.
    qint64 ms = 0;

    bool operator==(const EncryptedSince &) const = default;
};

/// For the stretch around @p at. By the latch and the first event: neither a room's state sent anew nor a
/// second event takes marks away. Where an island stands nobody knows: there it is by what the server said of
/// the room at that time, and by the messages' own times. Core thread.
[[nodiscard]] Result<EncryptedSince> encryptedSince(const Cache &cache, const RoomId &room, TimelinePlace at);
/// Gives @p item the mark that the message in @p row came with, and the session by which it may have another
/// one by now. @p since: encryptedSince() of the room.
void markAsReceived(Item &item, const TimelineRow &row, const EncryptedSince &since);

} // namespace parvis::timeline
