// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"
#include "events/member.h"

#include <QByteArrayView>
#include <QHash>
#include <QList>

namespace parvis {

/// Which of the two ways of synchronising an answer came by.
enum class SyncDialect {
    Sliding, ///< org.matrix.simplified_msc3575
    Classic, ///< /v3/sync
};

/// Somebody has read up to an event.
struct ReceiptUpdate {
    UserId user;
    EventId event;
    QString type;   ///< m.read or m.read.private
    QString thread; ///< empty: unthreaded
    qint64 ts = 0;

    bool operator==(const ReceiptUpdate &) const = default;
};

/// A member after whom a room without a name is called.
struct HeroUpdate {
    UserId user;
    QString displayName; ///< cleaned; empty: unknown (the classic dialect gives ids alone)
    QString avatarUrl;

    bool operator==(const HeroUpdate &) const = default;
};

/// What one answer says of one room. An absent optional means "as before".
struct RoomUpdate {
    RoomId id;
    std::optional<MemberState> membership; ///< absent: follows from the own member event, else joined
    bool initial = false;                  ///< what is known of this room's state is replaced, not amended
    bool limited = false;                  ///< there may be a gap before the first timeline event
    bool incomplete = false;               ///< events of its state or timeline were broken and left out
    QString prevBatch;                     ///< where that gap is to be filled from; empty: unknown
    QList<Event> state;
    /// False: state is what was before the timeline, whose own state events come on top.
    /// True: it is what holds after the timeline, whose own state events only are shown.
    bool stateIsAfter = false;
    QList<Event> timeline;            ///< oldest first
    std::optional<qsizetype> numLive; ///< so many at the end are new, not history
    std::optional<qint64> joinedCount;
    std::optional<qint64> invitedCount;
    std::optional<QList<HeroUpdate>> heroes;
    std::optional<QString> name;   ///< as the server computed it, cleaned
    std::optional<QString> avatar; ///< likewise
    std::optional<qint64> bumpStamp;
    QList<ReceiptUpdate> receipts;
    std::optional<QList<UserId>> typing;
    QList<Event> accountData; ///< type and content alone
    QList<Event> stripped;    ///< of an invitation or a knock: nothing in it is proven
    QByteArrayView unread;    ///< its JSON, in SyncUpdate::body, where RoomReader has still to read it
};

/// One answer of either dialect. Values, checked for types and sizes; what was broken was left out.
struct SyncUpdate {
    SyncDialect dialect = SyncDialect::Classic;
    QString position;           ///< pos or next_batch
    bool hasToDevice = false;   ///< the answer has a to-device part
    QList<QByteArray> toDevice; ///< raw events, in the server's order
    QString toDeviceNextBatch;
    QList<UserId> changedDevices;
    QList<UserId> leftDevices;
    std::optional<QHash<QString, qint64>> oneTimeKeyCounts;
    std::optional<QStringList> unusedFallbackKeyTypes;
    QList<Event> accountData;
    QList<RoomUpdate> rooms;
    bool roomsWhole = true;            ///< classic: false where something else stood in the place of rooms
    QHash<QString, qint64> listCounts; ///< sliding: how many rooms each list has
    int dropped = 0;                   ///< broken pieces that were left out
    QByteArray body;                   ///< the answer, as long as rooms of it are unread

    /// True when nothing but the position is in it.
    [[nodiscard]] bool isEmpty() const
    {
        return toDevice.isEmpty() && changedDevices.isEmpty() && leftDevices.isEmpty()
            && accountData.isEmpty() && rooms.isEmpty();
    }
};

} // namespace parvis
