// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/space_tree.h"

#include "rooms/room_list.h"
#include "rooms/room_state.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

/// Of all spaces together: more belong to nobody who reads them.
constexpr qsizetype maxSpaceLinks = 100'000;

bool isOpenSpace(const Summary &room)
{
    return room.roomType == "m.space"_L1 && room.membership == MemberState::Join;
}

QHash<RoomId, QSet<RoomId>> namedIn(const SpaceTree::Children &children)
{
    QHash<RoomId, QSet<RoomId>> named;
    for (auto it = children.cbegin(); it != children.cend(); ++it) {
        for (const SpaceChild &child : *it)
            named[it.key()].insert(child.room);
    }
    return named;
}

Result<void> addChildren(const RoomStore &store, const QHash<RoomId, Summary> &rooms,
                         SpaceTree::Children &children)
{
    qsizetype left = maxSpaceLinks;
    for (auto it = rooms.cbegin(); it != rooms.cend(); ++it) {
        if (!isOpenSpace(*it))
            continue;
        QList<SpaceChild> &mine = children[it.key()];
        const auto events = store.knownChildrenOf(it.key(), left);
        if (!events)
            return tl::unexpected(events.error());
        for (const Event &event : *events) {
            const auto child = spaceChildOf(event);
            const auto room = child ? rooms.constFind(child->room) : rooms.cend();
            if (room != rooms.cend() && isPresent(*room))
                mine.append(*child);
        }
        left -= events->size();
    }
    return {};
}

Result<void> addClaims(const RoomStore &store, const QHash<RoomId, Summary> &rooms,
                       SpaceTree::Children &children)
{
    const auto claims = store.parentClaims(maxSpaceLinks);
    if (!claims)
        return tl::unexpected(claims.error());
    QHash<RoomId, QSet<RoomId>> named = namedIn(children);
    QHash<RoomId, PowerLevels> levels;
    for (const auto &[room, event] : *claims) {
        const auto claim = spaceParentOf(event);
        const auto child = rooms.constFind(room);
        // What an invitation shows of the room is not proven; and a room that was replaced claims nothing
        // more.
        const bool counts = claim && child != rooms.cend() && child->membership == MemberState::Join
            && !child->replaced && children.contains(claim->space) && !named[claim->space].contains(room);
        if (!counts)
            continue;
        auto of = levels.constFind(claim->space);
        if (of == levels.cend()) {
            const auto read = RoomState(store, claim->space).powerLevels();
            if (!read)
                return tl::unexpected(read.error());
            of = levels.insert(claim->space, *read);
        }
        if (!of->maySetState(claim->claimedBy, event_type::spaceChild))
            continue;
        named[claim->space].insert(room);
        children[claim->space].append(
            {.room = room, .via = claim->via, .order = {}, .suggested = false, .ts = event.originServerTs});
    }
    return {};
}

} // namespace

SpaceTree::SpaceTree(Children children) : m_children(std::move(children))
{
    for (auto it = m_children.begin(); it != m_children.end(); ++it) {
        it->removeIf([&](const SpaceChild &child) { return child.room == it.key(); });
        std::sort(it->begin(), it->end(), childGoesBefore);
        for (const SpaceChild &child : std::as_const(*it))
            m_parents[child.room].append(it.key());
    }
    for (QList<RoomId> &parents : m_parents)
        std::sort(parents.begin(), parents.end());
    findTopLevel();
}

void SpaceTree::findTopLevel()
{
    QList<RoomId> all = m_children.keys();
    std::sort(all.begin(), all.end());
    QSet<RoomId> reached;
    const auto take = [&](const RoomId &space) {
        m_topLevel.append(space);
        reach(space, reached);
    };
    for (const RoomId &space : std::as_const(all)) {
        if (!m_parents.contains(space))
            take(space);
    }
    for (const RoomId &space : std::as_const(all)) {
        if (!reached.contains(space))
            take(space);
    }
    std::sort(m_topLevel.begin(), m_topLevel.end());
}

void SpaceTree::reach(const RoomId &space, QSet<RoomId> &reached) const
{
    QList<RoomId> open{space};
    reached.insert(space);
    while (!open.isEmpty()) {
        const auto children = m_children.constFind(open.takeLast());
        if (children == m_children.cend())
            continue;
        for (const SpaceChild &child : *children) {
            if (reached.contains(child.room))
                continue;
            reached.insert(child.room);
            open.append(child.room);
        }
    }
}

QSet<RoomId> SpaceTree::below(const RoomId &space) const
{
    QSet<RoomId> reached;
    reach(space, reached);
    reached.remove(space);
    return reached;
}

Result<SpaceTree> readSpaceTree(const RoomStore &store, const QHash<RoomId, Summary> &rooms)
{
    SpaceTree::Children children;
    if (const auto added = addChildren(store, rooms, children); !added)
        return tl::unexpected(added.error());
    if (children.isEmpty())
        return SpaceTree();
    if (const auto added = addClaims(store, rooms, children); !added)
        return tl::unexpected(added.error());
    return SpaceTree(std::move(children));
}

} // namespace parvis::rooms
