// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Keys of rooms go among one's own devices where the administrator wants it, and not at all where not.
#include "gossip_world.h"

using namespace parvis;
using namespace parvis::crypto;

class KeyForwardingTest : public GossipingDevices
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        begin();
        laptop->encryptRoom(room);
        phone->encryptRoom(room);
        QVERIFY(laptop->machine->setLocalTrust(UserId(alice), phone->device(), LocalTrust::Blacklisted));
        said = laptop->say(room, laptop->with({}), u"bonjour"_s);
        QVERIFY(!said.isEmpty());
        QVERIFY(laptop->machine->setLocalTrust(UserId(alice), phone->device(), LocalTrust::Unset));
        server->devices[{alice, u"PHONE"_s}].inbox.clear(); // that the key was withheld
        compare();
    }

    void aMissingKeyIsAskedForAndGiven()
    {
        switchOn(true, true);
        QCOMPARE(phone->read(room, said), u"[missing_session]"_s);
        QCOMPARE(openKeys(*phone), 1);
        phone->flush();

        both();

        QCOMPARE(phone->read(room, said), u"bonjour"_s);
        QCOMPARE(phone->roomKeys.size(), 1);
        QCOMPARE(openKeys(*phone), 0);
        const auto result = phone->decrypt(room, said);
        QCOMPARE(std::get<DecryptedEvent>(result).shield,
                 (Shield{Shield::Colour::Grey, Shield::Reason::Unauthenticated}));
        QVERIFY(phone->store.tables.inbound.begin()->second.imported);
    }
    void aKeyIsAskedForOnce()
    {
        switchOn(true, true);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(phone->read(room, said), u"[missing_session]"_s);
        phone->start();
        phone->machine->setKeyForwarding(true);
        QCOMPARE(phone->read(room, said), u"[missing_session]"_s);

        QCOMPARE(openKeys(*phone), 1);
    }
    void thePersonAsksAgain()
    {
        switchOn(true, true);
        const SessionId session(FakeKeyServer::parse(said)[u"content"_s][u"session_id"_s].toString());
        QCOMPARE(phone->read(room, said), u"[missing_session]"_s);
        phone->flush();
        const QString first = openKey(*phone);
        server->devices[{alice, u"LAPTOP"_s}].inbox.clear(); // nobody heard it

        QVERIFY(phone->machine->recovery().askAgain(room, session));

        QCOMPARE(openKeys(*phone), 1);
        QVERIFY(openKey(*phone) != first);
        phone->flush();
        QCOMPARE(laptopHeard(),
                 (QStringList{u"request_cancellation "_s + first, u"request "_s + openKey(*phone)}));
        both();
        QCOMPARE(phone->read(room, said), u"bonjour"_s);
    }
    void whereItIsOffAskingAgainAsksNoDevice()
    {
        switchOn(true, false);
        const SessionId session(FakeKeyServer::parse(said)[u"content"_s][u"session_id"_s].toString());
        server->devices[{alice, u"LAPTOP"_s}].inbox.clear();

        QVERIFY(phone->machine->recovery().askAgain(room, session));
        phone->flush();

        QCOMPARE(openKeys(*phone), 0);
        QVERIFY(laptopHeard().isEmpty());
        QVERIFY(phone->machine->recovery().isWantedFromBackup(room, session));
    }
    void aKeyThatComesByAnotherWayEndsTheQuestion()
    {
        switchOn(true, true);
        QCOMPARE(phone->read(room, said), u"[missing_session]"_s);
        phone->flush();
        const QString id = openKey(*phone);
        server->devices[{alice, u"LAPTOP"_s}].inbox.clear();
        InboundSessionRecord key = laptop->store.tables.inbound.begin()->second; // as a file would bring it
        key.imported = true;
        key.trust = SenderTrust::Unknown;
        key.sender = {};
        key.senderDevice = {};

        QCOMPARE(phone->machine->recovery().import({key})->imported, 1);
        phone->flush();

        QCOMPARE(openKeys(*phone), 0);
        QCOMPARE(laptopHeard(), QStringList{u"request_cancellation "_s + id});
        QCOMPARE(phone->read(room, said), u"bonjour"_s);
    }
    void questionsAreBounded()
    {
        switchOn(true, true);
        QJsonObject event = FakeKeyServer::parse(said);
        for (int i = 0; i < 300; ++i) {
            QJsonObject content = event[u"content"_s].toObject();
            content[u"session_id"_s] = u"s%1"_s.arg(i);
            event[u"content"_s] = content;
            (void)phone->decrypt(room, FakeKeyServer::text(event));
        }

        QCOMPARE(openKeys(*phone), 100);
    }
    void nothingGoesWhereItIsOff_data()
    {
        QTest::addColumn<bool>("laptopOn");
        QTest::addColumn<bool>("phoneOn");
        QTest::newRow("both") << false << false;
        QTest::newRow("who asks") << true << false;
        QTest::newRow("who would answer") << false << true;
    }
    void nothingGoesWhereItIsOff()
    {
        QFETCH(bool, laptopOn);
        QFETCH(bool, phoneOn);
        switchOn(laptopOn, phoneOn);
        (void)phone->read(room, said);
        phone->flush();
        both();

        QCOMPARE(phone->read(room, said), u"[missing_session]"_s);
        QCOMPARE(openKeys(*phone), phoneOn ? 1 : 0);
        QCOMPARE(laptop->store.tables.gossip.size() > servedSecrets(), false);
    }
    void aStrangerGetsNoKey()
    {
        switchOn(true, true);
        const auto rows = laptop->store.tables.gossip;
        laptop->receive(toDevice({FakeKeyServer::event(u"@mallory:two"_s, u"m.room_key_request"_s,
                                                       keyRequest(u"PHONE"_s, u"q"_s))}));

        QCOMPARE(laptop->store.tables.gossip, rows);
    }
    void aDeviceThatNobodyComparedGetsNoKey()
    {
        // CVE-2021-40823
        switchOn(true, true);
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        other.publishOneTimeKeys(5);
        both();
        const int before = server->sentToDevice;

        laptopHears(keyRequest(u"OTHER"_s, u"q"_s), u"m.room_key_request"_s);
        laptop->flush();

        QCOMPARE(server->sentToDevice, before);
    }
    void whatNobodyAskedForIsRefused_data()
    {
        QTest::addColumn<bool>("on");
        QTest::newRow("switched on") << true;
        QTest::newRow("switched off") << false;
    }
    void whatNobodyAskedForIsRefused()
    {
        // CVE-2022-39249, with a trusted device even
        QFETCH(bool, on);
        switchOn(true, on);
        const auto megolm = *MegolmOutbound::create();
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        both();
        QVERIFY(phone->machine->setLocalTrust(UserId(alice), DeviceId(u"OTHER"_s), LocalTrust::Verified));

        phone->receive(toDevice({other.message(*phone, u"m.forwarded_room_key"_s, forwarded(megolm, room))}));

        QVERIFY(phone->store.tables.inbound.empty());
        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_OLM_UNWANTED"_s));
    }
    void anAnswerOfAnotherIsRefused_data()
    {
        QTest::addColumn<QString>("user");
        QTest::newRow("a device of ours that nobody compared") << alice;
        QTest::newRow("somebody else") << u"@mallory:two"_s;
    }
    void anAnswerOfAnotherIsRefused()
    {
        // CVE-2022-39252
        QFETCH(QString, user);
        switchOn(true, true);
        const auto megolm = *MegolmOutbound::create();
        Attacker other(*server, user, u"OTHER"_s);
        other.publish();
        QVERIFY(phone->machine->trackUsers({UserId(user)}));
        phone->flush();
        ask(megolm);

        phone->receive(toDevice({other.message(*phone, u"m.forwarded_room_key"_s, forwarded(megolm, room))}));

        QVERIFY(phone->store.tables.inbound.empty());
        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_KEY_SENDER"_s));
        QCOMPARE(openKeys(*phone), 1);
    }
    void anAnswerMustBeWhatWasAskedFor()
    {
        switchOn(true, true);
        const auto megolm = *MegolmOutbound::create();
        Attacker other(*server, alice, u"OTHER"_s);
        other.publish();
        both();
        QVERIFY(phone->machine->setLocalTrust(UserId(alice), DeviceId(u"OTHER"_s), LocalTrust::Verified));
        ask(megolm);
        QJsonObject bent = forwarded(*MegolmOutbound::create(), room);
        bent[u"session_id"_s] = megolm.id().toString();

        phone->receive(toDevice({other.message(*phone, u"m.forwarded_room_key"_s, bent)}));
        QVERIFY(phone->store.tables.inbound.empty());
        QVERIFY(phone->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_KEY_VALUE"_s));
        phone->receive(toDevice({other.message(*phone, u"m.forwarded_room_key"_s,
                                               forwarded(megolm, RoomId(u"!elsewhere:one"_s)))}));
        QVERIFY(phone->store.tables.inbound.empty());
        // As it was asked for, it is taken.
        phone->receive(toDevice({other.message(*phone, u"m.forwarded_room_key"_s, forwarded(megolm, room))}));
        QCOMPARE(phone->store.tables.inbound.size(), size_t(1));
    }

private:
    const RoomId room{u"!r:one"_s};
    QByteArray said;

    void switchOn(bool onLaptop, bool onPhone)
    {
        laptop->machine->setKeyForwarding(onLaptop);
        phone->machine->setKeyForwarding(onPhone);
    }
    [[nodiscard]] static int openKeys(const Verifier &one)
    {
        int count = 0;
        for (const auto &[key, row] : one.store.tables.gossip)
            count += row.device == one.device() && row.secret.isEmpty() ? 1 : 0;
        return count;
    }
    /// The id of the one that is open.
    [[nodiscard]] static QString openKey(const Verifier &one)
    {
        for (const auto &[key, row] : one.store.tables.gossip) {
            if (row.device == one.device() && row.secret.isEmpty())
                return row.id;
        }
        return {};
    }
    /// What waits for the laptop about keys of rooms: action and id.
    [[nodiscard]] QStringList laptopHeard() const
    {
        QStringList found;
        for (const QByteArray &event : std::as_const(server->devices[{alice, u"LAPTOP"_s}].inbox)) {
            const QJsonObject object = FakeKeyServer::parse(event);
            const QJsonObject content = object[u"content"_s].toObject();
            if (object[u"type"_s].toString() == u"m.room_key_request"_s)
                found.append(content[u"action"_s].toString() + u' ' + content[u"request_id"_s].toString());
        }
        return found;
    }
    [[nodiscard]] size_t servedSecrets() const
    {
        size_t count = 0;
        for (const auto &[key, row] : laptop->store.tables.gossip)
            count += row.secret.isEmpty() ? 0 : 1;
        return count;
    }
    [[nodiscard]] QJsonObject keyRequest(const QString &device, const QString &id) const
    {
        QJsonObject content = request(device, id, {});
        content.remove(u"name"_s);
        content[u"body"_s] =
            QJsonObject{{u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
                        {u"room_id"_s, room.toString()},
                        {u"session_id"_s, FakeKeyServer::parse(said)[u"content"_s][u"session_id"_s]}};
        return content;
    }
    /// The phone wants the key of this session.
    void ask(const MegolmOutbound &megolm)
    {
        QJsonObject event = FakeKeyServer::parse(said);
        QJsonObject content = event[u"content"_s].toObject();
        content[u"session_id"_s] = megolm.id().toString();
        event[u"content"_s] = content;
        (void)phone->decrypt(room, FakeKeyServer::text(event));
        QCOMPARE(openKeys(*phone), 1);
    }
    [[nodiscard]] static QJsonObject forwarded(const MegolmOutbound &megolm, const RoomId &where)
    {
        const auto inbound = MegolmInbound::fromSessionKey(megolm.sessionKey()->view().toByteArray());
        return {{u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
                {u"room_id"_s, where.toString()},
                {u"session_id"_s, inbound->id().toString()},
                {u"session_key"_s, QString::fromLatin1(inbound->exportAt(0)->view().toByteArray())},
                {u"sender_key"_s,
                 QString::fromLatin1(QByteArray(32, 's').toBase64(QByteArray::OmitTrailingEquals))},
                {u"sender_claimed_ed25519_key"_s,
                 QString::fromLatin1(QByteArray(32, 'c').toBase64(QByteArray::OmitTrailingEquals))},
                {u"forwarding_curve25519_key_chain"_s, QJsonArray()}};
    }
};

QTEST_GUILESS_MAIN(KeyForwardingTest)
#include "tst_key_forwarding.moc"
