// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/database.h"
#include "store/transaction.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace parvis {

inline Secret keyOf(char fill)
{
    return Secret(QByteArray(32, fill));
}

/// A folder with encrypted files to open, fill and spoil.
class DatabaseFile : public QObject
{
protected:
    QTemporaryDir m_folder;
    int m_number = 0;

    DatabaseOptions newFile()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath(QStringLiteral("%1.db").arg(++m_number));
        options.purpose = DatabaseOptions::Purpose::Keys;
        return options;
    }

    static std::unique_ptr<Database> opened(const DatabaseOptions &options, const Secret &key)
    {
        auto database = Database::open(options, key);
        if (!database)
            qWarning("%s %s", qPrintable(database.error().code), qPrintable(database.error().detail));
        return database ? *std::move(database) : nullptr;
    }

    /// A file with @p rows rows of about 1 KB, closed.
    void fill(const DatabaseOptions &options, int rows)
    {
        const auto database = opened(options, keyOf('k'));
        QVERIFY(database);
        QVERIFY(database->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)"));
        QVERIFY(transact(*database, [&]() -> Result<void> {
            for (int i = 0; i < rows; ++i) {
                if (auto done = database->run("INSERT INTO t VALUES (?, ?)", i, QByteArray(1000, char(i)));
                    !done)
                    return done;
            }
            return {};
        }));
    }

    static void flip(const QString &path, qint64 from, qint64 count)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly));
        QVERIFY(file.seek(from));
        QByteArray bytes = file.read(count);
        for (char &byte : bytes)
            byte = char(~byte);
        QVERIFY(file.seek(from));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static QString codeOf(const DatabaseOptions &options, const Secret &key)
    {
        const auto database = Database::open(options, key);
        return database ? QStringLiteral("opened") : database.error().code;
    }
};

} // namespace parvis
