// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/draft_store.h"

#include <QDir>

#include "profile_fixture.h"

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

/// Accounts whose profile.json is gone, or cannot be read: they come back, or stay as they are.
class tst_LostHeader : public ProfileFixture
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingHeaderComesBack()
    {
        const auto store = started();
        const QByteArray header = contentOf(pathsOf(claire).header());
        QVERIFY(QFile::remove(pathsOf(claire).header()));

        QVERIFY(await(store->finishInterrupted()));
        QCOMPARE(store->accounts().size(), 1);
        QCOMPARE(store->accounts().at(0).header.userId, claire);
        QCOMPARE(store->accounts().at(0).problem, std::nullopt);
        QCOMPARE(codeOf(create(*store)), u"PARVIS_ACCOUNT_EXISTS"_s);

        const auto files = open(*store);
        QVERIFY2(files, qPrintable(codeOf(files)));
        QCOMPARE(*store::DraftStore((*files)->keys()).load(room), u"kept"_s);
        QCOMPARE(contentOf(pathsOf(claire).header()), header);
    }

    void aDamagedHeaderComesBackAndIsKept()
    {
        const auto store = started();
        const QByteArray header = contentOf(pathsOf(claire).header());
        overwrite(pathsOf(claire).header(), "{}");

        QCOMPARE(store->accounts().at(0).header.userId, claire);
        QVERIFY(open(*store));

        QCOMPARE(contentOf(pathsOf(claire).header()), header);
        const QDir folder(pathsOf(claire).folder);
        const QStringList aside = folder.entryList({u"profile.json.set-aside-*"_s});
        QCOMPARE(aside.size(), 1);
        QCOMPARE(contentOf(folder.filePath(aside[0])), "{}"_ba);
    }

    void anAccountOfAnOlderVersionGetsItsCopy()
    {
        const auto store = started();
        QVERIFY(QFile::remove(pathsOf(claire).headerCopy()));

        QVERIFY(open(*store));

        QCOMPARE(contentOf(pathsOf(claire).headerCopy()), contentOf(pathsOf(claire).header()));
    }

    void theCopyOfAnotherAccountIsNone()
    {
        const auto store = started();
        QVERIFY(create(*store, karim));
        QVERIFY(QFile::remove(pathsOf(claire).header()));
        overwrite(pathsOf(claire).headerCopy(), contentOf(pathsOf(karim).headerCopy()));

        QCOMPARE(codeOf(open(*store, claire)), u"PARVIS_STORE_ABSENT"_s);
        QVERIFY(open(*store, karim));
    }

    void whatIsLeftOfAnAccountIsNeverBegunOver_data()
    {
        QTest::addColumn<QStringList>("gone");
        const QStringList headers{u"profile.json"_s, u"profile.copy.json"_s};
        QTest::newRow("no header") << headers;
        QTest::newRow("keys.db alone") << headers + QStringList{u"key.json"_s, u"cache.db"_s};
        QTest::newRow("key.json alone") << headers + QStringList{u"keys.db"_s, u"cache.db"_s};
        QTest::newRow("a header that leads nowhere") << headers;
    }

    void whatIsLeftOfAnAccountIsNeverBegunOver()
    {
        QFETCH(QStringList, gone);
        const auto store = started();
        const QDir folder(pathsOf(claire).folder);
        for (const QString &name : std::as_const(gone))
            QVERIFY(QFile::remove(folder.filePath(name)));
        // As of a path that may not be looked at, "does it exist" says no of it.
        if (QTest::currentDataTag() == "a header that leads nowhere"_ba)
            QVERIFY(QFile::link(u"profile.json"_s, pathsOf(claire).header()));
        const auto before = everything();

        QVERIFY(await(store->finishInterrupted()));
        const auto accounts = store->accounts();
        QCOMPARE(accounts.size(), 1);
        QVERIFY(accounts[0].problem);
        QVERIFY(accounts[0].isOf(claire) && !accounts[0].isOf(karim));
        for (const auto lock : {Lock::Keychain, Lock::Passphrase}) {
            const QString code = codeOf(create(*store, claire, lock, "correct horse"));
            QCOMPARE(code, accounts[0].problem->code);
            QVERIFY(code.startsWith("PARVIS_STORE_"_L1));
        }
        QCOMPARE(codeOf(open(*store, accounts[0].id())), accounts[0].problem->code);
        QCOMPARE(everything(), before);
        QCOMPARE(m_vault->entries.size(), 1U);

        const auto aside = store->startOver(accounts[0].id());
        QVERIFY2(aside, qPrintable(codeOf(aside)));
        QCOMPARE(everything(*aside), before);
        QCOMPARE(store->accounts().size(), 0);
        QVERIFY(create(*store));
        QCOMPARE(m_vault->entries.size(), 2U);
    }

    void anUnreadableFolderIsNoFirstStart()
    {
        const auto store = started();
        const QString folder = pathsOf(claire).folder;
        QVERIFY(QFile::rename(folder, folder + u".away"_s));
        QVERIFY(QFile::link(folder, folder)); // a link to itself

        QCOMPARE(store->accounts().size(), 1);
        QVERIFY(!create(*store));
        QVERIFY(QFile::remove(folder));
        QVERIFY(QFile::rename(folder + u".away"_s, folder));

        QVERIFY(open(*store));
    }

    void whatACrashBeforeTheHeaderLeavesIsInNobodysWay()
    {
        const auto store = start();
        QVERIFY(QDir().mkpath(pathsOf(claire).folder));
        overwrite(pathsOf(claire).header() + u".new"_s, "{");
        QCOMPARE(store->accounts().size(), 0);
        QVERIFY(create(*store));
        QVERIFY(QDir().mkpath(pathsOf(karim).folder));
        overwrite(pathsOf(karim).header() + u".new"_s, "{");

        QVERIFY(await(store->finishInterrupted()));

        QVERIFY(!QFile::exists(pathsOf(karim).folder));
        QCOMPARE(store->accounts().size(), 1);
    }

    void anAccountThatIsWipedDoesNotComeBack()
    {
        const auto store = started();
        m_vault->failure = Error{ErrorKind::Keychain, u"PARVIS_KEYCHAIN_LOCKED"_s, {}, 0};
        QCOMPARE(codeOf(await(store->wipe(claire))), u"PARVIS_KEYCHAIN_LOCKED"_s);

        QVERIFY(!QFile::exists(pathsOf(claire).headerCopy()));
        QCOMPARE(store->accounts().size(), 0);
    }

private:
    std::unique_ptr<ProfileStore> started()
    {
        auto store = start();
        const auto files = create(*store);
        if (!files || !store::DraftStore((*files)->keys()).save(room, u"kept"_s))
            qFatal("the test's account cannot be made");
        return store;
    }
    [[nodiscard]] QHash<QString, QByteArray> everything(const QString &where = {}) const
    {
        QHash<QString, QByteArray> found;
        const QDir folder(where.isEmpty() ? pathsOf(claire).folder : where);
        for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden | QDir::System))
            found.insert(name, contentOf(folder.filePath(name)));
        return found;
    }
};

QTEST_GUILESS_MAIN(tst_LostHeader)
#include "tst_lost_header.moc"
