// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "session/account_header.h"
#include "session/key_file.h"
#include "store/database.h"

#include <memory>

namespace parvis::session {

/// Where the parts of an account lie in its folder.
struct AccountPaths {
    QString folder;

    /// accounts/<hash of the user id>/ in the profile folder. The name of a folder stands for itself: of an
    /// account whose profile.json is lost, nothing else is known.
    [[nodiscard]] static AccountPaths of(const QString &profileFolder, const UserId &user);
    [[nodiscard]] static QString folderName(const UserId &user);
    [[nodiscard]] static bool isFolderName(const QString &name);

    [[nodiscard]] QString header() const { return folder + QStringLiteral("/profile.json"); }
    [[nodiscard]] QString headerCopy() const { return folder + QStringLiteral("/profile.copy.json"); }
    [[nodiscard]] QString key() const { return folder + QStringLiteral("/key.json"); }
    [[nodiscard]] QString keysDatabase() const { return folder + QStringLiteral("/keys.db"); }
    [[nodiscard]] QString cacheDatabase() const { return folder + QStringLiteral("/cache.db"); }
    [[nodiscard]] QString media() const { return folder + QStringLiteral("/media"); }
};

/// An account's two databases, open, and what reads the rest. Core thread; the Secrets may be cloned
/// elsewhere.
class AccountFiles
{
public:
    enum class Mode {
        Create, ///< a new account: keys.db must not be there
        Open,   ///< an account with data: keys.db must be there
    };

    /// keys.db answers with its error and stays as it is. Before its schema changes, a copy of it is made,
    /// which goes with the next opening. A cache.db that cannot be read is set aside and begun anew; a page
    /// of it that is damaged may show later only: see withNewCache().
    [[nodiscard]] static Result<std::unique_ptr<AccountFiles>>
    open(const AccountPaths &paths, AccountHeader header, AccountKeys keys, Mode mode, qint64 nowMs);

    [[nodiscard]] const AccountHeader &header() const { return m_header; }
    [[nodiscard]] Database &keys() { return *m_keys; }
    [[nodiscard]] Database &cache() { return *m_cache; }
    /// True if everything that can be fetched has to be fetched again.
    [[nodiscard]] bool cacheIsNew() const { return m_cacheIsNew; }

    [[nodiscard]] const Secret &pickleKey() const { return m_accountKeys.pickles; }
    [[nodiscard]] const Secret &mediaKey() const { return m_accountKeys.media; }
    [[nodiscard]] QString mediaFolder() const { return m_paths.media(); }

    /// How often the vault has seen this account opened; 0: it does not know.
    [[nodiscard]] quint64 openingsInVault() const { return m_openingsInVault; }
    void setOpeningsInVault(quint64 openings) { m_openingsInVault = openings; }
    /// The vault could not be asked: it is not told anything either, or what it knows would be lost.
    [[nodiscard]] bool vaultIsSilent() const { return m_vaultIsSilent; }
    void setVaultIsSilent(bool silent) { m_vaultIsSilent = silent; }

    /// Opens the account again, the cache set aside and begun anew. To be called once these files are closed.
    using Reopen = std::function<Result<std::unique_ptr<AccountFiles>>(qint64 nowMs)>;
    [[nodiscard]] Reopen withNewCache() const;
    /// Those that were set aside go.
    void dropOldCaches() const;

    /// Makes another, read-only connection each time it is called: on the pool's thread that will use it.
    using OpenReader = std::function<Result<std::unique_ptr<Database>>()>;
    [[nodiscard]] OpenReader keysReader() const;
    [[nodiscard]] OpenReader cacheReader() const;

private:
    AccountFiles(AccountPaths paths, AccountHeader header, AccountKeys keys);
    Result<void> openKeys(Mode mode);
    Result<void> openCache(qint64 nowMs);
    Result<void> beginCache(qint64 nowMs);

    AccountPaths m_paths;
    AccountHeader m_header;
    AccountKeys m_accountKeys;
    std::unique_ptr<Database> m_keys;
    std::unique_ptr<Database> m_cache;
    bool m_cacheIsNew = false;
    quint64 m_openingsInVault = 0;
    bool m_vaultIsSilent = false;
};

} // namespace parvis::session
