// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/complete_members.h"

#include "api/room_state.h"
#include "events/event_page.h"

#include <QJsonDocument>

using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// What the cache knows of a member, in the form in which it takes it in.
Event asEvent(const StoredMember &member)
{
    const QJsonObject content{{"membership"_L1, memberStateWord(member.membership)},
                              {"displayname"_L1, member.displayName},
                              {"avatar_url"_L1, member.avatarUrl}};
    Event event;
    event.type = event_type::member;
    event.sender = member.user;
    event.stateKey = member.user.toString();
    event.raw = QJsonDocument(QJsonObject{{"content"_L1, content}}).toJson(QJsonDocument::Compact);
    return event;
}

} // namespace

CompleteMembers::CompleteMembers(ApiClient &api, Cache &cache, CryptoMachine &machine)
    : m_api(api), m_cache(cache), m_machine(machine)
{
    m_cache.subscribe(this, [this](const AppliedChanges &changes) { applied(changes); });
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
    auto &question = m_asking[room];
    const bool first = !question;
    if (first)
        question = std::make_shared<Question>();
    auto task = question->waiting.emplace_back().task();
    if (first)
        ask(room);
    return task;
}

void CompleteMembers::ask(const RoomId &room)
{
    Question &question = *m_asking[room];
    auto before = known(room);
    if (!before)
        return answered(room, tl::unexpected(before.error()));
    question.known = *std::move(before);
    question.changed.clear();
    question.gap = false;
    // Whoever waits for it looks at the screen: a connection that broke is tried again, a dead network is
    // told.
    m_api
        .sendWithRetry(api::GetMembers{.roomId = room, .notMembership = u"leave"_s},
                       {.tries = 3, .totalMs = 20'000})
        .then(this, [this, room](const Result<QByteArray> &answer) { answered(room, answer); });
}

void CompleteMembers::answered(const RoomId &room, const Result<QByteArray> &answer)
{
    const auto question = m_asking.value(room);
    if (answer && question->gap)
        return ask(room);
    m_asking.remove(room);
    const auto taken =
        answer.and_then([&](const QByteArray &body) { return take(room, body, question->changed); });
    const auto members = taken ? fromCache(room) : Result<RoomMembers>(tl::unexpected(taken.error()));
    for (auto &promise : question->waiting)
        promise.resolve(members);
}

void CompleteMembers::applied(const AppliedChanges &changes)
{
    for (const RoomApplied &room : changes.rooms) {
        const auto question = m_asking.value(room.id);
        if (!question)
            continue;
        question->gap = question->gap || room.limited;
        if (!room.members)
            continue;
        const auto now = known(room.id);
        if (!now) {
            question->gap = true;
            continue;
        }
        for (auto it = now->cbegin(); it != now->cend(); ++it) {
            const auto before = question->known.constFind(it.key());
            if (before == question->known.cend() || *before != it.value())
                question->changed.insert(it.key());
        }
        question->known = *now;
    }
}

Result<QHash<UserId, MemberState>> CompleteMembers::known(const RoomId &room) const
{
    return m_cache.rooms().members(room).map([](const QList<StoredMember> &members) {
        QHash<UserId, MemberState> byUser;
        for (const StoredMember &member : members)
            byUser.insert(member.user, member.membership);
        return byUser;
    });
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

Result<void> CompleteMembers::take(const RoomId &room, const QByteArray &answer, const QSet<UserId> &changed)
{
    auto page = readEventPage(answer);
    if (!page)
        return tl::unexpected(page.error());
    RoomChanges members{.id = room, .state = page->chunk, .membersComplete = true};
    members.state.removeIf([&](const Event &event) {
        return event.type == event_type::member && event.isState()
            && changed.contains(UserId(*event.stateKey));
    });
    for (const UserId &user : changed) {
        const auto stored = m_cache.rooms().member(room, user);
        if (!stored)
            return tl::unexpected(stored.error());
        if (*stored)
            members.state.append(asEvent(**stored));
    }
    return m_cache.commit({.rooms = {members}}).map([](const AppliedChanges &) {});
}

} // namespace parvis
