// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/memory_crypto_store.h"
#include "store/database.h"
#include "store/keys/crypto_store_sql.h"
#include "store/migrations.h"

#include <QTemporaryDir>

namespace parvis::bench {

/// A real keys.db in a folder of its own, with what a machine had in memory.
class KeysOnDisk
{
public:
    explicit KeysOnDisk(const crypto::MemoryCryptoStore::Tables &tables)
    {
        const DatabaseOptions options{.path = m_folder.filePath(QStringLiteral("keys.db")),
                                      .purpose = DatabaseOptions::Purpose::Keys};
        auto database = Database::open(options, Secret(QByteArray(32, 'k')));
        if (!database || !migrate(**database, keysSchema()))
            qFatal("no keys.db");
        m_database = *std::move(database);
        m_store = std::make_unique<store::CryptoStoreSql>(*m_database);
        if (!m_store->save(everything(tables)))
            qFatal("keys.db does not take it");
    }

    [[nodiscard]] crypto::CryptoStore &store() { return *m_store; }

private:
    template <typename Map>
    static auto rows(const Map &map)
    {
        QList<typename Map::mapped_type> list;
        for (const auto &[key, row] : map)
            list.append(row);
        return list;
    }
    static crypto::CryptoChanges everything(const crypto::MemoryCryptoStore::Tables &tables)
    {
        crypto::CryptoChanges all;
        all.account = tables.account;
        all.toDeviceSince = tables.toDeviceSince;
        all.users = rows(tables.users);
        all.devices = rows(tables.devices);
        all.identities = rows(tables.identities);
        all.olmSessions = rows(tables.olmSessions);
        all.inboundSessions = rows(tables.inbound);
        all.rooms = rows(tables.rooms);
        all.outboundSessions = rows(tables.outbound);
        all.shares = rows(tables.shares);
        return all;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<store::CryptoStoreSql> m_store;
};

} // namespace parvis::bench
