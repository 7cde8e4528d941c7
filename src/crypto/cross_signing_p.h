// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/back_off_p.h"
#include "crypto/crypto_step_p.h"

#include <set>
#include <tuple>

namespace parvis::crypto {

/// The private half of our own identity: makes it, takes it in from elsewhere, and sees to it that the server
/// has the signatures that it owes: on this device, on devices and people that the person verified.
///
/// What is to be signed follows from what is stored, so that nothing of it is lost with a crash.
class CrossSigning
{
public:
    /// The body of /keys/device_signing/upload (without `auth`) for a new identity. Its keys are made in the
    /// first call, and are the same in every later one until the server has them: no crash and no lost answer
    /// can leave an identity whose keys nobody holds.
    [[nodiscard]] static Result<QByteArray> begin(CryptoStep &step);
    /// The person has agreed, and the request that says so is about to leave: from now on it counts, though
    /// its answer may be lost. Before that the server has seen the public keys of something that the person
    /// may still give up. @p replaces: all that was set up under another identity is given up with it.
    [[nodiscard]] static Result<void> agreed(CryptoStep &step, bool replaces);
    /// The server said no: as if nobody had agreed.
    [[nodiscard]] static Result<void> refused(CryptoStep &step);
    /// The master key of what was agreed to; empty: nothing.
    [[nodiscard]] static Ed25519Key agreedMaster(CryptoStep &step);
    /// The server has the new identity: it is ours from now on. Where it replaces another, a new storage key
    /// is begun with it.
    [[nodiscard]] static Result<void> accepted(CryptoStep &step, bool replaces);
    /// An answer of the server may show the new identity though the answer to its upload was lost. One that
    /// nobody has agreed to is none: the server could finish what the person gave up.
    [[nodiscard]] static Result<void> settle(CryptoStep &step);
    /// Another identity is known as ours from now on: a new one that was agreed to before is given up.
    [[nodiscard]] static Result<void> overtaken(CryptoStep &step, const Ed25519Key &master);
    /// A private key from secret storage or from another device of ours. False: it is not the key of our
    /// identity as we know it, and was not kept. The master key makes the identity known as ours.
    [[nodiscard]] static Result<bool> take(CryptoStep &step, CrossSigningRole role, const Secret &seed);
    /// This device holds the private key that belongs to our identity.
    [[nodiscard]] static bool holds(CryptoStep &step, CrossSigningRole role);

    /// The upload of signatures in flight, or a new one if something is owed.
    [[nodiscard]] std::optional<OutgoingRequest> request(CryptoStep &step);
    [[nodiscard]] bool owns(const RequestId &id) const { return m_upload && m_upload->id == id; }
    /// Until the first wait after a failure ends, in milliseconds; -1: none runs.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const { return m_refusals.leftMs(nowMs); }
    void answered(CryptoStep &step, const QByteArray &body);
    void rejected(qint64 nowMs);

private:
    /// One signed object, by the names under which the server files it.
    struct Target {
        UserId user;
        QString id; ///< a device id, or a master key
        QByteArray object;
        Ed25519Key signer; ///< whose signature is in it
    };
    using Mark = std::tuple<UserId, QString, Ed25519Key>;
    [[nodiscard]] QList<Target> owed(CryptoStep &step) const;
    void done(CryptoStep &step, const Target &target);

    std::optional<OutgoingRequest> m_upload;
    QList<Target> m_targets;
    /// What the server took since the start: one that keeps a signature to itself is not told for ever.
    std::set<Mark> m_taken;
    BackOff<int> m_refusals;
};

/// Our device keys as peers should see them: with our self-signing key's signature, where it has signed them.
[[nodiscard]] QByteArray ownKeysForPeers(CryptoStep &step);

} // namespace parvis::crypto
