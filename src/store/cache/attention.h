// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "events/room_event.h"

#include <QList>

namespace parvis {

/// How much a message of somebody else's concerns the person, by the account's push rules. Stored.
enum class Attention {
    Unjudged = -1, ///< read long ago, or nobody has asked yet
    None = 0,      ///< unread, and nothing more
    Notify = 1,
    Highlight = 2,
    Ignored = 3, ///< of somebody whom the person ignores: not even unread
};

/// Who says so. Asked inside a commit, once for each message that is unread, and again when it becomes
/// readable or the rules change.
class AttentionJudge
{
public:
    virtual ~AttentionJudge() = default;
    /// The answers stand in the order of @p events. What the same commit has written can be read already.
    [[nodiscard]] virtual Result<QList<Attention>> judge(const RoomId &room,
                                                         const QList<RoomEvent> &events) = 0;
};

} // namespace parvis
