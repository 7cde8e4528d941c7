// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "known_rooms.h"

using namespace Qt::StringLiterals;

namespace parvis::driver {

namespace {

constexpr int newRoomMs = 5000;

} // namespace

Task<void> KnownRooms::find(const RoomId &room)
{
    auto &waiting = m_waiting[room];
    const bool first = !waiting;
    if (first)
        waiting = std::make_shared<std::vector<Promise<void>>>();
    auto task = waiting->emplace_back().task();
    if (first) {
        m_ports.diagnostics.knowsRoom(room)
            .andThen(this,
                     [this, room](bool known) { return known ? Task<bool>::ready(true) : afterSync(room); })
            .then(this, [this, room](const Result<bool> &known) { answer(room, known); });
    }
    return task;
}

Task<void> KnownRooms::account()
{
    // Of all questions the cheapest that needs an account.
    return m_ports.diagnostics.knowsRoom({}).andThen(this, [](bool) { return Result<void>(); });
}

Task<void> KnownRooms::settled()
{
    return account().andThen(this, [this] { return account(); }).andThen(this, [this] { return account(); });
}

Task<bool> KnownRooms::afterSync(const RoomId &room)
{
    return m_ports.diagnostics.status().andThen(this, [this, room](const EngineStatus &status) {
        if (status.sync == EngineStatus::Sync::Stopped)
            return Task<bool>::ready(false);
        auto promise = std::make_shared<Promise<bool>>();
        auto task = promise->task();
        withTimeout(shaped(m_ports.diagnostics.waitIdle(), this), newRoomMs, this)
            .then(this, [this, room, promise](const Result<QJsonValue> &) {
                m_ports.diagnostics.knowsRoom(room).then(
                    this, [promise](Result<bool> known) { promise->resolve(std::move(known)); });
            });
        return task;
    });
}

void KnownRooms::answer(const RoomId &room, const Result<bool> &known)
{
    const auto waiting = m_waiting.take(room);
    for (Promise<void> &promise : *waiting) {
        if (!known)
            promise.resolve(tl::unexpected(known.error()));
        else if (*known)
            promise.resolve({});
        else
            promise.resolve(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
    }
}

} // namespace parvis::driver
