// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QList>

namespace parvis {

/// Which rooms the room-list connection asks for.
struct RoomWindow {
    static constexpr qint64 firstEnd = 19; ///< what a screen shows
    static constexpr qint64 step = 100;

    qint64 end = firstEnd;   ///< the last room of the list that is asked for, from 0
    QList<RoomId> open = {}; ///< rooms that the person looks at: more of their timeline

    bool operator==(const RoomWindow &) const = default;
};

/// The bodies of the two sliding connections and the filter of the classic one. Pure.
namespace sync_request {

/// Connection "encryption": to-device messages and key counts, no room. @p since: empty on the first use.
[[nodiscard]] QByteArray encryption(const QString &since);
/// Connection "room-list".
[[nodiscard]] QByteArray roomList(const RoomWindow &window);
/// Inline filter of /v3/sync.
[[nodiscard]] QString classicFilter();

} // namespace sync_request

} // namespace parvis
