// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

#include <QStringList>

#include <optional>

namespace parvis {

/// A space that the person is in, or is invited to.
struct SpaceCard {
    RoomId spaceId;
    QString name;
    Membership membership = Membership::Join;
    bool topLevel = false;  ///< in no other space; one of a circle, where each is in another
    QList<RoomId> parents;  ///< spaces that it is in
    QList<RoomId> children; ///< rooms and spaces in it that the person knows, in the space's order
    int rooms = 0;          ///< in it and in the spaces below, each once
    int unread = 0;         ///< messages in those
    int notifications = 0;  ///< of them what the push rules tell of
    int highlight = 0;

    bool operator==(const SpaceCard &) const = default;
};

/// A room that the person is in or may find.
struct FoundRoom {
    RoomId roomId;
    QString name;
    QString topic;
    QString alias;
    QString avatar; ///< mxc address
    bool space = false;
    std::optional<Membership> membership; ///< empty: the person was never there
    qint64 members = 0;                   ///< -1: nobody said
    QString joinRule;
    bool worldReadable = false;
    QStringList via;
    QString order;          ///< in its space
    bool suggested = false; ///< by its space

    bool operator==(const FoundRoom &) const = default;
};

/// A part of the rooms that were found.
struct FoundRooms {
    QList<FoundRoom> rooms;
    bool more = false;
    QString next;      ///< what asks for the rest; empty: this is all that can be asked for
    qint64 total = -1; ///< as the server estimates; -1: it does not say
    bool asked = true; ///< false: the server did not answer, this is what is known here

    bool operator==(const FoundRooms &) const = default;
};

/// What is looked for in a list of public rooms.
struct DirectoryQuery {
    QString server; ///< empty: the person's own
    QString text;
    QString next; ///< of the answer before
    int limit = 50;

    bool operator==(const DirectoryQuery &) const = default;
};

/// Rooms beyond the list: spaces with what is in them, and what servers list. UI thread.
class RoomFinderPort
{
public:
    virtual ~RoomFinderPort() = default;

    /// The spaces of the account; those at the top first, each kind by name.
    virtual void subscribeSpaces(const QObject *context, ListSink<SpaceCard> sink) = 0;
    [[nodiscard]] virtual Task<QList<SpaceCard>> spaces() = 0;
    /// What is directly in a space, in its order, also where the person is in neither. The server is asked
    /// for what is not known; without it, what is known of a space that the person is in is the answer.
    [[nodiscard]] virtual Task<FoundRooms> children(const RoomId &space, bool suggestedOnly, int limit) = 0;
    [[nodiscard]] virtual Task<FoundRooms> directory(const DirectoryQuery &query) = 0;
};

} // namespace parvis
