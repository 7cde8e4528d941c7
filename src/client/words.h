// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/settings_port.h"
#include "client/values.h"

namespace parvis {

/// The stable lower-case words of the values ("sending", "not_for_this_device"), for logs and the driver;
/// never for the person.
[[nodiscard]] QString word(Connection::State state);
[[nodiscard]] QString word(RoomKind kind);
[[nodiscard]] QString word(Membership membership);
[[nodiscard]] QString word(ItemKind kind);
[[nodiscard]] QString word(UnreadableReason reason);
[[nodiscard]] QString word(UnreadableRemedy remedy);
[[nodiscard]] QString word(ReaderExclusion exclusion);
[[nodiscard]] QString word(ReadersRule rule);
[[nodiscard]] QString word(Shield shield);
[[nodiscard]] QString word(ShieldReason reason);
[[nodiscard]] QString word(SendState state);
[[nodiscard]] QString word(DeviceTrust trust);
[[nodiscard]] QString word(SettingSource source);
[[nodiscard]] QString word(ThemeChoice theme);
[[nodiscard]] QString word(NoticeContent content);

/// The kind that a word names; empty where it names none.
[[nodiscard]] std::optional<RoomKind> roomKind(const QString &word);
[[nodiscard]] std::optional<ThemeChoice> themeChoice(const QString &word);
[[nodiscard]] std::optional<NoticeContent> noticeContent(const QString &word);

} // namespace parvis
