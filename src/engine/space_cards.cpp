// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/space_cards.h"

#include "engine/summaries.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

SpaceCard cardOf(const rooms::Summary &space, const rooms::SpaceTree &tree, const rooms::RoomList &rooms)
{
    SpaceCard card{.spaceId = space.id,
                   .name = space.name,
                   .membership = toClient(space.membership),
                   // What is below an invitation is not known, so it is in no circle either.
                   .topLevel = tree.has(space.id) ? tree.topLevel().contains(space.id)
                                                  : tree.parentsOf(space.id).isEmpty(),
                   .parents = tree.parentsOf(space.id),
                   .children = {}};
    const auto children = tree.childrenOf(space.id);
    for (const SpaceChild &child : children)
        card.children.append(child.room);
    const auto inside = tree.below(space.id);
    for (const RoomId &id : inside) {
        const auto room = rooms.room(id);
        if (!room || !rooms::matches(*room, {}, {}))
            continue;
        ++card.rooms;
        card.unread += room->unread;
        card.notifications += room->notifications;
        card.highlight += room->highlight;
    }
    return card;
}

} // namespace

QList<SpaceCard> spaceCards(rooms::RoomList &rooms)
{
    const rooms::SpaceTree &tree = rooms.spaces();
    QList<SpaceCard> cards;
    const auto all = rooms.all();
    for (const rooms::Summary &room : all) {
        if (rooms::matches(room, {.show = rooms::Filter::Show::Spaces, .text = {}, .space = {}, .keep = {}},
                           {}))
            cards.append(cardOf(room, tree, rooms));
    }
    std::sort(cards.begin(), cards.end(), [](const SpaceCard &a, const SpaceCard &b) {
        if (a.topLevel != b.topLevel)
            return a.topLevel;
        const int byName = a.name.localeAwareCompare(b.name);
        return byName != 0 ? byName < 0 : a.spaceId < b.spaceId;
    });
    return cards;
}

SpaceRows::SpaceRows(rooms::RoomList &rooms) : m_rooms(rooms)
{
    m_items.reset(spaceCards(m_rooms));
    connect(&rooms, &rooms::RoomList::changed, this, &SpaceRows::lookSoon);
    connect(&rooms, &rooms::RoomList::spacesChanged, this, &SpaceRows::lookSoon);
}

void SpaceRows::lookSoon()
{
    if (std::exchange(m_looking, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_looking = false;
            QList<SpaceCard> now = spaceCards(m_rooms);
            if (m_items.items() != now)
                m_items.reset(std::move(now));
        },
        Qt::QueuedConnection);
}

} // namespace parvis
