// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "client/values.h"

namespace parvis {

/// How the account's encryption stands.
struct CryptoStatus {
    bool crossSigning = false;     ///< an own identity exists and this device holds its keys
    bool secretStorage = false;    ///< a recovery key exists
    QString backupVersion;         ///< empty: no backup
    bool backupTrusted = false;    ///< the backup is ours
    int keysToBackUp = 0;          ///< Megolm sessions that no backup holds
    bool verified = false;         ///< this device is signed by the own identity
    int oneTimeKeys = -1;          ///< what the server last said it holds; -1: nothing yet
    bool identityConflict = false; ///< the server shows other keys for this device: sign in again

    bool operator==(const CryptoStatus &) const = default;
};

/// Keys and devices of the open account. UI thread.
class EncryptionPort
{
public:
    virtual ~EncryptionPort() = default;

    [[nodiscard]] virtual Task<CryptoStatus> status() = 0;
    /// As far as this device knows; asks the server first where it never did.
    [[nodiscard]] virtual Task<QList<DeviceCard>> devices(const UserId &user) = 0;
    /// The next message in the room gets a new key.
    [[nodiscard]] virtual Task<void> discardSession(const RoomId &room) = 0;
};

} // namespace parvis
