// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "client/values.h"
#include "engine/unreadable_cause.h"
#include "send/send_queue.h"
#include "timeline/item.h"

namespace parvis {

/// What the lines of a room depend on beside the events.
struct LineContext {
    bool canSend = false;
    QList<FileTransfer> transfers = {}; ///< of this room
};

[[nodiscard]] Shield shieldOf(ShieldColour colour);
/// @p word: the reason as the crypto machine and the timeline spell it.
[[nodiscard]] ShieldReason shieldReasonOf(const QString &word);
/// The file of @p item is the one on its way.
[[nodiscard]] bool concerns(const FileTransfer &transfer, const timeline::Item &item);
/// @p cause: why it is unreadable, where it is.
[[nodiscard]] TimelineItem toClient(const timeline::Item &item, const LineContext &context,
                                    const UnreadableCause &cause);
[[nodiscard]] timeline::LocalEcho toEcho(const store::QueueRow &row, std::optional<Error> error,
                                         bool encrypted);

} // namespace parvis
