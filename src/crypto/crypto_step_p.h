// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "crypto/crypto_values.h"
#include "crypto/device_table_p.h"
#include "crypto/identity_table_p.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session_table_p.h"
#include "crypto/opened_sessions_p.h"
#include "crypto/room_table_p.h"

#include <QSet>

namespace parvis::crypto {

/// Who we are. Fixed for the life of a machine.
struct OwnDevice {
    UserId user;
    DeviceId device;
    OwnKeys keys;
    QByteArray signedJson; ///< our device keys, signed by themselves, as peers see them
};

/// What all steps of one machine share.
struct StepContext {
    CryptoStore &store;
    const Clock &clock;
    Secret pickleKey;
    OwnDevice own;
    /// Grows with whatever may change who gets a room key: devices, members, settings. A room that was made
    /// ready under an older number has to be looked at again.
    quint64 generation = 0;
    SharingStrategy strategy = SharingStrategy::AllDevices;
    bool keyForwarding = false;                ///< keys of rooms go among our own devices when they ask
    QHash<RoomId, QSet<UserId>> invitations{}; ///< that wait for the person's answer, and of whom
    /// Notes of steps that answer with none: the next one that does takes them along.
    QList<CryptoNote> carried{};
};

/// One step of the machine: reads through to the store, sees its own changes, and saves them all at once or
/// not at all. Ratchets live no longer than the step, so a failed save cannot leave an advanced one behind.
class CryptoStep
{
public:
    explicit CryptoStep(StepContext &context);

    /// The account's row.
    [[nodiscard]] AccountRecord &account();
    /// The account itself, opened on first use; null when that fails, and the commit fails too then.
    [[nodiscard]] OlmAccount *olmAccount();
    /// The account or its row changed and belongs into the save.
    void accountChanged() { m_accountChanged = true; }

    /// Puts a request at the end of the to-device queue.
    TransactionId queueToDevice(const QString &eventType, const QByteArray &body, const RoomId &room = {},
                                const SessionId &session = {});

    [[nodiscard]] const OwnDevice &own() const { return m_context.own; }
    /// Our device keys as peers should see them, signed by our identity where it has.
    [[nodiscard]] const QByteArray &ownKeysForPeers();
    [[nodiscard]] qint64 nowMs() const { return m_nowMs; }
    [[nodiscard]] CryptoStore &store() { return m_context.store; }
    [[nodiscard]] const Secret &pickleKey() const { return m_context.pickleKey; }
    void somethingChanged() { ++m_context.generation; }
    /// The rule for this room.
    [[nodiscard]] SharingStrategy strategyFor(const RoomId &room)
    {
        return rooms.room(room).onlyVerified ? SharingStrategy::VerifiedDevices : m_context.strategy;
    }
    [[nodiscard]] bool keyForwarding() const { return m_context.keyForwarding; }
    /// The person has an invitation of @p inviter's to the room, and has not answered it.
    [[nodiscard]] bool isInvited(const RoomId &room, const UserId &inviter) const
    {
        return m_context.invitations.value(room).contains(inviter);
    }
    [[nodiscard]] quint64 generation() const { return m_context.generation; }

    /// Saves; nothing is written when nothing changed. Fails with the first failed read, if there was one.
    [[nodiscard]] Result<void> commit();

    CryptoChanges changes; ///< for rows that are only ever written; the tables add theirs at the commit
    ReadFailure failure;
    DeviceTable devices;
    IdentityTable identities;
    OlmSessionTable sessions;
    RoomTable rooms;
    OpenedSessions readers; ///< of Megolm
    QList<CryptoNote> notes;
    /// Hints, with those that this step adds: about a room (empty: the rooms that are not known) from
    /// somebody, and about rooms that are not known from anybody. Empty until somebody asked the store.
    QHash<QPair<RoomId, UserId>, qsizetype> withheldBySender;
    std::optional<qsizetype> strayWithheld;
    int gossipRequests = 0; ///< of other devices, for secrets and keys, that were looked at
    /// A note, unless there are too many already.
    void note(CryptoNote::Kind kind, const UserId &user, const DeviceId &device, const QString &detail);
    /// The same from a step that may have no answer of its own. Once, until it was told.
    void noteForLater(const CryptoNote &note);
    /// What this step noted, and what was left for later.
    [[nodiscard]] QList<CryptoNote> takeNotes();

private:
    [[nodiscard]] Result<void> collectAccount();

    StepContext &m_context;
    qint64 m_nowMs;
    std::optional<AccountRecord> m_account;
    std::optional<OlmAccount> m_olmAccount;
    bool m_accountChanged = false;
    QByteArray m_ownKeysForPeers;
};

/// Saves the step and answers with @p value.
template <typename T>
Result<T> committed(CryptoStep &step, T value)
{
    if (auto done = step.commit(); !done)
        return tl::unexpected(done.error());
    return value;
}

/// What a step that only read has found. It fails as a whole: an answer from half of the rows would be wrong.
template <typename T>
Result<T> answered(const CryptoStep &step, T value)
{
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return value;
}

/// The account's row of recovery, as this step has it.
inline RecoveryRecord recoveryRow(CryptoStep &step)
{
    return step.changes.recovery ? *step.changes.recovery : step.failure.take(step.store().recovery());
}

} // namespace parvis::crypto
