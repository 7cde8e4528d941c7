// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Secrets go among the devices of one person that know each other, and nowhere else.
#include "gossip_world.h"

using namespace parvis;
using namespace parvis::crypto;

class KeyGossipTest : public GossipingDevices
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

    // --- As it should go

    void aDeviceThatWasComparedGetsTheIdentity()
    {
        compare();

        QVERIFY(phone->machine->ownIdentity()->isWhole());
        QVERIFY(openOf(*phone).isEmpty());
        // And signs from now on what it could not before.
        QCOMPARE(phone->machine->identityKey(CrossSigningRole::Master)->view().toByteArray(),
                 laptop->machine->identityKey(CrossSigningRole::Master)->view().toByteArray());
    }
    void aDamagedSecretIsSetAsideAndAskedForAnew_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("cut");
        QTest::newRow("a bit of an identity's key") << userSigning << false;
        QTest::newRow("half of it") << userSigning << true;
        QTest::newRow("of the backup's") << backupName << false;
    }
    void aDamagedSecretIsSetAsideAndAskedForAnew()
    {
        QFETCH(QString, name);
        QFETCH(bool, cut);
        makeBackup();
        compare();
        QByteArray &sealed = phone->store.tables.secrets[name];
        if (cut)
            sealed.truncate(10);
        else
            sealed[20] = char(sealed[20] ^ 1);
        const QByteArray damaged = sealed;
        phone->start();
        phone->machine->recovery().checkBackup();
        phone->flush();

        QVERIFY(phone->machine->exchangeSecrets()); // it stops nothing
        both();

        QVERIFY(phone->noted(CryptoNote::Kind::SecretDamaged, name));
        QCOMPARE(phone->store.tables.secrets[u"damaged:"_s + name], damaged);
        QVERIFY(phone->machine->ownIdentity()->isWhole());
        QVERIFY(phone->machine->recovery().backup()->holdsKey);
        QCOMPARE(phone->machine->identityKey(CrossSigningRole::UserSigning)->view().toByteArray(),
                 laptop->machine->identityKey(CrossSigningRole::UserSigning)->view().toByteArray());
    }
    void nothingIsAskedBeforeTheDeviceIsKnown()
    {
        QVERIFY(phone->machine->exchangeSecrets());
        both();

        QVERIFY(phone->store.tables.gossip.empty());
        QVERIFY(laptop->store.tables.gossip.empty());
    }
    void theOthersHearThatTheQuestionIsOver()
    {
        compare();
        Verifier tablet(*server, clock, alice, u"TABLET"_s);
        tablet.flush();
        makeTrusted(tablet);
        const QString id = lose(userSigning);
        QVERIFY(!id.isEmpty());
        QVERIFY(tabletWasTold(u"request"_s, id));
        QVERIFY(!tabletWasTold(u"request_cancellation"_s, id));

        laptop->syncAll();
        phone->syncAll();

        QVERIFY(phone->machine->ownIdentity()->holdsUserSigning);
        QVERIFY(tabletWasTold(u"request_cancellation"_s, id));
        const int before = server->sentToDevice;
        tablet.syncAll(); // a question and its end in one answer
        QCOMPARE(server->sentToDevice, before);
    }
    void aQuestionSurvivesARestart()
    {
        compare();
        const QString id = lose(userSigning);
        QVERIFY(!id.isEmpty());
        phone->start();

        laptop->syncAll();
        phone->syncAll();

        QVERIFY(phone->machine->ownIdentity()->isWhole());
        QVERIFY(openOf(*phone).isEmpty());
    }
    void aQuestionThatCameTooEarlyIsAnsweredWhenItsDeviceIsKnown()
    {
        laptopHears(request(u"PHONE"_s, u"early"_s, userSigning));
        laptop->flush();
        QCOMPARE(waiting(), 0);
        laptop->start(); // and a restart in between changes nothing

        compare();

        const auto row = laptop->store.tables.gossip.find({DeviceId(u"PHONE"_s), u"early"_s});
        QVERIFY(row != laptop->store.tables.gossip.end());
        QVERIFY(row->second.servedMs > 0);
    }
    // --- What is not answered

    void aDeviceThatNobodyComparedGetsNothing()
    {
        laptopHears(request(u"PHONE"_s, u"q"_s, userSigning));
        laptop->flush();
        both();

        QVERIFY(!phone->machine->ownIdentity()->holdsUserSigning);
        QCOMPARE(laptop->store.tables.gossip.size(), size_t(1));
        QCOMPARE(laptop->store.tables.gossip.begin()->second.servedMs, 0);

        clock.ms += KeyGossipPatience + 1;
        QVERIFY(laptop->machine->exchangeSecrets());
        QVERIFY(laptop->store.tables.gossip.empty());
    }
    void theIdOfAKnownDeviceIsNotEnough()
    {
        // CVE-2021-40823: who asks in clear is whoever; the answer is for the keys that are known.
        compare();
        Attacker thief(*server, alice, u"PHONE"_s);
        server->devices[{alice, u"PHONE"_s}].keys = thief.keys();
        server->announce(alice);
        laptop->syncAll();
        const auto before = waiting();

        laptopHears(request(u"PHONE"_s, u"q"_s, userSigning));
        laptop->flush();

        const auto inbox = server->devices[{alice, u"PHONE"_s}].inbox;
        for (qsizetype i = before; i < inbox.size(); ++i)
            QVERIFY(!inbox[i].contains(thief.account.curveKey().toString().toLatin1()));
    }
    void aStrangerIsNotHeard()
    {
        compare();
        const auto rows = laptop->store.tables.gossip;

        laptop->receive(toDevice({FakeKeyServer::event(u"@mallory:two"_s, u"m.secret.request"_s,
                                                       request(u"PHONE"_s, u"q"_s, userSigning))}));
        laptopHears(request(u"PHONE"_s, u"q2"_s, u"m.dehydrated_device"_s));
        laptopHears(request(u"PHONE"_s, {}, userSigning));
        laptopHears(request(u"LAPTOP"_s, u"q3"_s, userSigning));

        QCOMPARE(laptop->store.tables.gossip, rows);
    }
    void aDeviceMayNotAskInAnothersName()
    {
        compare();
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        both();
        const auto rows = laptop->store.tables.gossip;

        laptop->receive(toDevice(
            {other.message(*laptop, u"m.secret.request"_s, request(u"PHONE"_s, u"q"_s, userSigning))}));

        QCOMPARE(laptop->store.tables.gossip, rows);
    }
    void nobodyIsAnsweredOverAndOver()
    {
        compare();
        const int before = server->sentToDevice;

        for (int i = 0; i < 30; ++i)
            laptopHears(request(u"PHONE"_s, u"again%1"_s.arg(i), userSigning));
        for (int i = 0; i < 30; ++i)
            laptopHears(request(u"PHONE"_s, u"again0"_s, userSigning));
        laptop->flush();

        QVERIFY(server->sentToDevice - before <= 3);
    }
    void whoTakesTheQuestionBackGetsNoAnswer()
    {
        laptopHears(request(u"PHONE"_s, u"q"_s, userSigning));
        QCOMPARE(laptop->store.tables.gossip.size(), size_t(1));

        laptopHears(request(u"PHONE"_s, u"q"_s, userSigning, u"request_cancellation"_s));

        QVERIFY(laptop->store.tables.gossip.empty());
    }
    void aFloodOfQuestionsIsBounded()
    {
        for (int i = 0; i < 2000; ++i)
            laptopHears(request(u"D%1"_s.arg(i), u"q%1"_s.arg(i), userSigning));

        QVERIFY(laptop->store.tables.gossip.size() <= 500);
    }

    void ofOneSynchronisationFewAreLookedAt()
    {
        QList<QByteArray> flood;
        for (int i = 0; i < 1000; ++i)
            flood += FakeKeyServer::event(alice, u"m.secret.request"_s,
                                          request(u"D%1"_s.arg(i), u"q%1"_s.arg(i), userSigning));
        laptop->receive(toDevice(flood));

        QCOMPARE(laptop->store.tables.gossip.size(), size_t(200));
    }

    // --- What is not believed (CVE-2022-39264, CVE-2022-39252)

    void aSecretThatNobodyAskedForIsRefused()
    {
        compare();
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        both();

        phone->receive(toDevice({other.message(
            *phone, u"m.secret.send"_s, secret(u"made up"_s, valueOf(CrossSigningRole::UserSigning)))}));

        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_OLM_UNWANTED"_s));
    }
    void anAnswerOfAnUntrustedDeviceIsRefused_data()
    {
        QTest::addColumn<QString>("user");
        QTest::newRow("a device of ours that nobody compared") << alice;
        QTest::newRow("somebody else") << u"@mallory:two"_s;
    }
    void anAnswerOfAnUntrustedDeviceIsRefused()
    {
        QFETCH(QString, user);
        compare();
        const QString id = lose(userSigning);
        Attacker other(*server, user, u"OTHER"_s);
        other.publish();
        QVERIFY(phone->machine->trackUsers({UserId(user)}));
        phone->flush();

        phone->receive(toDevice(
            {other.message(*phone, u"m.secret.send"_s, secret(id, valueOf(CrossSigningRole::UserSigning)))}));

        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_SECRET_SENDER"_s));
        QVERIFY(!phone->machine->ownIdentity()->holdsUserSigning);
        QVERIFY(openOf(*phone).contains(id)); // an honest answer is still welcome
    }
    void afterAResetTheDevicesOfBeforeGetNothing()
    {
        makeBackup();
        compare();
        laptop->bootstrap(); // the phone was stolen
        both();
        QVERIFY(laptop->machine->ownIdentity()->isWhole());
        QVERIFY(!phone->machine->ownIdentity()->thisDeviceSigned);
        QCOMPARE(laptop->trust(alice, u"PHONE"_s), DeviceTrust::Unsigned);
        phone->sync();
        const auto before = waiting();

        const QStringList names{u"m.cross_signing.master"_s, u"m.cross_signing.self_signing"_s, userSigning,
                                backupName};
        for (const QString &name : names)
            laptopHears(request(u"PHONE"_s, u"thief "_s + name, name));
        laptop->flush();

        QCOMPARE(waiting(), before);
    }
    void aWrongValueIsRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("another key") << QByteArray(32, 'x').toBase64(QByteArray::OmitTrailingEquals);
        QTest::newRow("too short") << QByteArray("AAAA");
        QTest::newRow("no base64") << QByteArray("!!");
        QTest::newRow("nothing") << QByteArray();
    }
    void aWrongValueIsRefused()
    {
        QFETCH(QByteArray, value);
        compare();
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        both();
        QVERIFY(phone->machine->setLocalTrust(UserId(alice), DeviceId(u"OTHER"_s), LocalTrust::Verified));
        const QString id = lose(userSigning);

        phone->receive(toDevice({other.message(*phone, u"m.secret.send"_s, secret(id, value))}));

        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_SECRET_VALUE"_s));
        QVERIFY(!phone->machine->ownIdentity()->holdsUserSigning);
        // The right one from the other device is taken all the same.
        laptop->syncAll();
        phone->syncAll();
        QVERIFY(phone->machine->ownIdentity()->holdsUserSigning);
    }
    void aFailingStoreLosesNoSecret()
    {
        compare();
        const QString id = lose(userSigning);
        laptop->syncAll();
        const SyncCrypto answer = server->sync(phone->address);
        phone->store.failFrom = phone->store.saves + 1;
        QVERIFY(!phone->machine->receiveSync(answer));
        phone->store.failFrom = 0;

        phone->receive(answer);

        QVERIFY(phone->machine->ownIdentity()->holdsUserSigning);
        QVERIFY(!openOf(*phone).contains(id));
    }

private:
    static constexpr qint64 KeyGossipPatience = 3'600'000;

    /// The tablet is signed by the identity, as after a verification elsewhere.
    void makeTrusted(Verifier &tablet)
    {
        both();
        QVERIFY(laptop->machine->setLocalTrust(UserId(alice), tablet.device(), LocalTrust::Verified));
        both();
        tablet.syncAll();
        const auto own = *tablet.machine->ownIdentity();
        QVERIFY(own.exists);
        QVERIFY(tablet.machine->verifiedUser(UserId(alice), own.master));
        tablet.flush();
        tablet.syncAll();
        both();
        tablet.syncAll();
        both();
        tablet.syncAll();
        QVERIFY(tablet.machine->ownIdentity()->isWhole());
    }
    [[nodiscard]] bool tabletWasTold(const QString &action, const QString &id) const
    {
        const auto inbox = server->devices[{alice, u"TABLET"_s}].inbox;
        return std::any_of(inbox.cbegin(), inbox.cend(), [&](const QByteArray &event) {
            const QJsonObject content = FakeKeyServer::parse(event)[u"content"_s].toObject();
            return content[u"action"_s] == action && content[u"request_id"_s] == id;
        });
    }
};

QTEST_GUILESS_MAIN(KeyGossipTest)
#include "tst_key_gossip.moc"
