// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/recovery_entry.h"
#include "crypto/recovery_setup.h"

#include "peer.h"

namespace parvis::crypto {

/// Plays the setup of a recovery against the fake server, step by step.
class SetupPlayer
{
public:
    SetupPlayer(Peer &peer, bool replace) : m_peer(peer), m_setup(*peer.machine, replace) {}

    std::optional<Error> error;
    QByteArray recoveryKey; ///< once it is done

    /// One step; with @p answered false the server hears it, and we do not hear the server. False: it is
    /// over.
    bool step(bool answered = true)
    {
        auto next = m_setup.next();
        if (!next) {
            error = next.error();
            return false;
        }
        FakeBackups &backups = m_peer.server.backups[m_peer.address.first];
        Result<void> done;
        if (std::holds_alternative<RecoverySetup::ReadStorage>(*next))
            m_setup.storageIs(backups.data(QStringLiteral("m.secret_storage.default_key")));
        else if (std::holds_alternative<RecoverySetup::ReadWish>(*next))
            m_setup.wishIs(backups.data(QStringLiteral("m.key_backup")));
        else if (const auto *make = std::get_if<RecoverySetup::MakeIdentity>(&*next))
            done = makeIdentity(*make, answered);
        else if (std::holds_alternative<RecoverySetup::AskForBackup>(*next))
            done = m_setup.backupIs(asked(backups));
        else if (const auto *backup = std::get_if<RecoverySetup::MakeBackup>(&*next)) {
            const QString version = backups.create(backup->body);
            if (answered)
                done = m_setup.backupMade(version);
        } else if (const auto *write = std::get_if<RecoverySetup::Write>(&*next)) {
            backups.accountData[write->what.type] = write->what.content;
            if (answered)
                m_setup.written();
        } else {
            recoveryKey = std::get<RecoverySetup::Done>(*next).recoveryKey.view().toByteArray();
            return false;
        }
        if (!done)
            error = done.error();
        return done.has_value();
    }

    /// To its end; the number of steps.
    int run()
    {
        int steps = 1;
        while (steps < 50 && step())
            ++steps;
        return steps;
    }

private:
    static std::optional<QByteArray> asked(const FakeBackups &backups)
    {
        const auto version = backups.version();
        return version ? std::optional(*version) : std::nullopt;
    }

    Result<void> makeIdentity(const RecoverySetup::MakeIdentity &what, bool answered)
    {
        const auto own = m_peer.machine->ownIdentity();
        if (own && own->exists && !what.replace)
            return fail(ErrorKind::Usage, QStringLiteral("PARVIS_IDENTITY_EXISTS"));
        const auto body = m_peer.machine->newIdentity();
        if (!body)
            return tl::unexpected(body.error());
        if (auto agreed = m_peer.machine->newIdentityAgreed(what.replace); !agreed)
            return agreed;
        m_peer.server.uploadIdentity(m_peer.address.first, *body);
        if (!answered)
            return {};
        if (auto accepted = m_peer.machine->newIdentityAccepted(what.replace); !accepted)
            return accepted;
        m_setup.identityMade();
        return {};
    }

    Peer &m_peer;
    RecoverySetup m_setup;
};

/// A set-up that is killed behind so many steps, in the middle of one more; what the next run makes of it.
struct ResumedSetup {
    std::optional<Error> error{};
    QByteArray recoveryKey{};

    ResumedSetup(Peer &peer, bool replace, int steps, bool answered)
    {
        {
            SetupPlayer first(peer, replace);
            for (int i = 0; i < steps; ++i)
                first.step();
            first.step(answered);
        }
        peer.start();
        peer.sync();
        SetupPlayer second(peer, false);
        second.run();
        error = second.error;
        recoveryKey = second.recoveryKey;
    }
};

/// What the server holds for the recovery of @p user.
[[nodiscard]] inline StoredRecovery storedRecovery(const FakeBackups &backups)
{
    StoredRecovery stored;
    stored.keyId = defaultStorageKey(
        backups.data(QStringLiteral("m.secret_storage.default_key")).value_or(QByteArray()));
    stored.description =
        backups.data(QStringLiteral("m.secret_storage.key.") + stored.keyId).value_or(QByteArray());
    const QStringList names = recoverySecretNames();
    for (const QString &name : names) {
        if (const auto content = backups.data(name))
            stored.secrets[name] = *content;
    }
    return stored;
}

/// What the engine does with a recovery key: asks for the backup, opens, takes in.
[[nodiscard]] inline Result<RecoveryOutcome> recoverWith(Peer &peer, const QByteArray &recoveryKey)
{
    const FakeBackups &backups = peer.server.backups[peer.address.first];
    const auto version = backups.version();
    if (auto seen = peer.machine->recovery().backupIs(version ? std::optional(*version) : std::nullopt);
        !seen)
        return tl::unexpected(seen.error());
    const auto secrets =
        openRecovery({.recoveryKey = Secret(recoveryKey), .passphrase = {}}, storedRecovery(backups));
    if (!secrets)
        return tl::unexpected(secrets.error());
    return peer.machine->recovery().takeSecrets(*secrets);
}

} // namespace parvis::crypto
