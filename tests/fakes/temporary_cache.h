// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "store/cache/cache.h"
#include "store/database.h"
#include "store/migrations.h"

#include <QTemporaryDir>

#include <memory>
#include <utility>

namespace parvis {

/// A real cache in a real, encrypted file that goes with this object.
class TemporaryCache
{
public:
    explicit TemporaryCache(QString own = QStringLiteral("@me:x")) : m_own(std::move(own)) { open(); }

    /// As after a restart.
    void reopen()
    {
        m_cache.reset();
        m_database.reset();
        open();
    }
    [[nodiscard]] Cache &operator*() { return *m_cache; }
    [[nodiscard]] Cache *operator->() { return m_cache.get(); }
    [[nodiscard]] Database &database() { return *m_database; }

private:
    void open()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath(QStringLiteral("cache.db"));
        auto database = Database::open(options, Secret(QByteArray(32, 'k')));
        if (!database || !migrate(**database, cacheSchema()))
            qFatal("the test's cache does not open");
        m_database = *std::move(database);
        m_cache = std::make_unique<Cache>(*m_database, UserId(m_own));
    }

    QTemporaryDir m_folder;
    QString m_own;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Cache> m_cache;
};

} // namespace parvis
