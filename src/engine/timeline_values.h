// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/media_port.h"
#include "client/values.h"
#include "send/send_queue.h"
#include "timeline/item.h"

namespace parvis {

/// What the lines of a room depend on beside the events.
struct LineContext {
    bool canSend = false;
    qint64 deviceCreatedMs = 0;         ///< messages from before cannot be for this device
    QList<FileTransfer> transfers = {}; ///< of this room
};

/// The file of @p item is the one on its way.
[[nodiscard]] bool concerns(const FileTransfer &transfer, const timeline::Item &item);
[[nodiscard]] TimelineItem toClient(const timeline::Item &item, const LineContext &context);
[[nodiscard]] timeline::LocalEcho toEcho(const store::QueueRow &row, std::optional<Error> error,
                                         bool encrypted);

} // namespace parvis
