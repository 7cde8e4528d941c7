// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/cross_signing_p.h"
#include "crypto/device_tracker_p.h"
#include "crypto/key_backup_p.h"
#include "crypto/key_gossip_p.h"
#include "crypto/one_time_keys_p.h"
#include "crypto/room_key_sharing_p.h"
#include "crypto/session_claims_p.h"
#include "crypto/verifications.h"

namespace parvis::crypto {

/// What the machine's face stands before.
struct MachineParts {
    explicit MachineParts(StepContext start)
        : context(std::move(start)),
          gossip(tracker, claims, backup.versions),
          sharing(tracker, claims),
          verifications(context, tracker)
    {
    }

    StepContext context;
    DeviceTracker tracker;
    OneTimeKeys oneTimeKeys;
    SessionClaims claims;
    CrossSigning crossSigning;
    KeyBackup backup;
    KeyGossip gossip;
    RoomKeySharing sharing;
    Verifications verifications;
};

/// The to-device request with this id, if it is still waiting.
[[nodiscard]] std::optional<ToDeviceRecord> pendingToDevice(CryptoStep &step, const RequestId &id);

} // namespace parvis::crypto
