// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "base/task.h"
#include "client/subscription.h"
#include "client/values.h"

namespace parvis {

/// How the account's encryption stands.
struct CryptoStatus {
    bool crossSigning = false;     ///< an own identity exists and this device holds its keys
    bool secretStorage = false;    ///< a recovery key exists
    QString backupVersion;         ///< empty: no backup
    bool backupTrusted = false;    ///< the backup is ours
    bool backupLost = false;       ///< there was one of ours, and it is gone or was exchanged
    bool backupReadable = false;   ///< this device holds its key
    int keysToBackUp = 0;          ///< Megolm sessions that no backup holds
    bool verified = false;         ///< this device is signed by the own identity
    int oneTimeKeys = -1;          ///< what the server last said it holds; -1: nothing yet
    bool identityExists = false;   ///< the account has one, of whatever device
    bool identityChanged = false;  ///< the server shows another one than ours
    bool identityConflict = false; ///< the server shows other keys for this device: sign in again
    /// A recovery key was made here, and the person has not said yet that they have it: setUpRecovery() gives
    /// the same one again.
    bool recoveryKeyUnseen = false;
    /// The server has no backup, and this device holds the identity: with the recovery key it makes a new
    /// one.
    bool backupRenewable = false;
    /// A new backup was made, and the recovery key does not open it yet: entering it once more mends that.
    bool backupKeyOwed = false;
    /// The data of this device is an older copy that somebody put back these days: what was sent or received
    /// since the copy was made may be missing, and only a new sign-in makes everything sound.
    bool putBack = false;
    bool backupUnwanted = false; ///< the person switched the key backup off, on whatever device
    bool canVerify = false; ///< another device of the person's is signed: this one can be verified with it
    ReadersRule policyRule = ReadersRule::AllDevices; ///< what the administration wants at least
    bool onlyVerified = false;                        ///< the person's own wish, for every conversation

    bool operator==(const CryptoStatus &) const = default;
};

/// What came back with a recovery key.
struct RecoveryResult {
    bool identity = false; ///< this device can sign for the account again
    bool backup = false;   ///< and read its key backup
    bool renewed = false;  ///< which was made just now: the server had none any more

    bool operator==(const RecoveryResult &) const = default;
};

/// Of keys that were written or taken in.
struct KeyCounts {
    qint64 done = 0;  ///< written; or taken in, because they are new or reach further back
    qint64 total = 0; ///< that there were

    bool operator==(const KeyCounts &) const = default;
};

/// A device that a message sent to a conversation concerns.
struct ReaderDevice {
    DeviceId deviceId;
    QString name;
    DeviceTrust trust = DeviceTrust::Unsigned;
    ReaderExclusion exclusion = ReaderExclusion::None;

    bool operator==(const ReaderDevice &) const = default;
};

/// Somebody in a conversation, with all devices that are known; of the person's own: the others.
struct ReaderPerson {
    UserId userId;
    QString name;
    bool own = false;
    PersonIdentity identity;
    QList<ReaderDevice> devices;
    bool devicesKnown = true; ///< false: the server was not asked yet, or not since something changed

    bool operator==(const ReaderPerson &) const = default;
};

/// Who will be able to read what is sent to a conversation now.
struct RoomReaders {
    QList<ReaderPerson> people; ///< the person first
    ReaderCounts counts;
    ReadersRule rule = ReadersRule::AllDevices; ///< the one that holds here
    bool onlyVerified = false;                  ///< the person's wish for this conversation
    qint64 encryptedSinceMs = 0;                ///< as the server says, milliseconds since 1970; 0: not known

    bool operator==(const RoomReaders &) const = default;
};

/// Keys and devices of the open account. UI thread.
class EncryptionPort
{
public:
    virtual ~EncryptionPort() = default;

    [[nodiscard]] virtual Task<CryptoStatus> status() = 0;
    /// The same, again on each change; a status of nothing while no account is open.
    virtual void subscribeStatus(const QObject *context, ValueSink<CryptoStatus> sink) = 0;
    /// As far as this device knows; asks the server first where it never did. Of the person's own the server
    /// is asked each time when they were seen last, if it can be reached.
    [[nodiscard]] virtual Task<QList<DeviceCard>> devices(const UserId &user) = 0;
    /// Gives one of the person's own devices another name. Every server that the person shares a conversation
    /// with can read it.
    [[nodiscard]] virtual Task<void> renameDevice(const DeviceId &device, const QString &name) = 0;
    /// Signs these devices of the person's out; devices() knows it when the answer comes. PARVIS_THIS_DEVICE
    /// where this one is among them, and as makeIdentity() has it of the password and the browser.
    [[nodiscard]] virtual Task<void> logOutDevices(const QList<DeviceId> &devices, Secret password) = 0;
    /// Makes the account's identity and signs this device with it. @p password: where the server asks for it.
    /// Fails with PARVIS_IDENTITY_EXISTS, unless it is to be replaced; PARVIS_PASSWORD_NEEDED;
    /// PARVIS_AUTH_IN_BROWSER (`detail`: the page): to be called again once the person has agreed there.
    [[nodiscard]] virtual Task<void> makeIdentity(Secret password, bool replace) = 0;
    /// Sets up everything by which the account's keys come back: identity, key backup, secret storage.
    /// Answers the recovery key in letters: the same in every call until recoveryKeySeen(). @p replace: what
    /// exists is given up. Without it no key backup is made where the person switched it off. Fails as
    /// makeIdentity() does; with PARVIS_RECOVERY_EXISTS where others have set it up.
    [[nodiscard]] virtual Task<Secret> setUpRecovery(Secret password, bool replace) = 0;
    /// The person has the recovery key: this device forgets it.
    [[nodiscard]] virtual Task<void> recoveryKeySeen() = 0;
    /// Gets the keys back with one of both: the recovery key as it was typed, or a passphrase. Where this
    /// device holds the identity already and the server has no key backup, a new one is made, and its key is
    /// kept under the recovery key; with @p evenUnwanted also where the person once switched it off.
    [[nodiscard]] virtual Task<RecoveryResult> recover(Secret recoveryKey, Secret passphrase,
                                                       bool evenUnwanted) = 0;
    /// Fetches all of the key backup. Keys of messages that are looked at come by themselves.
    [[nodiscard]] virtual Task<KeyCounts> restoreBackup() = 0;
    /// Writes all keys into a file, under a passphrase; a file that exists is replaced.
    [[nodiscard]] virtual Task<KeyCounts> exportKeys(const QString &path, Secret passphrase) = 0;
    [[nodiscard]] virtual Task<KeyCounts> importKeys(const QString &path, Secret passphrase) = 0;
    /// How far the last three are; they end with PARVIS_CANCELLED after cancelKeyWork().
    virtual void subscribeKeyProgress(const QObject *context, ValueSink<KeyProgress> sink) = 0;
    virtual void cancelKeyWork() = 0;
    [[nodiscard]] virtual Task<PersonIdentity> identity(const UserId &user) = 0;
    /// The person takes a changed identity as it is, not verified: warnings end, sending is possible.
    [[nodiscard]] virtual Task<void> acceptIdentity(const UserId &user) = 0;
    /// Who will be able to read what is sent to the room now, who will not, and why.
    [[nodiscard]] virtual Task<RoomReaders> readers(const RoomId &room) = 0;
    /// The person's wish that here only devices of verified people get what is sent.
    [[nodiscard]] virtual Task<void> setOnlyVerified(const RoomId &room, bool on) = 0;
    /// The same for every conversation, for ever. It can only narrow what the administration has set.
    [[nodiscard]] virtual Task<void> setOnlyVerifiedEverywhere(bool on) = 0;
    /// The next message in the room gets a new key.
    [[nodiscard]] virtual Task<void> discardSession(const RoomId &room) = 0;
};

} // namespace parvis
