// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QFileInfo>

#include "database_file.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// Everything that can be wrong with an encrypted file, told apart by name.
class tst_DatabaseDamage : public DatabaseFile
{
    Q_OBJECT

private Q_SLOTS:
    void missingFileIsNoNewOne()
    {
        auto options = newFile();
        options.create = false;

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_STORE_ABSENT"_s);
        QVERIFY(!QFile::exists(options.path));
    }

    void emptiedFileIsNoNewOne()
    {
        auto options = newFile();
        fill(options, 1);
        options.create = false;
        QVERIFY(QFile::resize(options.path, 0));

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_KEYS_DAMAGED"_s);
        QCOMPARE(QFileInfo(options.path).size(), 0);
    }

    void wrongKeyIsNamedAndTouchesNothing()
    {
        const auto options = newFile();
        fill(options, 20);
        const QByteArray before = contentOf(options.path);

        QCOMPARE(codeOf(options, keyOf('w')), u"PARVIS_STORE_WRONG_KEY"_s);
        QCOMPARE(codeOf(options, Secret("short")), u"PARVIS_STORE_REFUSED"_s);
        QCOMPARE(contentOf(options.path), before);
        QVERIFY(opened(options, keyOf('k')));
    }

    void damage_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("count");
        QTest::newRow("first page, after the salt") << qint64(16) << qint64(1);
        QTest::newRow("first page, its code") << qint64(4095) << qint64(1);
        QTest::newRow("first page, all but the salt") << qint64(16) << qint64(4080);
    }

    void damage()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, count);
        const auto options = newFile();
        fill(options, 20);
        flip(options.path, from, count);
        const QByteArray before = contentOf(options.path);

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_KEYS_DAMAGED"_s);
        QCOMPARE(contentOf(options.path), before);
    }

    void truncatedFileIsDamaged()
    {
        const auto options = newFile();
        fill(options, 20);
        QVERIFY(QFile::resize(options.path, 4096 + 1000));

        QCOMPARE(codeOf(options, keyOf('k')), u"PARVIS_KEYS_DAMAGED"_s);
    }

    void aDamagedPageIsNamedWhenItIsRead()
    {
        const auto options = newFile();
        fill(options, 100);
        flip(options.path, 4096 * 10 + 100, 1);
        const auto database = opened(options, keyOf('k'));
        QVERIFY(database);

        const auto read = database->run("SELECT sum(length(b)) FROM t");

        QVERIFY(!read);
        QCOMPARE(read.error().code, u"PARVIS_KEYS_DAMAGED"_s);
    }

    void aDamagedPageOfALongValueIsNamed()
    {
        const auto options = newFile();
        {
            const auto database = opened(options, keyOf('k'));
            QVERIFY(database->script("CREATE TABLE t (b BLOB)"));
            QVERIFY(database->run("INSERT INTO t VALUES (?)", QByteArray(400'000, 'x')));
        }
        flip(options.path, 4096 * 50 + 100, 1);
        const auto database = opened(options, keyOf('k'));
        int told = 0;
        database->onDamaged([&] { ++told; });

        for (int again = 0; again < 2; ++again) {
            const auto read = database->run("SELECT hex(b) FROM t");
            QVERIFY(!read);
            QCOMPARE(read.error().code, u"PARVIS_KEYS_DAMAGED"_s);
        }

        QCOMPARE(told, 1);
        QVERIFY(database->isDamaged());
        const auto wrong =
            database->run("SELECT sum(a) FROM (SELECT 9223372036854775807 AS a UNION ALL SELECT 1)");
        QCOMPARE(wrong.error().code, u"PARVIS_STORE_FAILED"_s); // a mistake of ours damages nothing
    }

    void integrityCheckFindsOneFlippedBit()
    {
        auto options = newFile();
        fill(options, 100);
        const qint64 pages = QFileInfo(options.path).size() / 4096;
        options.readOnly = true;
        QVERIFY(opened(options, keyOf('k'))->checkIntegrity());

        for (qint64 page = 1; page < pages; ++page) {
            flip(options.path, page * 4096 + 2000, 1);
            const auto database = opened(options, keyOf('k'));
            const auto checked = database->checkIntegrity();
            QVERIFY(!checked);
            QCOMPARE(checked.error().code, u"PARVIS_KEYS_DAMAGED"_s);
            flip(options.path, page * 4096 + 2000, 1);
        }
    }
};

QTEST_GUILESS_MAIN(tst_DatabaseDamage)
#include "tst_database_damage.moc"
