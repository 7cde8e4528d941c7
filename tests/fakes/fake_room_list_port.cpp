// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_room_list_port.h"

namespace parvis {

void FakeRoomListPort::subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink)
{
    rooms.subscribe(context, [this, filter, sink = std::move(sink)](const ListDiffs<RoomSummary> &) {
        QList<RoomSummary> shown;
        for (const auto &room : rooms.items()) {
            if (passes(room, filter))
                shown += room;
        }
        sink({{ListDiff<RoomSummary>::Reset{shown}}});
    });
}

void FakeRoomListPort::subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink)
{
    totals.subscribe(context, std::move(sink));
}

void FakeRoomListPort::subscribeLoaded(const QObject *context, ValueSink<bool> sink)
{
    loaded.subscribe(context, std::move(sink));
}

Task<RoomId> FakeRoomListPort::create(const NewRoom &room)
{
    created += room;
    return answer(createAnswer);
}

Task<RoomId> FakeRoomListPort::join(const QString &room, const QStringList &)
{
    joined += room;
    return answer(joinError ? Result<RoomId>(tl::unexpected(*joinError)) : Result<RoomId>(RoomId(room)));
}

Task<void> FakeRoomListPort::leave(const RoomId &room)
{
    left += room;
    return answer(leaveError ? Result<void>(tl::unexpected(*leaveError)) : Result<void>());
}

Task<void> FakeRoomListPort::invite(const RoomId &, const UserId &user, const QString &)
{
    invited += user;
    return Task<void>::ready(inviteAnswer);
}

Task<QList<MemberCard>> FakeRoomListPort::members(const RoomId &room)
{
    listed += room;
    return Task<QList<MemberCard>>::ready(memberList);
}

Task<void> FakeRoomListPort::markRead(const RoomId &room)
{
    read += room;
    return Task<void>::ready({});
}

void FakeRoomListPort::release()
{
    hold = false;
    for (const auto &one : std::exchange(m_held, {}))
        one();
}

bool FakeRoomListPort::passes(const RoomSummary &room, const RoomFilter &filter)
{
    if (!filter.text.isEmpty())
        return room.name.contains(filter.text, Qt::CaseInsensitive);
    switch (filter.show) {
    case RoomFilter::Show::All:
        return true;
    case RoomFilter::Show::Unread:
        return room.unread > 0 || room.markedUnread || room.roomId == filter.keep;
    case RoomFilter::Show::People:
        return room.direct;
    case RoomFilter::Show::Rooms:
        return !room.direct;
    case RoomFilter::Show::Favourites:
        return room.favourite;
    case RoomFilter::Show::LowPriority:
        return room.lowPriority;
    case RoomFilter::Show::Mentions:
        return room.highlight > 0;
    case RoomFilter::Show::Invitations:
        return room.membership == Membership::Invite;
    case RoomFilter::Show::Knocks:
        return room.membership == Membership::Knock;
    case RoomFilter::Show::Spaces:
        return room.kind == RoomKind::Space;
    }
    return true;
}

} // namespace parvis
