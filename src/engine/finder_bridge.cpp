// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/finder_bridge.h"

#include "engine/engine_follow.h"
#include "engine/room_finder.h"
#include "engine/space_cards.h"

namespace parvis {

namespace {

ListSource<SpaceCard> spaceRows(Engine &engine)
{
    auto rows = std::make_shared<SpaceRows>(engine.rooms());
    return {.list = &rows->items(), .keep = rows};
}

} // namespace

void FinderBridge::subscribeSpaces(const QObject *context, ListSink<SpaceCard> sink)
{
    if (!m_spaces)
        m_spaces =
            std::make_unique<ListBridge<SpaceCard>>(m_link.executor, [core = m_link.core](QObject *owner) {
                return &(new EngineList<SpaceCard>(*core, spaceRows, owner))->items();
            });
    m_spaces->list().subscribe(context, std::move(sink));
}

Task<QList<SpaceCard>> FinderBridge::spaces()
{
    return m_link.askEngine(
        this, [](Engine &engine) { return Result<QList<SpaceCard>>(spaceCards(engine.rooms())); });
}

Task<FoundRooms> FinderBridge::children(const RoomId &space, bool suggestedOnly, int limit)
{
    return m_link.askEngine(
        this, [=](Engine &engine) { return engine.finder().children(space, suggestedOnly, limit); });
}

Task<FoundRooms> FinderBridge::directory(const DirectoryQuery &query)
{
    return m_link.askEngine(this, [=](Engine &engine) { return engine.finder().directory(query); });
}

} // namespace parvis
