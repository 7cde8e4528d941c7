// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "client/room_finder_port.h"
#include "rooms/room_list.h"

namespace parvis {

/// The spaces as RoomFinderPort::subscribeSpaces() orders them. Core thread.
[[nodiscard]] QList<SpaceCard> spaceCards(rooms::RoomList &rooms);

/// The same as a list that follows the rooms, looked at once a turn. Core thread.
class SpaceRows : public QObject
{
    Q_OBJECT

public:
    /// @p rooms outlives it.
    explicit SpaceRows(rooms::RoomList &rooms);

    [[nodiscard]] ObservableList<SpaceCard> &items() { return m_items; }

private:
    void lookSoon();

    rooms::RoomList &m_rooms;
    ObservableList<SpaceCard> m_items;
    bool m_looking = false;
};

} // namespace parvis
