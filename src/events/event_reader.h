// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "events/event.h"

namespace parvis {

/// How much of an envelope must be there.
enum class Envelope {
    Room,     ///< event id, type, sender, time
    Stripped, ///< type and sender: state of an invitation, to-device
    Content,  ///< type alone: account data, receipts
};

/// Reads one event from its JSON text; strict about the types of the envelope, silent about the content.
[[nodiscard]] Result<Event> readEvent(QByteArrayView json, Envelope envelope = Envelope::Room);

} // namespace parvis
