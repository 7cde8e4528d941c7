// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "session/account_files.h"

#include "base/log.h"
#include "store/cache/cache_space.h"
#include "store/migrations.h"
#include "store/private_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::session {

namespace {

constexpr int keysPageCacheKib = 2 * 1024;
// 2 MiB, which is SQLite's default, makes reading the pages of a large cache ten times slower.
constexpr int cachePageCacheKib = 32 * 1024;
constexpr int readerPageCacheKib = 2 * 1024;
// A cache from before files could shrink is written anew at its opening if it is no larger: some seconds.
constexpr qint64 quicklyRewrittenBytes = 256LL * 1024 * 1024;
constexpr qsizetype folderNameLength = 32;
constexpr auto keysCopySuffix = ".before-"_L1;

DatabaseOptions keysOptions(const AccountPaths &paths)
{
    DatabaseOptions options;
    options.path = paths.keysDatabase();
    options.purpose = DatabaseOptions::Purpose::Keys;
    options.pageCacheKiB = keysPageCacheKib;
    return options;
}

DatabaseOptions cacheOptions(const AccountPaths &paths)
{
    DatabaseOptions options;
    options.path = paths.cacheDatabase();
    options.purpose = DatabaseOptions::Purpose::Cache;
    options.pageCacheKiB = cachePageCacheKib;
    return options;
}

Result<std::unique_ptr<Database>> openMigrated(const DatabaseOptions &options, const Secret &key,
                                               std::span<const Migration> schema)
{
    auto database = Database::open(options, key);
    if (!database)
        return database;
    if (auto migrated = migrate(**database, schema); !migrated)
        return tl::unexpected(migrated.error());
    return database;
}

/// What is wrong is the file; a new one would be well.
bool isBeyondReading(const Error &error)
{
    return error.code == u"PARVIS_STORE_WRONG_KEY"_s || error.code == u"PARVIS_STORE_NEWER"_s
        || isCacheDamaged(error);
}

/// A cache may be gigabytes: the one that was set aside last is enough to look at.
void dropCachesSetAside(const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList({u"cache.db.set-aside-*"_s}, QDir::Files))
        QFile::remove(dir.filePath(name));
}

/// What a change of the schema might do wrong could not be made up for: a copy as it was, under the same key.
Result<void> copyKeys(Database &database, int version)
{
    if (auto written = database.script("PRAGMA wal_checkpoint(TRUNCATE)"); !written)
        return written;
    QFile file(database.path());
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"keys.db cannot be copied"_s);
    return writePrivateFile(database.path() + keysCopySuffix + QString::number(version), file.readAll());
}

/// The copy of the last change: this program has opened the file since.
Result<void> dropKeysCopies(const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList({u"keys.db"_s + keysCopySuffix + u'*'}, QDir::Files)) {
        if (auto removed = removePrivateFile(dir.filePath(name)); !removed)
            return removed;
    }
    return {};
}

AccountFiles::OpenReader readerOf(DatabaseOptions options, const Secret &key)
{
    options.readOnly = true;
    options.create = false;
    options.pageCacheKiB = readerPageCacheKib;
    return [options, shared = std::make_shared<const Secret>(key.clone())] {
        return Database::open(options, *shared);
    };
}

} // namespace

AccountPaths AccountPaths::of(const QString &profileFolder, const UserId &user)
{
    const QString name = isFolderName(user.toString()) ? user.toString() : folderName(user);
    return {profileFolder + u"/accounts/"_s + name};
}

QString AccountPaths::folderName(const UserId &user)
{
    const QByteArray hash = QCryptographicHash::hash(user.toString().toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(folderNameLength));
}

bool AccountPaths::isFolderName(const QString &name)
{
    return name.size() == folderNameLength && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

AccountFiles::AccountFiles(AccountPaths paths, AccountHeader header, AccountKeys keys)
    : m_paths(std::move(paths)), m_header(std::move(header)), m_accountKeys(std::move(keys))
{
}

Result<std::unique_ptr<AccountFiles>> AccountFiles::open(const AccountPaths &paths, AccountHeader header,
                                                         AccountKeys keys, Mode mode, qint64 nowMs)
{
    std::unique_ptr<AccountFiles> files(new AccountFiles(paths, std::move(header), std::move(keys)));
    if (auto made = makePrivateFolder(paths.media()); !made)
        return tl::unexpected(made.error());
    if (auto opened = files->openKeys(mode); !opened)
        return tl::unexpected(opened.error());
    if (auto opened = files->openCache(nowMs); !opened)
        return tl::unexpected(opened.error());
    return files;
}

Result<void> AccountFiles::openKeys(Mode mode)
{
    DatabaseOptions options = keysOptions(m_paths);
    options.create = mode == Mode::Create;
    auto database = Database::open(options, m_accountKeys.keysDatabase);
    if (!database)
        return tl::unexpected(database.error());
    bool changed = false;
    auto migrated = migrate(**database, keysSchema(), [&](int version) {
        changed = true;
        return copyKeys(**database, version);
    });
    // Where a change was interrupted, the copy of before it stays until the file is whole and was opened so.
    if (migrated && !changed)
        migrated = dropKeysCopies(m_paths.folder);
    if (!migrated)
        return migrated;
    m_keys = *std::move(database);
    return {};
}

Result<void> AccountFiles::openCache(qint64 nowMs)
{
    const DatabaseOptions options = cacheOptions(m_paths);
    m_cacheIsNew = QFile(options.path).size() == 0;
    auto database = openMigrated(options, m_accountKeys.cacheDatabase, cacheSchema());
    if (!database && isBeyondReading(database.error()))
        return beginCache(nowMs);
    if (!database)
        return tl::unexpected(database.error());
    if (auto made = CacheSpace::makeShrinkable(**database, quicklyRewrittenBytes); !made) {
        qCWarning(log::store) << "the cache cannot be made smaller later:" << made.error().code;
        if (isCacheDamaged(made.error())) {
            database->reset();
            return beginCache(nowMs);
        }
    }
    m_cache = *std::move(database);
    return {};
}

Result<void> AccountFiles::beginCache(qint64 nowMs)
{
    const DatabaseOptions options = cacheOptions(m_paths);
    if (QFile::exists(options.path)) // else it was moved when a disk was too full for the new one
        dropCachesSetAside(m_paths.folder);
    if (auto moved = Database::setAside(options.path, nowMs); !moved)
        return tl::unexpected(moved.error());
    m_cacheIsNew = true;
    auto database = openMigrated(options, m_accountKeys.cacheDatabase, cacheSchema());
    if (!database) {
        // Half a new file must not take the place of the old one among what is kept.
        for (const auto suffix : {"-wal"_L1, "-shm"_L1, ""_L1})
            QFile::remove(options.path + suffix);
        return tl::unexpected(database.error());
    }
    m_cache = *std::move(database);
    return {};
}

AccountFiles::Reopen AccountFiles::withNewCache() const
{
    auto keys = std::make_shared<AccountKeys>(m_accountKeys.clone());
    return [paths = m_paths, header = m_header, keys, openings = m_openingsInVault,
            silent = m_vaultIsSilent](qint64 nowMs) -> Result<std::unique_ptr<AccountFiles>> {
        std::unique_ptr<AccountFiles> files(new AccountFiles(paths, header, keys->clone()));
        files->setOpeningsInVault(openings);
        files->setVaultIsSilent(silent);
        if (auto opened = files->openKeys(Mode::Open); !opened)
            return tl::unexpected(opened.error());
        if (auto begun = files->beginCache(nowMs); !begun)
            return tl::unexpected(begun.error());
        return files;
    };
}

void AccountFiles::dropOldCaches() const
{
    dropCachesSetAside(m_paths.folder);
}

AccountFiles::OpenReader AccountFiles::keysReader() const
{
    return readerOf(keysOptions(m_paths), m_accountKeys.keysDatabase);
}

AccountFiles::OpenReader AccountFiles::cacheReader() const
{
    return readerOf(cacheOptions(m_paths), m_accountKeys.cacheDatabase);
}

} // namespace parvis::session
