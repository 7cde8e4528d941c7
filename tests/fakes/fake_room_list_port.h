// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/observable_value.h"
#include "client/room_list_port.h"

namespace parvis {

/// Rooms in memory. Filters as the core does, but answers a changed room with a Reset.
class FakeRoomListPort : public RoomListPort
{
public:
    void subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink) override
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
    void subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink) override
    {
        totals.subscribe(context, std::move(sink));
    }
    void subscribeLoaded(const QObject *context, ValueSink<bool> sink) override
    {
        loaded.subscribe(context, std::move(sink));
    }
    Task<RoomId> create(const NewRoom &room) override
    {
        created += room;
        return answer(createAnswer);
    }
    Task<RoomId> join(const QString &room, const QStringList &) override
    {
        joined += room;
        return answer(joinError ? Result<RoomId>(tl::unexpected(*joinError)) : Result<RoomId>(RoomId(room)));
    }
    Task<void> leave(const RoomId &room) override
    {
        left += room;
        return answer(leaveError ? Result<void>(tl::unexpected(*leaveError)) : Result<void>());
    }
    Task<void> invite(const RoomId &, const UserId &user, const QString &) override
    {
        invited += user;
        return Task<void>::ready(inviteAnswer);
    }
    Task<QList<MemberCard>> members(const RoomId &room) override
    {
        listed += room;
        return Task<QList<MemberCard>>::ready(memberList);
    }
    Task<void> markRead(const RoomId &room) override
    {
        read += room;
        return Task<void>::ready({});
    }

    /// Answers what was asked to be made, joined or left while that was held.
    void release()
    {
        hold = false;
        for (const auto &one : std::exchange(m_held, {}))
            one();
    }

    ObservableList<RoomSummary> rooms;
    ObservableValue<UnreadTotals> totals;
    ObservableValue<bool> loaded{true};
    Result<RoomId> createAnswer = RoomId(QStringLiteral("!new:example"));
    Result<void> inviteAnswer;
    std::optional<Error> joinError;
    std::optional<Error> leaveError;
    QList<MemberCard> memberList;
    QList<NewRoom> created;
    QStringList joined;
    QList<RoomId> left;
    QList<RoomId> listed; ///< whose members were asked for
    QList<RoomId> read;
    QList<UserId> invited;
    bool hold = false; ///< the server is slow

private:
    template <typename T>
    Task<T> answer(Result<T> now)
    {
        if (!hold)
            return Task<T>::ready(std::move(now));
        const auto promise = std::make_shared<Promise<T>>();
        m_held.push_back([promise, now] { promise->resolve(now); });
        return promise->task();
    }

    static bool passes(const RoomSummary &room, const RoomFilter &filter)
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
        }
        return true;
    }

    std::vector<std::function<void()>> m_held;
};

} // namespace parvis
