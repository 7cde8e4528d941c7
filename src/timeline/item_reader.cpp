// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/item_reader.h"

#include "rooms/room_state.h"

#include <limits>

namespace parvis::timeline {

Result<std::optional<Item>> readItem(const Cache &cache, const RoomId &room, const ItemFactory &factory,
                                     const TimelineRow &row)
{
    const EventId &id = row.event.event.id;
    auto edits = cache.events().edits(room, id);
    auto annotations = cache.events().annotations(room, id, mostReactions);
    const auto inThread = cache.events().peopleInThread(room, id);
    if (!edits || !annotations || !inThread)
        return tl::unexpected(!edits ? edits.error() : !annotations ? annotations.error() : inThread.error());
    const auto unheard = [&](const RoomEvent &event) { return factory.ignores(event.event.sender); };
    annotations->removeIf(unheard);
    int heard = 0;
    for (auto it = inThread->cbegin(); it != inThread->cend(); ++it)
        heard += factory.ignores(it.key()) ? 0 : it.value();
    ItemFactory::Related related{.edits = *std::move(edits),
                                 .annotations = *std::move(annotations),
                                 .inThread = heard,
                                 .references = {},
                                 .mayEnd = {}};
    if (isPollStart(row.event.type())) {
        const auto levels = rooms::RoomState(cache.rooms(), room).powerLevels();
        const auto ends = cache.events().firstReferences(room, id, pollEndTypes(), mostVotes);
        if (!levels || !ends)
            return tl::unexpected(!levels ? levels.error() : ends.error());
        related.mayEnd = [levels = *levels](const UserId &user) {
            return levels.of(user) >= levels.toRedact();
        };
        // What comes after the end takes the place of no vote.
        const qint64 end =
            endOf(row.event, *ends, related.mayEnd).value_or(std::numeric_limits<qint64>::max());
        auto votes = cache.events().references(room, id, end, mostVotesOfOne, mostVotes);
        if (!votes)
            return tl::unexpected(votes.error());
        votes->removeIf(unheard);
        related.references = *ends + *votes;
    }
    return factory.item(row, related);
}

} // namespace parvis::timeline
