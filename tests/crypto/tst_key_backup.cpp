// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The server-side key backup: whose it is, what goes there, what comes back.
#include "crypto/backup_encryption.h"
#include "crypto/megolm_inbound.h"

#include "attacker.h"
#include "identity_maker.h"
#include "recovery_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyBackupTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    QByteArray recoveryKey;
    const QString user = u"@alice:one"_s;
    const RoomId room{u"!r:one"_s};

    [[nodiscard]] FakeBackups &backups() { return server->backups[user]; }
    [[nodiscard]] BackupView view(Peer &peer) const { return *peer.machine->recovery().backup(); }
    [[nodiscard]] auto &stored(int version = 1) { return backups().versions[version].sessions; }

    void setUp()
    {
        SetupPlayer setup(*alice, false);
        setup.run();
        if (setup.error)
            qFatal("%s", qPrintable(setup.error->code));
        recoveryKey = setup.recoveryKey;
        alice->flush();
        alice->sync();
    }
    /// What Bob says next is under another key.
    void newSession()
    {
        if (!bob->machine->discardSession(room))
            qFatal("no store");
    }
    /// Bob says something that Alice gets the key of.
    QByteArray bobSays(const QString &text)
    {
        const QByteArray event = bob->say(room, bob->with({alice.get()}), text);
        alice->sync();
        return event;
    }
    [[nodiscard]] std::unique_ptr<Peer> newDevice(const QString &device = u"A2"_s)
    {
        auto peer = std::make_unique<Peer>(*server, clock, user, device);
        peer->flush();
        peer->sync();
        peer->encryptRoom(room);
        return peer;
    }
    [[nodiscard]] std::unique_ptr<Peer> recovered()
    {
        auto peer = newDevice();
        const auto outcome = recoverWith(*peer, recoveryKey);
        if (!outcome || !outcome->backup)
            qFatal("not recovered");
        peer->flush();
        return peer;
    }
    template <typename Request>
    [[nodiscard]] static std::optional<std::pair<OutgoingRequest, Request>> wanted(Peer &peer)
    {
        const auto requests = peer.machine->outgoing();
        for (const OutgoingRequest &request : *requests) {
            if (const auto *found = std::get_if<Request>(&request.what))
                return std::pair(request, *found);
        }
        return {};
    }
    /// A record as the importer makes it, at a later index.
    [[nodiscard]] InboundSessionRecord exportedAt(Peer &peer, const InboundSessionRecord &record, quint32 index,
                                                  const Curve25519Key &senderKey = {})
    {
        const auto megolm = MegolmInbound::fromPickle(record.pickle, Secret(QByteArrayView("0123456789abcdef0123456789abcdef")));
        ExportedSession key{.room = record.room,
                            .session = record.session,
                            .senderKey = senderKey.isEmpty() ? record.senderKey : senderKey,
                            .claimedKey = record.claimedKey,
                            .sessionKey = *megolm->exportAt(index)};
        return *peer.machine->recovery().importer().prepare(key);
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
        bob = std::make_unique<Peer>(*server, clock, u"@bob:two"_s, u"B"_s);
        for (Peer *peer : {alice.get(), bob.get()}) {
            peer->flush();
            peer->encryptRoom(room);
        }
        QVERIFY(alice->machine->trackUsers({bob->user()}));
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        alice->flush();
        bob->flush();
    }

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
        evil[u"auth_data"_s] = QJsonObject{
            {u"public_key"_s, backupPublicKey(Secret(QByteArray(32, 'e')))->toString()}};
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

    // --- what comes back

    void anUnreadableMessageFetchesItsKey()
    {
        setUp();
        const QByteArray event = bobSays(u"avant"_s);
        const auto second = recovered();
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);

        second->flush();

        QCOMPARE(second->roomKeys.size(), 1);
        QCOMPARE(second->read(room, event), u"avant"_s);
        const auto result = second->decrypt(room, event);
        QCOMPARE(std::get<DecryptedEvent>(result).shield.reason, Shield::Reason::Unauthenticated);
        QCOMPARE(view(*second).toBackUp, 0); // it came from there
    }

    void oneThatIsNotThereIsAskedForEverMoreRarely()
    {
        setUp();
        const auto second = recovered();
        const QByteArray event = bob->say(room, bob->with({}), u"pour d'autres"_s);
        int asked = 0;
        QList<qint64> times;
        const qint64 start = clock.nowMs();
        for (int minute = 0; minute < 60 * 24 * 10; minute += 1) {
            if (minute < 200 || minute % 60 == 0) {
                QCOMPARE(second->read(room, event), u"[missing_session]"_s);
                second->flush();
            }
            if (backups().downloads > asked) {
                asked = backups().downloads;
                times.append((clock.nowMs() - start) / 60'000);
            }
            clock.advance(60'000);
        }
        QCOMPARE(times.mid(0, 5), (QList<qint64>{0, 1, 3, 7, 15}));
        QVERIFY2(asked <= 22, QByteArray::number(asked));
    }

    void thoseThatWaitedAreFetchedOnceTheKeyIsThere()
    {
        setUp();
        const QByteArray event = bobSays(u"avant"_s);
        const auto second = newDevice();
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);
        second->flush();
        QCOMPARE(backups().downloads, 0);
        QVERIFY(recoverWith(*second, recoveryKey));
        second->flush();
        QCOMPARE(second->read(room, event), u"avant"_s);
    }

    void aFloodOfUnreadableMessagesIsBounded()
    {
        setUp();
        const auto second = newDevice();
        for (int i = 0; i < 3000; ++i) {
            QJsonObject content{{u"algorithm"_s, u"m.megolm.v1.aes-sha2"_s},
                                {u"session_id"_s, u"session%1"_s.arg(i)},
                                {u"ciphertext"_s, u"AwgAEnACgAkLmt6qF84IK"_s}};
            QVERIFY(second->machine->decrypt(
                room, {second->roomEvent(room, FakeKeyServer::text(content))}));
        }
        QVERIFY(recoverWith(*second, recoveryKey));
        int rounds = 0;
        while (wanted<BackupDownload>(*second) && rounds < 5000) {
            second->send(wanted<BackupDownload>(*second)->first);
            ++rounds;
        }
        QCOMPARE(rounds, 1000);
    }

    void whatTheBackupMakesUpIsLeftOut()
    {
        setUp();
        const QByteArray event = bobSays(u"vrai"_s);
        const auto second = recovered();
        auto &[where, entry] = *stored().begin();
        const QJsonObject good = entry;
        const auto put = [&, key = where](const QJsonObject &data) {
            QJsonObject bad = good;
            bad[u"session_data"_s] = data;
            stored()[key] = bad;
        };
        const auto key = *alice->machine->recovery().backupKey();
        const auto encrypted = [&](QByteArray json) {
            const auto data = encryptForBackup(*backupPublicKey(key), Secret(json));
            return FakeKeyServer::parse(data->toJson());
        };
        const auto plain = decryptFromBackup(
            key, *BackupSessionData::parse(FakeKeyServer::text(good[u"session_data"_s].toObject())));
        QJsonObject inner = FakeKeyServer::parse(plain->view().toByteArray());
        QList<QJsonObject> bad{{}, {{u"ciphertext"_s, u"!"_s}}};
        QJsonObject one = good[u"session_data"_s].toObject();
        one[u"mac"_s] = u"AAAAAAAAAAA"_s;
        bad.append(one);
        one = good[u"session_data"_s].toObject();
        one[u"ephemeral"_s] = QString(43, u'A'); // of low order
        bad.append(one);
        bad.append(encrypted("[]"));
        QJsonObject changed = inner;
        changed[u"algorithm"_s] = u"rot13"_s;
        bad.append(encrypted(FakeKeyServer::text(changed)));
        changed = inner;
        changed[u"session_key"_s] = QString(u"A"_s).repeated(220);
        bad.append(encrypted(FakeKeyServer::text(changed)));
        changed = inner;
        QJsonArray chain;
        for (int i = 0; i < 10'000; ++i)
            chain.append(u"Y2hhaW4gb2Yga2V5cyB0aGF0IG5vYm9keSBuZWVkcw"_s);
        changed[u"forwarding_curve25519_key_chain"_s] = chain;
        const auto huge = encryptForBackup(*backupPublicKey(key), Secret(FakeKeyServer::text(changed)));
        QVERIFY(!huge);
        // A good key of another session under this name.
        newSession();
        bobSays(u"autre"_s);
        for (const auto &[other, value] : stored()) {
            if (other != where)
                bad.append(value[u"session_data"_s].toObject());
        }
        for (const QJsonObject &data : bad) {
            put(data);
            QCOMPARE(second->read(room, event), u"[missing_session]"_s);
            second->flush();
            QCOMPARE(second->read(room, event), u"[missing_session]"_s);
            clock.advance(25 * 3'600'000LL);
        }
        QVERIFY(second->roomKeys.isEmpty());
        stored()[where] = good;
        QCOMPARE(second->read(room, event), u"[missing_session]"_s);
        second->flush();
        QCOMPARE(second->read(room, event), u"vrai"_s);
    }

    // --- imports

    void anImportRaisesNoTrust()
    {
        bobSays(u"un"_s);
        const InboundSessionRecord record = alice->store.tables.inbound.begin()->second;
        QVERIFY(!record.imported);
        const auto import = [&](const InboundSessionRecord &key) {
            return alice->machine->recovery().import({key})->imported;
        };
        QCOMPARE(import(exportedAt(*alice, record, 0)), 0);
        QCOMPARE(import(exportedAt(*alice, record, 5)), 0);
        QCOMPARE(alice->store.tables.inbound[record.key()], record);

        // A better ratchet under a trusted session: read further back, trusted as before.
        InboundSessionRecord later = record;
        later.pickle = exportedAt(*alice, record, 3).pickle;
        later.firstKnownIndex = 3;
        alice->store.tables.inbound[record.key()] = later;
        QCOMPARE(import(exportedAt(*alice, record, 0)), 1);
        const InboundSessionRecord merged = alice->store.tables.inbound[record.key()];
        QCOMPARE(merged.firstKnownIndex, 0U);
        QVERIFY(!merged.imported && merged.trust == record.trust && merged.sender == record.sender);

        // The true key takes an import's place.
        alice->store.tables.inbound[record.key()] = exportedAt(*alice, record, 0);
        QVERIFY(alice->store.tables.inbound[record.key()].imported);
    }

    void copiesUnderOtherSendersAreFew()
    {
        bobSays(u"un"_s);
        const InboundSessionRecord record = alice->store.tables.inbound.begin()->second;
        qsizetype taken = 0;
        for (int i = 0; i < 20; ++i) {
            const auto pair = backupPublicKey(Secret(QByteArray(32, char(i + 1))));
            taken += alice->machine->recovery().import({exportedAt(*alice, record, 0, *pair)})->imported;
        }
        QCOMPARE(taken, 4);
        QVERIFY(!alice->store.tables.inbound[record.key()].imported);
    }

    void theWholeBackupComesBackInSlices()
    {
        setUp();
        QList<QByteArray> events;
        for (int i = 0; i < 5; ++i) {
            newSession();
            events.append(bobSays(QString::number(i)));
        }
        const auto second = recovered();
        QByteArray all = backups().all();
        const auto contents = readBackupContents(all);
        QCOMPARE(contents->size(), 5);
        const auto key = *second->machine->recovery().backupKey();
        const KeyImporter importer = second->machine->recovery().importer();
        const qsizetype saves = second->store.saves;
        for (const BackedUpSession &session : *contents)
            QCOMPARE(second->machine->recovery().import({*importer.open(session, key, u"1"_s)})->imported, 1);
        QCOMPARE(second->store.saves, saves + 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(second->read(room, events[i]), QString::number(i));
        QCOMPARE(view(*second).toBackUp, 0);
    }

    void aMaliciousBackupIsBounded()
    {
        QByteArray json = "{\"rooms\":{\"!r:x\":{\"sessions\":{";
        const QByteArray entry = "\":{\"session_data\":{\"ephemeral\":\"a\",\"ciphertext\":\"b\",\"mac\":\"c\"}},";
        json.reserve(100 * 1000 * 1000);
        for (int i = 0; i < 1'000'000; ++i)
            json += '"' + QByteArray::number(i) + entry;
        json.chop(1);
        json += "}}}}";
        const auto contents = readBackupContents(json);
        QVERIFY(!contents);
        QCOMPARE(contents.error().code, u"PARVIS_BACKUP_TOO_LARGE"_s);

        for (const QByteArray &odd :
             {QByteArray("{}"), QByteArray(R"({"rooms":[]})"), QByteArray(R"({"rooms":{"!a":7}})"),
              QByteArray(R"({"rooms":{"!a":{"sessions":{"s":{"session_data":"x"}}}}})"),
              QByteArray(R"({"rooms":{"":{"sessions":{"s":{"session_data":{}}}}}})")})
            QVERIFY(readBackupContents(odd)->isEmpty());
        QVERIFY(!readBackupContents("<html>"));
    }
};

QTEST_GUILESS_MAIN(KeyBackupTest)
#include "tst_key_backup.moc"
