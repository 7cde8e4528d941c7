// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/member.h"

#include "events/plain_text.h"

using namespace Qt::StringLiterals;

namespace parvis {

std::optional<MemberState> memberStateFrom(QStringView word)
{
    if (word == "join"_L1)
        return MemberState::Join;
    if (word == "invite"_L1)
        return MemberState::Invite;
    if (word == "knock"_L1)
        return MemberState::Knock;
    if (word == "leave"_L1)
        return MemberState::Leave;
    if (word == "ban"_L1)
        return MemberState::Ban;
    return {};
}

QString memberStateWord(MemberState membership)
{
    switch (membership) {
    case MemberState::Join:
        return u"join"_s;
    case MemberState::Invite:
        return u"invite"_s;
    case MemberState::Knock:
        return u"knock"_s;
    case MemberState::Leave:
        return u"leave"_s;
    case MemberState::Ban:
        return u"ban"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<Member> memberOf(const QJsonObject &content)
{
    const auto membership = memberStateFrom(content["membership"_L1].toString());
    if (!membership)
        return {};
    return Member{
        .membership = *membership,
        .displayName = plainLine(content["displayname"_L1].toString()),
        .avatarUrl = content["avatar_url"_L1].toString().left(1024),
        .reason = plainLine(content["reason"_L1].toString(), 1024),
        .isDirect = content["is_direct"_L1].toBool(),
    };
}

} // namespace parvis
