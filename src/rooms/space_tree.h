// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_facts.h"
#include "rooms/summary.h"

#include <QHash>

namespace parvis::rooms {

/// Which of the known rooms are in which of the spaces that the person is in. A value; what its rooms say of
/// each other may go round in circles, and ends all the same.
class SpaceTree
{
public:
    using Children = QHash<RoomId, QList<SpaceChild>>;

    SpaceTree() = default;
    /// @p children: of each space, in any order. A space in itself is left out.
    explicit SpaceTree(Children children);

    [[nodiscard]] QList<RoomId> spaces() const { return m_children.keys(); }
    [[nodiscard]] bool has(const RoomId &space) const { return m_children.contains(space); }
    /// In the order of the specification; empty for what is no space here.
    [[nodiscard]] QList<SpaceChild> childrenOf(const RoomId &space) const { return m_children.value(space); }
    /// By their ids.
    [[nodiscard]] QList<RoomId> parentsOf(const RoomId &room) const { return m_parents.value(room); }
    /// In no other space; of spaces that are in each other only, the first by its id. By their ids.
    [[nodiscard]] const QList<RoomId> &topLevel() const { return m_topLevel; }
    /// Everything in a space and in the spaces below, spaces included, without the space itself.
    [[nodiscard]] QSet<RoomId> below(const RoomId &space) const;

    bool operator==(const SpaceTree &) const = default;

private:
    void findTopLevel();
    /// Adds the space and what is below; what is in @p reached was gone through before.
    void reach(const RoomId &space, QSet<RoomId> &reached) const;

    Children m_children;
    QHash<RoomId, QList<RoomId>> m_parents;
    QList<RoomId> m_topLevel;
};

/// The tree among @p rooms: a child is what its space calls one, and what claims a space as its parent where
/// whoever says so may make children there. Core thread; a query for each space.
[[nodiscard]] Result<SpaceTree> readSpaceTree(const RoomStore &store, const QHash<RoomId, Summary> &rooms);

} // namespace parvis::rooms
