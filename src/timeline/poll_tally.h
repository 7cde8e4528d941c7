// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/poll.h"
#include "events/room_event.h"

#include <functional>
#include <optional>

namespace parvis::timeline {

/// How a poll stands.
struct Poll {
    PollStart start;
    QList<QList<UserId>>
        voters;          ///< for each answer, in their order, each sorted; empty while the counts are secret
    QStringList ownVote; ///< ids of answers; empty: none that counts
    int people = 0;      ///< whose votes count; 0 while they are secret
    bool ended = false;

    bool operator==(const Poll &) const = default;
};

/// Whether a person may end a poll that is not theirs: who may remove messages.
using MayEnd = std::function<bool(const UserId &)>;

/// Counts what @p references say of the poll @p original, which asks @p start (MSC3381): the last vote of
/// each person that is not later than the end, cut to as many answers as may be chosen, without those that do
/// not exist; the first end by its author or one who may. In an encrypted poll only what was encrypted
/// counts: the server could have written the rest. @p references: whatever refers to it, in any order.
[[nodiscard]] Poll tallyOf(const RoomEvent &original, const PollStart &start,
                           const QList<RoomEvent> &references, const UserId &own, const MayEnd &mayEnd);
/// When it ended, milliseconds since 1970, by what tallyOf() would take for its end; empty: it has not.
[[nodiscard]] std::optional<qint64> endOf(const RoomEvent &original, const QList<RoomEvent> &references,
                                          const MayEnd &mayEnd);
/// Somebody has voted: then a correction of the poll no longer counts.
[[nodiscard]] bool hasVotes(const RoomEvent &original, const QList<RoomEvent> &references);

} // namespace parvis::timeline
