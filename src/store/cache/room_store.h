// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/room_facts.h"
#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// A row of the room list as it is stored: the ingredients of what is shown.
struct StoredRoom {
    RoomId id;
    MemberState membership = MemberState::Join;
    qint64 recency = 0;
    QString name, alias, topic, avatar, serverName;
    QList<Hero> heroes;
    qint64 joinedCount = 0;
    qint64 invitedCount = 0;
    QString roomType, roomVersion, replacedBy, joinRule, history, encryption;
    RoomId predecessor;      ///< as the room's own creation says
    AccessRules access;      ///< without a rule: the room has none
    EventId encryptionEvent; ///< the first that is known; empty: older than all that is here
    qint64 encryptedMs = 0;  ///< the earliest time that such an event had, ms since 1970; 0: not known
    UserId inviter;
    UserId directUser;
    bool membersComplete = false, favourite = false, lowPriority = false, markedUnread = false;
    int unread = 0;
    int notifications = 0; ///< of the unread ones: what the push rules tell of
    int highlight = 0;
    EventId readUpTo;
    EventId lastEvent;
    QByteArray
        derived; ///< what Cache::keepDerived() was given; empty after each commit that touched the room

    bool operator==(const StoredRoom &) const = default;
};

} // namespace parvis

// An account has thousands, in one list.
Q_DECLARE_TYPEINFO(parvis::StoredRoom, Q_RELOCATABLE_TYPE);

namespace parvis {

struct StoredMember {
    UserId user;
    MemberState membership = MemberState::Leave;
    QString displayName;
    QString avatarUrl;

    bool operator==(const StoredMember &) const = default;
};

/// Reads of rooms, state, members, receipts and account data. Core thread; each call is a query.
class RoomStore
{
public:
    explicit RoomStore(Database &database) : m_database(database) {}

    /// All rooms but forgotten ones, newest first; one indexed query.
    [[nodiscard]] Result<QList<StoredRoom>> all() const;
    [[nodiscard]] Result<std::optional<StoredRoom>> room(const RoomId &room) const;
    /// The raw event; empty where there is none.
    [[nodiscard]] Result<std::optional<Event>> state(const RoomId &room, const QString &type,
                                                     const QString &stateKey = {}) const;
    /// The m.space.child events of a space, or those alone whose rooms are known; no more than @p most.
    [[nodiscard]] Result<QList<Event>> childrenOf(const RoomId &space, qsizetype most) const;
    [[nodiscard]] Result<QList<Event>> knownChildrenOf(const RoomId &space, qsizetype most) const;
    /// The m.space.parent events of all rooms, with the room of each, that name a known space.
    [[nodiscard]] Result<QList<std::pair<RoomId, Event>>> parentClaims(qsizetype most) const;
    [[nodiscard]] Result<QList<StoredMember>> members(const RoomId &room) const;
    [[nodiscard]] Result<std::optional<StoredMember>> member(const RoomId &room, const UserId &user) const;
    [[nodiscard]] Result<QList<Receipt>> receipts(const RoomId &room) const;
    [[nodiscard]] Result<std::optional<Receipt>> receiptOf(const RoomId &room, const UserId &user,
                                                           const QString &type) const;
    /// The whole event {"type", "content"}; empty where there is none.
    [[nodiscard]] Result<QByteArray> accountData(const QString &type) const;
    [[nodiscard]] Result<QByteArray> roomAccountData(const RoomId &room, const QString &type) const;
    /// Empty where the way of synchronising was never begun, or lost its place.
    [[nodiscard]] Result<QString> position(const QString &name) const;

private:
    Database &m_database;
};

} // namespace parvis
