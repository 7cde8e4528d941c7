// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The key backup is gone from the server: who has the recovery key makes a new one, where that is what they
// were told.
#include "crypto/backup_renewal.h"

#include "recovery_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class BackupRenewalTest : public QObject
{
    Q_OBJECT

private:
    const QString user = u"@alice:one"_s;
    const QString secretType = u"m.megolm_backup.v1"_s;
    const QString wishType = u"m.key_backup"_s;
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    QByteArray key;

    [[nodiscard]] FakeBackups &backups() { return server->backups[user]; }
    std::optional<QByteArray> shown()
    {
        const auto version = backups().version();
        return version ? std::optional(*version) : std::nullopt;
    }

    /// As the engine does it: what the recovery key opens, then the steps; no more than @p most of them.
    BackupRenewal::Done enter(Peer &peer, bool evenUnwanted = false, int most = 50)
    {
        const auto before = *peer.machine->ownIdentity();
        if (!peer.machine->recovery().backupIs(shown()))
            qFatal("not seen");
        const auto opened =
            openRecovery({.recoveryKey = Secret(key), .passphrase = {}}, storedRecovery(backups()));
        const auto outcome = peer.machine->recovery().takeSecrets(*opened);
        if (!outcome)
            qFatal("%s", qPrintable(outcome.error().code));
        if (outcome->backup)
            return {.backup = true};
        BackupRenewal renewal(*peer.machine, before, *opened, evenUnwanted);
        for (int i = 0; i < most; ++i) {
            auto step = renewal.next();
            if (!step)
                qFatal("%s", qPrintable(step.error().code));
            Result<void> done;
            if (std::holds_alternative<BackupRenewal::AskForBackup>(*step))
                done = renewal.backupIs(shown());
            else if (std::holds_alternative<BackupRenewal::ReadWish>(*step))
                renewal.wishIs(backups().data(wishType));
            else if (const auto *make = std::get_if<BackupRenewal::MakeBackup>(&*step))
                done = renewal.backupMade(backups().create(make->body));
            else if (const auto *write = std::get_if<BackupRenewal::Write>(&*step)) {
                backups().accountData[write->what.type] = write->what.content;
                renewal.written();
            } else {
                return std::get<BackupRenewal::Done>(*step);
            }
            if (!done)
                qFatal("%s", qPrintable(done.error().code));
        }
        return {};
    }
    [[nodiscard]] std::unique_ptr<Peer> newDevice(const QString &id)
    {
        auto device = std::make_unique<Peer>(*server, clock, user, id);
        device->flush();
        device->sync();
        return device;
    }
    /// Somebody deletes it, and this device hears of it.
    void lose()
    {
        backups().versions.clear();
        QVERIFY(alice->machine->recovery().backupIs({}));
        QVERIFY(alice->machine->recovery().backup()->lost);
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
        alice->flush();
        SetupPlayer setup(*alice, false);
        setup.run();
        QVERIFY(!setup.error);
        key = setup.recoveryKey;
        alice->flush();
        alice->sync();
    }

    void aNewOneIsMadeAndTheSameRecoveryKeyOpensIt()
    {
        lose();

        const auto done = enter(*alice);

        QVERIFY(done.backup && done.made);
        QCOMPARE(backups().versions.size(), size_t(1));
        QCOMPARE(backups().created, 2);
        const auto view = *alice->machine->recovery().backup();
        QVERIFY(view.ours && view.holdsKey && !view.lost);
        QCOMPARE(*backups().data(wishType), QByteArray(R"({"enabled":true})"));
        const auto late = newDevice(u"A2"_s);
        QVERIFY(enter(*late).backup);
        QCOMPARE(late->machine->recovery().backupKey()->view().toByteArray(),
                 alice->machine->recovery().backupKey()->view().toByteArray());
    }

    /// The answer is lost, or the device: whatever the server has made by then, it is no backup that comes
    /// back.
    void oneThatIsInterruptedIsOwedToTheRecoveryKey()
    {
        for (const bool answered : {false, true}) {
            lose();
            BackupRenewal renewal(
                *alice->machine, *alice->machine->ownIdentity(),
                *openRecovery({.recoveryKey = Secret(key), .passphrase = {}}, storedRecovery(backups())),
                false);
            QVERIFY(renewal.next());
            QVERIFY(renewal.backupIs({}));
            renewal.wishIs(backups().data(wishType));
            const auto step = renewal.next();
            const auto version = backups().create(std::get<BackupRenewal::MakeBackup>(*step).body);
            if (answered)
                QVERIFY(renewal.backupMade(version));

            alice->start();
            QVERIFY(alice->machine->recovery().backupIs(shown()));

            const auto view = *alice->machine->recovery().backup();
            QVERIFY(view.ours && view.holdsKey && !view.lost);
            QVERIFY(view.keyOwed);
            QVERIFY(!enter(*newDevice(u"L%1"_s.arg(answered))).backup);

            QVERIFY(enter(*alice).backup); // the person types it once more
            QVERIFY(!alice->machine->recovery().backup()->keyOwed);
            QVERIFY(enter(*newDevice(u"N%1"_s.arg(answered))).backup);
        }
    }

    /// There the person wants messages back; and it may have been switched off on purpose.
    void aNewDeviceMakesNone()
    {
        lose();
        const auto late = newDevice(u"A2"_s);

        QVERIFY(!enter(*late).backup);

        QVERIFY(backups().versions.empty());
    }

    void whatWasSwitchedOffStaysOffUntilThePersonIsAskedAboutIt()
    {
        lose();
        const QByteArray before = *backups().data(secretType);
        backups().accountData[wishType] = R"({"enabled":false})";

        QVERIFY(!enter(*alice).backup);
        QVERIFY(backups().versions.empty());
        QCOMPARE(*backups().data(wishType), QByteArray(R"({"enabled":false})"));
        QCOMPARE(*backups().data(secretType), before);

        QVERIFY(enter(*alice, true).made);
        QCOMPARE(*backups().data(wishType), QByteArray(R"({"enabled":true})"));
    }

    /// The server, or whoever has the password, has put another one in its place.
    void anothersBackupIsNeitherUsedNorReplaced()
    {
        lose();
        backups().create(
            R"({"algorithm":"m.megolm_backup.v1.curve25519-aes-sha2","auth_data":{"public_key":"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"}})");
        const QByteArray before = *backups().data(secretType);

        QVERIFY(!enter(*alice).backup);

        QCOMPARE(backups().versions.size(), size_t(1));
        QCOMPARE(*backups().data(secretType), before);
        QVERIFY(!alice->machine->recovery().backup()->ours);
    }

    void whatIsNotKnownToBeGoneIsNotMadeAnew()
    {
        const auto before = *alice->machine->ownIdentity();
        const auto opened =
            openRecovery({.recoveryKey = Secret(key), .passphrase = {}}, storedRecovery(backups()));
        lose();
        BackupRenewal renewal(*alice->machine, before, *opened, false);
        QVERIFY(std::holds_alternative<BackupRenewal::AskForBackup>(*renewal.next()));
        QVERIFY(renewal.backupIs({}));

        alice->machine->recovery().checkBackup(); // it has to be asked once more

        QVERIFY(std::holds_alternative<BackupRenewal::Done>(*renewal.next()));
    }

    /// Made, and its key not in the storage yet: the next time it gets there, and no third one is made.
    void whatWasInterruptedIsGoneOnWith()
    {
        lose();
        (void)enter(*alice, false, 3); // asked, wished, made
        QCOMPARE(backups().versions.size(), size_t(1));
        alice->start();
        alice->flush();
        const auto late = newDevice(u"A2"_s);
        QVERIFY(!enter(*late).backup);

        const auto done = enter(*alice);

        QVERIFY(done.backup && !done.made);
        QCOMPARE(backups().created, 2);
        const auto later = newDevice(u"A3"_s);
        QVERIFY(enter(*later).backup);
    }

    void whoHasABackupGetsNoOther()
    {
        QVERIFY(enter(*alice).backup);

        QCOMPARE(backups().created, 1);
    }
};

QTEST_GUILESS_MAIN(BackupRenewalTest)
#include "tst_backup_renewal.moc"
