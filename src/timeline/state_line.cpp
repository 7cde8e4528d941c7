// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/state_line.h"

#include "events/member.h"
#include "events/plain_text.h"

using namespace Qt::StringLiterals;

namespace parvis::timeline {

namespace {

using What = Change::What;

What whatOfMember(const Event &event, const std::optional<Member> &before, const Member &now)
{
    const bool bySelf = event.sender.toString() == *event.stateKey;
    const MemberState was = before ? before->membership : MemberState::Leave;
    switch (now.membership) {
    case MemberState::Join:
        if (was != MemberState::Join)
            return What::Joined;
        if (before->displayName != now.displayName)
            return What::DisplayName;
        return before->avatarUrl != now.avatarUrl ? What::Picture : What::None;
    case MemberState::Invite:
        return was == MemberState::Invite ? What::None : What::Invited;
    case MemberState::Knock:
        return What::Knocked;
    case MemberState::Ban:
        return What::Banned;
    case MemberState::Leave:
        if (was == MemberState::Ban)
            return What::Unbanned;
        if (was == MemberState::Invite)
            return bySelf ? What::InviteDeclined : What::InviteWithdrawn;
        return bySelf ? What::Left : What::Removed;
    }
    Q_UNREACHABLE();
    return What::None;
}

Change memberChange(const Event &event, const QJsonObject &prev, rooms::Members &members)
{
    const auto now = memberOf(event.content());
    if (!now)
        return {};
    const auto before = memberOf(prev);
    Change change;
    change.what = whatOfMember(event, before, *now);
    change.memberName = now->displayName;
    if (change.memberName.isEmpty() && before) // who leaves, or is removed, is not named again
        change.memberName = before->displayName;
    if (event.sender.toString() != *event.stateKey) {
        change.subject = UserId(*event.stateKey);
        change.subjectName = members.nameOf(change.subject, change.memberName);
    }
    if (change.what == What::DisplayName) {
        change.before = before->displayName;
        change.after = now->displayName;
    }
    return change;
}

} // namespace

Change changeOf(const Event &event, rooms::Members &members)
{
    const QJsonObject content = event.content();
    const QJsonObject prev = event.unsignedData()["prev_content"_L1].toObject();
    if (event.type == event_type::member)
        return memberChange(event, prev, members);
    if (!event.stateKey || !event.stateKey->isEmpty())
        return {};
    Change change;
    const auto text = [&](What what, QLatin1StringView key, qsizetype limit = 255) {
        change.what = what;
        change.before = plainLine(prev[key].toString(), limit);
        change.after = plainLine(content[key].toString(), limit);
    };
    if (event.type == event_type::create)
        change.what = What::RoomCreated;
    else if (event.type == event_type::encryption)
        change.what = prev.isEmpty() ? What::EncryptionOn : What::None;
    else if (event.type == event_type::name)
        text(What::RoomName, "name"_L1);
    else if (event.type == event_type::topic)
        text(What::RoomTopic, "topic"_L1, 1000);
    else if (event.type == event_type::avatar)
        change.what = What::RoomPicture;
    else if (event.type == event_type::joinRules)
        text(What::JoinRule, "join_rule"_L1);
    else if (event.type == event_type::historyVisibility)
        text(What::HistoryVisibility, "history_visibility"_L1);
    else if (event.type == event_type::powerLevels)
        change.what = prev.isEmpty() ? What::None : What::PowerLevels;
    else if (event.type == event_type::tombstone)
        change.what = What::Upgraded;
    return change;
}

} // namespace parvis::timeline
