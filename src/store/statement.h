// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <concepts>
#include <optional>
#include <type_traits>

struct sqlite3_stmt;

namespace parvis {

class Database;

/// Text that is UTF-8 already, such as raw JSON: bound and stored as TEXT where a QByteArray would be a BLOB.
struct Utf8 {
    QByteArrayView bytes;
};

/// One use of a prepared statement: bound, stepped, and given back when it goes out of scope.
///
/// A QByteArray or Secret is a BLOB, a QString, id or Utf8 is TEXT; an empty one is empty, never NULL: NULL
/// is std::nullopt. Lives shorter than its Database.
class Statement
{
public:
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&) = delete;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement();

    /// Binds all parameters from the first on. A failure shows at the next step().
    template <typename... Values>
    Statement &bind(const Values &...values)
    {
        rewind();
        [[maybe_unused]] int index = 0;
        (bindOne(++index, values), ...);
        return *this;
    }

    /// True: a row is there to read. False: the end. A change with RETURNING is committed at the end, not at
    /// its row.
    [[nodiscard]] Result<bool> step();
    /// To the end, whatever rows there are.
    [[nodiscard]] Result<void> run();
    /// Lets go of the rows that are left. What a change with RETURNING did is done when this answers.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] bool isNull(int column) const;
    /// QString, QByteArray, Secret, an id, an integer, a bool, an enum, a double, or std::optional of one of
    /// them.
    template <typename T>
    [[nodiscard]] T get(int column) const;

private:
    friend class Database;

    Statement(Database &database, QByteArray sql, sqlite3_stmt *handle, std::optional<Error> failure);
    void rewind();
    void note(int code);
    void noteWritten();

    void bindOne(int index, QByteArrayView bytes);
    void bindOne(int index, Utf8 text);
    void bindOne(int index, const QString &text);
    void bindOne(int index, double number);
    void bindOne(int index, std::nullopt_t);
    void bindInteger(int index, qint64 number);
    void bindOne(int index, const char *) = delete; // a BLOB or a TEXT? say which
    void bindOne(int index, const Secret &secret) { bindOne(index, secret.view()); }
    void bindOne(int index, const QByteArray &bytes) { bindOne(index, QByteArrayView(bytes)); }
    template <typename Number>
    requires std::integral<Number> || std::is_enum_v<Number>
    void bindOne(int index, Number number) { bindInteger(index, static_cast<qint64>(number)); }
    template <typename Tag>
    void bindOne(int index, const Id<Tag> &id)
    {
        bindOne(index, id.toString());
    }
    template <typename T>
    void bindOne(int index, const std::optional<T> &value)
    {
        if (value)
            bindOne(index, *value);
        else
            bindOne(index, std::nullopt);
    }

    [[nodiscard]] QByteArrayView blob(int column) const; ///< valid until the next step
    [[nodiscard]] QByteArrayView text(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] double real(int column) const;

    Database *m_database;
    QByteArray m_sql;
    sqlite3_stmt *m_handle;
    bool m_running = false;         ///< between a row and the end
    std::optional<Error> m_failure; ///< the first one of prepare or bind
};

namespace detail {
template <typename>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;
} // namespace detail

template <typename T>
T Statement::get(int column) const
{
    if constexpr (detail::isOptional<T>)
        return isNull(column) ? T() : T(get<typename T::value_type>(column));
    else if constexpr (std::is_same_v<T, QString>)
        return QString::fromUtf8(text(column));
    else if constexpr (std::is_same_v<T, QByteArray>)
        return blob(column).toByteArray();
    else if constexpr (std::is_same_v<T, Secret>)
        return Secret(blob(column));
    else if constexpr (std::is_same_v<T, bool>)
        return integer(column) != 0;
    else if constexpr (std::is_floating_point_v<T>)
        return T(real(column));
    else if constexpr (std::integral<T> || std::is_enum_v<T>)
        return static_cast<T>(integer(column));
    else
        return T(QString::fromUtf8(text(column)));
}

} // namespace parvis
