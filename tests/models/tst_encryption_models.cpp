// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// How the keys stand, and the work on many of them.
class EncryptionModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSaidBeforeTheFirstSynchronisation()
    {
        SampleWorld world;
        world.rooms.loaded.set(false);
        world.signIn();
        world.encryption.state = {};
        AppModel app(world.ports(), world.clock);
        QVERIFY(!app.security()->encryption()->known());
        QCOMPARE(app.security()->encryption()->attention(), EncryptionModel::Nothing);

        world.encryption.state.identityExists = true;
        world.rooms.loaded.set(true);

        QVERIFY(app.security()->encryption()->known());
        QCOMPARE(app.security()->encryption()->attention(), EncryptionModel::Unverified);
    }

    void allInOrderAsksForNothing()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        auto &encryption = *app.security()->encryption();
        QVERIFY(encryption.known() && encryption.calm());
        QCOMPARE(encryption.deviceLevel(), EncryptionModel::Good);
        QCOMPARE(encryption.recoveryLevel(), EncryptionModel::Good);
        QCOMPARE(encryption.backupLevel(), EncryptionModel::Good);
        QVERIFY(!encryption.canSetUp() && !encryption.canVerify() && encryption.canRestore());
    }

    void theWorstIsAskedForFirst_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("attention");
        QTest::newRow("conflict") << u"conflict"_s << int(EncryptionModel::DeviceConflict);
        QTest::newRow("changed") << u"changed"_s << int(EncryptionModel::IdentityChanged);
        QTest::newRow("unverified") << u"unverified"_s << int(EncryptionModel::Unverified);
        QTest::newRow("no recovery") << u"storage"_s << int(EncryptionModel::NoRecovery);
        QTest::newRow("lost") << u"lost"_s << int(EncryptionModel::BackupLost);
    }

    void theWorstIsAskedForFirst()
    {
        QFETCH(QString, what);
        SampleWorld world;
        world.signIn();
        auto &state = world.encryption.state;
        state.backupLost = true;
        state.identityConflict = what == "conflict"_L1;
        state.identityChanged = what == "changed"_L1 || what == "conflict"_L1;
        state.verified = what == "storage"_L1 || what == "lost"_L1;
        state.secretStorage = what != "storage"_L1;
        AppModel app(world.ports(), world.clock);
        auto &encryption = *app.security()->encryption();

        QTEST(int(encryption.attention()), "attention");
        QVERIFY(!encryption.calm());
        QVERIFY(!encryption.attentionText().isEmpty() && !encryption.attentionTitle().isEmpty());

        encryption.putOff();
        QVERIFY(encryption.calm());
    }

    void whatWasPutOffReturnsWhereItIsSomethingElse()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.state.verified = false;
        AppModel app(world.ports(), world.clock);
        auto &encryption = *app.security()->encryption();
        encryption.putOff();
        world.encryption.state.identityConflict = true;

        encryption.refresh();

        QVERIFY(!encryption.calm());
    }

    void anAccountWithoutAnIdentityIsBelievedAtTheSecondLook()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.state = {};
        AppModel app(world.ports(), world.clock);
        QVERIFY(!app.security()->encryption()->known());

        QTRY_VERIFY_WITH_TIMEOUT(app.security()->encryption()->known(), 4000);

        QCOMPARE(app.security()->encryption()->attention(), EncryptionModel::NoRecovery);
    }

    void keysStillToBeBackedUpAreCounted()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.state.keysToBackUp = 12;
        AppModel app(world.ports(), world.clock);
        QVERIFY(app.security()->encryption()->backupText().contains("12"_L1));
    }

    void anotherAccountStartsWithNothingKnown()
    {
        SampleWorld world;
        world.signIn();
        AppModel app(world.ports(), world.clock);
        QVERIFY(app.security()->encryption()->known());

        world.account.session.set({});

        QVERIFY(!app.security()->encryption()->known());
        QVERIFY(!app.security()->encryption()->verified());
    }

    // --- many keys -------------------------------------------------------------------------------

    void keysAreExportedUnderAPassphraseThatIsLongEnough()
    {
        SampleWorld world;
        KeyFilesModel files(world.encryption);
        files.exportTo(u"/x/keys.txt"_s, u"short"_s);
        QVERIFY(world.encryption.exported.isEmpty());

        files.exportTo(u"file:///x/mes%20cl%C3%A9s.txt"_s, u"cheval batterie agrafe"_s);

        QCOMPARE(world.encryption.exported, QStringList{u"/x/mes clés.txt"_s});
        QCOMPARE(world.encryption.lastPassphrase, QByteArray("cheval batterie agrafe"));
        QVERIFY(files.resultText().contains(u'3'));
    }

    void aFailedImportSaysWhyAndLeavesAnotherTry()
    {
        SampleWorld world;
        KeyFilesModel files(world.encryption);
        world.encryption.keyAnswer = fail(ErrorKind::Crypto, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s);
        files.importFrom(u"/x/keys.txt"_s, u"faux"_s);
        QVERIFY(files.errorText().contains("PARVIS_KEY_EXPORT_PASSPHRASE"_L1));
        QVERIFY(files.passphraseWrong() && files.resultText().isEmpty());

        world.encryption.keyAnswer = KeyCounts{0, 5};
        files.importFrom(u"/x/keys.txt"_s, u"juste"_s);

        QVERIFY(files.errorText().isEmpty() && !files.resultText().isEmpty());
    }

    void aRestoreShowsItsProgressAndCanBeStopped()
    {
        SampleWorld world;
        world.encryption.hold = true;
        KeyFilesModel files(world.encryption);
        files.restore();
        QVERIFY(files.busy());
        QVERIFY(files.fraction() < 0);
        world.encryption.progress.set({KeyProgress::Kind::Restore, 50, 200});
        QCOMPARE(files.fraction(), 0.25);
        QVERIFY(files.progressText().contains("25"_L1));
        files.restore(); // one at a time
        QCOMPARE(world.encryption.restores, 1);

        files.cancel();

        QVERIFY(!files.busy());
        QCOMPARE(world.encryption.cancels, 1);
        QVERIFY(files.errorText().isEmpty() && files.resultText().isEmpty());
    }

    void theStrengthOfAPassphrase_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<int>("strength");
        QTest::newRow("none") << QString() << int(KeyFilesModel::None);
        QTest::newRow("short") << u"a1b2c3d4e5f"_s << int(KeyFilesModel::Weak);
        QTest::newRow("one letter") << u"aaaaaaaaaaaaaaaaaaaaaaaa"_s << int(KeyFilesModel::Weak);
        QTest::newRow("a long word") << u"anticonstitution"_s << int(KeyFilesModel::Fair);
        QTest::newRow("five words") << u"le chat lit un texte"_s << int(KeyFilesModel::Strong);
        QTest::newRow("signs") << u"k7Qm-ab3D-Wz9p-4VnR"_s << int(KeyFilesModel::Strong);
    }

    void theStrengthOfAPassphrase()
    {
        QFETCH(QString, passphrase);
        SampleWorld world;
        const KeyFilesModel files(world.encryption);
        QTEST(int(files.strength(passphrase)), "strength");
        QVERIFY(!files.strengthText(passphrase).isEmpty());
    }
};

QTEST_MAIN(EncryptionModelsTest)
#include "tst_encryption_models.moc"
