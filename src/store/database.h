// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "store/statement.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace parvis {

/// How one encrypted file is opened.
struct DatabaseOptions {
    enum class Purpose {
        Keys, ///< cannot be fetched again: every commit reaches the disk before it is acknowledged
        Cache ///< can be fetched again: the last commits may be lost in a power cut, never half of one
    };

    QString path;
    Purpose purpose = Purpose::Cache;
    bool create = true;    ///< false: a missing file is PARVIS_STORE_ABSENT, not a new one
    bool readOnly = false; ///< a second connection, for the pool: search, export, integrity check
    int pageCacheKiB = 4096;
    int busyTimeoutMs = 2000;
};

/// One connection to one SQLCipher file. Used by the thread that opened it, and by no other.
///
/// Every error is Storage kind with a code of its own: PARVIS_KEYS_DAMAGED or PARVIS_CACHE_DAMAGED after the
/// purpose of the file, PARVIS_STORE_WRONG_KEY, _NEWER, _ABSENT, _FAILED, PARVIS_DISK_FULL (nothing is lost:
/// the same call may be made again), PARVIS_PROFILE_IN_USE.
class Database
{
public:
    /// Answers with an error where the SQLCipher that was loaded is too old or lacks FTS5. Any thread.
    [[nodiscard]] static Result<void> checkLibrary();

    /// Opens, or creates with mode 0600. Reads the schema once, so a wrong key or a damaged start is known
    /// here. The file of a failed open is left as it was.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const DatabaseOptions &options,
                                                                const Secret &key);

    /// Renames the file with its -wal and -shm out of the way, under a name that no other file has; answers
    /// with that name. The database must be closed.
    [[nodiscard]] static Result<QString> setAside(const QString &path, qint64 nowMs);

    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Compiled once, then taken from the cache. An error in @p sql shows at the first step().
    [[nodiscard]] Statement prepare(QByteArrayView sql);

    /// One statement without rows: db.run("DELETE FROM t WHERE a = ?", a).
    template <typename... Values>
    [[nodiscard]] Result<void> run(QByteArrayView sql, const Values &...values)
    {
        return prepare(sql).bind(values...).run();
    }

    /// Every row, mapped by @p read(const Statement &).
    template <typename Read, typename... Values>
    [[nodiscard]] auto all(QByteArrayView sql, Read read, const Values &...values)
        -> Result<QList<std::invoke_result_t<Read, const Statement &>>>
    {
        QList<std::invoke_result_t<Read, const Statement &>> rows;
        Statement statement = prepare(sql);
        statement.bind(values...);
        for (;;) {
            const Result<bool> row = statement.step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row)
                return rows;
            rows.append(read(statement));
        }
    }

    /// The first row, or nothing where there is none.
    template <typename Read, typename... Values>
    [[nodiscard]] auto one(QByteArrayView sql, Read read, const Values &...values)
        -> Result<std::optional<std::invoke_result_t<Read, const Statement &>>>
    {
        using Row = std::optional<std::invoke_result_t<Read, const Statement &>>;
        Statement statement = prepare(sql);
        const Result<bool> row = statement.bind(values...).step();
        if (!row)
            return tl::unexpected(row.error());
        Row found = *row ? Row(read(statement)) : Row();
        if (auto finished = statement.finish(); !finished)
            return tl::unexpected(finished.error());
        return found;
    }

    /// Several statements without parameters, as in a migration.
    [[nodiscard]] Result<void> script(QByteArrayView sql);

    /// Pages and their authentication codes; the damaged error where one is wrong. Reads the whole file:
    /// meant for a second, read-only connection on the pool. A writer may go on meanwhile.
    [[nodiscard]] Result<void> checkIntegrity();

    /// What is asked of this connection ends with PARVIS_CANCELLED while @p flag is true; it may be set on
    /// any thread. It outlives the connection, or is taken back with nullptr.
    void interruptWhen(const std::atomic_bool *flag);

    [[nodiscard]] bool inTransaction() const;
    /// Told before somebody begins a transaction: whoever keeps one open ends it now.
    void onTransactionWanted(std::function<void()> listener) { m_wantedListener = std::move(listener); }
    [[nodiscard]] qint64 lastInsertId() const;
    [[nodiscard]] qint64 changes() const; ///< rows of the last INSERT, UPDATE or DELETE
    [[nodiscard]] const QString &path() const { return m_path; }
    /// Of the file and its WAL.
    [[nodiscard]] qint64 bytesOnDisk() const;

    /// True from the first write that found the disk full until the next one that succeeds.
    [[nodiscard]] bool isDiskFull() const { return m_diskFull; }
    /// Told when isDiskFull() changes; called inside the write, so it only takes note.
    void onDiskFullChanged(std::function<void(bool)> listener) { m_diskFullListener = std::move(listener); }

    /// True from the first read or write that met a damaged page: the file will not become well by itself.
    [[nodiscard]] bool isDamaged() const { return m_damaged; }
    /// Another connection to the same file has met a damaged page: as if this one had.
    void noteDamaged();
    /// Told once, inside the read or write, so it only takes note.
    void onDamaged(std::function<void()> listener) { m_damagedListener = std::move(listener); }

private:
    friend class Statement;
    friend class Transaction;

    Database(sqlite3 *handle, const DatabaseOptions &options);
    Result<void> applyKey(const Secret &key);
    Result<void> configure(const DatabaseOptions &options);
    Result<void> verify(const DatabaseOptions &options, const Secret &key);
    /// Turns SQLite's answer into ours, and notes a full disk or a damaged file.
    [[nodiscard]] Error error(int code);
    [[nodiscard]] Result<void> checkPages();
    [[nodiscard]] Error damaged(const QString &detail);
    void setDiskFull(bool full);
    void wantTransaction() const
    {
        if (m_wantedListener)
            m_wantedListener();
    }
    void giveBack(const QByteArray &sql, sqlite3_stmt *statement);

    sqlite3 *m_handle;
    QString m_path;
    QString m_damagedCode;
    QHash<QByteArray, sqlite3_stmt *> m_idle; ///< prepared and not in use
    std::function<void()> m_wantedListener;
    std::function<void(bool)> m_diskFullListener;
    bool m_diskFull = false;
    std::function<void()> m_damagedListener;
    bool m_damaged = false;
};

/// True for PARVIS_DISK_FULL: the same call may succeed once there is room.
[[nodiscard]] bool isDiskFull(const Error &error);

/// True for PARVIS_CACHE_DAMAGED: a new cache would be well.
[[nodiscard]] bool isCacheDamaged(const Error &error);

} // namespace parvis
