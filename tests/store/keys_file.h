// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"
#include "store/migrations.h"

#include <QTemporaryDir>

namespace parvis {

/// A keys.db of its own, with the schema, that can be closed and opened again.
class KeysFile
{
public:
    explicit KeysFile(QString path) : m_path(std::move(path)) { reopen(); }
    KeysFile() : KeysFile(QString()) {}

    void reopen()
    {
        m_database.reset();
        DatabaseOptions options;
        options.path = m_path.isEmpty() ? m_folder.filePath(QStringLiteral("keys.db")) : m_path;
        options.purpose = DatabaseOptions::Purpose::Keys;
        auto opened = Database::open(options, Secret(QByteArray(32, 'k')));
        if (!opened)
            qFatal("%s", qPrintable(opened.error().code));
        m_database = *std::move(opened);
        if (auto migrated = migrate(*m_database, keysSchema()); !migrated)
            qFatal("%s", qPrintable(migrated.error().code));
    }

    [[nodiscard]] Database &database() { return *m_database; }

private:
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<Database> m_database;
};

} // namespace parvis
