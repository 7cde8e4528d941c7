// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QDir>

#include "profile_fixture.h"

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

/// Files that are damaged, half made or half gone, and accounts that go for good.
class tst_ProfileRepair : public ProfileFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aFailedCreationLeavesNothing()
    {
        const auto store = start();
        m_vault->writesUntilFailure = 0;

        QCOMPARE(codeOf(create(*store)), u"PARVIS_KEYCHAIN_FAILED"_s);
        QVERIFY(!QFile::exists(pathsOf(claire).folder));
        QVERIFY(m_vault->entries.empty());
        m_vault->writesUntilFailure = -1;
        QCOMPARE(codeOf(create(*store, claire, Lock::Passphrase, "")), u"PARVIS_PASSPHRASE_NEEDED"_s);
        QVERIFY(!QFile::exists(pathsOf(claire).folder));
        QVERIFY(create(*store));
    }

    void aDamagedCacheIsBegunAnew_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("junk") << QByteArray(4096 * 3, 'x');
        QTest::newRow("truncated") << QByteArray("short");
        QTest::newRow("plain SQLite") << "SQLite format 3"_ba + QByteArray(8177, '\0');
    }

    void aDamagedCacheIsBegunAnew()
    {
        QFETCH(QByteArray, content);
        const auto store = start();
        QVERIFY(create(*store));
        overwrite(pathsOf(claire).cacheDatabase(), content);
        const QByteArray keys = contentOf(pathsOf(claire).keysDatabase());

        const auto files = open(*store);

        QVERIFY2(files, qPrintable(codeOf(files)));
        QVERIFY((*files)->cacheIsNew());
        const QDir folder(pathsOf(claire).folder);
        const QStringList aside = folder.entryList({u"cache.db.set-aside-*"_s});
        QCOMPARE(aside.size(), 1);
        QCOMPARE(contentOf(folder.filePath(aside[0])), content);
        QCOMPARE(contentOf(pathsOf(claire).keysDatabase()), keys);
    }

    void aNewerCacheIsBegunAnewAndNewerKeysAreNot()
    {
        const auto store = start();
        {
            const auto files = create(*store);
            QVERIFY((*files)->cache().script("PRAGMA user_version = 9999"));
        }
        {
            const auto files = open(*store);
            QVERIFY(files && (*files)->cacheIsNew());
            QVERIFY((*files)->keys().script("PRAGMA user_version = 9999"));
        }

        QCOMPARE(codeOf(open(*store)), u"PARVIS_STORE_NEWER"_s);
        QCOMPARE(codeOf(open(*store)), u"PARVIS_STORE_NEWER"_s);
    }

    void damagedKeysStayAsTheyAre()
    {
        const auto store = start();
        QVERIFY(create(*store));
        const QString path = pathsOf(claire).keysDatabase();
        QByteArray content = contentOf(path);
        for (int i = 100; i < 200; ++i)
            content[i] = char(~content[i]);
        overwrite(path, content);

        QCOMPARE(codeOf(open(*store)), u"PARVIS_KEYS_DAMAGED"_s);
        QCOMPARE(contentOf(path), content);
        QVERIFY(QFile::remove(path));
        QCOMPARE(codeOf(open(*store)), u"PARVIS_STORE_ABSENT"_s);
        QVERIFY(!QFile::exists(path));
    }

    void aHeaderThatCannotBeReadIsNotPassedOver()
    {
        const auto store = start();
        QVERIFY(create(*store, claire));
        QVERIFY(create(*store, karim));
        overwrite(pathsOf(claire).header(), "{}");
        overwrite(pathsOf(claire).headerCopy(), "{}");

        const auto accounts = store->accounts();
        QCOMPARE(accounts.size(), 2);
        QCOMPARE(int(accounts[0].problem.has_value()) + int(accounts[1].problem.has_value()), 1);
        QCOMPARE(codeOf(open(*store, claire)), u"PARVIS_STORE_DAMAGED"_s);
        QCOMPARE(codeOf(create(*store, claire)), u"PARVIS_STORE_DAMAGED"_s);
        QVERIFY(await(store->finishInterrupted()));
        QVERIFY(QFile::exists(pathsOf(claire).keysDatabase()));
        QVERIFY(open(*store, karim));
    }

    void wipingLeavesNothing()
    {
        const auto store = start();
        QVERIFY(create(*store, claire));
        QVERIFY(create(*store, karim));
        overwrite(pathsOf(claire).media() + "/file"_L1, "x");
        overwrite(pathsOf(claire).folder + "/keys.db.set-aside-x"_L1, "x");

        QVERIFY(await(store->wipe(claire)));

        QVERIFY(!QFile::exists(pathsOf(claire).folder));
        QCOMPARE(m_vault->entries.size(), 1U);
        QVERIFY(open(*store, karim));
        QCOMPARE(codeOf(await(store->wipe(claire))), u"PARVIS_NO_ACCOUNT"_s);
    }

    void aWipeWithALockedKeychainIsFinishedLater()
    {
        {
            const auto store = start();
            QVERIFY(create(*store));
            m_vault->failure = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s, {}, 0};

            QCOMPARE(codeOf(await(store->wipe(claire))), u"PARVIS_KEYCHAIN_LOCKED"_s);
            QVERIFY(!QFile::exists(pathsOf(claire).keysDatabase()));
            QVERIFY(!QFile::exists(pathsOf(claire).key()));
            QCOMPARE(store->accounts().size(), 0);
        }
        const auto store = start();
        QCOMPARE(codeOf(await(store->finishInterrupted())), u"PARVIS_KEYCHAIN_LOCKED"_s);
        QCOMPARE(m_vault->entries.size(), 1U);
        m_vault->failure.reset();

        QVERIFY(await(store->finishInterrupted()));

        QVERIFY(m_vault->entries.empty());
        QVERIFY(!QFile::exists(pathsOf(claire).folder));
    }

    void aCrashWhileWipingOrCreatingIsFinished()
    {
        const auto store = start();
        QVERIFY(create(*store, claire));
        QVERIFY(create(*store, karim));
        setState(pathsOf(claire), AccountHeader::State::Wiping);
        QVERIFY(QFile::remove(pathsOf(claire).key()));
        setState(pathsOf(karim), AccountHeader::State::Creating);
        QCOMPARE(store->accounts().size(), 0);
        QCOMPARE(codeOf(open(*store, karim)), u"PARVIS_NO_ACCOUNT"_s);

        QVERIFY(await(store->finishInterrupted()));

        QVERIFY(m_vault->entries.empty());
        QVERIFY(QDir(profile() + "/accounts"_L1).isEmpty());
        QVERIFY(create(*store, claire));
    }

    void startingOverKeepsEverything()
    {
        const auto store = start();
        QVERIFY(create(*store));
        const QByteArray before = contentOf(pathsOf(claire).keysDatabase());

        const auto aside = store->startOver(claire);

        QVERIFY(aside);
        QCOMPARE(store->accounts().size(), 0);
        QVERIFY(await(store->finishInterrupted()));
        QVERIFY(create(*store));
        QCOMPARE(m_vault->entries.size(), 2U); // the old key stays with the old files
        QCOMPARE(contentOf(*aside + "/keys.db"_L1), before);
        const auto second = store->startOver(claire);
        QVERIFY(second && *second != *aside);
    }
};

QTEST_GUILESS_MAIN(tst_ProfileRepair)
#include "tst_profile_repair.moc"
