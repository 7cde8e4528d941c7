// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The server-side key backup: whose it is, and what goes there.
#include "crypto/backup_encryption.h"

#include "backup_world.h"
#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyBackupTest : public QObject, private BackupWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    void nothingIsAskedBeforeSomebodyWantsABackup()
    {
        bobSays(u"un"_s);
        QVERIFY(alice->machine->outgoing()->isEmpty());
        QCOMPARE(view(*alice).toBackUp, 1);
        QVERIFY(!view(*alice).checked);
    }

    void keysGoThereAsTheyCome()
    {
        setUp();
        bobSays(u"un"_s);
        QCOMPARE(stored().size(), size_t(1));
        QCOMPARE(view(*alice).toBackUp, 0);
        const QJsonObject entry = stored().begin()->second;
        QCOMPARE(entry[u"is_verified"_s], QJsonValue(false));
        QCOMPARE(entry[u"first_message_index"_s].toInt(), 0);

        const int before = backups().uploads;
        bobSays(u"deux"_s); // the same session
        alice->start();
        alice->machine->recovery().checkBackup();
        alice->flush();
        QCOMPARE(backups().uploads, before);
    }

    void whatWasThereBeforeGoesThereInBatches()
    {
        bobSays(u"un"_s);
        const InboundSessionRecord record = alice->store.tables.inbound.begin()->second;
        for (int i = 0; i < 250; ++i) {
            InboundSessionRecord copy = record;
            copy.session = SessionId(u"session%1"_s.arg(i));
            alice->store.tables.inbound[copy.key()] = copy;
        }
        setUp();
        QCOMPARE(backups().uploads, 3);
        QCOMPARE(stored().size(), size_t(251));
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    /// Killed before the answer, after it, or with the answer lost: nothing counts as safe that is not.
    void killedBetweenUploadAndAnswerNothingIsLost()
    {
        setUp();
        for (const bool heard : {false, true}) {
            newSession();
            const QByteArray event = bob->say(room, bob->with({alice.get()}), u"x"_s);
            const SyncCrypto sync = server->sync(alice->address);
            alice->receive(sync);
            server->acknowledge(alice->address, sync);
            const auto upload = wanted<BackupUpload>(*alice);
            QVERIFY(upload);
            const size_t before = stored().size();
            if (heard)
                alice->send(upload->first, false);
            QCOMPARE(stored().size(), before + (heard ? 1 : 0));
            QVERIFY(view(*alice).toBackUp > 0);

            alice->start();
            alice->machine->recovery().checkBackup();
            alice->flush();
            QCOMPARE(stored().size(), before + 1);
            QCOMPARE(view(*alice).toBackUp, 0);
        }
    }

    void aSaveThatFailsDoesNotMarkThem()
    {
        setUp();
        const QByteArray event = bob->say(room, bob->with({alice.get()}), u"x"_s);
        alice->receive(server->sync(alice->address));
        const auto upload = wanted<BackupUpload>(*alice);
        const auto answer = backups().upload(upload->second);
        alice->store.failFrom = alice->store.saves + 1;
        QVERIFY(!alice->machine->markSent(upload->first.id, *answer));
        alice->store.failFrom = 0;
        QCOMPARE(view(*alice).toBackUp, 1);
        alice->flush();
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    void aPageOfSomebodyElsesIsNoAnswer()
    {
        setUp();
        const QByteArray event = bob->say(room, bob->with({alice.get()}), u"x"_s);
        alice->receive(server->sync(alice->address));
        const auto upload = wanted<BackupUpload>(*alice);
        QVERIFY(alice->machine->markSent(upload->first.id, "<html>connectez-vous</html>"));
        QCOMPARE(view(*alice).toBackUp, 1);
        QVERIFY(!wanted<BackupUpload>(*alice));
        clock.advance(20'000);
        alice->flush();
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    void aKeyThatImprovesMeanwhileGoesAgain()
    {
        bobSays(u"un"_s);
        bobSays(u"deux"_s);
        const InboundSessionRecord whole = alice->store.tables.inbound.begin()->second;
        alice->store.tables.inbound[whole.key()] = exportedAt(*alice, whole, 1);
        setUp();
        QCOMPARE(stored().begin()->second[u"first_message_index"_s].toInt(), 1);

        QCOMPARE(alice->machine->recovery().import({exportedAt(*alice, whole, 0)})->imported, 1);
        QCOMPARE(view(*alice).toBackUp, 1);
        const auto upload = wanted<BackupUpload>(*alice);
        QVERIFY(upload);
        alice->flush();
        QCOMPARE(stored().begin()->second[u"first_message_index"_s].toInt(), 0);

        // And while the upload is on its way.
        alice->store.tables.inbound[whole.key()] = exportedAt(*alice, whole, 1);
        const auto onItsWay = wanted<BackupUpload>(*alice);
        QVERIFY(alice->machine->recovery().import({exportedAt(*alice, whole, 0)}));
        alice->send(onItsWay->first);
        QCOMPARE(view(*alice).toBackUp, 1);
        alice->flush();
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    // --- whose backup it is

    void aSwappedPublicKeyGetsNothing()
    {
        setUp();
        // Signatures stripped, those of before kept, by an unknown key, under the ids of ours.
        const QJsonObject good = backups().versions[1].info;
        const Secret evilKey(QByteArray(32, 'e'));
        const QString evil = backupPublicKey(evilKey)->toString();
        const QJsonObject signatures = good[u"auth_data"_s][u"signatures"_s].toObject();
        const IdentityMaker forger(user, 'f');
        QJsonObject bare{{u"public_key"_s, evil}};
        QJsonObject kept = bare;
        kept[u"signatures"_s] = signatures;
        QJsonObject renamed = IdentityMaker::signedWith(bare, user, forger.master);
        QJsonObject theirs = renamed[u"signatures"_s][user].toObject();
        const QString signature = theirs.begin().value().toString();
        for (const QString &id : signatures[user].toObject().keys())
            theirs[id] = signature;
        renamed[u"signatures"_s] = QJsonObject{{user, theirs}};
        for (const QJsonObject &auth : {bare, kept, renamed}) {
            alice->notes.clear();
            QJsonObject info = good;
            info[u"auth_data"_s] = auth;
            backups().versions[1].info = info;
            alice->start();
            alice->machine->recovery().checkBackup();
            bobSays(u"secret"_s);
            const int uploads = backups().uploads;
            newSession();
            bobSays(u"encore"_s);
            QCOMPARE(backups().uploads, uploads);
            QVERIFY(!view(*alice).ours && view(*alice).exists && view(*alice).lost);
            QVERIFY(view(*alice).toBackUp > 0);
            QVERIFY(!*alice->machine->recovery().takeBackupKey(Secret(QByteArray(32, 'x'))));
        }
        backups().versions[1].info = good;
        alice->machine->recovery().checkBackup();
        alice->flush();
        QVERIFY(view(*alice).ours && !view(*alice).lost);
        QCOMPARE(view(*alice).toBackUp, 0);
    }

    void oneSignedByOurIdentityIsOursWithoutItsKey()
    {
        setUp();
        const auto second = newDevice();
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(view(*second).exists && !view(*second).ours); // nobody knows yet whose identity that is

        QVERIFY(second->machine->verifiedUser(second->user(), alice->machine->ownIdentity()->master));
        second->flush();

        QVERIFY(view(*second).ours && !view(*second).holdsKey);
        QVERIFY(second->machine->outgoing()->isEmpty());
        newSession();
        bob->sync();
        QVERIFY(!bob->say(room, bob->with({alice.get()}), u"x"_s).isEmpty());
        second->sync();
        QCOMPARE(view(*second).toBackUp, 0);
    }

    void aWeakKeyMakesNoBackupWhoeverSignedIt()
    {
        IdentityMaker maker(user, 'w');
        maker.publish(*server);
        alice->sync();
        QVERIFY(alice->machine->verifiedUser(alice->user(), Ed25519Key(maker.master.key)));
        const auto isOurs = [&](const QString &key) {
            const QJsonObject auth = IdentityMaker::signedWith({{u"public_key"_s, key}}, user, maker.master);
            const QJsonObject info{{u"algorithm"_s, u"m.megolm_backup.v1.curve25519-aes-sha2"_s},
                                   {u"auth_data"_s, auth}};
            (void)backups().create(QJsonDocument(info).toJson());
            alice->machine->recovery().checkBackup();
            alice->flush();
            return view(*alice).ours;
        };
        QVERIFY(isOurs(backupPublicKey(Secret(QByteArray(32, 'k')))->toString()));
        QVERIFY(!isOurs(QString(43, u'A')));
    }

    void aGossipedKeyThatDoesNotFitIsNotKept()
    {
        setUp();
        const auto second = newDevice();
        second->machine->recovery().checkBackup();
        second->flush();
        QVERIFY(!*second->machine->recovery().takeBackupKey(Secret(QByteArray(32, 'x'))));
        QVERIFY(second->machine->recovery().backupKey()->isEmpty());
        QVERIFY(*second->machine->recovery().takeBackupKey(*alice->machine->recovery().backupKey()));
        QVERIFY(view(*second).ours && view(*second).holdsKey);
    }

    void aVersionThatChangesDuringTheUploadIsAskedFor()
    {
        setUp();
        // Another device of ours makes a new one with the same identity.
        const QJsonObject info = backups().versions[1].info;
        backups().create(FakeKeyServer::text(info));
        newSession();
        bobSays(u"x"_s);
        QCOMPARE(view(*alice).version, u"2"_s);
        QCOMPARE(view(*alice).toBackUp, 0); // what the old one held went to the new one, too
        QVERIFY(!stored(2).empty());

        // And one of somebody else's: nothing goes there.
        QJsonObject evil = info;
        evil[u"auth_data"_s] =
            QJsonObject{{u"public_key"_s, backupPublicKey(Secret(QByteArray(32, 'e')))->toString()}};
        backups().create(FakeKeyServer::text(evil));
        newSession();
        bobSays(u"y"_s);
        QVERIFY(stored(3).empty());
        QVERIFY(view(*alice).lost && !view(*alice).ours);
        QVERIFY(alice->noted(CryptoNote::Kind::BackupLost, u"another"_s));
        QVERIFY(!alice->machine->recovery().backupKey()->isEmpty());
    }

    void aDeletedBackupIsSaidOnceAndNotMadeAnew()
    {
        setUp();
        bobSays(u"un"_s);
        backups().versions.clear();
        newSession();
        bobSays(u"deux"_s);

        QVERIFY(view(*alice).lost && !view(*alice).exists);
        QVERIFY(alice->noted(CryptoNote::Kind::BackupLost, u"gone"_s));
        QCOMPARE(view(*alice).toBackUp, 2); // nothing of it is safe any more
        QVERIFY(backups().versions.empty());
        QVERIFY(!alice->machine->recovery().backupKey()->isEmpty());
        alice->notes.clear();
        alice->start();
        QVERIFY(view(*alice).lost);
        alice->machine->recovery().checkBackup();
        alice->flush();
        QVERIFY(alice->notes.isEmpty());
    }

    void aServerThatAlwaysSaysWrongVersionIsNotAskedForEver()
    {
        setUp();
        newSession();
        const QByteArray event = bob->say(room, bob->with({alice.get()}), u"x"_s);
        alice->receive(server->sync(alice->address));
        int uploads = 0;
        for (int i = 0; i < 20; ++i) {
            const auto requests = alice->machine->outgoing();
            for (const OutgoingRequest &request : *requests) {
                if (!std::holds_alternative<BackupUpload>(request.what)) {
                    alice->send(request);
                    continue;
                }
                ++uploads;
                QVERIFY(alice->machine->markFailed(
                    request.id, Error{ErrorKind::Forbidden, u"M_WRONG_ROOM_KEYS_VERSION"_s, {}, 0}));
            }
        }
        QCOMPARE(uploads, 1);
    }
};

QTEST_GUILESS_MAIN(KeyBackupTest)
#include "tst_key_backup.moc"
