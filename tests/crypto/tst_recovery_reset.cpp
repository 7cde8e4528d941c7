// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A reset, because somebody else may have the keys: nothing of before counts afterwards, whenever it breaks
// off and whatever the server brings back.
#include <QTest>

#include "backup_world.h"
#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;

class RecoveryResetTest : public QObject, public BackupWorld
{
    Q_OBJECT

private:
    void start()
    {
        begin();
        setUp();
        QVERIFY(alice->machine->recovery().recoveryKeySeen());
    }
    QByteArray reset()
    {
        SetupPlayer player(*alice, true);
        player.run();
        if (player.error)
            qFatal("%s", qPrintable(player.error->code));
        alice->flush();
        alice->sync();
        return player.recoveryKey;
    }
    /// The server shows this one, and somebody writes.
    void verifyNothingGoesThere(const char *when)
    {
        alice->machine->recovery().checkBackup();
        alice->flush();
        const int uploads = backups().uploads;
        newSession();
        bobSays(u"secret"_s);
        QVERIFY2(backups().uploads == uploads, when);
        QVERIFY2(view(*alice).exists && !view(*alice).ours && view(*alice).lost, when);
        QVERIFY2(view(*alice).toBackUp > 0, when);
    }

private Q_SLOTS:
    void init() { start(); }

    void oneThatWasBrokenOffDoesNotReplaceAnIdentityThatCameAfterIt()
    {
        SetupPlayer begun(*alice, true);
        while (alice->machine->recovery().begunStorage()->isEmpty())
            QVERIFY(begun.step());
        IdentityMaker other(alice->user().toString(), 'o');
        other.publish(*server);
        alice->start();
        alice->sync();

        SetupPlayer again(*alice, false);
        again.run();

        QVERIFY(again.error);
        QCOMPARE(again.error->code, u"PARVIS_IDENTITY_EXISTS"_s);
        QCOMPARE(alice->machine->ownIdentity()->master.toString(), other.master.key);
    }

    /// The reset came to its end, and nobody looked at its key yet: meanwhile another device made another
    /// one.
    void aKeyOfAnotherDeviceThatCameAfterItIsNotReplaced()
    {
        reset();
        QVERIFY(!alice->machine->recovery().begunStorage()->isEmpty());
        const QByteArray theirs = R"({"key":"theirs"})";
        backups().accountData[u"m.secret_storage.default_key"_s] = theirs;
        alice->start();
        alice->sync();

        SetupPlayer again(*alice, false);
        again.run();

        QVERIFY(again.error);
        QCOMPARE(again.error->code, u"PARVIS_RECOVERY_EXISTS"_s);
        QCOMPARE(backups().accountData[u"m.secret_storage.default_key"_s], theirs);
        QVERIFY(alice->machine->recovery().begunStorage()->isEmpty());
    }

    void theBackupOfBeforeIsNotTakenBack()
    {
        bobSays(u"avant"_s);
        const FakeBackups::Backup old = backups().versions[1];
        reset();
        QCOMPARE(backups().current(), u"2"_s);
        QVERIFY(view(*alice).ours);

        const FakeBackups::Backup fresh = backups().versions[2];
        backups().versions.erase(2); // which needs no password
        verifyNothingGoesThere("the new one deleted");
        backups().versions[3] = old;
        verifyNothingGoesThere("the old one posted again");
        alice->start();
        alice->sync();
        verifyNothingGoesThere("after a restart");

        backups().versions[4] = fresh;
        alice->machine->recovery().checkBackup();
        alice->flush();
        QVERIFY(view(*alice).ours && !view(*alice).lost);
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    void neitherDoesADeviceThatHoldsNoKeyTakeIt()
    {
        const FakeBackups::Backup old = backups().versions[1];
        reset();
        const auto second = newDevice();
        QVERIFY(second->machine->verifiedUser(second->user(), alice->machine->ownIdentity()->master));
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(view(*second).ours && !view(*second).holdsKey);

        backups().versions[3] = old; // signed by a device that is ours still
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(view(*second).exists && !view(*second).ours);
    }

    void whoHoldsAKeyTakesAnotherBackupWithItsKeyAlone()
    {
        const auto other = recovered();
        const auto body = other->machine->recovery().newBackup();
        const QString version = backups().create(*body);
        QVERIFY(other->machine->recovery().newBackupAccepted(version));
        verifyNothingGoesThere("signed by our identity");

        QVERIFY(*alice->machine->recovery().takeBackupKey(*other->machine->recovery().backupKey()));
        alice->flush();
        QVERIFY(view(*alice).ours && view(*alice).holdsKey && !view(*alice).lost);
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    void whatBreaksOffEndsWithNothingOfBefore()
    {
        int steps = 0;
        {
            SetupPlayer whole(*alice, true);
            steps = whole.run();
        }
        QVERIFY(steps >= 12);
        int broken = 0;
        for (int kill = 0; kill < steps; ++kill) {
            for (const bool answered : {true, false}) {
                start();
                const Secret before = *alice->machine->recovery().backupKey();
                const ResumedSetup second(*alice, true, kill, answered);
                if (second.error)
                    continue; // nothing was given up yet
                ++broken;
                alice->flush();
                const QByteArray when = QByteArray::number(kill) + (answered ? "" : " unanswered");
                QVERIFY2(!alice->machine->recovery().backupKey()->equals(before.view()), when);
                QVERIFY2(view(*alice).ours && view(*alice).holdsKey, when);
                recoveryKey = second.recoveryKey;
                const auto other = recovered();
                QVERIFY2(!other->machine->recovery().backupKey()->equals(before.view()), when);
            }
        }
        QVERIFY2(broken >= steps, QByteArray::number(broken));
    }

    void aDeviceThatNeverTookTheOldIdentityKeepsNothingOfItEither()
    {
        int begunAnew = 0;
        for (int kill = 0; kill < 12; ++kill) {
            start();
            const Secret before = *alice->machine->recovery().backupKey();
            const auto second = newDevice();
            second->machine->recovery().checkBackup();
            second->flush();
            QVERIFY(*second->machine->recovery().takeBackupKey(before));
            const ResumedSetup reset(*second, true, kill, true);
            if (reset.error)
                continue; // nothing was given up yet
            ++begunAnew;
            second->flush();
            QVERIFY2(!second->machine->recovery().backupKey()->equals(before.view()),
                     QByteArray::number(kill));
        }
        QVERIFY(begunAnew > 5);
    }

    void aResetThatIsGivenUpLeavesEverythingAsItWas()
    {
        for (const bool confirmed : {true, false}) {
            begin();
            setUp();
            if (confirmed)
                QVERIFY(alice->machine->recovery().recoveryKeySeen());
            const auto begun = *alice->machine->recovery().begunStorage();
            {
                RecoverySetup setup(*alice->machine, true); // as far as the question for the password
                setup.storageIs({});
                setup.wishIs({});
                QVERIFY(std::holds_alternative<RecoverySetup::MakeIdentity>(*setup.next()));
                QVERIFY(alice->machine->newIdentity());
            }
            QCOMPARE(*alice->machine->recovery().begunStorage(), begun);
            QCOMPARE(begun.isEmpty(), confirmed);
            QVERIFY(view(*alice).ours && view(*alice).holdsKey);
        }
    }

    void aResetElsewhereTakesTheBackupsKeyFromUs()
    {
        const auto second = recovered();
        reset();
        backups().versions.erase(2); // and the server shows the one of before
        second->sync();
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(second->machine->identity(second->user())->violated);
        const auto there = stored().size();
        bob->sync();
        newSession();
        const QByteArray event = bobSays(u"secret"_s);
        second->sync();
        second->flush();
        QCOMPARE(second->read(room, event), u"secret"_s);
        QCOMPARE(stored().size(), there); // not before the person has said whose identity it is

        QVERIFY(second->machine->verifiedUser(second->user(), alice->machine->ownIdentity()->master));
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(!view(*second).ours && !view(*second).holdsKey);
        QCOMPARE(stored().size(), there);
    }

    void everyResetHasARecoveryKeyOfItsOwn()
    {
        begin();
        setUp(); // shown, and not confirmed
        const QByteArray shown = recoveryKey;
        const QByteArray first = reset(); // not confirmed either
        QVERIFY(first != shown);
        QVERIFY(reset() != first);
    }
};

QTEST_GUILESS_MAIN(RecoveryResetTest)
#include "tst_recovery_reset.moc"
