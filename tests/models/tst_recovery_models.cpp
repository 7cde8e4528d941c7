// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
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

/// Setting up what brings the keys back, and entering it on another device.
class RecoveryModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        world.encryption.state.recoveryKeyUnseen = true;
        AppModel app(world.ports(), world.clock);
        QVERIFY(world.encryption.setups.isEmpty());
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
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s), "secret"_ba);

        const QTemporaryDir folder;
        const auto path = folder.filePath(u"clé de reprise.txt"_s);
        recovery.saveKey(QUrl::fromLocalFile(path).toString());
        QTRY_VERIFY(QFile::exists(path));
        QTRY_VERIFY(!recovery.noticeText().isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto written = file.readAll();
        QVERIFY(written.contains(FakeEncryptionPort::sampleKey()));
        QVERIFY(written.contains("@lea.martin:prefecture.exemple")); // whose it is, where it is printed
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

    void whereThereIsNoBackupItSaysThatANewOneIsMade_data()
    {
        QTest::addColumn<bool>("unwanted");
        QTest::newRow("gone") << false;
        QTest::newRow("switched off") << true;
    }
    void whereThereIsNoBackupItSaysThatANewOneIsMade()
    {
        QFETCH(bool, unwanted);
        SampleWorld world;
        RecoveryEntryModel entry(world.encryption);
        entry.begin();
        const QString before = entry.hintText();
        QVERIFY(!entry.renews());
        world.encryption.state.backupRenewable = true;
        world.encryption.state.backupUnwanted = unwanted;
        entry.begin();
        QVERIFY(entry.renews());
        QVERIFY(entry.hintText() != before);
        QCOMPARE(entry.hintText().contains("switched off"_L1), unwanted);

        world.encryption.recoverAnswer = RecoveryResult{true, true, true};
        entry.recover(u"x"_s);

        QCOMPARE(world.encryption.renewedUnwanted, unwanted);
        QVERIFY(entry.renewed());
        QVERIFY(entry.resultText().contains("new key backup"_L1));
    }

    /// What was not said when the dialog opened is not done.
    void whatIsSwitchedOffMeanwhileIsNotSwitchedOn()
    {
        SampleWorld world;
        RecoveryEntryModel entry(world.encryption);
        world.encryption.state.backupRenewable = true;
        entry.begin();
        world.encryption.state.backupUnwanted = true;

        entry.recover(u"x"_s);

        QVERIFY(!world.encryption.renewedUnwanted);
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

private:
    /// Signed in, nothing set up, and a key for whoever asks.
    static std::unique_ptr<AppModel> bare(SampleWorld &world)
    {
        world.signIn();
        world.encryption.state = {};
        world.encryption.state.identityExists = true;
        world.encryption.state.verified = true;
        world.encryption.setUpAnswer = sampleKey;
        return std::make_unique<AppModel>(world.ports(), world.clock);
    }
};

QTEST_MAIN(RecoveryModelsTest)
#include "tst_recovery_models.moc"
