// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/sqlite_error_p.h"

#include <sqlcipher/sqlite3.h>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace parvis::store {

namespace {

bool ranOutOfSpace(sqlite3 *handle, int code)
{
    const int primary = code & 0xff;
    if (primary == SQLITE_FULL)
        return true;
    // Quota, and the file-size limit of the process, come as I/O errors; so does a full disk while the WAL
    // grows.
    const int system = sqlite3_system_errno(handle);
    return (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)
        && (system == ENOSPC || system == EDQUOT || system == EFBIG);
}

/// SQLCipher puts SQLITE_ERROR where the code of a page is wrong: zeros, if read as a tree, become
/// SQLITE_CORRUPT, but the next page of a long value says nothing else. SQLite's own errors of that family
/// have words of their own.
bool hasBadPage(sqlite3 *handle, int code)
{
    return code == SQLITE_ERROR && qstrcmp(sqlite3_errmsg(handle), sqlite3_errstr(code)) == 0;
}

QString codeOf(sqlite3 *handle, int code)
{
    if (ranOutOfSpace(handle, code))
        return u"PARVIS_DISK_FULL"_s;
    if (hasBadPage(handle, code))
        return u"PARVIS_STORE_DAMAGED"_s;
    switch (code) {
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_DATA:
    case SQLITE_IOERR_SHORT_READ:
        return u"PARVIS_STORE_DAMAGED"_s;
    default: // the extended codes are many, and only these three say more than their family
        break;
    }
    switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return u"PARVIS_STORE_DAMAGED"_s;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return u"PARVIS_PROFILE_IN_USE"_s;
    case SQLITE_INTERRUPT:
        return u"PARVIS_CANCELLED"_s;
    case SQLITE_TOOBIG:
        return u"PARVIS_STORE_TOO_LARGE"_s;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return u"PARVIS_STORE_REFUSED"_s;
    default:
        return u"PARVIS_STORE_FAILED"_s;
    }
}

} // namespace

Error errorOf(sqlite3 *handle, int code)
{
    Error error{ErrorKind::Storage, codeOf(handle, code), {}, 0};
    if (error.code == u"PARVIS_STORE_TOO_LARGE"_s)
        error.kind = ErrorKind::TooLarge;
    else if (error.code == u"PARVIS_CANCELLED"_s)
        error.kind = ErrorKind::Cancelled;
    else if (error.code == u"PARVIS_STORE_REFUSED"_s)
        error.kind = ErrorKind::Bug;
    // SQLite's own message may quote what was searched for; for a constraint it names columns only.
    const bool namesColumns = (code & 0xff) == SQLITE_CONSTRAINT;
    error.detail = QString::fromUtf8(namesColumns ? sqlite3_errmsg(handle) : sqlite3_errstr(code)) + u" ("_s
        + QString::number(code) + u')';
    return error;
}

} // namespace parvis::store
