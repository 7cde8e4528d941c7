// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <QStringList>

namespace parvis {

/// Which rooms a subscription follows.
struct RoomFilter {
    enum class Show {
        All,
        Unread,
        People,
        Rooms,
        Favourites,
        LowPriority,
        Mentions, ///< something unread is for the person
        Invitations,
        Knocks,
        Spaces, ///< and nothing else: in no other view
    };

    Show show = Show::All;
    QString text;      ///< part of the name, without regard to case and accents; empty: any
    RoomId space = {}; ///< those in this space and in the spaces below it; empty: all
    /// Counts as unread, so that the open room does not vanish on being read.
    RoomId keep;

    bool operator==(const RoomFilter &) const = default;
};

/// A conversation to be made.
struct NewRoom {
    QString name;  ///< empty: named after its members
    QString topic; ///< empty: none
    RoomKind kind = RoomKind::Private;
    QList<UserId> invite;
    QString alias;        ///< "#name:server" of the own server, or its name alone; empty: none
    bool federate = true; ///< false: nobody of another server can ever enter
    /// The space that it is put into: the person has to be there, and to have the right. A public room is
    /// then for those of the space, and in no directory. Empty: none.
    RoomId parent = {};

    bool operator==(const NewRoom &) const = default;
};

/// The rooms of the account: following them, and what changes them. UI thread.
///
/// Order: invitations, favourites, the rest, low priority, rooms that another one has replaced; inside each,
/// newest activity first. Left rooms and spaces are not in the list.
class RoomListPort
{
public:
    virtual ~RoomListPort() = default;

    /// Each subscription has its own filter; to change it, let the context die and subscribe anew.
    virtual void subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink) = 0;
    virtual void subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink) = 0;
    /// False until the first synchronisation of this account has been applied.
    virtual void subscribeLoaded(const QObject *context, ValueSink<bool> sink) = 0;

    /// Answers when the server has made it; an encrypted kind is encrypted from its first event.
    /// A direct room with that person that already exists is answered instead of a second one.
    [[nodiscard]] virtual Task<RoomId> create(const NewRoom &room) = 0;
    /// @p roomOrAlias: "!id:server" or "#alias:server"; also accepts an invitation. @p via: servers that are
    /// in the room, where the own one is not.
    [[nodiscard]] virtual Task<RoomId> join(const QString &roomOrAlias, const QStringList &via = {}) = 0;
    /// Also declines an invitation.
    [[nodiscard]] virtual Task<void> leave(const RoomId &room) = 0;
    /// @p reason is seen by the invited person and by the members; empty: none.
    [[nodiscard]] virtual Task<void> invite(const RoomId &room, const UserId &user,
                                            const QString &reason = {}) = 0;
    [[nodiscard]] virtual Task<QList<MemberCard>> members(const RoomId &room) = 0;
    /// Everything in the room is read.
    [[nodiscard]] virtual Task<void> markRead(const RoomId &room) = 0;
};

} // namespace parvis
