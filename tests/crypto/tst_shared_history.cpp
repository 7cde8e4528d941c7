// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keys of a room's past go along with an invitation, to devices that their owner signed (MSC4268).
#include "shared_history_world.h"

using namespace parvis;
using namespace parvis::crypto;

class SharedHistoryTest : public SharedHistoryWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    // --- As it should go

    void whoIsInvitedReadsThePast()
    {
        QCOMPARE(bob->read(room, past), u"[missing_session]"_s);

        invite();
        const auto bundle = wanted();
        QVERIFY(bundle);
        takeIn(*bundle, sealed());

        QCOMPARE(bob->read(room, past), u"avant"_s);
        const auto result = bob->decrypt(room, past);
        QCOMPARE(std::get<DecryptedEvent>(result).shield,
                 (Shield{Shield::Colour::Grey, Shield::Reason::Unauthenticated, alice->user()}));
        const InboundSessionRecord &record = bob->store.tables.inbound.begin()->second;
        QCOMPARE(record.sharedBy, alice->user());
        QVERIFY(record.imported && record.sharedHistory);
        QVERIFY(bob->store.tables.bundles.empty());
    }
    void theBundleHasTheShapeOfTheProposal()
    {
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::Joined));
        QVERIFY(!alice->say(room, alice->with({}), u"entre nous"_s).isEmpty());
        QVERIFY(alice->machine->setRoomEncryption(other, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
        QVERIFY(!alice->say(other, alice->with({}), u"ailleurs"_s).isEmpty());

        const QJsonObject bundle = FakeKeyServer::parse(sealed());

        const QJsonArray keys = bundle[u"room_keys"_s].toArray();
        const QJsonArray withheld = bundle[u"withheld"_s].toArray();
        QCOMPARE(keys.size(), 1);
        QCOMPARE(withheld.size(), 1);
        QCOMPARE(keys[0].toObject().keys(),
                 (QStringList{u"algorithm"_s, u"room_id"_s, u"sender_claimed_keys"_s, u"sender_key"_s,
                              u"session_id"_s, u"session_key"_s}));
        QCOMPARE(keys[0][u"sender_key"_s].toString(), alice->machine->ownKeys().curve.toString());
        QCOMPARE(withheld[0][u"code"_s].toString(), u"m.history_not_shared"_s);
        QCOMPARE(withheld[0][u"room_id"_s].toString(), room.toString());
        QVERIFY(withheld[0][u"session_id"_s] != keys[0][u"session_id"_s]);
    }
    void whatIsNotSharedSaysSo()
    {
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::Joined));
        const QByteArray secret = alice->say(room, alice->with({}), u"entre nous"_s);
        invite();
        const auto bundle = wanted();
        QVERIFY(bundle);
        takeIn(*bundle, sealed());

        QCOMPARE(bob->read(room, past), u"avant"_s);
        const auto result = bob->decrypt(room, secret);
        QCOMPARE(std::get<Undecryptable>(result).withheldCode, u"m.history_not_shared"_s);
    }
    void theKeysOfABackupAreFetchedFirstAndOnce()
    {
        QVERIFY(alice->machine->recovery().newBackup());
        const auto body = *alice->machine->recovery().newBackup();
        const QString version = server->backups[alice->address.first].create(body);
        QVERIFY(alice->machine->recovery().newBackupAccepted(version));
        QCOMPARE(*alice->machine->sharedHistory().backupToFetch(room), version);

        QVERIFY(alice->machine->sharedHistory().backupFetched(room, version));

        QCOMPARE(*alice->machine->sharedHistory().backupToFetch(room), QString());
        QCOMPARE(*alice->machine->sharedHistory().backupToFetch(other), version);
    }

    // --- To whom

    void unsignedDevicesGetNothing()
    {
        // CVE-2024-47080
        Peer late(*server, clock, u"@bob:two"_s, u"UNSIGNED"_s);
        late.flush();

        QCOMPARE(give(), 1);
        late.sync();
        bob->sync();

        QVERIFY(late.store.tables.bundles.empty());
        QCOMPARE(bob->store.tables.bundles.size(), size_t(1));
    }
    void theRuleOfTheRoomHoldsForThePastAsWell()
    {
        QVERIFY(alice->machine->setOnlyVerified(room, true));
        QCOMPARE(give(), 0);
        QVERIFY(alice->machine->setOnlyVerified(room, false));
        alice->machine->setSharingStrategy(SharingStrategy::VerifiedDevices);
        QCOMPARE(give(), 0);
        bob->sync();
        QVERIFY(bob->store.tables.bundles.empty());

        const auto view = alice->machine->identity(bob->user());
        QVERIFY(alice->machine->verifiedUser(bob->user(), view->master));
        QCOMPARE(give(), 1);
    }
    void blockedDevicesGetNothing()
    {
        QVERIFY(alice->machine->trackUsers({bob->user()}));
        alice->flush();
        QVERIFY(alice->machine->setLocalTrust(bob->user(), bob->device(), LocalTrust::Blacklisted));

        QCOMPARE(give(), 0);
    }
    void whatIsSaidAfterwardsIsNotWithTheKeyThatWasGiven()
    {
        const QByteArray before = alice->say(room, alice->with({}), u"encore avant"_s);
        QCOMPARE(sessionOf(before), sessionOf(past));
        const QByteArray bundle = sealed();
        invite();
        const auto record = wanted();
        QVERIFY(record);
        takeIn(*record, bundle);
        QCOMPARE(bob->read(room, past), u"avant"_s);

        // He has not come, or has gone, or is blocked: what he holds reads no more.
        const QByteArray after = alice->say(room, alice->with({}), u"sans lui"_s);
        QVERIFY(sessionOf(after) != sessionOf(past));
        bob->sync();
        QCOMPARE(bob->read(room, after), u"[missing_session]"_s);
        QCOMPARE(sessionOf(alice->say(room, alice->with({}), u"encore"_s)), sessionOf(after));
    }
    void whoGetsNothingTakesNoKeyAway()
    {
        QVERIFY(alice->machine->setOnlyVerified(room, true));
        QVERIFY(!alice->say(room, alice->with({}), u"entre nous"_s).isEmpty());
        const QString before = sessionOf(alice->say(room, alice->with({}), u"entre nous"_s));

        QCOMPARE(give(), 0);

        QCOMPARE(sessionOf(alice->say(room, alice->with({}), u"toujours"_s)), before);
    }
    void aDeviceThatIsNewAtTheServerIsAskedFor()
    {
        QCOMPARE(give(), 1);
        Peer late(*server, clock, u"@bob:two"_s, u"LATE"_s);
        late.flush();
        late.sync();
        for (const CrossSigningRole role :
             {CrossSigningRole::Master, CrossSigningRole::SelfSigning, CrossSigningRole::UserSigning})
            QVERIFY(*late.machine->takeIdentityKey(role, *bob->machine->identityKey(role)));
        late.flush();
        // Alice and Bob share no room: nobody tells her.
        server->devices[alice->address].changedUsers.clear();

        QCOMPARE(give(), 2);
    }
    void whoseServerDoesNotAnswerGetsNothing()
    {
        QCOMPARE(give(), 1); // known, and signed when they were asked for
        server->silentServers.insert(u"two"_s);

        QCOMPARE(give(), 0);
        QCOMPARE(give(), 0); // nor is it waited for
    }
    void whoseIdentityIsAnotherOneWaitsForThePersonsAnswer()
    {
        QCOMPARE(give(), 1); // at first sight
        Peer renewed(*server, clock, u"@bob:two"_s, u"OTHER"_s);
        renewed.flush();
        renewed.bootstrap();
        renewed.flush();

        QCOMPARE(give(), 0);
        QVERIFY(alice->machine->identity(bob->user())->changed);
        const auto giving = alice->machine->sharedHistory().give(room, bob->user(), file());
        QVERIFY(giving && giving->done && giving->otherIdentity);
        renewed.sync();
        QVERIFY(renewed.store.tables.bundles.empty());

        QVERIFY(alice->machine->acceptIdentity(bob->user()));
        QCOMPARE(give(), 1);
        renewed.sync();
        QCOMPARE(renewed.store.tables.bundles.size(), size_t(1));
    }
    void whoHasNoIdentityGetsNothing()
    {
        Peer carol(*server, clock, u"@carol:three"_s, u"C"_s);
        carol.flush();

        QCOMPARE(give(carol.user()), 0);
        carol.sync();

        QVERIFY(carol.store.tables.bundles.empty());
    }
    void whenNothingMayBeGiven()
    {
        QVERIFY(*alice->machine->sharedHistory().mayGive(room));
        QVERIFY(!*alice->machine->sharedHistory().mayGive(RoomId(u"!plain:one"_s)));
        for (const HistoryVisibility visibility : {HistoryVisibility::Joined, HistoryVisibility::Invited}) {
            QVERIFY(alice->machine->setHistoryVisibility(room, visibility));
            QVERIFY(!*alice->machine->sharedHistory().mayGive(room));
        }
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::WorldReadable));
        QVERIFY(*alice->machine->sharedHistory().mayGive(room));

        Peer nobody(*server, clock, u"@dave:one"_s, u"D"_s);
        nobody.flush();
        nobody.encryptRoom(room);
        QVERIFY(!*nobody.machine->sharedHistory().mayGive(room));
    }

    // --- What is not believed

    void onlyWhoInvitedIsHeard()
    {
        give();
        bob->sync();
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, UserId(u"@mallory:two"_s)));
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(other, alice->user()));
        bob->flush();

        QVERIFY(!wantedNow());
    }
    void aBundleOfAnUnsignedDeviceIsNotWanted()
    {
        Attacker unknown(*server, u"@alice:one"_s, u"EVIL"_s);
        unknown.publish();
        bob->receive(toDevice({unknown.message(*bob, u"m.room_key_bundle"_s, content())}));
        QCOMPARE(bob->store.tables.bundles.size(), size_t(1));
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        bob->flush();

        QVERIFY(!wantedNow());
    }
    void brokenAnnouncementsAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("content");
        const QJsonObject good = content();
        const auto without = [&](const QString &name) {
            QJsonObject bent = good;
            bent.remove(name);
            return bent;
        };
        QTest::newRow("no room") << without(u"room_id"_s);
        QTest::newRow("no file") << without(u"file"_s);
        QJsonObject bad = good;
        QJsonObject file = good[u"file"_s].toObject();
        file[u"v"_s] = u"v1"_s;
        bad[u"file"_s] = file;
        QTest::newRow("another version") << bad;
        file = good[u"file"_s].toObject();
        file.remove(u"url"_s);
        bad[u"file"_s] = file;
        QTest::newRow("no place") << bad;
        file = good[u"file"_s].toObject();
        file[u"more"_s] = QString(10'000, u'x');
        bad[u"file"_s] = file;
        QTest::newRow("too long") << bad;
    }
    void brokenAnnouncementsAreRefused()
    {
        QFETCH(QJsonObject, content);
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);

        bob->receive(toDevice({mallory.message(*bob, u"m.room_key_bundle"_s, content)}));

        QVERIFY(bob->store.tables.bundles.empty());
        QVERIFY(bob->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_KEY_BUNDLE"_s));
    }
    void aFloodOfAnnouncementsIsBounded()
    {
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        give();
        bob->sync();
        for (int i = 0; i < 60; ++i) {
            QJsonObject bent = content();
            bent[u"room_id"_s] = u"!r%1:two"_s.arg(i);
            bob->receive(toDevice({mallory.message(*bob, u"m.room_key_bundle"_s, bent)}));
        }

        QCOMPARE(bob->store.tables.bundles.size(), size_t(1 + SharedHistory::mostOfOneSender));
        QVERIFY(bob->store.tables.bundles.contains({room, alice->user()}));
    }
    void badBundles_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("no keys") << QByteArray("{}");
        QTest::newRow("keys of another kind") << QByteArray(R"({"room_keys":{}})");
        QTest::newRow("deep") << QByteArray(R"({"room_keys":)") + QByteArray(2000, '[')
                + QByteArray(2000, ']') + '}';
    }
    void badBundles()
    {
        QFETCH(QByteArray, json);
        const auto opened = openBundle(json, room, alice->user(), bob->machine->recovery().importer());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, u"PARVIS_KEY_BUNDLE"_s);
    }
    void onlyGoodKeysOfTheRoomAreTaken()
    {
        QJsonObject bundle = FakeKeyServer::parse(sealed());
        const QJsonObject good = bundle[u"room_keys"_s][0].toObject();
        QJsonArray keys{good};
        const auto bent = [&](const QString &name, const QJsonValue &value) {
            QJsonObject key = good;
            key[name] = value;
            keys.append(key);
        };
        bent(u"room_id"_s, other.toString());
        bent(u"session_id"_s, u"another"_s);
        bent(u"algorithm"_s, u"m.megolm.v2"_s);
        bent(u"session_key"_s, u"AAAA"_s);
        bent(u"session_key"_s, QString(200'000, u'A'));
        bent(u"sender_key"_s, 5);
        keys.append(7);
        bundle[u"room_keys"_s] = keys;
        // Said to be withheld, and there all the same; of another room; without a name.
        bundle[u"withheld"_s] = QJsonArray{
            QJsonObject{{u"code"_s, u"m.history_not_shared"_s},
                        {u"room_id"_s, room.toString()},
                        {u"session_id"_s, good[u"session_id"_s]}},
            QJsonObject{{u"code"_s, u"m.history_not_shared"_s},
                        {u"room_id"_s, other.toString()},
                        {u"session_id"_s, u"x"_s}},
            QJsonObject{
                {u"code"_s, u"m.blacklisted"_s}, {u"room_id"_s, room.toString()}, {u"session_id"_s, u"x"_s}},
            QJsonObject{{u"code"_s, u"io.element.msc4268.history_not_shared"_s},
                        {u"room_id"_s, room.toString()},
                        {u"session_id"_s, u"y"_s}}};

        const auto opened =
            openBundle(FakeKeyServer::text(bundle), room, alice->user(), bob->machine->recovery().importer());

        QVERIFY(opened);
        QCOMPARE(opened->keys.size(), 1);
        QCOMPARE(opened->keys.first().session.toString(), good[u"session_id"_s].toString());
        QCOMPARE(opened->withheld, QList{SessionId(u"y"_s)});
    }
    void ofOneBundleSoManyKeysAreTaken()
    {
        const QByteArray key =
            FakeKeyServer::text(FakeKeyServer::parse(sealed())[u"room_keys"_s][0].toObject());
        const QByteArray json = "{\"room_keys\":[" + (key + ',').repeated(maxBundleKeys) + key + "]}";

        const auto opened = openBundle(json, room, alice->user(), bob->machine->recovery().importer());

        QVERIFY(opened);
        QCOMPARE(opened->keys.size(), maxBundleKeys);
    }
    void whatIsTrustedStaysAsItIs()
    {
        // Bob has a key of Alice's from herself, from a later message on.
        const QByteArray shared = alice->say(room, alice->with({bob.get()}), u"pour Bob"_s);
        bob->sync();
        QCOMPARE(bob->read(room, shared), u"pour Bob"_s);
        QVERIFY(bob->store.tables.inbound.size() == 1);
        const InboundSessionRecord before = bob->store.tables.inbound.begin()->second;
        QVERIFY(before.firstKnownIndex > 0);

        invite();
        const auto bundle = wanted();
        QVERIFY(bundle);
        takeIn(*bundle, sealed());

        QCOMPARE(bob->store.tables.inbound.size(), size_t(1));
        const InboundSessionRecord &now = bob->store.tables.inbound.begin()->second;
        QCOMPARE(now.firstKnownIndex, 0U); // it reaches back further
        QCOMPARE(now.trust, before.trust); // and is believed as much as before
        QCOMPARE(now.imported, false);
        QCOMPARE(bob->read(room, past), u"avant"_s);
    }
};

QTEST_GUILESS_MAIN(SharedHistoryTest)
#include "tst_shared_history.moc"
