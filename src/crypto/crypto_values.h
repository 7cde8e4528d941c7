// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "crypto/crypto_records.h"
#include "crypto/outgoing_request.h"

#include <QHash>
#include <QList>

#include <optional>
#include <variant>

/// What goes into the CryptoMachine and what comes out of it.
namespace parvis::crypto {

/// The part of one sync answer that concerns encryption.
struct SyncCrypto {
    QList<QByteArray> toDevice; ///< raw events, in the server's order
    QList<UserId> changedUsers; ///< device_lists.changed
    QList<UserId> leftUsers;    ///< device_lists.left; a hint that we do not act on, servers over-report it

    /// As the server gave it. No object, or no signed_curve25519 in it, means 0 in /v3/sync and "as before"
    /// in sliding sync: `absentCountMeansZero` says which of the two this answer comes from.
    std::optional<QHash<QString, qint64>> oneTimeKeyCounts;
    bool absentCountMeansZero = false;
    std::optional<QStringList> unusedFallbackKeyTypes; ///< absent: the server said nothing

    QString toDeviceNextBatch; ///< stored with the rest; empty: this answer had no to-device part
    /// The position was lost and no /keys/changes bridges the gap: every followed user may have changed.
    bool positionLost = false;
};

/// Names a Megolm session that became readable, or readable further back.
struct RoomKeyNews {
    RoomId room;
    SessionId session;

    bool operator==(const RoomKeyNews &) const = default;
};

/// A to-device event that is not the machine's own business (verification, key and secret requests).
struct ReceivedToDevice {
    UserId sender;
    QString type;
    QByteArray content; ///< a JSON object
    bool encrypted = false;
    DeviceId senderDevice;   ///< empty where not encrypted
    Curve25519Key senderKey; ///< of the Olm session; empty where not encrypted
    Ed25519Key senderSigningKey;
};

/// Something that did not stop the machine but that a log, or the person, should hear of.
struct CryptoNote {
    enum class Kind {
        DeviceRejected,        ///< a device in /keys/query without a valid self-signature or with foreign ids
        DeviceKeyChanged,      ///< refused: another Ed25519 key under a known device id
        TooManyDevices,        ///< a user shows more devices than we keep
        OwnDeviceConflict,     ///< the server shows other keys for this device
        OwnDeviceMissing,      ///< the server does not know this device any more
        OneTimeKeyConflict,    ///< the server held other one-time keys under our ids; new ones were made
        ClaimedKeyRejected,    ///< a one-time key with a wrong signature or shape
        ToDeviceRejected,      ///< a check of the Olm plaintext failed
        ToDeviceUndecryptable, ///< the Olm session is broken, or someone made the message up
        RoomKeyRejected,       ///< an m.room_key that breaks a rule
        TooManyBadMessages,    ///< more bad messages from one device in one answer than we try
        EncryptionDowngrade,   ///< a room tried to leave or weaken its encryption
        IdentityRejected,      ///< a cross-signing identity that breaks a rule; the one before stays
        IdentityChanged,       ///< a user's master key is another one than before
        BackupLost,            ///< the key backup is gone, or the server shows another's in its place
        AnswerTooLarge,        ///< what the server says of one user's devices, or of a device's one-time key
        SecretDamaged,         ///< a stored secret of the account does not open; it was set aside
    };
    Kind kind;
    UserId user;
    DeviceId device;
    QString detail; ///< English, no user content

    bool operator==(const CryptoNote &) const = default;
};

struct SyncCryptoOutcome {
    QList<RoomKeyNews> roomKeys;
    QList<RoomKeyNews> withheld; ///< keys of which a sender's device says that it does not give them
    QList<ReceivedToDevice> toDevice;
    QList<CryptoNote> notes;
    bool bundleCame = false;  ///< keys of a room's past: sharedHistory() says whether they are wanted
    bool secretsCame = false; ///< another device of ours sent a secret: ownIdentity(), backup() may say more
};

/// What is to be thought of a user's cross-signing identity. Nothing set: the user has none.
struct IdentityView {
    bool known = false;
    bool verified = false; ///< the person compared keys, here or on a device of theirs; of ourselves: this
                           ///< device knows that the identity is ours
    bool violated = false; ///< was verified, and is not any more: nothing is sent until the person answers
    bool changed = false;  ///< another one than at first sight, and the person has not accepted it
    Ed25519Key master;

    bool operator==(const IdentityView &) const = default;
};

/// What is to be thought of a device; the order is the order of trust.
enum class DeviceTrust {
    Blocked,  ///< by the person
    Unsigned, ///< nothing says that its owner knows of it
    Violated, ///< signed by a user whose verified identity changed
    Signed,   ///< by its owner, who is not verified
    Verified, ///< signed by its verified owner, or compared by the person
};

struct DeviceView {
    DeviceRecord device;
    DeviceTrust trust = DeviceTrust::Unsigned;

    bool operator==(const DeviceView &) const = default;
};

/// How our own cross-signing identity stands on this device.
struct OwnIdentity {
    bool checked = false; ///< the server was asked; before that nothing below means anything
    bool exists = false;
    bool verified = false; ///< this device knows that it is ours
    bool changed = false;  ///< it was ours, and the server shows another one now
    bool thisDeviceSigned = false;
    bool holdsMaster = false; ///< the private keys that are here
    bool holdsSelfSigning = false;
    bool holdsUserSigning = false;
    Ed25519Key master;

    /// Known as ours, with all of its private keys.
    [[nodiscard]] bool isWhole() const
    {
        return exists && verified && holdsMaster && holdsSelfSigning && holdsUserSigning;
    }

    bool operator==(const OwnIdentity &) const = default;
};

/// How the server-side backup of room keys stands.
struct BackupView {
    bool checked = false;   ///< the server was asked in this run; else what follows is of the last one
    bool exists = false;    ///< there is one, of whatever kind
    QString version{};      ///< of one that we could use; empty: none
    bool ours = false;      ///< keys go there: see BackupVersions
    bool holdsKey = false;  ///< and can be fetched from there
    bool lost = false;      ///< there was one of ours, and it is gone or was exchanged
    bool keyOwed = false;   ///< its private key is here alone: the recovery key does not open it yet
    qsizetype toBackUp = 0; ///< sessions that it does not hold

    bool operator==(const BackupView &) const = default;
};

/// PUT .../account_data/{type}
struct AccountDataWrite {
    QString type;
    QByteArray content;
};

/// The secrets that a recovery key opened.
struct RecoveredSecrets {
    QString storageKey; ///< the id of the key that opened them
    Secret storage;     ///< that key: what is added to the storage is under it
    Secret master;
    Secret selfSigning; ///< may be missing, as may those below
    Secret userSigning;
    Secret backup;
};

/// What came of them.
struct RecoveryOutcome {
    bool identity = false; ///< all three keys of the identity are here
    bool backup = false;   ///< the key of the server's current backup is here
    bool renewed = false;  ///< that backup was made just now
};

/// What an answer changed.
struct AnswerOutcome {
    QList<UserId> devicesChanged; ///< users whose device list is another now
    QList<CryptoNote> notes;
    QList<RoomKeyNews> roomKeys{}; ///< that came out of the backup
    bool backupOpened = false;     ///< the key of the server's backup is here, and was not before
};

/// Which devices of a room's members get its keys. Those that the person blocked never do.
enum class SharingStrategy {
    AllDevices,
    SignedDevices,  ///< signed by their owners (MSC4153); our own others once this device is verified
    VerifiedDevices ///< signed by owners whom the person verified, or compared by the person
};

/// Why a device gets no room keys.
enum class Exclusion {
    None,
    Blocked,   ///< by the person
    Unsigned,  ///< its owner has not signed it
    Unverified ///< its owner is not verified; our own: this device does not know the identity as ours
};

/// A device that would be asked for when a message is sent to a room.
struct Reader {
    DeviceRecord device;
    DeviceTrust trust = DeviceTrust::Unsigned;
    Exclusion exclusion = Exclusion::None;

    bool operator==(const Reader &) const = default;
};

/// Who is in the room as far as sending is concerned. The list must be complete, not lazily loaded.
struct RoomMembers {
    QList<UserId> joined;
    QList<UserId> invited;
};

/// Whether a message for the room can be encrypted now.
struct SendReadiness {
    bool ready = false;
    QList<RequestId> waitingFor; ///< requests of outgoing() that have to be answered first
    /// When to call prepareSend again even if none of them is answered: 0 = now, there is more to do; -1 =
    /// not needed.
    int callAgainMs = -1;
};

enum class Membership { Invite, Join, Leave, Ban, Knock };

/// What one answer of a synchronisation says of a room, as far as its encryption goes.
struct RoomNews {
    RoomId room{};
    QList<QByteArray> encryption{};                ///< contents of m.room.encryption, in their order
    std::optional<HistoryVisibility> visibility{}; ///< as the answer leaves it
    bool missed = false;                           ///< somebody may have come and gone unseen
    QList<std::pair<UserId, Membership>> changes{};
    QList<UserId> inside{}; ///< members, joined and invited, that it shows
};

/// Events of a room as they came, `m.room.encrypted` all of them.
struct RoomCiphertexts {
    RoomId room;
    QList<QByteArray> events;
};

/// How a decrypted message is to be marked, and why.
struct Shield {
    enum class Colour { None, Grey, Red };
    enum class Reason {
        None,
        UnknownDevice,   ///< no device with the key that sent this is known: deleted or never seen
        UnsignedDevice,  ///< its owner has not signed the device that sent this
        Unauthenticated, ///< the key came from a backup, an export or a third device
        Violation,       ///< the sender's verified identity changed
    };
    Colour colour = Colour::None;
    Reason reason = Reason::None;
    UserId sharedBy{}; ///< with Unauthenticated: who passed the key on with an invitation; empty: nobody

    bool operator==(const Shield &) const = default;
};

struct DecryptedEvent {
    QString type;
    QByteArray content; ///< a JSON object, `m.relates_to` taken over from the clear part where the plaintext
                        ///< has none
    SessionId session;
    Curve25519Key senderKey;
    DeviceId senderDevice; ///< empty: unknown
    quint32 index = 0;
    Shield shield;
};

/// Why an event cannot be read; `name()` gives the word that logs and the driver use.
struct Undecryptable {
    enum class Reason {
        Malformed, ///< no m.room.encrypted event in the shape of the specification
        UnknownAlgorithm,
        MissingSession,   ///< the key has not come (yet)
        UnknownIndex,     ///< the key came, for later messages only
        DecryptionFailed, ///< MAC or signature wrong, with the key of its maker
        BadPlaintext,     ///< decrypted to something that is no event
        BadRoom,          ///< encrypted for another room
        MismatchedSender, ///< only keys came that others sent, and they read nothing in this sender's name
        Replay,           ///< the same message index in another event
        StateKey,         ///< a state event, or a plaintext that pretends to be one
        Nested,           ///< decrypts to another encrypted event
    };
    Reason reason = Reason::Malformed;
    SessionId session;    ///< where known: to try again when its key comes
    QString withheldCode; ///< what the sender's device said, unauthenticated; empty: nothing

    [[nodiscard]] static QString name(Reason reason);
};

/// A key that comes later may help.
[[nodiscard]] constexpr bool isMissingKey(Undecryptable::Reason reason)
{
    return reason == Undecryptable::Reason::MissingSession || reason == Undecryptable::Reason::UnknownIndex
        || reason == Undecryptable::Reason::MismatchedSender;
}

using DecryptionResult = std::variant<DecryptedEvent, Undecryptable>;

/// The two public keys of this device.
struct OwnKeys {
    Curve25519Key curve;
    Ed25519Key signing;
};

} // namespace parvis::crypto
