// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/clock.h"
#include "session/account_files.h"
#include "session/secret_vault.h"
#include "store/keys/account_store.h"
#include "store/profile_lock.h"

#include <QObject>

namespace parvis::session {

/// An account that lies in the profile folder, as far as can be said without opening it.
struct AccountEntry {
    AccountHeader header; ///< without ids where profile.json cannot be read, nor the copy of it
    Lock lock = Lock::Keychain;
    std::optional<Error> problem; ///< what open() would find in profile.json or key.json
    QString folder;               ///< its name in accounts/

    /// The name of the folder where nothing says whose account it is: open() and startOver() take both.
    [[nodiscard]] UserId id() const { return header.userId.isEmpty() ? UserId(folder) : header.userId; }
    /// True also where that cannot be read any more.
    [[nodiscard]] bool isOf(const UserId &user) const
    {
        return header.userId == user || folder == user.toString() || folder == AccountPaths::folderName(user);
    }
};

/// The accounts of one profile folder: made, opened, locked otherwise, wiped. Core thread; outlives its
/// Tasks' work.
///
/// Nothing that holds data is ever removed but by wipe(), nor replaced by a new start but by startOver().
class ProfileStore : public QObject
{
public:
    /// Makes the folder (mode 0700) and holds its lock: PARVIS_PROFILE_IN_USE. The rest outlives the store.
    [[nodiscard]] static Result<std::unique_ptr<ProfileStore>> open(const QString &folder, SecretVault &vault,
                                                                    const Clock &clock);

    /// Ends what a crash left half done: sign-ins that were never acknowledged, wipes that were. To be called
    /// once before accounts(). The error of a keychain that does not open is the answer, and the rest goes on
    /// next time.
    [[nodiscard]] Task<void> finishInterrupted();

    /// The accounts that can be opened, and those that cannot: data that is there is never passed over.
    [[nodiscard]] QList<AccountEntry> accounts() const;

    /// Can the vault keep a key? To be asked before a server is: a sign-in whose key has no place makes a
    /// device that nobody can use.
    [[nodiscard]] Task<void> checkVault();

    /// A new account with its session; on disk when it answers. PARVIS_ACCOUNT_EXISTS where there is one of
    /// that user; PARVIS_STORE_ABSENT and others where its folder holds data that cannot be opened as it is:
    /// nothing of it is touched.
    /// @p passphrase: for the locks that need one.
    [[nodiscard]] Task<std::unique_ptr<AccountFiles>> create(store::StoredSession session, Lock lock,
                                                             Secret passphrase);

    /// Errors: those of SecretVault; PARVIS_STORE_*; PARVIS_PASSPHRASE_NEEDED and PARVIS_WRONG_PASSPHRASE
    /// (Auth); PARVIS_NO_ACCOUNT (NotFound). Files are left as they were.
    [[nodiscard]] Task<std::unique_ptr<AccountFiles>> open(const UserId &user, Secret passphrase);

    /// These files are in use from now on, and if they were an old copy, that was answered: see
    /// ProfileGeneration. The keychain is told in passing.
    [[nodiscard]] Result<void> countOpening(AccountFiles &files);

    /// From one passphrase to another; an empty @p next takes it away, where a keychain is there to do
    /// without.
    [[nodiscard]] Task<void> setPassphrase(const UserId &user, Secret current, Secret next);

    /// Everything of the account, the master key first; its databases must be closed. With an error of the
    /// vault the files are gone, and the entry goes at a later start.
    [[nodiscard]] Task<void> wipe(const UserId &user);

    /// Moves the account's folder aside and keeps it; its entry stays in the keychain. Answers with the new
    /// name.
    [[nodiscard]] Result<QString> startOver(const UserId &user);

private:
    struct Unlocked;

    ProfileStore(QString folder, ProfileLock lock, SecretVault &vault, const Clock &clock);
    Result<AccountHeader> headerOf(const UserId &user) const;
    Task<Openers> openersFor(const AccountHeader &header, const KeyFile &file, Secret passphrase);
    Task<Secret> stretched(const std::optional<Argon2Parameters> &parameters, Secret passphrase);
    Task<Unlocked> unlock(const UserId &user, Secret passphrase);
    Task<std::unique_ptr<AccountFiles>> withOpenings(std::unique_ptr<AccountFiles> files);
    Task<void> clearForCreate(const UserId &user);
    Task<std::unique_ptr<AccountFiles>> createCleared(store::StoredSession session, Lock lock,
                                                      Secret passphrase);
    Result<std::unique_ptr<AccountFiles>> writeAccount(const store::StoredSession &session,
                                                       const KeyFile &file, const Secret &master,
                                                       AccountHeader header);
    Result<void> wipeFiles(const QString &folder, AccountHeader header);
    Task<void> wipeLeftover(const QString &folder, const AccountHeader &header);
    Task<void> forgetEntry(const QString &folder, const QString &vaultEntry);
    void finishNext(QList<QPair<QString, AccountHeader>> rest, Result<void> soFar, Promise<void> promise);

    QString m_folder;
    ProfileLock m_lock;
    SecretVault &m_vault;
    const Clock &m_clock;
};

} // namespace parvis::session
