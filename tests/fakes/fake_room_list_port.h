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
    void subscribe(const RoomFilter &filter, const QObject *context, ListSink<RoomSummary> sink) override;
    void subscribeTotals(const QObject *context, ValueSink<UnreadTotals> sink) override;
    void subscribeLoaded(const QObject *context, ValueSink<bool> sink) override;
    Task<RoomId> create(const NewRoom &room) override;
    Task<RoomId> join(const QString &room, const QStringList &) override;
    Task<void> leave(const RoomId &room) override;
    Task<void> invite(const RoomId &, const UserId &user, const QString &) override;
    Task<QList<MemberCard>> members(const RoomId &room) override;
    Task<void> markRead(const RoomId &room) override;

    /// Answers what was asked to be made, joined or left while that was held.
    void release();

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

    static bool passes(const RoomSummary &room, const RoomFilter &filter);
    std::vector<std::function<void()>> m_held;
};

} // namespace parvis
