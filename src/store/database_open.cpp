// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/database.h"
#include "store/database_open_p.h"
#include "store/private_file.h"
#include "store/sqlite_error_p.h"
#include "store/wiping_allocator_p.h"

#include <QFile>
#include <QFileInfo>

#include <sqlcipher/sqlite3.h>

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

constexpr int oldestSqlite = 3044000; // SQLCipher 4.5.6: UPSERT, RETURNING, STRICT, FTS5
constexpr int maxValueBytes = 128 * 1024 * 1024;
constexpr int keyBytes = 32;

Result<void> loadLibrary()
{
    useWipingAllocator();
    if (sqlite3_libversion_number() < oldestSqlite || sqlite3_compileoption_used("ENABLE_FTS5") == 0
        || sqlite3_compileoption_used("HAS_CODEC") == 0)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_LIBRARY"_s, QString::fromLatin1(sqlite3_libversion()));
    if (const int code = sqlite3_initialize(); code != SQLITE_OK)
        return fail(ErrorKind::Storage, u"PARVIS_STORE_LIBRARY"_s, QString::fromLatin1(sqlite3_errstr(code)));
    return {};
}

} // namespace

Result<void> prepareLibrary()
{
    static const Result<void> loaded = loadLibrary();
    return loaded;
}

QString damagedCode(const DatabaseOptions &options)
{
    return options.purpose == DatabaseOptions::Purpose::Keys ? u"PARVIS_KEYS_DAMAGED"_s
                                                             : u"PARVIS_CACHE_DAMAGED"_s;
}

Result<void> prepareFile(const DatabaseOptions &options)
{
    const QFileInfo file(options.path);
    if (!file.exists()) {
        if (!options.create || options.readOnly)
            return fail(ErrorKind::Storage, u"PARVIS_STORE_ABSENT"_s);
        return createPrivateFile(options.path);
    }
    // An empty file is a database that was never written: only who may create one takes it for that.
    if (file.size() == 0 && (!options.create || options.readOnly))
        return fail(ErrorKind::Storage, damagedCode(options), u"empty file"_s);
    for (const auto suffix : {""_L1, "-wal"_L1, "-shm"_L1}) {
        if (auto done = restrictToOwner(options.path + suffix); !done)
            return done;
    }
    return {};
}

Result<sqlite3 *> openHandle(const DatabaseOptions &options)
{
    sqlite3 *handle = nullptr;
    const int access = options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(options.path.toUtf8().constData(), &handle,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        const Error error = errorOf(handle, code);
        sqlite3_close(handle);
        return tl::unexpected(error);
    }
    // A file from elsewhere must not bring functions, writable schemas or loose quoting along.
    for (const int option : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_TRIGGER})
        sqlite3_db_config(handle, option, 1, nullptr);
    for (const int option : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL,
                             SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION})
        sqlite3_db_config(handle, option, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, maxValueBytes);
    sqlite3_busy_timeout(handle, options.busyTimeoutMs);
    return handle;
}

int setRawKey(sqlite3 *handle, const Secret &key)
{
    if (key.size() != keyBytes)
        return SQLITE_MISUSE;
    // SQLCipher takes x'<hex>' as the key itself; anything else would go through a slow derivation.
    char literal[2 + 2 * keyBytes + 1]; // a plain array: a QByteArray may leave copies behind
    constexpr auto digits = "0123456789abcdef";
    char *out = literal;
    *out++ = 'x';
    *out++ = '\'';
    for (const char byte : key.view()) {
        *out++ = digits[(uchar(byte) >> 4) & 0xf];
        *out++ = digits[uchar(byte) & 0xf];
    }
    *out = '\'';
    const int code = sqlite3_key_v2(handle, "main", literal, sizeof literal);
    wipe(literal, sizeof literal);
    return code;
}

} // namespace parvis::store
