// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_session_table_p.h"

#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3'600'000;

QJsonObject set(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object[name] = value;
    return object;
}

} // namespace

/// What may reach us over Olm and what may not, check by check.
class OlmMessagesTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> mallory;
    std::unique_ptr<Attacker> bob; ///< whom mallory would like to be

    void follow(const QString &user)
    {
        QVERIFY(alice->machine->trackUsers({UserId(user)}));
        alice->flush();
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        alice->flush();
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
        mallory->publish();
        bob = std::make_unique<Attacker>(*server, u"@bob:two"_s, u"B"_s);
        bob->publish();
        follow(u"@mallory:two"_s);
        follow(u"@bob:two"_s);
    }

    void anHonestMessageIsHandedOn()
    {
        alice->receive(toDevice({mallory->message(*alice, u"org.example.x"_s, {{"k"_L1, "v"_L1}})}));

        QCOMPARE(alice->received.size(), 1);
        const ReceivedToDevice event = alice->received.first();
        QCOMPARE(event.sender, UserId(u"@mallory:two"_s));
        QCOMPARE(event.senderDevice, DeviceId(u"M"_s));
        QCOMPARE(event.senderKey, mallory->account.curveKey());
        QCOMPARE(event.senderSigningKey, mallory->account.signingKey());
        QCOMPARE(event.content, R"({"k":"v"})");
        QVERIFY(event.encrypted);
    }

    void badPlaintextsAreRefused_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        const auto row = [](const char *name, const QString &check, const Attacker::Bend &bend) {
            QTest::newRow(name) << u"PARVIS_OLM_"_s + check << std::function(bend);
        };
        row("another sender", u"SENDER"_s, [](QJsonObject &o) { o["sender"_L1] = "@bob:two"_L1; });
        row("no sender", u"SENDER"_s, [](QJsonObject &o) { o.remove("sender"_L1); });
        row("another recipient", u"RECIPIENT"_s, [](QJsonObject &o) { o["recipient"_L1] = "@bob:two"_L1; });
        row("no recipient", u"RECIPIENT"_s, [](QJsonObject &o) { o.remove("recipient"_L1); });
        row("another recipient key", u"RECIPIENT_KEY"_s, [this](QJsonObject &o) {
            o["recipient_keys"_L1] = QJsonObject{{"ed25519"_L1, bob->account.signingKey().toString()}};
        });
        row("no recipient key", u"RECIPIENT_KEY"_s, [](QJsonObject &o) { o.remove("recipient_keys"_L1); });
        row("no signing key", u"SENDER_KEY"_s, [](QJsonObject &o) { o.remove("keys"_L1); });
        row("another's signing key", u"DEVICE_KEYS_MISMATCH"_s, [this](QJsonObject &o) {
            o["keys"_L1] = QJsonObject{{"ed25519"_L1, bob->account.signingKey().toString()}};
        });
        row("another's signing key, no device keys", u"SIGNING_KEY"_s, [this](QJsonObject &o) {
            o["keys"_L1] = QJsonObject{{"ed25519"_L1, bob->account.signingKey().toString()}};
            o.remove("sender_device_keys"_L1);
        });
        row("another user's valid device keys", u"DEVICE_KEYS_USER"_s,
            [this](QJsonObject &o) { o["sender_device_keys"_L1] = bob->keys(); });
        row("device keys with a broken signature", u"DEVICE_KEYS"_s,
            [this](QJsonObject &o) { o["sender_device_keys"_L1] = set(mallory->keys(), u"x"_s, 1); });
        row("device keys of another device of the user", u"DEVICE_KEYS_MISMATCH"_s, [this](QJsonObject &o) {
            o["sender_device_keys"_L1] = Attacker(*server, mallory->user, u"M2"_s).keys();
        });
        row("device keys that are a number", u"DEVICE_KEYS_USER"_s,
            [](QJsonObject &o) { o["sender_device_keys"_L1] = 5; });
        row("a dehydrated device", u"DEHYDRATED"_s, [this](QJsonObject &o) {
            o["sender_device_keys"_L1] = mallory->keys([](QJsonObject &k) { k["dehydrated"_L1] = true; });
        });
        row("no type", u"PLAINTEXT"_s, [](QJsonObject &o) { o.remove("type"_L1); });
        row("no content", u"PLAINTEXT"_s, [](QJsonObject &o) { o.remove("content"_L1); });
        row("content that is a list", u"PLAINTEXT"_s,
            [](QJsonObject &o) { o["content"_L1] = QJsonArray{1}; });
        row("encrypted again", u"UNWANTED"_s, [](QJsonObject &o) { o["type"_L1] = "m.room.encrypted"_L1; });
        row("a forwarded key that nobody asked for", u"UNWANTED"_s,
            [](QJsonObject &o) { o["type"_L1] = "m.forwarded_room_key"_L1; });
        row("a key bundle without device keys", u"UNWANTED"_s, [](QJsonObject &o) {
            o["type"_L1] = "m.room_key_bundle"_L1;
            o.remove("sender_device_keys"_L1);
        });
    }
    void badPlaintextsAreRefused()
    {
        QFETCH(QString, check);
        QFETCH(std::function<void(QJsonObject &)>, bend);
        const QByteArray event = mallory->message(*alice, u"org.example.x"_s, {}, bend);

        alice->receive(toDevice({event}));

        QVERIFY(alice->received.isEmpty());
        QVERIFY2(alice->noted(CryptoNote::Kind::ToDeviceRejected, check),
                 alice->notes.isEmpty() ? "no note" : qPrintable(alice->notes.last().detail));
        // The ratchet went on all the same: the next honest message arrives.
        alice->receive(toDevice({mallory->message(*alice, u"org.example.y"_s, {})}));
        QCOMPARE(alice->received.size(), 1);
    }

    void anUnknownDeviceMaySendRoomKeysAlone()
    {
        Attacker unknown(*server, u"@mallory:two"_s, u"NEW"_s);
        const auto bare = [](QJsonObject &o) { o.remove("sender_device_keys"_L1); };
        const auto megolm = MegolmOutbound::create();

        alice->receive(toDevice({unknown.message(*alice, u"m.secret.send"_s, {}, bare)}));
        alice->receive(toDevice({unknown.message(*alice, u"m.room_key"_s,
                                                 Attacker::roomKey(RoomId(u"!r:one"_s), *megolm), bare)}));

        QVERIFY(alice->received.isEmpty());
        QVERIFY(alice->noted(CryptoNote::Kind::ToDeviceRejected, u"PARVIS_OLM_UNKNOWN_DEVICE"_s));
        QCOMPARE(alice->roomKeys.size(), 1);
        QCOMPARE(alice->store.tables.inbound.begin()->second.trust, SenderTrust::Unknown);
    }

    void badEnvelopesAreIgnored_data()
    {
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        const auto row = [](const char *name, const Attacker::Bend &bend) {
            QTest::newRow(name) << std::function(bend);
        };
        row("Megolm in a to-device message",
            [](QJsonObject &o) { o["algorithm"_L1] = QLatin1String(megolmAlgorithm); });
        row("no algorithm", [](QJsonObject &o) { o.remove("algorithm"_L1); });
        row("for somebody else", [](QJsonObject &o) {
            o["ciphertext"_L1] = QJsonObject{{"x"_L1, QJsonObject()}};
        });
        row("ciphertext is text", [](QJsonObject &o) { o["ciphertext"_L1] = "x"_L1; });
        row("no sender key", [](QJsonObject &o) { o.remove("sender_key"_L1); });
        row("a low-order sender key",
            [](QJsonObject &o) { o["sender_key"_L1] = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_L1; });
        row("another's sender key",
            [this](QJsonObject &o) { o["sender_key"_L1] = bob->account.curveKey().toString(); });
        const auto inner = [](QJsonObject &o, const QString &name, const QJsonValue &value) {
            QJsonObject ciphertext = o["ciphertext"_L1].toObject();
            const QString key = ciphertext.begin().key();
            ciphertext[key] = set(ciphertext[key].toObject(), name, value);
            o["ciphertext"_L1] = ciphertext;
        };
        row("type 2", [inner](QJsonObject &o) { inner(o, u"type"_s, 2); });
        row("type as text", [inner](QJsonObject &o) { inner(o, u"type"_s, u"0"_s); });
        row("the wrong type", [inner](QJsonObject &o) { inner(o, u"type"_s, 1); });
        row("empty body", [inner](QJsonObject &o) { inner(o, u"body"_s, QString()); });
        row("no base64", [inner](QJsonObject &o) { inner(o, u"body"_s, u"???"_s); });
        row("nothing but zeros", [inner](QJsonObject &o) { inner(o, u"body"_s, QString(200, u'A')); });
        row("a megabyte", [inner](QJsonObject &o) { inner(o, u"body"_s, QString(1'000'000, u'A')); });
    }
    void badEnvelopesAreIgnored()
    {
        QFETCH(std::function<void(QJsonObject &)>, bend);
        const auto sessions = alice->store.tables.olmSessions;

        alice->receive(toDevice({mallory->message(*alice, u"org.example.x"_s, {}, {}, bend)}));

        QVERIFY(alice->received.isEmpty());
        QVERIFY(alice->store.tables.olmSessions == sessions);
    }

    void brokenEventsAreIgnored_data()
    {
        QTest::addColumn<QByteArray>("event");
        for (const char *text : {"", "null", "[]", "{}", R"({"type":"m.room.encrypted"})",
                                 R"({"type":5,"sender":6,"content":7})",
                                 R"({"type":"m.room.encrypted","sender":"@a:b","content":[]})",
                                 R"({"type":"x","sender":"","content":{}})",
                                 R"({"type":"x","sender":"@a:b","content":{"a":tru}})"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("deep") << QByteArray(R"({"type":"x","sender":"@a:b","content":{"a":)")
                + QByteArray(5000, '[') + QByteArray(5000, ']') + "}}";
    }
    void brokenEventsAreIgnored()
    {
        QFETCH(QByteArray, event);

        alice->receive(toDevice({event}));

        QVERIFY(alice->received.isEmpty());
    }

    void anEventWithoutMeasureIsIgnored()
    {
        const QByteArray good = mallory->message(*alice, u"org.example.x"_s, {});
        QJsonObject event = QJsonDocument::fromJson(good).object();
        event["padding"_L1] = QString(300 * 1024, u'x'); // beside what is encrypted, which is as it should be

        alice->receive(toDevice({QJsonDocument(event).toJson()}));
        QVERIFY(alice->received.isEmpty());
        alice->receive(toDevice({good}));
        QCOMPARE(alice->received.size(), 1);
    }

    void secretsInClearAreIgnored_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("passes");
        for (const char *type : {"m.room_key", "m.forwarded_room_key", "m.secret.send", "m.secret.push",
                                 "io.element.msc4385.secret.push", "m.room_key_bundle"})
            QTest::newRow(type) << QString::fromLatin1(type) << false;
        // The machine's own business, and of somebody else's devices none at all.
        for (const char *type : {"m.room_key_request", "m.secret.request"})
            QTest::newRow(type) << QString::fromLatin1(type) << false;
        QTest::newRow("verification") << u"m.key.verification.request"_s << true;
    }
    void secretsInClearAreIgnored()
    {
        QFETCH(QString, type);
        QFETCH(bool, passes);
        const auto megolm = MegolmOutbound::create();

        alice->receive(toDevice({FakeKeyServer::event(u"@mallory:two"_s, type,
                                                      Attacker::roomKey(RoomId(u"!r:one"_s), *megolm))}));

        QCOMPARE(alice->received.size(), passes ? 1 : 0);
        QVERIFY(alice->roomKeys.isEmpty());
        QVERIFY(alice->store.tables.inbound.empty());
        if (passes)
            QVERIFY(!alice->received.first().encrypted);
    }

    void aReplayIsIgnoredSilentlyAlsoAfterARestart()
    {
        const QByteArray opening = mallory->message(*alice, u"org.example.1"_s, {});
        const QByteArray second = mallory->message(*alice, u"org.example.2"_s, {});
        alice->receive(toDevice({opening, second}));
        QCOMPARE(alice->received.size(), 2);
        const auto sessions = alice->store.tables.olmSessions;
        clock.advance(2 * hour);

        alice->start();
        alice->receive(toDevice({opening, second, opening}));

        QCOMPARE(alice->received.size(), 2);
        QVERIFY(alice->store.tables.olmSessions == sessions);
        QVERIFY(alice->machine->outgoing()->isEmpty()); // no new session is made because of it
    }

    void messagesThatOvertakeEachOtherAreRead()
    {
        QList<QByteArray> events;
        for (int i = 0; i < 30; ++i)
            events.append(mallory->message(*alice, u"org.example.%1"_s.arg(i), {}));
        std::reverse(events.begin(), events.end());

        alice->receive(toDevice(events));

        QCOMPARE(alice->received.size(), 30);
    }

    void aPeersOwnSessionsAloneAreBounded()
    {
        for (int i = 0; i < 15; ++i) {
            mallory->session.reset();
            alice->receive(toDevice({mallory->message(*alice, u"org.example.x"_s, {})}));
        }

        QCOMPARE(alice->received.size(), 15);
        QCOMPARE(alice->store.tables.olmSessions.size(), size_t(OlmSessionTable::maxPerPeer));
    }
};

QTEST_GUILESS_MAIN(OlmMessagesTest)
#include "tst_olm_messages.moc"
