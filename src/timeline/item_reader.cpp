// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/item_reader.h"

#include "rooms/room_state.h"

namespace parvis::timeline {

Result<std::optional<Item>> readItem(const Cache &cache, const RoomId &room, const ItemFactory &factory,
                                     const TimelineRow &row)
{
    const EventId &id = row.event.event.id;
    auto edits = cache.events().edits(room, id);
    auto annotations = cache.events().annotations(room, id, mostReactions);
    const auto inThread = cache.events().countInThread(room, id);
    if (!edits || !annotations || !inThread)
        return tl::unexpected(!edits ? edits.error() : !annotations ? annotations.error() : inThread.error());
    const auto unheard = [&](const RoomEvent &event) { return factory.ignores(event.event.sender); };
    annotations->removeIf(unheard);
    ItemFactory::Related related{.edits = *std::move(edits),
                                 .annotations = *std::move(annotations),
                                 .inThread = *inThread,
                                 .references = {},
                                 .mayEnd = {}};
    if (isPollStart(row.event.type())) {
        auto references = cache.events().references(room, id, mostVotesOfOne, mostVotes);
        const auto levels = rooms::RoomState(cache.rooms(), room).powerLevels();
        if (!references || !levels)
            return tl::unexpected(!references ? references.error() : levels.error());
        references->removeIf(unheard);
        related.references = *std::move(references);
        related.mayEnd = [levels = *levels](const UserId &user) {
            return levels.of(user) >= levels.toRedact();
        };
    }
    return factory.item(row, related);
}

} // namespace parvis::timeline
