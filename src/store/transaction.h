// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"

#include <utility>

namespace parvis {

/// All or nothing: rolls back unless committed. Takes the write lock at once, so that no step of it can fail
/// for another writer. One at a time a connection.
class Transaction
{
public:
    /// PARVIS_STORE_NESTED where this connection has one already.
    [[nodiscard]] static Result<Transaction> begin(Database &database)
    {
        database.wantTransaction();
        if (database.inTransaction())
            return fail(ErrorKind::Bug, QStringLiteral("PARVIS_STORE_NESTED"));
        if (auto begun = database.run("BEGIN IMMEDIATE"); !begun)
            return tl::unexpected(begun.error());
        return Transaction(database);
    }

    Transaction(Transaction &&other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction &operator=(Transaction &&) = delete;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    ~Transaction() { rollBack(); }

    /// After an error nothing of the transaction is there; it may be run again as a whole.
    [[nodiscard]] Result<void> commit()
    {
        auto done = m_database->run("COMMIT");
        if (!done) {
            rollBack();
            return done;
        }
        m_database->setDiskFull(false);
        m_database = nullptr;
        return {};
    }

private:
    explicit Transaction(Database &database) : m_database(&database) {}
    void rollBack()
    {
        // SQLite has rolled back by itself after some errors, a full disk among them.
        if (Database *database = std::exchange(m_database, nullptr); database && database->inTransaction())
            (void)database->run("ROLLBACK");
    }

    Database *m_database;
};

/// Runs @p work, which answers Result<void>, in a transaction of its own; its error rolls back.
template <typename Work>
[[nodiscard]] Result<void> transact(Database &database, Work work)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    if (Result<void> done = work(); !done)
        return done;
    return transaction->commit();
}

} // namespace parvis
