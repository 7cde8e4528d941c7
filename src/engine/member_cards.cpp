// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/member_cards.h"

#include "engine/person_name.h"
#include "engine/summaries.h"
#include "rooms/members.h"
#include "rooms/room_state.h"

#include <algorithm>
#include <limits>

namespace parvis {

namespace {

/// Whoever made a room has more rights there than an int can say, and so has whom a server calls so.
int shownPower(qint64 level)
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    return int(std::clamp(level, -most, most));
}

Result<QList<MemberCard>> cards(Engine &engine, const RoomId &room)
{
    const RoomStore &store = engine.cache().rooms();
    const auto stored = store.members(room);
    if (!stored)
        return tl::unexpected(stored.error());
    const auto levels = rooms::RoomState(store, room).powerLevels();
    if (!levels)
        return tl::unexpected(levels.error());
    rooms::Members names(store, room);
    QList<MemberCard> cards;
    for (const StoredMember &member : *stored) {
        if (member.membership != MemberState::Join && member.membership != MemberState::Invite)
            continue;
        const PersonName person = splitPersonName(names.nameOf(member.user));
        cards.append({.userId = member.user,
                      .name = person.name,
                      .organisation = person.organisation,
                      .membership = toClient(member.membership),
                      .power = shownPower(levels->of(member.user)),
                      .external = false,
                      .own = member.user == engine.user()});
    }
    std::sort(cards.begin(), cards.end(), [](const MemberCard &a, const MemberCard &b) {
        if (a.power != b.power)
            return a.power > b.power;
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return cards;
}

} // namespace

Task<QList<MemberCard>> memberCards(Engine &engine, const RoomId &room)
{
    return engine.members().completeMembers(room).andThen(
        &engine, [&engine, room](const crypto::RoomMembers &) { return cards(engine, room); });
}

} // namespace parvis
