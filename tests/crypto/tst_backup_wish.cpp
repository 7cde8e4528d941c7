// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Whether a person wants a key backup (account data "m.key_backup"), and what is set up then.
#include "recovery_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class BackupWishTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    const QString user = u"@alice:one"_s;

    [[nodiscard]] FakeBackups &backups() { return server->backups[user]; }
    QByteArray setUp(bool replace = false)
    {
        SetupPlayer setup(*alice, replace);
        setup.run();
        if (setup.error)
            qFatal("%s", qPrintable(setup.error->code));
        alice->flush();
        alice->sync();
        return setup.recoveryKey;
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
        alice->flush();
    }

    /// Another device's word: whoever switched the backup off gets none with the recovery.
    void noBackupIsMadeWhereNoneIsWanted()
    {
        backups().accountData[u"m.key_backup"_s] = R"({"enabled":false})";

        const QByteArray key = setUp();

        QVERIFY(!key.isEmpty());
        QVERIFY(backups().versions.empty());
        QVERIFY(!backups().data(u"m.megolm_backup.v1"_s));
        QCOMPARE(*backups().data(u"m.key_backup"_s), QByteArray(R"({"enabled":false})"));
        Peer other(*server, clock, user, u"A2"_s);
        other.flush();
        other.sync();
        const auto outcome = recoverWith(other, key);
        QVERIFY(outcome && outcome->identity && !outcome->backup);
    }

    void whatIsNoWishIsNone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("on") << QByteArray(R"({"enabled":true})");
        QTest::newRow("nothing") << QByteArray("{}");
        QTest::newRow("text") << QByteArray(R"({"enabled":"false"})");
        QTest::newRow("number") << QByteArray(R"({"enabled":0})");
        QTest::newRow("null") << QByteArray(R"({"enabled":null})");
        QTest::newRow("list") << QByteArray("[false]");
        QTest::newRow("broken") << QByteArray(R"({"enabled":false)");
    }
    void whatIsNoWishIsNone()
    {
        QFETCH(QByteArray, content);
        backups().accountData[u"m.key_backup"_s] = content;

        setUp();

        QCOMPARE(backups().versions.size(), size_t(1));
    }

    void aResetMakesABackupWhateverWasWantedBefore()
    {
        backups().accountData[u"m.key_backup"_s] = R"({"enabled":false})";

        setUp(true);

        QCOMPARE(backups().versions.size(), size_t(1));
        QCOMPARE(*backups().data(u"m.key_backup"_s), QByteArray(R"({"enabled":true})"));
    }
};

QTEST_GUILESS_MAIN(BackupWishTest)
#include "tst_backup_wish.moc"
