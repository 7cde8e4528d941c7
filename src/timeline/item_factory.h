// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "rooms/ignored_people.h"
#include "rooms/members.h"
#include "store/cache/event_store.h"
#include "timeline/item.h"
#include "timeline/received_shield.h"

namespace parvis::timeline {

/// Turns events into lines. Core thread.
class ItemFactory
{
public:
    /// @p members and @p ignored outlive it.
    ItemFactory(UserId own, rooms::Members &members, const rooms::IgnoredPeople &ignored)
        : m_own(std::move(own)), m_members(members), m_ignored(ignored)
    {
    }

    /// Whether nothing of what @p user says is shown.
    [[nodiscard]] bool ignores(const UserId &user) const { return m_ignored.contains(user); }

    /// Which messages in clear are suspicious. True: others than before, and the items are others too.
    [[nodiscard]] bool setEncryptedSince(const EncryptedSince &since)
    {
        return std::exchange(m_encryptedSince, since) != since;
    }

    /// What refers to an event; unchecked.
    struct Related {
        QList<RoomEvent> edits;
        QList<RoomEvent> annotations;
        int inThread = 0;
        QList<RoomEvent> references; ///< of a poll
        MayEnd mayEnd;               ///< likewise
    };
    /// Nothing for what has no line of its own: edits, reactions, unknown events, and what people say whom
    /// the person ignores. Who comes, goes or changes the room is shown of everybody: the rest would make no
    /// sense.
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
    const rooms::IgnoredPeople &m_ignored;
    EncryptedSince m_encryptedSince;
};

/// Of an echo that edits: what. Empty otherwise.
[[nodiscard]] EventId editedBy(const LocalEcho &echo);

} // namespace parvis::timeline
