// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/statement.h"

#include "base/log.h"
#include "store/database.h"

#include <sqlcipher/sqlite3.h>

#include <utility>

namespace parvis {

Statement::Statement(Database &database, QByteArray sql, sqlite3_stmt *handle, std::optional<Error> failure)
    : m_database(&database), m_sql(std::move(sql)), m_handle(handle), m_failure(std::move(failure))
{
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database),
      m_sql(std::move(other.m_sql)),
      m_handle(std::exchange(other.m_handle, nullptr)),
      m_running(other.m_running),
      m_failure(std::move(other.m_failure))
{
}

Statement::~Statement()
{
    if (!m_handle)
        return;
    m_failure.reset();                             // of prepare or bind, and told by step()
    if (const auto finished = finish(); !finished) // nobody asked, so nobody else will hear of it
        qCCritical(log::store) << "a statement failed at its end:" << finished.error().code;
    sqlite3_clear_bindings(m_handle);
    m_database->giveBack(m_sql, m_handle);
}

void Statement::rewind()
{
    if (m_handle)
        sqlite3_reset(m_handle);
    m_running = false;
}

Result<bool> Statement::step()
{
    if (m_failure)
        return tl::unexpected(*m_failure);
    const int code = sqlite3_step(m_handle);
    m_running = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        const Error error = m_database->error(code);
        sqlite3_reset(m_handle);
        return tl::unexpected(error);
    }
    noteWritten();
    return false;
}

Result<void> Statement::finish()
{
    if (m_failure)
        return tl::unexpected(*m_failure);
    const int code = sqlite3_reset(m_handle);
    if (!std::exchange(m_running, false)) // the code only repeats what step() said
        return {};
    if (code != SQLITE_OK)
        return tl::unexpected(m_database->error(code));
    noteWritten();
    return {};
}

void Statement::noteWritten()
{
    if (sqlite3_stmt_readonly(m_handle) == 0 && !m_database->inTransaction())
        m_database->setDiskFull(false);
}

Result<void> Statement::run()
{
    for (;;) {
        const Result<bool> row = step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
    }
}

void Statement::note(int code)
{
    if (code != SQLITE_OK && !m_failure)
        m_failure = m_database->error(code);
}

// SQLite takes its own copies: what is bound may die before the step.

void Statement::bindOne(int index, QByteArrayView bytes)
{
    if (m_handle)
        note(sqlite3_bind_blob64(m_handle, index, bytes.isEmpty() ? "" : bytes.data(),
                                 sqlite3_uint64(bytes.size()), SQLITE_TRANSIENT));
}

void Statement::bindOne(int index, Utf8 text)
{
    if (m_handle)
        note(sqlite3_bind_text64(m_handle, index, text.bytes.isEmpty() ? "" : text.bytes.data(),
                                 sqlite3_uint64(text.bytes.size()), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindOne(int index, const QString &text)
{
    bindOne(index, Utf8{text.toUtf8()});
}

void Statement::bindOne(int index, double number)
{
    if (m_handle)
        note(sqlite3_bind_double(m_handle, index, number));
}

void Statement::bindOne(int index, std::nullopt_t)
{
    if (m_handle)
        note(sqlite3_bind_null(m_handle, index));
}

void Statement::bindInteger(int index, qint64 number)
{
    if (m_handle)
        note(sqlite3_bind_int64(m_handle, index, number));
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

QByteArrayView Statement::blob(int column) const
{
    const void *data = sqlite3_column_blob(m_handle, column); // before its size: this may convert
    return {static_cast<const char *>(data), sqlite3_column_bytes(m_handle, column)};
}

QByteArrayView Statement::text(int column) const
{
    const unsigned char *data = sqlite3_column_text(m_handle, column);
    return {reinterpret_cast<const char *>(data), sqlite3_column_bytes(m_handle, column)};
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_handle, column);
}

} // namespace parvis
