// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_event.h"
#include "timeline/item.h"

namespace parvis::timeline {

/// What one message has at most: more is noise, and would cost every reader.
inline constexpr qsizetype mostReactionKeys = 50;
/// Longer keys are no reactions but texts in the wrong place. UTF-16 units.
inline constexpr qsizetype longestReactionKey = 128;

/// What @p annotations of one message say, in the order of their first: each person once a key
/// (specification, "Event annotations and reactions"). Anything that is no valid reaction is left out.
[[nodiscard]] QList<Reaction> reactionsOf(const QList<RoomEvent> &annotations, const UserId &own);

/// The key of an echo that reacts, and to what; empty for any other.
struct ReactionEcho {
    EventId target;
    QString key;
};
[[nodiscard]] ReactionEcho reactionOf(const LocalEcho &echo);

/// Adds one, once.
void addReaction(QList<Reaction> &reactions, const QString &key, const UserId &sender, const UserId &own);

} // namespace parvis::timeline
