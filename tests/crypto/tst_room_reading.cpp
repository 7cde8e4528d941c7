// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// What is read of a room's events and what is refused.
class RoomReadingTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> bob;
    std::optional<MegolmOutbound> megolm;

    [[nodiscard]] QString reason(const QByteArray &event)
    {
        const DecryptionResult result = alice->decrypt(room, event);
        const auto *failed = std::get_if<Undecryptable>(&result);
        return failed ? Undecryptable::name(failed->reason) : u"readable"_s;
    }
    static Attacker::Bend content(const QString &name, const QJsonValue &value)
    {
        return [=](QJsonObject &event) {
            QJsonObject inside = event["content"_L1].toObject();
            inside[name] = value;
            event["content"_L1] = inside;
        };
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        alice->flush();
        bob = std::make_unique<Attacker>(*server, u"@bob:two"_s, u"B"_s);
        bob->publish();
        QVERIFY(alice->machine->trackUsers({UserId(bob->user)}));
        alice->flush();
        megolm = std::move(*MegolmOutbound::create());
        alice->receive(toDevice({bob->message(*alice, u"m.room_key"_s, Attacker::roomKey(room, *megolm))}));
    }

    void anHonestEventSaysWhoWroteIt()
    {
        const DecryptionResult result =
            alice->decrypt(room, bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s));

        const auto *event = std::get_if<DecryptedEvent>(&result);
        QVERIFY(event);
        QCOMPARE(event->type, u"m.room.message"_s);
        QCOMPARE(event->content, R"({"body":"hi"})");
        QCOMPARE(event->senderDevice, DeviceId(bob->device));
        QCOMPARE(event->senderKey, bob->account.curveKey());
        QCOMPARE(event->index, 0U);
        QCOMPARE(event->shield, (Shield{Shield::Colour::Red, Shield::Reason::UnsignedDevice}));
    }

    void badEnvelopesAreNamed_data()
    {
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &expected, const Attacker::Bend &bend) {
            QTest::newRow(name) << std::function(bend) << expected;
        };
        row("another type", u"malformed"_s, [](QJsonObject &o) { o["type"_L1] = "m.room.message"_L1; });
        row("no sender", u"malformed"_s, [](QJsonObject &o) { o.remove("sender"_L1); });
        row("no event id", u"malformed"_s, [](QJsonObject &o) { o.remove("event_id"_L1); });
        row("no content", u"malformed"_s, [](QJsonObject &o) { o.remove("content"_L1); });
        row("a state event", u"state_key"_s, [](QJsonObject &o) { o["state_key"_L1] = QString(); });
        row("Olm in a room", u"unknown_algorithm"_s, content(u"algorithm"_s, QLatin1String(olmAlgorithm)));
        row("algorithm is a number", u"malformed"_s, content(u"algorithm"_s, 5));
        row("no session id", u"malformed"_s, content(u"session_id"_s, QJsonValue()));
        row("an endless session id", u"malformed"_s, content(u"session_id"_s, QString(3000, u'x')));
        row("another session", u"missing_session"_s, content(u"session_id"_s, u"AAAA"_s));
        row("no ciphertext", u"malformed"_s, content(u"ciphertext"_s, QJsonObject()));
        row("broken ciphertext", u"decryption_failed"_s, content(u"ciphertext"_s, u"AwgAEnBk"_s));
        row("no base64", u"decryption_failed"_s, content(u"ciphertext"_s, u"!"_s));
        row("another sender", u"mismatched_sender"_s,
            [](QJsonObject &o) { o["sender"_L1] = "@carol:two"_L1; });
        row("our own name on it", u"mismatched_sender"_s,
            [](QJsonObject &o) { o["sender"_L1] = "@alice:one"_L1; });
        row("a time that is text", u"readable"_s,
            [](QJsonObject &o) { o["origin_server_ts"_L1] = "now"_L1; });
        row("lies about the device in clear", u"readable"_s, content(u"device_id"_s, u"X"_s));
        row("lies about the key in clear", u"readable"_s, content(u"sender_key"_s, 7));
    }
    void badEnvelopesAreNamed()
    {
        QFETCH(std::function<void(QJsonObject &)>, bend);
        QFETCH(QString, expected);

        QCOMPARE(reason(bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s, bend)),
                 expected);
    }

    void badPlaintextsAreNamed_data()
    {
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &expected, const Attacker::Bend &bend) {
            QTest::newRow(name) << std::function(bend) << expected;
        };
        row("for another room", u"bad_room"_s, [](QJsonObject &o) { o["room_id"_L1] = "!other:one"_L1; });
        row("for no room", u"bad_room"_s, [](QJsonObject &o) { o.remove("room_id"_L1); });
        row("a state event inside", u"state_key"_s, [](QJsonObject &o) { o["state_key"_L1] = QString(); });
        row("encrypted again", u"nested"_s, [](QJsonObject &o) { o["type"_L1] = "m.room.encrypted"_L1; });
        row("no type", u"bad_plaintext"_s, [](QJsonObject &o) { o.remove("type"_L1); });
        row("type is a number", u"bad_plaintext"_s, [](QJsonObject &o) { o["type"_L1] = 3; });
        row("no content", u"bad_plaintext"_s, [](QJsonObject &o) { o.remove("content"_L1); });
        row("content is a list", u"bad_plaintext"_s, [](QJsonObject &o) { o["content"_L1] = QJsonArray(); });
    }
    void badPlaintextsAreNamed()
    {
        QFETCH(std::function<void(QJsonObject &)>, bend);
        QFETCH(QString, expected);
        QJsonObject inside = Attacker::roomMessage(room, u"hi"_s);
        bend(inside);

        QCOMPARE(reason(bob->roomEvent(*megolm, inside, u"$1"_s)), expected);
    }

    void theInsideCannotPassForTheEnvelope()
    {
        QJsonObject inside = Attacker::roomMessage(room, u"hi"_s);
        inside["event_id"_L1] = "$forged"_L1;
        inside["sender"_L1] = "@carol:two"_L1;
        inside["origin_server_ts"_L1] = 5;
        inside["redacts"_L1] = "$x"_L1;
        inside["unsigned"_L1] = QJsonObject{{"age"_L1, 1}};

        const DecryptionResult result = alice->decrypt(room, bob->roomEvent(*megolm, inside, u"$1"_s));

        QCOMPARE(std::get<DecryptedEvent>(result).content, R"({"body":"hi"})");
        const auto claimed = alice->store.replays(room, megolm->id(), 0);
        QCOMPARE(*claimed,
                 (QList<ReplayRecord>{{{room, megolm->id(), bob->account.curveKey()},
                                       UserId(bob->user),
                                       0,
                                       EventId(u"$1"_s),
                                       1000}}));
    }

    void theSameIndexInAnotherEventIsAReplay()
    {
        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);
        QJsonObject otherId = FakeKeyServer::parse(event);
        otherId["event_id"_L1] = "$2"_L1;
        QJsonObject otherTime = FakeKeyServer::parse(event);
        otherTime["origin_server_ts"_L1] = 2000;

        QCOMPARE(reason(event), u"readable"_s);
        QCOMPARE(reason(event), u"readable"_s); // fetched again
        QCOMPARE(reason(FakeKeyServer::text(otherId)), u"replay"_s);
        QCOMPARE(reason(FakeKeyServer::text(otherTime)), u"replay"_s);
        alice->start();
        QCOMPARE(reason(event), u"readable"_s);
        QCOMPARE(reason(FakeKeyServer::text(otherId)), u"replay"_s);
    }

    void aReplayWithinOneBatchIsSeen()
    {
        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);
        QJsonObject copy = FakeKeyServer::parse(event);
        copy["event_id"_L1] = "$2"_L1;

        const auto results = *alice->machine->decrypt(room, {event, FakeKeyServer::text(copy), "{}", event});

        QCOMPARE(results.size(), 4);
        QVERIFY(std::holds_alternative<DecryptedEvent>(results[0]));
        QCOMPARE(std::get<Undecryptable>(results[1]).reason, Undecryptable::Reason::Replay);
        QCOMPARE(std::get<Undecryptable>(results[2]).reason, Undecryptable::Reason::Malformed);
        QVERIFY(std::holds_alternative<DecryptedEvent>(results[3]));
    }

    void anEventFromAnotherRoomIsNotReadHere()
    {
        const RoomId other(u"!other:one"_s);
        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);

        QCOMPARE(alice->read(other, event), u"[missing_session]"_s);
        // Even with the key of the session given for the other room, too.
        alice->receive(toDevice({bob->message(*alice, u"m.room_key"_s, Attacker::roomKey(other, *megolm))}));
        auto second = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$2"_s);
        QCOMPARE(alice->read(other, second), u"[bad_room]"_s);
        QCOMPARE(alice->read(room, second), u"hi"_s); // the failed attempt did not use up the index
    }

    void relationsInClearAreTakenOverWhereTheInsideHasNone()
    {
        const QJsonObject outer{{"rel_type"_L1, "m.thread"_L1}, {"event_id"_L1, "$outer"_L1}};
        const QJsonObject inner{{"rel_type"_L1, "m.thread"_L1}, {"event_id"_L1, "$inner"_L1}};
        QJsonObject with = Attacker::roomMessage(room, u"hi"_s);
        with["content"_L1] = QJsonObject{{"body"_L1, "hi"_L1}, {"m.relates_to"_L1, inner}};
        QJsonObject empty = Attacker::roomMessage(room, u"hi"_s);
        empty["content"_L1] = QJsonObject();
        const auto relation = [&](const QJsonObject &inside, const QString &id) {
            const DecryptionResult result =
                alice->decrypt(room, bob->roomEvent(*megolm, inside, id, content(u"m.relates_to"_s, outer)));
            return FakeKeyServer::parse(std::get<DecryptedEvent>(result).content)["m.relates_to"_L1]
                .toObject()["event_id"_L1]
                .toString();
        };

        QCOMPARE(relation(Attacker::roomMessage(room, u"hi"_s), u"$1"_s), u"$outer"_s);
        QCOMPARE(relation(empty, u"$2"_s), u"$outer"_s);
        QCOMPARE(relation(with, u"$3"_s), u"$inner"_s);
    }

    void aRelationOfOursIsInClearAndInside()
    {
        alice->encryptRoom(room);
        QVERIFY(alice->prepare(room, alice->with({})));
        const auto event = alice->machine->encrypt(
            room, u"m.room.message"_s,
            R"({"body":"bonjour","m.relates_to":{"rel_type":"m.thread","event_id":"$t"}})", {});

        QVERIFY(event);
        QCOMPARE(FakeKeyServer::parse(*event)["m.relates_to"_L1].toObject()["event_id"_L1].toString(),
                 u"$t"_s);
        QVERIFY(!event->contains("bonjour"));
        const DecryptionResult result = alice->decrypt(room, alice->roomEvent(room, *event));
        QVERIFY(std::get<DecryptedEvent>(result).content.contains("$t"));
    }

    void whatCannotBeSentIsRefusedBeforeTheRatchetMoves()
    {
        alice->encryptRoom(room);
        QVERIFY(alice->prepare(room, alice->with({})));
        const auto before = alice->store.tables.outbound;
        const auto code = [&](const QByteArray &text) {
            const auto result = alice->machine->encrypt(room, u"m.room.message"_s, text, {});
            return result ? u"sent"_s : result.error().code;
        };

        QCOMPARE(code("{\"body\":\"" + QByteArray(45'000, 'x') + "\"}"), u"PARVIS_MESSAGE_TOO_LARGE"_s);
        QCOMPARE(code("[]"), u"PARVIS_BAD_CONTENT"_s);
        QCOMPARE(code("{\"a\":tru}"), u"PARVIS_BAD_CONTENT"_s);
        QVERIFY(alice->store.tables.outbound == before);
        const auto largest = alice->machine->encrypt(room, u"m.room.message"_s,
                                                     "{\"body\":\"" + QByteArray(44'800, 'x') + "\"}", {});
        QVERIFY(largest && largest->size() < 62'000);
    }

    void anUnknownOwnerIsShownAndIdentifiedLater()
    {
        Attacker carol(*server, u"@carol:two"_s, u"C"_s);
        auto hers = *MegolmOutbound::create();
        alice->receive(toDevice({carol.message(*alice, u"m.room_key"_s, Attacker::roomKey(room, hers),
                                               [](QJsonObject &o) { o.remove("sender_device_keys"_L1); })}));
        const QByteArray event = carol.roomEvent(hers, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);
        const auto shield = [&] { return std::get<DecryptedEvent>(alice->decrypt(room, event)).shield; };

        QJsonObject spoofed = FakeKeyServer::parse(event);
        spoofed["sender"_L1] = bob->user;
        QCOMPARE(shield().colour, Shield::Colour::Red);
        QCOMPARE(shield().reason, Shield::Reason::UnknownDevice);
        // Nobody knows carol's device, but it said whom it speaks for.
        QCOMPARE(reason(FakeKeyServer::text(spoofed)), u"mismatched_sender"_s);
        carol.publish();
        QVERIFY(alice->machine->trackUsers({UserId(carol.user)}));
        alice->flush();

        QCOMPARE(shield().reason, Shield::Reason::UnsignedDevice); // known, and signed by nobody
        QCOMPARE(reason(FakeKeyServer::text(spoofed)), u"mismatched_sender"_s);
    }

    void aDeviceWithOtherKeysDoesNotOwnTheSession()
    {
        // mallory publishes bob's Curve25519 key as his own, to be named as the author.
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        mallory.publish([&](QJsonObject &o) {
            QJsonObject keys = o["keys"_L1].toObject();
            keys["curve25519:M"_L1] = bob->account.curveKey().toString();
            o["keys"_L1] = keys;
        });
        QVERIFY(alice->machine->trackUsers({UserId(mallory.user)}));
        alice->flush();
        auto &record = alice->store.tables.inbound[{room, megolm->id(), bob->account.curveKey()}];
        record.sender = {};
        record.senderDevice = {};
        record.trust = SenderTrust::Unknown;

        const DecryptionResult result =
            alice->decrypt(room, mallory.roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s));

        QCOMPARE(std::get<DecryptedEvent>(result).shield.colour, Shield::Colour::Red);
        QVERIFY(std::get<DecryptedEvent>(result).senderDevice.isEmpty());
        QCOMPARE((alice->store.tables.inbound[{room, megolm->id(), bob->account.curveKey()}].trust),
                 SenderTrust::OwnerCheckFailed);
    }

    void importedKeysAreGrey()
    {
        alice->store.tables.inbound[{room, megolm->id(), bob->account.curveKey()}].imported = true;
        const DecryptionResult result =
            alice->decrypt(room, bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s));

        QCOMPARE(std::get<DecryptedEvent>(result).shield,
                 (Shield{Shield::Colour::Grey, Shield::Reason::Unauthenticated}));
    }
};

QTEST_GUILESS_MAIN(RoomReadingTest)
#include "tst_room_reading.moc"
