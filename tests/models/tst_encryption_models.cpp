// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> sampleKey(const QByteArray &)
{
    return FakeEncryptionPort::sampleKey();
}

} // namespace

/// How the keys stand, setting up what brings them back, and the work on many of them.
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

    // --- setting up ------------------------------------------------------------------------------

    void aKeyIsBelievedOnceItWasAskedBack()
    {
        SampleWorld world;
        auto app = bare(world);
        auto &recovery = *app->security()->recovery();
        recovery.begin(false);
        recovery.makeKey();
        QCOMPARE(recovery.step(), RecoverySetupModel::ShowKey);
        QCOMPARE(recovery.groups().size(), 12);
        QCOMPARE(recovery.groups().first(), u"EsTx"_s);
        QVERIFY(recovery.keyWaits());

        recovery.goOn();
        recovery.confirm(u"mBv6 KdNw oPaX"_s);
        QCOMPARE(recovery.step(), RecoverySetupModel::AskBack);
        QVERIFY(!recovery.errorText().isEmpty());
        QCOMPARE(world.encryption.seen, 0);
        recovery.confirm(QString());
        QCOMPARE(world.encryption.seen, 0);
        recovery.confirm(u" mBv6KdNw oPaZ "_s);

        QCOMPARE(recovery.step(), RecoverySetupModel::Finished);
        QCOMPARE(world.encryption.seen, 1);
        QVERIFY(!recovery.keyWaits());
        QVERIFY(recovery.groups().isEmpty()); // wiped
        QCOMPARE(world.encryption.setups, QList<bool>{false});
    }

    void theWholeKeyIsTakenToo()
    {
        SampleWorld world;
        auto app = bare(world);
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        recovery.goOn();
        recovery.confirm(QString::fromLatin1(FakeEncryptionPort::sampleKey()));
        QCOMPARE(recovery.step(), RecoverySetupModel::Finished);
    }

    void closedMidwayItIsAskedForAgain()
    {
        SampleWorld world;
        auto app = bare(world);
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        recovery.goOn();

        recovery.leave();

        QVERIFY(recovery.groups().isEmpty());
        QCOMPARE(app->security()->encryption()->attention(), EncryptionModel::KeyNotNoted);
        recovery.begin(false);
        recovery.makeKey();
        QCOMPARE(recovery.step(), RecoverySetupModel::ShowKey);
    }

    void theNextStartFindsAKeyThatWaits()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.setUpAnswer = sampleKey;
        AppModel app(world.ports(), world.clock);
        QCOMPARE(world.encryption.setups, QList<bool>{false});
        QCOMPARE(app.security()->encryption()->attention(), EncryptionModel::KeyNotNoted);
        QVERIFY(app.security()->recovery()->groups().isEmpty()); // shown only where it is asked for
    }

    void nothingIsSetUpBehindThePersonsBack()
    {
        SampleWorld world;
        auto app = bare(world);
        QVERIFY(world.encryption.setups.isEmpty());
    }

    void theServerAsksForThePassword()
    {
        SampleWorld world;
        auto app = bare(world);
        world.encryption.setUpAnswer = [](const QByteArray &password) -> Result<QByteArray> {
            if (password == "juste")
                return FakeEncryptionPort::sampleKey();
            return password.isEmpty() ? fail(ErrorKind::Auth, u"PARVIS_PASSWORD_NEEDED"_s)
                                      : fail(ErrorKind::Forbidden, u"M_FORBIDDEN"_s);
        };
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        QCOMPARE(recovery.step(), RecoverySetupModel::Password);
        QVERIFY(recovery.errorText().isEmpty());
        recovery.withPassword(u"faux"_s);
        QCOMPARE(recovery.step(), RecoverySetupModel::Password);
        QVERIFY(recovery.errorText().contains("M_FORBIDDEN"_L1));
        recovery.withPassword(u"juste"_s);
        QCOMPARE(recovery.step(), RecoverySetupModel::ShowKey);
    }

    void aPageThatIsNoneOnTheWebIsNotOpened_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("a program") << u"file:///usr/bin/true"_s;
        QTest::newRow("not encrypted") << u"http://compte.exemple/"_s;
        QTest::newRow("nothing") << QString();
        QTest::newRow("a script") << u"javascript:alert(1)"_s;
    }

    void aPageThatIsNoneOnTheWebIsNotOpened()
    {
        QFETCH(QString, page);
        SampleWorld world;
        auto app = bare(world);
        world.encryption.setUpAnswer = [page](const QByteArray &) {
            return Result<QByteArray>(fail(ErrorKind::Auth, u"PARVIS_AUTH_IN_BROWSER"_s, page));
        };
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        QCOMPARE(recovery.step(), RecoverySetupModel::Browser);

        recovery.openPage();

        QVERIFY(recovery.errorText().contains("PARVIS_BAD_URL"_L1));
    }

    void resettingSaysSoToTheServerOnce()
    {
        SampleWorld world;
        auto app = bare(world);
        auto &recovery = *app->security()->recovery();
        recovery.begin(true);
        QVERIFY(recovery.resets());
        QVERIFY(world.encryption.setups.isEmpty());
        recovery.makeKey();
        recovery.leave();
        recovery.begin(false);
        recovery.makeKey();
        QCOMPARE(world.encryption.setups, (QList<bool>{true, false}));
    }

    void theKeyIsCopiedAndWrittenForItsOwnerAlone()
    {
        SampleWorld world;
        auto app = bare(world);
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        recovery.copyKey();
        QCOMPARE(QGuiApplication::clipboard()->text().toLatin1(), FakeEncryptionPort::sampleKey());

        const QTemporaryDir folder;
        const auto path = folder.filePath(u"clé de reprise.txt"_s);
        recovery.saveKey(QUrl::fromLocalFile(path).toString());
        QTRY_VERIFY(QFile::exists(path));
        QTRY_VERIFY(!recovery.noticeText().isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains(FakeEncryptionPort::sampleKey()));
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));

        recovery.saveKey(folder.filePath(u"nowhere/key.txt"_s));
        QTRY_VERIFY(recovery.errorText().contains("PARVIS_FILE_NOT_WRITTEN"_L1));
    }

    void anAnswerAfterTheDialogWasClosedShowsNoKey()
    {
        SampleWorld world;
        auto app = bare(world);
        world.encryption.hold = true;
        auto &recovery = *app->security()->recovery();
        recovery.makeKey();
        QVERIFY(recovery.busy());
        recovery.leave();

        world.encryption.release();

        QVERIFY(recovery.groups().isEmpty());
        QCOMPARE(recovery.step(), RecoverySetupModel::Explain);
        QVERIFY(recovery.keyWaits()); // it was made all the same
    }

    // --- entering --------------------------------------------------------------------------------

    void aKeyAndAPassphraseAreToldApart()
    {
        const auto key = QString::fromLatin1(FakeEncryptionPort::sampleKey());
        QVERIFY(RecoveryEntryModel::looksLikeKey(key));
        QVERIFY(RecoveryEntryModel::looksLikeKey(u' ' + QString(key).remove(u' ') + u"\n"_s));
        QVERIFY(
            !RecoveryEntryModel::looksLikeKey(u"Est-ce que cheval batterie agrafe correcte et longue ?"_s));
        QVERIFY(!RecoveryEntryModel::looksLikeKey(u"Es"_s));
        QVERIFY(!RecoveryEntryModel::looksLikeKey({}));
    }

    void aWrongKeyLeavesAnotherTry()
    {
        SampleWorld world;
        world.signIn();
        world.encryption.state.verified = false;
        AppModel app(world.ports(), world.clock);
        auto &entry = *app.security()->recoveryEntry();
        entry.begin();
        world.encryption.recoverAnswer = fail(ErrorKind::Crypto, u"PARVIS_RECOVERY_WRONG_KEY"_s);
        entry.recover(u"une phrase"_s);
        QCOMPARE(world.encryption.typedPassphrase, QByteArray("une phrase"));
        QVERIFY(world.encryption.typedKey.isEmpty());
        QVERIFY(entry.errorText().contains("PARVIS_RECOVERY_WRONG_KEY"_L1));
        QVERIFY(!entry.opened() && !entry.busy());

        world.encryption.recoverAnswer = RecoveryResult{true, true};
        entry.recover(QString::fromLatin1(FakeEncryptionPort::sampleKey()));

        QCOMPARE(world.encryption.typedKey, FakeEncryptionPort::sampleKey());
        QVERIFY(world.encryption.typedPassphrase.isEmpty());
        QVERIFY(entry.opened() && entry.backup() && entry.errorText().isEmpty());
        QVERIFY(app.security()->encryption()->verified());
    }

    void eachOutcomeHasItsSentence()
    {
        QSet<QString> sentences;
        for (const auto &result : {RecoveryResult{true, true}, RecoveryResult{true, false},
                                   RecoveryResult{false, true}, RecoveryResult{false, false}}) {
            SampleWorld world;
            world.encryption.recoverAnswer = result;
            RecoveryEntryModel entry(world.encryption);
            entry.recover(u"x"_s);
            QVERIFY(!entry.resultText().isEmpty());
            sentences += entry.resultText();
        }
        QCOMPARE(sentences.size(), 4);
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

private:
    /// Signed in, nothing set up, and a key for whoever asks.
    static std::unique_ptr<AppModel> bare(SampleWorld &world)
    {
        world.signIn();
        world.encryption.state = {.identityExists = true};
        world.encryption.state.verified = true;
        world.encryption.setUpAnswer = sampleKey;
        return std::make_unique<AppModel>(world.ports(), world.clock);
    }
};

QTEST_MAIN(EncryptionModelsTest)
#include "tst_encryption_models.moc"
