// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
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
    bool identityExists = false;   ///< the account has one, of whatever device
    bool identityChanged = false;  ///< the server shows another one than ours
    bool identityConflict = false; ///< the server shows other keys for this device: sign in again

    bool operator==(const CryptoStatus &) const = default;
};

/// What is to be thought of a person's identity.
struct PersonIdentity {
    bool known = false; ///< the person has one
    bool verified = false;
    bool violated = false; ///< was verified, and is another one now: nothing is sent until it is answered
    bool changed = false;  ///< another one than at first sight, not accepted yet

    bool operator==(const PersonIdentity &) const = default;
};

/// Keys and devices of the open account. UI thread.
class EncryptionPort
{
public:
    virtual ~EncryptionPort() = default;

    [[nodiscard]] virtual Task<CryptoStatus> status() = 0;
    /// As far as this device knows; asks the server first where it never did.
    [[nodiscard]] virtual Task<QList<DeviceCard>> devices(const UserId &user) = 0;
    /// Makes the account's identity and signs this device with it. @p password: where the server asks for it.
    /// Fails with PARVIS_IDENTITY_EXISTS, unless it is to be replaced; PARVIS_PASSWORD_NEEDED;
    /// PARVIS_AUTH_IN_BROWSER (`detail`: the page).
    [[nodiscard]] virtual Task<void> makeIdentity(Secret password, bool replace) = 0;
    [[nodiscard]] virtual Task<PersonIdentity> identity(const UserId &user) = 0;
    /// The person takes a changed identity as it is, not verified: warnings end, sending is possible.
    [[nodiscard]] virtual Task<void> acceptIdentity(const UserId &user) = 0;
    /// The next message in the room gets a new key.
    [[nodiscard]] virtual Task<void> discardSession(const RoomId &room) = 0;
};

} // namespace parvis
