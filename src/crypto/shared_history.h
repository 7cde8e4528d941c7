// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_values.h"
#include "crypto/key_bundle.h"

namespace parvis::crypto {

struct MachineParts;

/// The side of the CryptoMachine that gives the keys of a room's past to whom the person invites, and takes
/// them from who invited the person (MSC4268). To be used at once, not to be kept; one save a call.
class SharedHistory
{
public:
    /// How long after an invitation was accepted keys of its inviter's may still come.
    static constexpr qint64 welcomeMs = 24 * 3'600'000LL;
    /// How long they are kept for an invitation that is not accepted, or where they cannot be fetched; how
    /// many, and of one sender.
    static constexpr qint64 keptMs = 30 * 24 * 3'600'000LL;
    static constexpr qsizetype mostBundles = 200;
    static constexpr qsizetype mostOfOneSender = 20;
    static constexpr qsizetype mostInviters = 8; ///< of one room, as long as the person has not answered

    explicit SharedHistory(MachineParts &parts) : m_parts(parts) {}

    // --- Giving

    /// An invitation to the room can carry keys: its history is for whom is invited, and our identity vouches
    /// for this device.
    [[nodiscard]] Result<bool> mayGive(const RoomId &room) const;
    /// The backup out of which the keys of the room are to be fetched first; empty: they are here.
    [[nodiscard]] Result<QString> backupToFetch(const RoomId &room) const;
    [[nodiscard]] Result<void> backupFetched(const RoomId &room, const QString &version);
    /// The devices of @p user are asked for anew, followed or not.
    [[nodiscard]] Result<void> refreshDevices(const UserId &user);

    struct Giving {
        bool done = false; ///< everything is queued, for as many devices
        /// None gets anything: their identity is another one than before, and the person has not accepted it.
        bool otherIdentity = false;
        qsizetype devices = 0;
        QList<RequestId> waitingFor; ///< requests of outgoing(): before that, call again; done: the messages
    };
    /// Tells each device of @p user that its owner signed (CVE-2024-47080), and to which the room's rule lets
    /// one write, where the bundle is. What is said next is said with a new key: the present one is among
    /// those given. @p file: the JSON of an EncryptedFile; empty: only looks for how many devices there are,
    /// and makes the sessions with them.
    [[nodiscard]] Result<Giving> give(const RoomId &room, const UserId &user, const QByteArray &file);
    /// One of these requests has not been accepted yet.
    [[nodiscard]] Result<bool> isPending(const QList<RequestId> &requests) const;

    // --- Taking

    /// Who invites the person to the room now; empty: nobody any more. What they send is not pushed out by
    /// what comes from others. In memory: said again after a start.
    void invited(const RoomId &room, const UserId &inviter);
    /// The person accepted an invitation of @p inviter's here.
    [[nodiscard]] Result<void> invitationAccepted(const RoomId &room, const UserId &inviter);
    /// Bundles of inviters, by devices that these signed, that came in time.
    [[nodiscard]] Result<QList<BundleRecord>> wanted() const;
    /// Keys of the bundle; for several calls. All of them are marked as imported, and with who shared them.
    [[nodiscard]] Result<ImportOutcome> take(const QList<InboundSessionRecord> &keys);
    /// The bundle was taken in, or cannot be. One that came in its place meanwhile stays.
    [[nodiscard]] Result<void> done(const BundleRecord &bundle, const QList<SessionId> &withheld);

private:
    MachineParts &m_parts;
};

} // namespace parvis::crypto
