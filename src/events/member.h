// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace parvis {

/// A person's place in a room; the value is stored.
enum class MemberState { Join, Invite, Knock, Leave, Ban };

/// What an m.room.member says.
struct Member {
    MemberState membership = MemberState::Leave;
    QString displayName; ///< cleaned for display; empty: none
    QString avatarUrl;
    QString reason;
    bool isDirect = false; ///< a hint of whoever invited

    bool operator==(const Member &) const = default;
};

/// Empty when the membership is not one of the five words.
[[nodiscard]] std::optional<Member> memberOf(const QJsonObject &content);

[[nodiscard]] std::optional<MemberState> memberStateFrom(QStringView word);
/// "join", "invite", "knock", "leave", "ban"
[[nodiscard]] QString memberStateWord(MemberState membership);

} // namespace parvis
