// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// The rows of keys.db that the CryptoMachine owns. Plain values: the machine gives them their meaning, a
/// store only keeps them. Times are milliseconds since 1970; pickles are libolm's, encrypted with the
/// machine's pickle key.
namespace parvis::crypto {

inline constexpr auto olmAlgorithm = "m.olm.v1.curve25519-aes-sha2";
inline constexpr auto megolmAlgorithm = "m.megolm.v1.aes-sha2";

/// The one Olm account of this device.
struct AccountRecord {
    UserId user{};
    DeviceId device{};
    QByteArray pickle{};
    qint64 createdMs = 0;
    bool serverChecked = false; ///< the server was asked once that no other keys stand under our device id
    bool deviceKeysUploaded = false; ///< the server accepted our device keys
    bool identityConflict = false;   ///< the server shows other keys for our own device
    int serverOneTimeKeys = -1;      ///< what the server last said it holds; -1: it has said nothing yet
    qint64 fallbackCreatedMs = 0;    ///< 0: no fallback key yet
    bool fallbackUnpublished = false;
    qint64 fallbackPublishedMs = 0;    ///< when the server took the present fallback key
    bool previousFallbackKept = false; ///< the account still holds the private part of the one before
    /// When the store was found to be an older copy of itself; 0: never.
    qint64 putBackMs = 0;

    bool operator==(const AccountRecord &) const = default;
};

/// A user whose device list we follow. No row: not followed.
struct TrackedUserRecord {
    UserId user{};
    bool outdated = true;

    bool operator==(const TrackedUserRecord &) const = default;
};

/// What the person decided about one device, on this device.
enum class LocalTrust { Unset, Verified, Blacklisted, Ignored };

/// A device from /keys/query whose self-signature was checked. Key: (user, device).
struct DeviceRecord {
    UserId user{};
    DeviceId device{};
    Curve25519Key curveKey{};
    Ed25519Key signingKey{}; ///< pinned at first sight: an update with another one is refused
    QByteArray signedJson{}; ///< exactly as the server gave it: signatures cover unknown members too
    QStringList algorithms{};
    QString displayName{}; ///< from `unsigned`, so from the server alone; may be empty
    bool dehydrated = false;
    LocalTrust trust = LocalTrust::Unset;
    qint64 firstSeenMs = 0;
    bool noOlmSent = false;      ///< `m.no_olm` was sent and no session has come about since
    quint32 wedgingIndex = 0;    ///< grows with each Olm session that this device opens to us
    bool unwedgePending = false; ///< a new Olm session and an `m.dummy` are still owed to it
    qint64 lastUnwedgeMs = 0;    ///< 0: never
    /// The owner's self-signing key that was looked for in the signatures last; empty: none was known.
    Ed25519Key checkedFor{};
    bool ownerSigned = false; ///< and whether it had signed

    /// Signed by the owner whose self-signing key this is.
    [[nodiscard]] bool isSignedBy(const Ed25519Key &selfSigning) const
    {
        return ownerSigned && !selfSigning.isEmpty() && checkedFor == selfSigning;
    }

    bool operator==(const DeviceRecord &) const = default;
};

/// A device as the other end of Olm sessions. The signing key belongs to it: another device may publish the
/// same Curve25519 key as its own.
struct OlmPeer {
    Curve25519Key key{};
    Ed25519Key signer{};

    bool operator==(const OlmPeer &) const = default;
    auto operator<=>(const OlmPeer &) const = default;
};

/// One Olm session. Key: (peer, id). A peer key has at most ten that it made, and ten a device for which we
/// did.
struct OlmSessionRecord {
    Curve25519Key peer{};
    SessionId id{};
    QByteArray pickle{};
    qint64 createdMs = 0;
    qint64 lastReceivedMs = 0; ///< 0: nothing was received on it yet
    Ed25519Key claimedFor{};   ///< the device whose one-time key we claimed for it; empty: the peer made it,
                               ///< which proves that it holds the key
    bool retired = false;      ///< nothing is sent with it any more: it is of an older copy of the store

    [[nodiscard]] bool sendsTo(const Ed25519Key &signer) const { return !retired && reaches(signer); }

    [[nodiscard]] bool reaches(const Ed25519Key &signer) const
    {
        return claimedFor.isEmpty() || claimedFor == signer;
    }

    bool operator==(const OlmSessionRecord &) const = default;
};

/// What is known about who made an inbound Megolm session; the order is the order of trust.
enum class SenderTrust {
    Unknown,          ///< imported, or no device with that key was ever seen
    OwnerCheckFailed, ///< a device is known, but its keys are not those that came with the session
    DeviceKnown,      ///< the device owns the key; nothing says whether its user signed it
    Violation,        ///< signed by a user whose verified identity changed
    SignedDevice,     ///< signed by its user, who is not verified
    VerifiedUser,     ///< signed by its verified user, or our own session
};

/// One sender's copy of a Megolm session.
struct InboundKey {
    RoomId room{};
    SessionId session{};
    Curve25519Key senderKey{};

    bool operator==(const InboundKey &) const = default;
    auto operator<=>(const InboundKey &) const = default;
};

/// A Megolm session that we can read with. Key: (room, session, sender key): whoever has it can send it, and
/// the sender of an event says whose copy reads it.
struct InboundSessionRecord {
    RoomId room{};
    SessionId session{};
    QByteArray pickle{};
    Curve25519Key senderKey{}; ///< of the Olm session that brought it
    Ed25519Key claimedKey{};   ///< from the Olm plaintext; empty for imported sessions
    UserId sender{};           ///< who sent it over Olm; events of anyone else are refused. Empty: unknown
    DeviceId senderDevice{};   ///< empty: unknown
    SenderTrust trust = SenderTrust::Unknown;
    bool imported = false; ///< from an export, a backup or a forward: nothing authenticates it
    bool sharedHistory = false;
    quint32 firstKnownIndex = 0;
    qint64 receivedMs = 0;
    QString backupVersion{}; ///< the backup that holds this ratchet; empty: none, and emptied when the
                             ///< ratchet improves
    UserId sharedBy{};       ///< of an imported one: who passed it on with an invitation; empty: nobody
    bool opened = false;     ///< it has opened an event, which no made-up ratchet can

    [[nodiscard]] InboundKey key() const { return {room, session, senderKey}; }
    bool operator==(const InboundSessionRecord &) const = default;
};

/// Who may read what was sent before they came.
enum class HistoryVisibility { Joined, Invited, Shared, WorldReadable };

/// The Megolm session that we write with in a room; at most one a room. Key: room.
struct OutboundSessionRecord {
    RoomId room{};
    SessionId session{};
    QByteArray pickle{};
    qint64 createdMs = 0;
    qint64 messageCount = 0;
    bool invalidated = false; ///< never encrypt with it again; the next send makes a new one
    HistoryVisibility visibility = HistoryVisibility::Shared;

    bool operator==(const OutboundSessionRecord &) const = default;
};

/// What one device was told about an outbound session. Key: (room, session, user, device).
struct ShareRecord {
    RoomId room{};
    SessionId session{};
    UserId user{};
    DeviceId device{};
    Curve25519Key curveKey{};
    quint32 messageIndex = 0; ///< from which index on the device can read, or should be able to
    quint32 wedgingIndex = 0; ///< the device's at that time; when it has grown, the key is sent again
    QString withheldCode{};   ///< not empty: the device was told why it does not get the key

    bool operator==(const ShareRecord &) const = default;
};

/// An outbound session as it stood at an index from which on somebody shall read: who could not be reached
/// then gets the key from there later. Key: (room, session, index). Goes with the session's shares.
struct RatchetRecord {
    RoomId room{};
    SessionId session{};
    quint32 index = 0;
    QByteArray pickle{};

    bool operator==(const RatchetRecord &) const = default;
};

/// A sendToDevice request that the server has not accepted yet. Key: seq, which is also the order of sending.
struct ToDeviceRecord {
    quint64 seq = 0;       ///< given by the machine, from 1 on, never used twice while a row is there
    TransactionId txnId{}; ///< the same on every retry
    QString eventType{};
    QByteArray body{}; ///< the same bytes on every retry
    RoomId room{};     ///< with `session`: the outbound session that must not be used before this is accepted
    SessionId session{}; ///< empty: nothing waits for this request

    bool operator==(const ToDeviceRecord &) const = default;
};

/// What encryption needs to know about a room. `encrypted` is a latch: no change ever clears it. Key: room.
struct RoomEncryptionRecord {
    RoomId room{};
    bool encrypted = false; ///< false: only the visibility is known yet
    bool supported = false; ///< the algorithm of the first event is ours; else sending is refused
    QString algorithm{};    ///< of the first event
    qint64 rotationPeriodMs = 604'800'000;
    qint64 rotationMessages = 100;
    HistoryVisibility visibility = HistoryVisibility::Shared;
    bool onlyVerified = false; ///< the person wants no message here to reach devices that are not verified
    QString historyFrom{};     ///< the backup out of which all keys of this room were fetched; empty: none

    bool operator==(const RoomEncryptionRecord &) const = default;
};

/// Which event a Megolm message index was first seen in, in whose name. Key: (key, sender, index).
struct ReplayRecord {
    InboundKey key{}; ///< of the copy that read it
    UserId sender{};  ///< of the event; empty: it was read before this was kept
    quint32 index = 0;
    EventId event{};
    qint64 originServerTs = 0;

    bool operator==(const ReplayRecord &) const = default;
};

/// A hint why a key did not come. Anyone can send one, so it changes the words and nothing else. Key: (room,
/// session).
struct WithheldRecord {
    RoomId room{};
    SessionId session{};
    QString code{}; ///< for example "m.unverified"
    UserId sender{};
    qint64 receivedMs = 0;

    bool operator==(const WithheldRecord &) const = default;
};

/// The hash of an Olm message that was decrypted, so that its replay is known as harmless. Key: hash.
struct OlmHashRecord {
    QByteArray hash{}; ///< 32 bytes
    qint64 seenMs = 0;

    bool operator==(const OlmHashRecord &) const = default;
};

/// What this device knows of the account's recovery and key backup. One row.
struct RecoveryRecord {
    QString storageKey{};      ///< the id of the storage key that the person made or typed here; empty: none
    QString backupVersion{};   ///< the backup that is ours, when the server was last asked; empty: none is
    Curve25519Key backupKey{}; ///< its public key
    bool backupLost = false;   ///< there was one, and the server shows none, or another's, instead

    bool operator==(const RecoveryRecord &) const = default;
};

/// What one device of ours wants of the others: a secret, or the key of a Megolm session. Key: (device, id).
struct GossipRecord {
    DeviceId device{}; ///< who asks; this device too
    QString id{};      ///< of the request
    QString secret{};  ///< the name of a secret; empty: the key of `session`
    RoomId room{};
    SessionId session{};
    qint64 createdMs = 0;
    qint64 servedMs = 0; ///< of another device: when it was answered; 0: not yet

    bool operator==(const GossipRecord &) const = default;
};

/// Keys of a room's past that somebody shared with us and that are not here yet (MSC4268). Key: (room,
/// sender).
struct BundleRecord {
    RoomId room{};
    UserId sender{}; ///< of the Olm message
    Curve25519Key senderKey{};
    Ed25519Key signingKey{}; ///< as the message claims; what is stored of the device decides
    QByteArray file{};       ///< the `file` of the message: where it is, and the key that opens it
    qint64 receivedMs = 0;
    QByteArray deviceKeys{}; ///< of the sender's device, with both keys above, as they were when it wrote: it
                             ///< may be gone when the invitation is accepted

    bool operator==(const BundleRecord &) const = default;
};

/// An invitation that the person accepted on this device. Key: room.
struct InvitationRecord {
    RoomId room{};
    UserId inviter{};
    qint64 acceptedMs = 0;

    bool operator==(const InvitationRecord &) const = default;
};

/// The encrypted content of a send-queue row. The row is the send queue's; this fills its ciphertext.
struct QueuedCiphertext {
    TransactionId row{};
    QByteArray content{};

    bool operator==(const QueuedCiphertext &) const = default;
};

} // namespace parvis::crypto
