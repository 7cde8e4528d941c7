// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "timeline/item.h"

namespace parvis {

/// By which ways the key of a message can still come.
struct KeyWays {
    qint64 deviceCreatedMs = 0; ///< no message from before can have been for this device
    bool backupExists = false;
    bool backupReadable = false;
    bool deviceVerified = false;
    bool canVerify = false; ///< with another device of the person's
    bool hasRecovery = false;

    bool operator==(const KeyWays &) const = default;
};

[[nodiscard]] KeyWays keyWays(const CryptoStatus &status, qint64 deviceCreatedMs);

/// Where the key of one message stands.
struct KeyHope {
    bool beingFetched = false;
    bool justCame = false; ///< the message; its key may be a little behind it
};

struct UnreadableCause {
    UnreadableReason reason = UnreadableReason::None;
    UnreadableRemedy remedy = UnreadableRemedy::None;

    bool operator==(const UnreadableCause &) const = default;
};

/// Why a line is not readable, and what helps; nothing of a readable one.
[[nodiscard]] UnreadableCause causeOf(const timeline::Item &item, const KeyWays &ways, const KeyHope &hope);

} // namespace parvis
