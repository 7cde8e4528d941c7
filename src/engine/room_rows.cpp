// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_rows.h"

#include "engine/summaries.h"

namespace parvis {

namespace {

rooms::Filter toCore(const RoomFilter &filter)
{
    using Show = rooms::Filter::Show;
    rooms::Filter core{.show = Show::All, .text = filter.text, .space = filter.space, .keep = filter.keep};
    switch (filter.show) {
    case RoomFilter::Show::All:
        break;
    case RoomFilter::Show::Unread:
        core.show = Show::Unread;
        break;
    case RoomFilter::Show::People:
        core.show = Show::People;
        break;
    case RoomFilter::Show::Rooms:
        core.show = Show::Rooms;
        break;
    case RoomFilter::Show::Favourites:
        core.show = Show::Favourites;
        break;
    case RoomFilter::Show::LowPriority:
        core.show = Show::LowPriority;
        break;
    case RoomFilter::Show::Mentions:
        core.show = Show::Mentions;
        break;
    case RoomFilter::Show::Invitations:
        core.show = Show::Invitations;
        break;
    case RoomFilter::Show::Knocks:
        core.show = Show::Knocks;
        break;
    case RoomFilter::Show::Spaces:
        core.show = Show::Spaces;
        break;
    }
    return core;
}

struct Rows {
    Rows(Engine &engine, const RoomFilter &filter)
        : view(engine.rooms().view(toCore(filter))),
          mapped(view->items(), [&engine](const rooms::Summary &room) {
              return toClient(room,
                              {.hasDraft = engine.hasDraft(room.id), .hasFailed = engine.hasFailed(room.id)});
          })
    {
        QObject::connect(&engine, &Engine::roomExtrasChanged, &context, [this](const RoomId &changed) {
            mapped.refresh([&](const rooms::Summary &room) { return room.id == changed; });
        });
    }

    std::shared_ptr<rooms::RoomView> view;
    MappedList<rooms::Summary, RoomSummary> mapped;
    QObject context;
};

} // namespace

ListSource<RoomSummary> roomRows(Engine &engine, const RoomFilter &filter)
{
    auto rows = std::make_shared<Rows>(engine, filter);
    return {.list = &rows->mapped.items(), .keep = rows};
}

} // namespace parvis
