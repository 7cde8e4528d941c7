// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/member.h"
#include "events/room_event.h"

#include <QList>
#include <QSet>
#include <QStringList>

namespace parvis {

/// Where a timeline row stands; ordered as the server ordered it.
struct TimelinePlace {
    qint64 chunk = 0;
    qint64 place = 0;

    /// An island: a stretch that was looked up somewhere in the past. Nothing says where it stands among the
    /// rest before reading on from it reaches what is here; until then its chunk is below zero.
    [[nodiscard]] bool isOnIsland() const { return chunk < 0; }
    /// The chunk of events that were fetched one by one: of their neighbours nothing is known at all.
    static constexpr qint64 looseChunk = -(Q_INT64_C(1) << 62);
    [[nodiscard]] bool isLoose() const { return chunk == looseChunk; }
    friend auto operator<=>(const TimelinePlace &, const TimelinePlace &) = default;
};

struct Hero {
    UserId user;
    QString displayName;
    QString avatarUrl;

    bool operator==(const Hero &) const = default;
};

struct Receipt {
    UserId user;
    EventId event;
    QString type;
    QString thread; ///< empty: unthreaded
    qint64 ts = 0;

    bool operator==(const Receipt &) const = default;
};

/// What is to be written about one room. An absent optional, an empty list: as before.
struct RoomChanges {
    RoomId id;
    std::optional<MemberState> membership = {};
    bool replaceState = false; ///< what is stored of state and members goes first
    QList<Event> state = {};   ///< the current state in its order, members included
    /// True: the members in state are all that are in the room or may come in.
    /// Whoever else is stored has left.
    std::optional<bool> membersComplete = {};

    QList<RoomEvent> timeline = {}; ///< live, oldest first
    /// The timeline is what we sent ourselves and the server accepted: others may have been quicker, so it
    /// says nothing about what is before it.
    bool kept = false;
    bool limited = false; ///< something may be missing before the timeline
    QString prevBatch = {};

    QString encryption = {}; ///< the algorithm, known by another way than an event; what is on stays on
    std::optional<qint64> recency = {};
    std::optional<QString> serverName = {};
    std::optional<QString> serverAvatar = {};
    std::optional<QList<Hero>> heroes = {};
    std::optional<qint64> joinedCount = {};
    std::optional<qint64> invitedCount = {};
    std::optional<UserId> inviter = {};
    QList<Receipt> receipts = {};
    QList<Event> accountData = {};
};

/// A page of older events that fills (a part of) the gap before a chunk.
struct BackfillPage {
    RoomId room;
    qint64 chunk = 0;
    QString from; ///< the token that was asked with: if the gap has another one by now, the page is stale
    /// The next token; empty: the server has nothing older. The gap closes only where the room's first event
    /// is here, or what is older is known.
    QString end;
    QList<RoomEvent> events; ///< newest first
    QList<Event> members;    ///< lazily loaded senders: only those are written of whom nothing is known
};

/// What is around an event that somebody went to: a new island, or a part of what it touches.
struct IslandPage {
    RoomId room;
    QList<RoomEvent> events = {}; ///< oldest first
    EventId target = {};          ///< the one of them that was asked for
    QString from = {};            ///< asks for what is older than all of them
    bool inClear = false;         ///< the server says that the room was not encrypted yet where it begins
    QList<Event> members = {};
};

/// A page of newer events behind the last one of its stretch.
struct ForwardPage {
    RoomId room;
    EventId after = {}; ///< the last event when it was asked; if it is not by now, the page is stale
    QList<RoomEvent> events = {}; ///< oldest first
    QList<Event> members = {};
};

/// Events without their neighbours, as the messages of a thread are: behind what is known of them the same
/// way.
struct LooseEvents {
    RoomId room;
    QList<RoomEvent> events = {}; ///< newest first
    QList<Event> members = {};
};

/// Messages that go from this machine for good (RetentionStore finds them), with all that is kept for them.
struct PurgedRows {
    RoomId room;
    QList<qint64> rows = {}; ///< in events
    /// The server may have them still: what is missing then is known as a hole. Otherwise nobody is to see
    /// them again, and nothing is missing.
    bool cut = false;
};

/// A stored event that can be read now, or cannot for another reason.
struct LateDecryption {
    RoomId room;
    EventId event;
    std::optional<ClearText> clear;
    Undecryptable reason = Undecryptable::None;
};

/// Everything that one step writes to the cache. The one way to change it.
struct StateChanges {
    QList<RoomChanges> rooms = {};
    QList<Event> accountData = {};
    QList<std::pair<QString, QString>> positions = {}; ///< name, value; an empty value removes it
    QList<BackfillPage> backfills = {};
    QList<IslandPage> islands = {};
    QList<ForwardPage> forwards = {};
    QList<LooseEvents> loose = {};
    QList<LateDecryption> decryptions = {};
    QList<PurgedRows> purges = {};
    QList<RoomId> forgotten = {}; ///< everything of these rooms goes
};

/// What a commit changed in one room.
struct RoomApplied {
    RoomId id;
    bool timeline = false;     ///< rows came, went or moved
    QSet<EventId> events = {}; ///< rows that look different now: edited, redacted, readable
    QSet<EventId> purged = {}; ///< rows that are on this machine no longer
    bool members = false;
    bool limited = false; ///< something may be missing, changes of members as well
    bool receipts = false;
    bool links = false; ///< to spaces: its own children, its parents, or whether it is known at all
    bool gone = false;
};

/// What a commit changed: published after it, so that whoever hears of it finds it in the cache.
struct AppliedChanges {
    QList<RoomApplied> rooms;
    QStringList accountData; ///< types
};

} // namespace parvis
