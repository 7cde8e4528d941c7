// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/members.h"
#include "store/cache/event_store.h"
#include "timeline/item.h"

namespace parvis::timeline {

/// Turns events into lines. Core thread.
class ItemFactory
{
public:
    ItemFactory(UserId own, rooms::Members &members) : m_own(std::move(own)), m_members(members) {}

    /// From here on a message in clear is suspicious; empty: the room is not encrypted.
    /// True: it is another than before, and so are the items.
    [[nodiscard]] bool setEncryptedSince(std::optional<TimelinePlace> place)
    {
        return std::exchange(m_encryptedSince, place) != place;
    }

    /// What refers to an event; unchecked.
    struct Related {
        QList<RoomEvent> edits;
        QList<RoomEvent> annotations;
    };
    /// Nothing for what has no line of its own: edits, reactions, unknown events.
    [[nodiscard]] std::optional<Item> item(const TimelineRow &row, const Related &related) const;
    /// Nothing for the echo of an edit or a reaction, which belong on their original.
    [[nodiscard]] std::optional<Item> item(const LocalEcho &echo) const;
    /// @p item as it will be once @p edit has arrived.
    [[nodiscard]] Item withEcho(Item item, const LocalEcho &edit) const;
    /// @p item with the reaction that is on its way.
    void addEcho(Item &item, const QString &reaction) const;
    /// Names may be others now; true when one is.
    bool rename(Item &item) const;

private:
    [[nodiscard]] Item base(const Event &event) const;
    [[nodiscard]] QString senderName(const Item &item) const;
    void readMessage(Item &item, const QJsonObject &content) const;

    UserId m_own;
    rooms::Members &m_members;
    std::optional<TimelinePlace> m_encryptedSince;
};

/// Of an echo that edits: what. Empty otherwise.
[[nodiscard]] EventId editedBy(const LocalEcho &echo);

} // namespace parvis::timeline
