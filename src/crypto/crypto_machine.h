// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/cross_signing_keys.h"
#include "crypto/crypto_store.h"
#include "crypto/crypto_values.h"
#include "crypto/key_recovery.h"
#include "crypto/shared_history.h"
#include "crypto/verifications.h"

#include <memory>

namespace parvis::crypto {

struct MachineParts;

/// The end-to-end encryption of one device, without sockets, threads or a clock of its own.
///
/// Values go in (a sync answer, an event, an answer to a request), values and requests come out. Each call
/// that changes something is one save of the store; when the save fails, the call fails and the machine is as
/// it was before. Nothing that matters is in memory alone: a machine opened on the same store continues where
/// this one stopped.
///
/// Core thread only. Synchronous; the longest call shares a key with 250 devices.
class CryptoMachine
{
public:
    /// Opens the account in @p store, or makes it, and stores it before anything of it is shown.
    /// Fails with PARVIS_CRYPTO_OTHER_ACCOUNT where the store belongs to another user or device, and with
    /// PARVIS_CRYPTO_PICKLE where @p pickleKey does not open it. Store and clock must outlive the machine.
    [[nodiscard]] static Result<std::unique_ptr<CryptoMachine>> open(CryptoStore &store, const UserId &user,
                                                                     const DeviceId &device, Secret pickleKey,
                                                                     const Clock &clock);
    ~CryptoMachine();
    CryptoMachine(const CryptoMachine &) = delete;
    CryptoMachine &operator=(const CryptoMachine &) = delete;

    [[nodiscard]] const OwnKeys &ownKeys() const;
    /// The `to_device.since` of the last receiveSync; empty at first.
    [[nodiscard]] Result<QString> toDeviceSince() const;
    /// True while the server shows other keys for this very device (PARVIS_DEVICE_REUSED): nothing is
    /// uploaded or encrypted then; the person has to sign in again.
    [[nodiscard]] Result<bool> identityConflict() const;
    /// The store is an older copy of itself that somebody put back: what its ratchets have given away since
    /// is not known. Nothing made before now is sent with any more (Olm sessions, room keys, the fallback
    /// key); all of it still reads. Everybody's devices are asked for again. Saying it twice does no harm.
    [[nodiscard]] Result<void> onPutBack();
    /// When onPutBack() was last said, ms since 1970; 0: never.
    [[nodiscard]] Result<qint64> putBackMs() const;
    /// The server gave this device a new token. It may have made the device anew, without its keys: the
    /// server is asked what it knows of us before anything is uploaded.
    [[nodiscard]] Result<void> onSignedInAgain();

    /// Backup, secret storage and key files of this account. To be used at once, not to be kept.
    [[nodiscard]] KeyRecovery recovery();
    /// Keys of the past that go along with invitations. To be used at once, not to be kept.
    [[nodiscard]] SharedHistory sharedHistory();

    // --- Sync and requests

    /// Takes in one answer, all of it in one save. Only after it has succeeded may the sync position be
    /// stored or the server be told. Taking in the same answer twice does no harm. Call it before the
    /// answer's room events are decrypted.
    [[nodiscard]] Result<SyncCryptoOutcome> receiveSync(const SyncCrypto &sync);
    /// What to send now. Changes nothing: a request stays in the answer, under the same id and with the same
    /// body, until it is marked (of an upload, see markUnanswered). At most one upload, one query and one
    /// claim at a time; the to-device requests come in order.
    [[nodiscard]] Result<QList<OutgoingRequest>> outgoing();
    /// After so many milliseconds outgoing() may have more although nothing has happened: a wait after a
    /// failure ends then. -1: none runs.
    [[nodiscard]] qint64 outgoingAgainMs() const;
    /// The server accepted request @p id with this answer. An id that is not known (any more) is ignored.
    [[nodiscard]] Result<AnswerOutcome> markSent(const RequestId &id, const QByteArray &responseBody);
    /// The request failed. Transient errors (isTransient) keep it: sending it again, and when, is the
    /// caller's business. Others drop it and what hangs on it. @p responseBody: what the server said, where
    /// it said something.
    [[nodiscard]] Result<AnswerOutcome> markFailed(const RequestId &id, const Error &error,
                                                   const QByteArray &responseBody = {});
    /// Nobody knows whether the server heard request @p id. One-time keys are not uploaded a second time
    /// before a sync has told how many it holds: one that was used meanwhile would be given out again.
    [[nodiscard]] Result<void> markUnanswered(const RequestId &id);

    // --- Users and devices

    /// Marks users as changed, for example after /keys/changes; those that we do not follow are ignored.
    [[nodiscard]] Result<void> onDevicesChanged(const QList<UserId> &users);
    /// Follows these users from now on and asks for their devices.
    [[nodiscard]] Result<void> trackUsers(const QList<UserId> &users);
    [[nodiscard]] Result<QList<DeviceRecord>> devicesOf(const UserId &user) const;
    /// The person's decision about a device; a blacklisted one gets no keys from the next message on.
    [[nodiscard]] Result<void> setLocalTrust(const UserId &user, const DeviceId &device, LocalTrust trust);

    // --- Identities (specification, "Cross-signing")

    [[nodiscard]] Result<IdentityView> identity(const UserId &user) const;
    /// Devices with what is to be thought of each.
    [[nodiscard]] Result<QList<DeviceView>> deviceViews(const UserId &user) const;
    [[nodiscard]] Result<OwnIdentity> ownIdentity() const;
    /// The body of /keys/device_signing/upload for a new identity of ours, without `auth`. The same in every
    /// call until newIdentityAccepted(): its keys are on the disk before anyone sees them.
    [[nodiscard]] Result<QByteArray> newIdentity();
    /// The person has agreed to it (with the password, on the account's page, or because there is none that
    /// could be lost): to be said before that request leaves. Until then, and again after
    /// newIdentityRefused(), no answer of the server makes it ours.
    [[nodiscard]] Result<void> newIdentityAgreed(bool replaces);
    /// The server said no.
    [[nodiscard]] Result<void> newIdentityRefused();
    /// The master key of the identity that the person agreed to, until it is accepted or refused; empty:
    /// none.
    [[nodiscard]] Result<Ed25519Key> agreedIdentity() const;
    /// The server took it. It is ours from now on; outgoing() has the signatures that follow. @p replaces:
    /// the person gives up what was set up before, storage key and backup among it.
    [[nodiscard]] Result<void> newIdentityAccepted(bool replaces);
    /// A private key of our identity, from secret storage or another device: kept where it belongs to the
    /// identity that the server shows; false if not. With the master key the identity is known as ours.
    [[nodiscard]] Result<bool> takeIdentityKey(CrossSigningRole role, const Secret &seed);
    /// Empty where this device does not hold it.
    [[nodiscard]] Result<Secret> identityKey(CrossSigningRole role) const;
    /// The person compared keys with this user, or with another device of ours: @p master was seen there.
    /// Fails with PARVIS_IDENTITY_CHANGED where the server shows another one by now.
    [[nodiscard]] Result<void> verifiedUser(const UserId &user, const Ed25519Key &master);
    /// The person takes a changed identity as it is, not verified; sending is possible again.
    [[nodiscard]] Result<void> acceptIdentity(const UserId &user);

    /// Asks our other devices for secrets that are missing here, and answers what they ask. What is called
    /// with a sync or an answer does so by itself; this is for a start, and after a verification.
    [[nodiscard]] Result<void> exchangeSecrets();
    /// Keys of rooms are asked for among our own devices, and given to them; off at first, not stored.
    void setKeyForwarding(bool on);

    /// Comparing keys with people and with devices of ours.
    [[nodiscard]] Verifications &verifications();

    // --- Rooms

    /// The content of an `m.room.encryption` event. From the first one on the room is encrypted for ever,
    /// whatever comes later; rotation can only become stricter. Answers whether the event was refused as a
    /// downgrade.
    [[nodiscard]] Result<QList<CryptoNote>> setRoomEncryption(const RoomId &room, const QByteArray &content);
    [[nodiscard]] Result<bool> isEncrypted(const RoomId &room) const;
    /// The room's `m.room.history_visibility`; kept whether or not the room is encrypted yet.
    [[nodiscard]] Result<void> setHistoryVisibility(const RoomId &room, HistoryVisibility visibility);
    /// The members (joined and invited) of an encrypted room became known: their devices are followed from
    /// now on.
    [[nodiscard]] Result<void> onMembers(const RoomId &room, const QList<UserId> &members);
    /// A change of membership in the live timeline, of ourselves included. Profile changes are none.
    [[nodiscard]] Result<void> onMembershipChange(const RoomId &room, const UserId &user,
                                                  Membership membership);
    /// All of that for many rooms, in one save.
    [[nodiscard]] Result<QList<CryptoNote>> onRooms(const QList<RoomNews> &news);

    // --- Sending

    /// Makes the room ready for one message: devices known, Olm sessions there, the key shared and accepted.
    /// To be called again, as the answer says, until it is ready. Fails with PARVIS_ROOM_NOT_ENCRYPTED,
    /// PARVIS_UNKNOWN_ENCRYPTION, PARVIS_DEVICE_REUSED, PARVIS_OWN_IDENTITY_CHANGED, PARVIS_IDENTITY_VIOLATED
    /// or PARVIS_VERIFICATION_LAPSED (`detail`: whose, separated by spaces), or with the error of a key
    /// request that the server refused.
    /// @p instead: for a message that must get through whatever the rule is and whoever is violated, as those
    /// of a verification.
    [[nodiscard]] Result<SendReadiness> prepareSend(const RoomId &room, const RoomMembers &members,
                                                    std::optional<SharingStrategy> instead = {});
    /// The rule for all rooms; not stored. AllDevices at first.
    void setSharingStrategy(SharingStrategy strategy);
    /// The person's wish for one room: only verified devices, whatever the rule is.
    [[nodiscard]] Result<void> setOnlyVerified(const RoomId &room, bool on);
    [[nodiscard]] Result<bool> onlyVerified(const RoomId &room) const;
    /// The rule that holds for this room.
    [[nodiscard]] Result<SharingStrategy> ruleFor(const RoomId &room) const;
    /// Which devices would read a message to the room, and which would not, and why. Ours but this one too.
    /// The devices of one user stand together.
    [[nodiscard]] Result<QList<Reader>> readers(const RoomId &room, const RoomMembers &members) const;
    /// Whose devices these are, with or without any; ourselves first.
    [[nodiscard]] Result<QList<UserId>> readingUsers(const RoomId &room, const RoomMembers &members) const;
    /// Those of @p users whose verified identity was exchanged: nothing is sent before the person answers.
    [[nodiscard]] Result<QList<UserId>> violatedAmong(const QList<UserId> &users) const;
    /// The content of the `m.room.encrypted` event for this message. In one save: the advanced ratchet and,
    /// where
    /// @p queueRow is not empty, the ciphertext in that row of the send queue. Fails with
    /// PARVIS_ROOM_NOT_READY unless prepareSend has just answered ready, with PARVIS_MESSAGE_TOO_LARGE, or
    /// with PARVIS_BAD_CONTENT.
    [[nodiscard]] Result<QByteArray> encrypt(const RoomId &room, const QString &eventType,
                                             const QByteArray &content, const TransactionId &queueRow);
    /// Whether the content of an earlier encrypt() may still go: it is of the room's session, and nobody got
    /// the key of that session only after it. To be asked where prepareSend has just answered ready.
    [[nodiscard]] Result<bool> mayStillGo(const RoomId &room, const QByteArray &encrypted);
    /// The next message of the room gets a new session: the person asks for it, or somebody may have left
    /// unseen.
    [[nodiscard]] Result<void> discardSession(const RoomId &room);

    // --- Reading

    /// How messages of these senders, encrypted with these sessions, are to be marked by now; in the same
    /// order. Empty where the session is not here.
    [[nodiscard]] Result<QList<std::optional<Shield>>>
    shields(const RoomId &room, const QList<std::pair<SessionId, UserId>> &messages) const;

    /// Decrypts events of one room as they came (envelope and all), in one save. The answers stand in the
    /// same order. An event that cannot be read is an answer; only a failing store is an error.
    [[nodiscard]] Result<QList<DecryptionResult>> decrypt(const RoomId &room,
                                                          const QList<QByteArray> &events);
    /// The same for several rooms.
    [[nodiscard]] Result<QList<QList<DecryptionResult>>> decrypt(const QList<RoomCiphertexts> &rooms);

private:
    explicit CryptoMachine(std::unique_ptr<MachineParts> parts);

    std::unique_ptr<MachineParts> m_parts;
};

} // namespace parvis::crypto
