// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/database.h"

#include "store/database_open_p.h"
#include "store/page_check_p.h"
#include "store/sqlite_error_p.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <sqlcipher/sqlite3.h>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

// Every statement of a connection is prepared once; a few built ones (lists of ids) come and go.
constexpr qsizetype maxIdleStatements = 256;

} // namespace

Database::Database(sqlite3 *handle, const DatabaseOptions &options)
    : m_handle(handle), m_path(options.path), m_damagedCode(store::damagedCode(options))
{
}

Database::~Database()
{
    for (sqlite3_stmt *statement : std::as_const(m_idle))
        sqlite3_finalize(statement);
    [[maybe_unused]] const int code = sqlite3_close(m_handle);
    Q_ASSERT_X(code == SQLITE_OK, "Database", "a Statement lives longer than its Database");
}

Result<void> Database::checkLibrary()
{
    return store::prepareLibrary();
}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions &options, const Secret &key)
{
    if (auto ready = store::prepareLibrary(); !ready)
        return tl::unexpected(ready.error());
    if (auto there = store::prepareFile(options); !there)
        return tl::unexpected(there.error());
    auto handle = store::openHandle(options);
    if (!handle)
        return tl::unexpected(handle.error());

    std::unique_ptr<Database> database(new Database(*handle, options));
    if (auto opened = database->applyKey(key); !opened)
        return tl::unexpected(opened.error());
    if (auto verified = database->verify(options, key); !verified)
        return tl::unexpected(verified.error());
    if (auto configured = database->configure(options); !configured)
        return tl::unexpected(configured.error());
    return database;
}

Result<void> Database::applyKey(const Secret &key)
{
    // Process-wide, and first: a wrong key would otherwise be told to stderr.
    if (auto quiet = script("PRAGMA cipher_log_level = NONE"); !quiet)
        return quiet;
    if (const int code = store::setRawKey(m_handle, key); code != SQLITE_OK)
        return tl::unexpected(error(code));
    // Says the file format, so that a later SQLCipher with other defaults still reads it.
    return script("PRAGMA cipher_compatibility = 4");
}

Result<void> Database::verify(const DatabaseOptions &options, const Secret &key)
{
    // A file that does not open stays byte for byte as it is: no checkpoint of its WAL at the close.
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    // SQLite reads nothing before the first statement that needs the schema.
    auto read = prepare("SELECT count(*) FROM sqlite_schema").run();
    if (m_damaged && !store::anyPageAuthenticates(options.path, key))
        return fail(ErrorKind::Storage, u"PARVIS_STORE_WRONG_KEY"_s, u"the first page does not decrypt"_s);
    if (!read)
        return read;
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return {};
}

Result<void> Database::configure(const DatabaseOptions &options)
{
    const bool keys = options.purpose == DatabaseOptions::Purpose::Keys;
    QByteArray pragmas = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
                         "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA cache_size = -"
        + QByteArray::number(qMax(options.pageCacheKiB, 64)) + ';';
    if (options.readOnly)
        return script(pragmas + "PRAGMA query_only = ON;");
    const auto pages = one("PRAGMA page_count", [](const Statement &row) { return row.get<qint64>(0); });
    if (!pages)
        return tl::unexpected(pages.error());
    // Before the first page is written: the file can become smaller without being written anew. In a file
    // that is there already it would write its first page at each opening.
    if (!keys && pages->value_or(0) == 0)
        pragmas += "PRAGMA auto_vacuum = INCREMENTAL;";
    pragmas += QByteArray("PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 8388608;")
        + (keys ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = NORMAL;");
    return script(pragmas);
}

Result<QString> Database::setAside(const QString &path, qint64 nowMs)
{
    const QString stamp =
        QDateTime::fromMSecsSinceEpoch(nowMs, QTimeZone::utc()).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString target = path + u".set-aside-"_s + stamp;
    for (int again = 2; QFileInfo::exists(target); ++again)
        target = path + u".set-aside-"_s + stamp + u'-' + QString::number(again);

    // The -wal first: with the main file still in its place, an interrupted move is simply done again.
    for (const auto suffix : {"-wal"_L1, "-shm"_L1, ""_L1}) {
        if (QFileInfo::exists(path + suffix) && !QFile::rename(path + suffix, target + suffix))
            return fail(ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, u"cannot rename"_s);
    }
    return target;
}

Statement Database::prepare(QByteArrayView sql)
{
    if (sqlite3_stmt *idle = m_idle.take(QByteArray::fromRawData(sql.data(), sql.size())))
        return {*this, sql.toByteArray(), idle, std::nullopt};
    sqlite3_stmt *handle = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &handle, nullptr);
    if (code != SQLITE_OK)
        return {*this, {}, nullptr, error(code)};
    Q_ASSERT_X(handle, "Database::prepare", "an empty statement");
    return {*this, sql.toByteArray(), handle, std::nullopt};
}

void Database::giveBack(const QByteArray &sql, sqlite3_stmt *statement)
{
    if (m_idle.size() < maxIdleStatements && !m_idle.contains(sql))
        m_idle.insert(sql, statement);
    else
        sqlite3_finalize(statement);
}

Result<void> Database::script(QByteArrayView sql)
{
    const QByteArray text = sql.toByteArray(); // ends in a zero byte, which the view may not
    if (const int code = sqlite3_exec(m_handle, text.constData(), nullptr, nullptr, nullptr);
        code != SQLITE_OK)
        return tl::unexpected(error(code));
    return {};
}

Result<void> Database::checkIntegrity()
{
    // Under one read transaction: a checkpoint that moves pages meanwhile would make a sound file look
    // damaged.
    if (auto begun = script("BEGIN"); !begun)
        return begun;
    const auto checked = checkPages();
    const auto ended = script("COMMIT");
    return checked ? ended : checked;
}

Result<void> Database::checkPages()
{
    const auto read = [](const Statement &row) { return row.get<QString>(0); };
    const auto logical = all("PRAGMA quick_check(1)", read);
    if (!logical)
        return tl::unexpected(logical.error());
    if (*logical != QStringList{u"ok"_s})
        return tl::unexpected(damaged(u"integrity check"_s));
    // It reads the main file past the WAL: pages whose only good copy is in the WAL would look damaged.
    if (QFileInfo(m_path + "-wal"_L1).size() > 0)
        return {};
    const auto pages = all("PRAGMA cipher_integrity_check", read);
    if (!pages)
        return tl::unexpected(pages.error());
    if (!pages->isEmpty())
        return tl::unexpected(damaged(u"integrity check"_s));
    return {};
}

void Database::interruptWhen(const std::atomic_bool *flag)
{
    constexpr int steps = 1000; // of SQLite's machine: some ten microseconds
    const auto asked = [](void *wanted) {
        return static_cast<const std::atomic_bool *>(wanted)->load() ? 1 : 0;
    };
    // SQLite wants a pointer that it might write through, and hands it back untouched.
    sqlite3_progress_handler(m_handle, flag ? steps : 0, flag ? +asked : nullptr,
                             const_cast<std::atomic_bool *>(flag));
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Database::bytesOnDisk() const
{
    return QFileInfo(m_path).size() + QFileInfo(m_path + "-wal"_L1).size();
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

Error Database::error(int code)
{
    const Error found = store::errorOf(m_handle, code);
    if (found.code == u"PARVIS_STORE_DAMAGED"_s)
        return damaged(found.detail);
    if (parvis::isDiskFull(found))
        setDiskFull(true);
    return found;
}

void Database::noteDamaged()
{
    (void)damaged(u"another connection"_s);
}

Error Database::damaged(const QString &detail)
{
    if (!std::exchange(m_damaged, true) && m_damagedListener)
        m_damagedListener();
    return {ErrorKind::Storage, m_damagedCode, detail, 0};
}

void Database::setDiskFull(bool full)
{
    if (std::exchange(m_diskFull, full) != full && m_diskFullListener)
        m_diskFullListener(full);
}

bool isDiskFull(const Error &error)
{
    return error.code == u"PARVIS_DISK_FULL"_s;
}

bool isCacheDamaged(const Error &error)
{
    return error.code == u"PARVIS_CACHE_DAMAGED"_s;
}

} // namespace parvis
