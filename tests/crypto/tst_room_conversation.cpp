// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "peer.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// Two and three devices that write to each other through the fake server.
class RoomConversationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsReadByTheOther()
    {
        FakeKeyServer server;
        FakeClock clock;
        Peer alice(server, clock, u"@alice:one"_s, u"A"_s);
        Peer bob(server, clock, u"@bob:two"_s, u"B"_s);
        const RoomId room(u"!r:one"_s);
        alice.flush();
        bob.flush();
        alice.encryptRoom(room);
        bob.encryptRoom(room);

        const QByteArray event = alice.say(room, alice.with({&bob}), u"bonjour"_s);
        QVERIFY(!event.isEmpty());
        bob.sync();

        QCOMPARE(bob.read(room, event), u"bonjour"_s);
        QCOMPARE(alice.read(room, event), u"bonjour"_s);
        const QByteArray answer = bob.say(room, bob.with({&alice}), u"salut"_s);
        alice.sync();
        QCOMPARE(alice.read(room, answer), u"salut"_s);
    }
};

QTEST_GUILESS_MAIN(RoomConversationTest)
#include "tst_room_conversation.moc"
