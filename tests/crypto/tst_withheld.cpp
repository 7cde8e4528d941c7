// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Who gets no key is told why, once; who is told so words it better, and nothing else.
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class WithheldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
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

    void theMessageHasTheShapeOfTheSpecification()
    {
        block();
        const QByteArray event = say();

        const QJsonObject told = heard().value(0);
        QCOMPARE(told[u"algorithm"_s].toString(), u"m.megolm.v1.aes-sha2"_s);
        QCOMPARE(told[u"code"_s].toString(), u"m.blacklisted"_s);
        QCOMPARE(told[u"room_id"_s].toString(), room.toString());
        QCOMPARE(told[u"session_id"_s],
                 FakeKeyServer::parse(event)[u"content"_s].toObject()[u"session_id"_s]);
        QCOMPARE(told[u"sender_key"_s].toString(), alice->machine->ownKeys().curve.toString());
        QCOMPARE(told[u"from_device"_s].toString(), u"A"_s);
        QVERIFY(!told[u"reason"_s].toString().isEmpty());
    }
    void onceForASessionAlsoAfterARestart()
    {
        block();
        (void)say();
        alice->start();
        (void)say();
        QCOMPARE(codes(), QStringList{u"m.blacklisted"_s});

        QVERIFY(alice->machine->discardSession(room));
        (void)say();

        QCOMPARE(codes(), (QStringList{u"m.blacklisted"_s, u"m.blacklisted"_s}));
    }
    void anotherReasonIsToldAgain()
    {
        alice->machine->setSharingStrategy(SharingStrategy::VerifiedDevices);
        (void)say();
        (void)say();
        QCOMPARE(codes(), QStringList{u"m.unverified"_s});

        block();
        (void)say();
        (void)say();

        QCOMPARE(codes(), (QStringList{u"m.unverified"_s, u"m.blacklisted"_s}));
    }
    void unsignedDevicesAreToldThatTheyAreNotVerified()
    {
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        const QByteArray event = say();
        QCOMPARE(codes(), QStringList{u"m.unverified"_s});
        bob->sync();

        const auto result = bob->decrypt(room, event);
        QCOMPARE(std::get<Undecryptable>(result).reason, Undecryptable::Reason::MissingSession);
        QCOMPARE(std::get<Undecryptable>(result).withheldCode, u"m.unverified"_s);
        bob->start(); // and it is remembered
        QCOMPARE(std::get<Undecryptable>(bob->decrypt(room, event)).withheldCode, u"m.unverified"_s);
    }
    void whatCameBeforeItsRoomExplainsTheMessageAllTheSame()
    {
        const RoomId later(u"!later:one"_s);
        alice->encryptRoom(later);
        block();
        const QByteArray event = alice->say(later, alice->with({bob.get()}), u"bonjour"_s);
        alice->flush();
        bob->sync();             // the refusal, over the way of the devices
        bob->encryptRoom(later); // then the room

        QCOMPARE(std::get<Undecryptable>(bob->decrypt(later, event)).withheldCode, u"m.blacklisted"_s);
    }
    void hintsAboutRoomsThatNobodyKnowsAreFewAltogether()
    {
        for (int i = 0; i < 150; ++i) {
            const QJsonObject content{{u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
                                      {u"room_id"_s, u"!x%1:one"_s.arg(i)},
                                      {u"session_id"_s, u"s"_s},
                                      {u"code"_s, u"m.unverified"_s}};
            alice->receive(
                toDevice({FakeKeyServer::event(u"@mallory:two"_s, u"m.room_key.withheld"_s, content)}));
        }
        QCOMPARE(alice->store.tables.withheld.size(), size_t(100));
    }
    void hintsOfAllStrangersTogetherAreBounded()
    {
        const auto strangers = [this](const QString &word, int count) {
            QList<QByteArray> hints;
            for (int i = 0; i < count; ++i) {
                const QJsonObject content{{u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
                                          {u"room_id"_s, u"!%1%2:one"_s.arg(word).arg(i)},
                                          {u"session_id"_s, u"s"_s},
                                          {u"code"_s, u"m.unverified"_s}};
                const QString sender = u"@%1%2:two"_s.arg(word).arg(i);
                hints.append(FakeKeyServer::event(sender, u"m.room_key.withheld"_s, content));
            }
            alice->receive(toDevice(hints));
        };
        strangers(u"a"_s, 1500);
        strangers(u"b"_s, 1500);
        QCOMPARE(alice->store.tables.withheld.size(), size_t(2000));

        // Whoever fills it has to do so all the time.
        clock.advance(2 * 3'600'000);
        strangers(u"c"_s, 1);
        strangers(u"d"_s, 1);
        QCOMPARE(alice->store.tables.withheld.size(), size_t(1));
    }
    void withoutAWayToWriteNothingIsSaidOfTheRoom()
    {
        server->devices[bob->address].oneTimeKeys.clear();
        server->devices[bob->address].fallback = {};
        (void)say();

        const QJsonObject told = heard().value(0);
        QCOMPARE(told[u"code"_s].toString(), u"m.no_olm"_s);
        QVERIFY(!told.contains(u"room_id"_s) && !told.contains(u"session_id"_s));
        QVERIFY(alice->machine->discardSession(room));
        alice->start();
        (void)say();
        QCOMPARE(codes(), QStringList{u"m.no_olm"_s}); // of the device, not of a session
    }
    void whoCouldNotWriteToUsIsWrittenTo()
    {
        server->devices[bob->address].oneTimeKeys.clear();
        server->devices[bob->address].fallback = {};
        (void)say();
        bob->sync();
        alice->sync();
        clock.advance(60'000);

        // Bob has opened a session: the next message can be read.
        const QByteArray event = say();
        bob->sync();

        QCOMPARE(bob->read(room, event), u"bonjour"_s);
    }
    void whateverIsSaidInItsNameNoMoreThanOnceAnHour()
    {
        const QJsonObject content{{u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
                                  {u"code"_s, u"m.no_olm"_s},
                                  {u"sender_key"_s, bob->machine->ownKeys().curve.toString()}};
        const auto event = FakeKeyServer::event(bob->address.first, u"m.room_key.withheld"_s, content);
        const int before = server->sentToDevice;
        for (int i = 0; i < 20; ++i) {
            alice->receive(toDevice({event, event}));
            alice->flush();
            clock.advance(60'000);
        }
        QCOMPARE(server->sentToDevice - before, 1);

        QJsonObject unknown = content;
        unknown[u"sender_key"_s] = Attacker(*server, u"@x:two"_s, u"X"_s).account.curveKey().toString();
        clock.advance(2 * 3'600'000);
        alice->receive(
            toDevice({FakeKeyServer::event(bob->address.first, u"m.room_key.withheld"_s, unknown)}));
        alice->flush();
        QCOMPARE(server->sentToDevice - before, 1);
        QVERIFY(alice->store.tables.withheld.empty());
    }
    void aHintKeepsNobodyFromTheBackup()
    {
        const QByteArray event = bobSaysUnshared();
        QVERIFY(alice->machine->recovery().newBackup());
        const QString version =
            server->backups[alice->address.first].create(*alice->machine->recovery().newBackup());
        QVERIFY(alice->machine->recovery().newBackupAccepted(version));
        hint(u"@mallory:two"_s, event, u"m.blacklisted"_s);

        const auto result = alice->decrypt(room, event);

        QCOMPARE(std::get<Undecryptable>(result).withheldCode, u"m.blacklisted"_s);
        const auto requests = *alice->machine->outgoing();
        QVERIFY(std::any_of(requests.cbegin(), requests.cend(), [](const OutgoingRequest &request) {
            return std::holds_alternative<BackupDownload>(request.what);
        }));
    }
    void badHintsAreIgnored_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("no code") << QString();
        QTest::newRow("a long one") << QString(1000, u'x');
    }
    void badHintsAreIgnored()
    {
        QFETCH(QString, code);
        hint(u"@mallory:two"_s, bobSaysUnshared(), code);
        QVERIFY(alice->store.tables.withheld.empty());
    }

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;

    void block()
    {
        QVERIFY(alice->machine->setLocalTrust(bob->user(), bob->device(), LocalTrust::Blacklisted));
    }
    [[nodiscard]] QByteArray say()
    {
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"bonjour"_s);
        alice->flush(); // no message waits for what is told
        return event;
    }
    [[nodiscard]] QByteArray bobSaysUnshared() { return bob->say(room, bob->with({}), u"pour moi"_s); }
    void hint(const QString &from, const QByteArray &event, const QString &code)
    {
        const QJsonObject content{
            {u"algorithm"_s, QLatin1StringView(megolmAlgorithm)},
            {u"room_id"_s, room.toString()},
            {u"session_id"_s, FakeKeyServer::parse(event)[u"content"_s].toObject()[u"session_id"_s]},
            {u"code"_s, code}};
        alice->receive(toDevice({FakeKeyServer::event(from, u"m.room_key.withheld"_s, content)}));
    }
    /// What waits for Bob, of this type.
    [[nodiscard]] QList<QJsonObject> heard() const
    {
        QList<QJsonObject> found;
        for (const QByteArray &event : std::as_const(server->devices[bob->address].inbox)) {
            const QJsonObject object = FakeKeyServer::parse(event);
            if (object[u"type"_s].toString() == u"m.room_key.withheld"_s)
                found.append(object[u"content"_s].toObject());
        }
        return found;
    }
    [[nodiscard]] QStringList codes() const
    {
        QStringList found;
        const auto all = heard();
        for (const QJsonObject &one : all)
            found.append(one[u"code"_s].toString());
        return found;
    }
};

QTEST_GUILESS_MAIN(WithheldTest)
#include "tst_withheld.moc"
