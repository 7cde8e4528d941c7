// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/complete_members.h"

#include "api/room_state.h"
#include "events/event_page.h"

using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace parvis {

CompleteMembers::CompleteMembers(ApiClient &api, Cache &cache, CryptoMachine &machine)
    : m_api(api), m_cache(cache), m_machine(machine)
{
}

Task<RoomMembers> CompleteMembers::completeMembers(const RoomId &room)
{
    const auto stored = m_cache.rooms().room(room);
    if (!stored)
        return Task<RoomMembers>::ready(tl::unexpected(stored.error()));
    if (!*stored)
        return Task<RoomMembers>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
    if ((*stored)->membersComplete)
        return Task<RoomMembers>::ready(fromCache(room));

    // Whoever asks while the question is on its way gets the same answer.
    auto &asking = m_asking[room];
    const bool first = !asking;
    if (first)
        asking = std::make_shared<std::vector<Promise<RoomMembers>>>();
    auto task = asking->emplace_back().task();
    if (first) {
        m_api.send(api::GetMembers{.roomId = room, .notMembership = u"leave"_s})
            .andThen(this, [this, room](const QByteArray &answer) { return take(room, answer); })
            .then(this, [this, room](const Result<void> &taken) {
                const auto waiting = m_asking.take(room);
                const auto members =
                    taken ? fromCache(room) : Result<RoomMembers>(tl::unexpected(taken.error()));
                for (auto &promise : *waiting)
                    promise.resolve(members);
            });
    }
    return task;
}

Result<RoomMembers> CompleteMembers::fromCache(const RoomId &room)
{
    const auto stored = m_cache.rooms().members(room);
    if (!stored)
        return tl::unexpected(stored.error());
    RoomMembers members;
    for (const StoredMember &member : *stored) {
        if (member.membership == MemberState::Join)
            members.joined.append(member.user);
        else if (member.membership == MemberState::Invite)
            members.invited.append(member.user);
    }
    if (auto followed = m_machine.onMembers(room, members.joined + members.invited); !followed)
        return tl::unexpected(followed.error());
    return members;
}

Result<void> CompleteMembers::take(const RoomId &room, const QByteArray &answer)
{
    auto page = readEventPage(answer);
    if (!page)
        return tl::unexpected(page.error());
    StateChanges changes;
    changes.rooms.append({.id = room, .state = page->chunk, .membersComplete = true});
    return m_cache.commit(changes).map([](const AppliedChanges &) {});
}

} // namespace parvis
