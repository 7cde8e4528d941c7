// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/message.h"
#include "events/room_facts.h"
#include "store/cache/cache.h"

namespace parvis::rooms {

/// The newest message of a room, as the room list shows it.
struct Preview {
    EventId event; ///< empty: there is none yet
    UserId sender;
    QString senderName;
    bool own = false;
    bool readable = true;
    QString type; ///< of the clear text where there is one
    MessageKind kind = MessageKind::Other;
    QString text; ///< one line
    qint64 ts = 0;

    bool operator==(const Preview &) const = default;
};

/// A row of the room list.
struct Summary {
    RoomId id;
    QString name;
    MemberState membership = MemberState::Join;
    qint64 recency = 0; ///< larger is newer
    QString topic;
    QString avatar;
    QString roomType;   ///< m.space and others
    QString encryption; ///< the algorithm; empty: not encrypted
    QString joinRule;
    QString history;
    RoomId replacedBy;     ///< as its tombstone says
    RoomId predecessor;    ///< as its creation says
    bool replaced = false; ///< the room in its place says so as well, and the person is in it
    AccessRules access;
    qint64 memberCount = 0;
    UserId directUser; ///< empty: no conversation of two
    UserId inviter;
    QString inviterName;
    int unread = 0;
    int notifications = 0; ///< of the unread ones: what the push rules tell of
    int highlight = 0;
    bool markedUnread = false;
    bool favourite = false;
    bool lowPriority = false;
    EventId readUpTo;
    bool unwanted = false; ///< an invitation of somebody whom the person ignores: in no view
    bool unsent = false;   ///< something of the person's waits here: shown even where the room was left
    Preview last;

    [[nodiscard]] bool isUnread() const { return unread > 0 || markedUnread; }
    bool operator==(const Summary &) const = default;
};

} // namespace parvis::rooms

// Thousands of them stand in one ordered list, in which each message moves a row.
Q_DECLARE_TYPEINFO(parvis::rooms::Summary, Q_RELOCATABLE_TYPE);

namespace parvis::rooms {

struct DerivedRow;

/// Makes the row, in the language of the program. Pure but for the translation; any thread.
[[nodiscard]] Summary summaryOf(const StoredRoom &room, const DerivedRow &derived);

} // namespace parvis::rooms
