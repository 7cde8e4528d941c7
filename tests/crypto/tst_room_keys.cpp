// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/megolm_inbound.h"
#include "crypto/room_key_receiver_p.h"

#include "attacker.h"
#include "ratchets.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// Which room keys are taken in, and what happens to two keys of one session.
class RoomKeysTest : public QObject, private Ratchets
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> bob;
    std::unique_ptr<Attacker> mallory;

    void receiveKey(Attacker &from, const QJsonObject &content)
    {
        alice->receive(toDevice({from.message(*alice, u"m.room_key"_s, content)}));
    }
    [[nodiscard]] InboundSessionRecord stored(const MegolmOutbound &megolm) const
    {
        return alice->store.tables.inbound[{room, megolm.id(), bob->account.curveKey()}];
    }
    /// A record as an import or a message would make it.
    [[nodiscard]] InboundSessionRecord record(const MegolmInbound &megolm, bool imported,
                                              SenderTrust trust) const
    {
        return {.room = room,
                .session = megolm.id(),
                .pickle = *megolm.pickle(pickleKey()),
                .senderKey = bob->account.curveKey(),
                .claimedKey = bob->account.signingKey(),
                .trust = trust,
                .imported = imported,
                .firstKnownIndex = megolm.firstKnownIndex(),
                .backupVersion = u"7"_s};
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        alice->flush();
        bob = std::make_unique<Attacker>(*server, u"@bob:two"_s, u"B"_s);
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
        bob->publish();
        mallory->publish();
        QVERIFY(alice->machine->trackUsers({UserId(bob->user), UserId(mallory->user)}));
        alice->flush();
    }

    void aKeyIsStoredWithItsOwner()
    {
        const auto megolm = MegolmOutbound::create();

        receiveKey(*bob, Attacker::roomKey(room, *megolm));

        QCOMPARE(alice->roomKeys, (QList<RoomKeyNews>{{room, megolm->id()}}));
        const InboundSessionRecord record = stored(*megolm);
        QCOMPARE(record.sender, UserId(bob->user));
        QCOMPARE(record.senderDevice, DeviceId(bob->device));
        QCOMPARE(record.senderKey, bob->account.curveKey());
        QCOMPARE(record.claimedKey, bob->account.signingKey());
        QCOMPARE(record.trust, SenderTrust::DeviceKnown);
        QVERIFY(!record.imported);
    }

    void badKeysAreRefused_data()
    {
        QTest::addColumn<std::function<void(QJsonObject &)>>("bend");
        const auto row = [](const char *name, const Attacker::Bend &bend) {
            QTest::newRow(name) << std::function(bend);
        };
        row("another algorithm", [](QJsonObject &o) { o["algorithm"_L1] = "m.megolm.v2"_L1; });
        row("no room", [](QJsonObject &o) { o.remove("room_id"_L1); });
        row("room is a list", [](QJsonObject &o) { o["room_id"_L1] = QJsonArray{"!r:one"_L1}; });
        row("an endless room id", [](QJsonObject &o) { o["room_id"_L1] = QString(5000, u'x'); });
        row("another session's id",
            [](QJsonObject &o) { o["session_id"_L1] = MegolmOutbound::create()->id().toString(); });
        row("no session id", [](QJsonObject &o) { o.remove("session_id"_L1); });
        row("no key", [](QJsonObject &o) { o.remove("session_key"_L1); });
        row("a broken key", [](QJsonObject &o) {
            QString key = o["session_key"_L1].toString();
            key[20] = key[20] == u'A' ? u'B' : u'A';
            o["session_key"_L1] = key;
        });
        row("an export instead of a signed key", [](QJsonObject &o) {
            const auto inbound = MegolmInbound::fromSessionKey(o["session_key"_L1].toString().toLatin1());
            o["session_key"_L1] = QString::fromLatin1(inbound->exportAt(0)->view().toByteArray());
        });
        row("a huge key", [](QJsonObject &o) { o["session_key"_L1] = QString(5000, u'A'); });
    }
    void badKeysAreRefused()
    {
        QFETCH(std::function<void(QJsonObject &)>, bend);
        QJsonObject content = Attacker::roomKey(room, *MegolmOutbound::create());
        bend(content);

        receiveKey(*bob, content);

        QVERIFY(alice->store.tables.inbound.empty());
        QVERIFY(alice->roomKeys.isEmpty());
        QVERIFY(alice->noted(CryptoNote::Kind::RoomKeyRejected));
    }

    void anotherSendersKeyForAKnownSessionTakesNothingOver()
    {
        const auto megolm = MegolmOutbound::create();
        receiveKey(*bob, Attacker::roomKey(room, *megolm));
        const InboundSessionRecord before = stored(*megolm);

        receiveKey(*mallory, Attacker::roomKey(room, *megolm)); // whom bob gave the key

        QVERIFY(stored(*megolm) == before);
    }

    void theSenderOfAnEventSaysWhoseCopyReadsIt()
    {
        auto megolm = MegolmOutbound::create();
        receiveKey(*mallory, Attacker::roomKey(room, *megolm)); // to a device that bob has not heard of yet
        const QByteArray early = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"no"_s), u"$0"_s);
        QCOMPARE(alice->read(room, early), u"[mismatched_sender]"_s);
        receiveKey(*bob, Attacker::roomKey(room, *megolm));

        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);

        QCOMPARE(alice->roomKeys, QList<RoomKeyNews>(2, {room, megolm->id()}));
        QCOMPARE(alice->read(room, event), u"hi"_s);
        alice->start();
        QCOMPARE(alice->read(room, event), u"hi"_s);
    }

    void aCopyInAnothersNameTakesNoIndexAway()
    {
        auto megolm = MegolmOutbound::create();
        const QJsonObject key = Attacker::roomKey(room, *megolm);
        receiveKey(*mallory, key);
        receiveKey(*bob, key);
        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);
        QJsonObject copy = FakeKeyServer::parse(event);
        copy["sender"_L1] = mallory->user;
        copy["event_id"_L1] = "$2"_L1;

        (void)alice->read(room, FakeKeyServer::text(copy));

        QCOMPARE(alice->read(room, event), u"hi"_s);
        copy["sender"_L1] = bob->user;
        QCOMPARE(alice->read(room, FakeKeyServer::text(copy)), u"[replay]"_s);
    }

    void oneUserHasFewCopiesOfASession()
    {
        const auto megolm = MegolmOutbound::create();
        for (int i = 0; i < 6; ++i) {
            Attacker unknown(*server, bob->user, u"X%1"_s.arg(i));
            alice->receive(
                toDevice({unknown.message(*alice, u"m.room_key"_s, Attacker::roomKey(room, *megolm),
                                          [](QJsonObject &o) { o.remove("sender_device_keys"_L1); })}));
        }
        QCOMPARE(alice->store.tables.inbound.size(), 4U);

        receiveKey(*bob, Attacker::roomKey(room, *megolm));

        QCOMPARE(alice->store.tables.inbound.size(), 4U);
        QCOMPARE(stored(*megolm).trust, SenderTrust::DeviceKnown);
    }

    void ourOwnSessionCannotBeTakenOver()
    {
        alice->encryptRoom(room);
        bob->publishOneTimeKeys(2);
        const QByteArray event =
            alice->say(room, RoomMembers{.joined = {UserId(bob->user)}, .invited = {}}, u"mine"_s);
        const auto before = alice->store.tables.inbound;
        QCOMPARE(before.size(), 1U);
        const InboundSessionRecord ours = before.begin()->second;
        const auto inbound = MegolmInbound::fromPickle(ours.pickle, pickleKey());

        receiveKey(*mallory,
                   {{"algorithm"_L1, QLatin1String(megolmAlgorithm)},
                    {"room_id"_L1, room.toString()},
                    {"session_id"_L1, ours.session.toString()},
                    {"session_key"_L1, QString::fromLatin1(inbound->exportAt(0)->view().toByteArray())}});

        QVERIFY(alice->store.tables.inbound == before);
        QCOMPARE(alice->read(room, event), u"mine"_s);
    }

    void theEarlierKeyIsKept()
    {
        auto megolm = MegolmOutbound::create();
        const QJsonObject early = Attacker::roomKey(room, *megolm);
        QVERIFY(megolm->encrypt("x"));
        const QJsonObject late = Attacker::roomKey(room, *megolm);

        receiveKey(*bob, late);
        QCOMPARE(stored(*megolm).firstKnownIndex, 1U);
        receiveKey(*bob, early);
        QCOMPARE(stored(*megolm).firstKnownIndex, 0U);
        receiveKey(*bob, late);

        QCOMPARE(stored(*megolm).firstKnownIndex, 0U);
        QCOMPARE(alice->roomKeys.size(), 2); // the third brought nothing
    }

    void mergingKeepsTheLongerRatchetAndTheHigherTrust()
    {
        auto megolm = MegolmOutbound::create();
        const MegolmInbound early = reader(*megolm);
        QVERIFY(megolm->encrypt("x"));
        const MegolmInbound late = reader(*megolm);

        // From a backup, reaching further back than what came over Olm: readable, and no more trusted than
        // before.
        auto merged = mergeSessions(record(late, false, SenderTrust::DeviceKnown),
                                    record(early, true, SenderTrust::Unknown), pickleKey());
        QVERIFY(merged);
        QCOMPARE(merged->firstKnownIndex, 0U);
        QCOMPARE(merged->trust, SenderTrust::DeviceKnown);
        QVERIFY(merged->backupVersion.isEmpty()); // the better ratchet is in no backup yet

        // Over Olm, but shorter than the import: the import's ratchet, now with an owner.
        merged = mergeSessions(record(early, true, SenderTrust::Unknown),
                               record(late, false, SenderTrust::DeviceKnown), pickleKey());
        QVERIFY(merged);
        QCOMPARE(merged->firstKnownIndex, 0U);
        QCOMPARE(merged->trust, SenderTrust::DeviceKnown);
        QVERIFY(!merged->imported);
        QCOMPARE(merged->backupVersion, u"7"_s);

        // Nothing better about it in any way.
        QVERIFY(!mergeSessions(record(early, false, SenderTrust::DeviceKnown),
                               record(late, true, SenderTrust::Unknown), pickleKey()));
        QVERIFY(!mergeSessions(record(early, false, SenderTrust::DeviceKnown),
                               record(early, false, SenderTrust::DeviceKnown), pickleKey()));
    }

    void aStrangersRatchetUnderTheSameNameIsNotMerged()
    {
        const auto megolm = MegolmOutbound::create();
        const MegolmInbound real = reader(*megolm);
        const MegolmInbound forged = forgedLike(real);
        QCOMPARE(forged.id(), real.id());

        QVERIFY(!mergeSessions(record(real, false, SenderTrust::DeviceKnown),
                               record(forged, true, SenderTrust::Unknown), pickleKey()));
        // But a forged import cannot keep the real key out.
        const auto merged = mergeSessions(record(forged, true, SenderTrust::Unknown),
                                          record(real, false, SenderTrust::DeviceKnown), pickleKey());
        QVERIFY(merged);
        QCOMPARE(merged->pickle.isEmpty(), false);
        QCOMPARE(MegolmInbound::fromPickle(merged->pickle, pickleKey())->compare(real),
                 MegolmInbound::Comparison::Equal);
    }

    void sharedHistoryHasThreeNames_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("shared");
        QTest::newRow("specification") << QByteArray(R"({"shared_history":true})") << true;
        QTest::newRow("Element") << QByteArray(R"({"m.shared_history":true})") << true;
        QTest::newRow("unstable") << QByteArray(R"({"org.matrix.msc3061.shared_history":true})") << true;
        QTest::newRow("one of them") << QByteArray(R"({"shared_history":false,"m.shared_history":true})")
                                     << true;
        QTest::newRow("no") << QByteArray(R"({"shared_history":false})") << false;
        QTest::newRow("text") << QByteArray(R"({"shared_history":"true"})") << false;
        QTest::newRow("absent") << QByteArray("{}") << false;
    }
    void sharedHistoryHasThreeNames()
    {
        QFETCH(QByteArray, json);
        QTEST(readSharedHistory(*RawObject::parse(json)), "shared");
    }

    void keysForRoomsThatWeDoNotKnowAreFew()
    {
        alice->encryptRoom(room);
        const auto ours = MegolmOutbound::create();
        receiveKey(*bob, Attacker::roomKey(room, *ours));
        const auto other = MegolmOutbound::create();
        receiveKey(*mallory, Attacker::roomKey(RoomId(u"!other:one"_s), *other));
        std::optional<MegolmOutbound> last;
        QList<QByteArray> flood;
        for (int i = 0; i < 150; ++i) {
            clock.advance(1);
            last = std::move(*MegolmOutbound::create());
            const QJsonObject key = Attacker::roomKey(RoomId(u"!x%1:one"_s.arg(i)), *last);
            flood.append(bob->message(*alice, u"m.room_key"_s, key));
            if (flood.size() == 60)
                alice->receive(toDevice(std::exchange(flood, {})));
        }
        alice->receive(toDevice(flood));

        const auto &kept = alice->store.tables.inbound;
        QCOMPARE(kept.size(), 102U); // a hundred of bob's, and the two that are no part of the flood
        const auto has = [&](const RoomId &in, const MegolmOutbound &session, const Attacker &from) {
            return kept.contains({in, session.id(), from.account.curveKey()});
        };
        QVERIFY(has(room, *ours, *bob));
        QVERIFY(has(RoomId(u"!other:one"_s), *other, *mallory));
        QVERIFY(has(RoomId(u"!x149:one"_s), *last, *bob)); // the oldest went
    }

    void hintsAreFewAndGrowOld()
    {
        const auto hint = [&](const RoomId &about, int number) {
            const QJsonObject content{{"algorithm"_L1, QLatin1String(megolmAlgorithm)},
                                      {"room_id"_L1, about.toString()},
                                      {"session_id"_L1, u"s%1"_s.arg(number)},
                                      {"code"_L1, "m.unverified"_L1}};
            return FakeKeyServer::event(mallory->user, u"m.room_key.withheld"_s, content);
        };
        alice->encryptRoom(room);

        for (int i = 0; i < 150; i += 2)
            alice->receive(toDevice({hint(room, i), hint(room, i + 1)}));
        QCOMPARE(alice->store.tables.withheld.size(), 100U);
        clock.advance(31 * 24 * 3'600'000LL);
        alice->receive(toDevice({hint(room, 1000)}));
        alice->receive(toDevice({hint(room, 1001)}));

        QCOMPARE(alice->store.tables.withheld.size(), 2U);
    }

    void itIsToldWhichKeysAreWithheld()
    {
        alice->encryptRoom(room);
        const auto sync = [&](const RoomId &about) {
            const QJsonObject content{{"algorithm"_L1, QLatin1String(megolmAlgorithm)},
                                      {"room_id"_L1, about.toString()},
                                      {"session_id"_L1, u"S"_s},
                                      {"code"_L1, "m.unverified"_L1}};
            return alice->machine->receiveSync(
                toDevice({FakeKeyServer::event(bob->user, u"m.room_key.withheld"_s, content)}));
        };

        QCOMPARE(sync(room)->withheld, (QList<RoomKeyNews>{{room, SessionId(u"S"_s)}}));
        // Of a room that comes later, too.
        const RoomId unknown(u"!unknown:one"_s);
        QCOMPARE(sync(unknown)->withheld, (QList<RoomKeyNews>{{unknown, SessionId(u"S"_s)}}));
    }

    void withheldIsAHintAndNothingElse()
    {
        alice->encryptRoom(room);
        auto megolm = MegolmOutbound::create();
        const QByteArray event = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$1"_s);
        const QJsonObject withheld{{"algorithm"_L1, QLatin1String(megolmAlgorithm)},
                                   {"room_id"_L1, room.toString()},
                                   {"session_id"_L1, megolm->id().toString()},
                                   {"code"_L1, "m.unverified"_L1}};

        alice->receive(toDevice({FakeKeyServer::event(mallory->user, u"m.room_key.withheld"_s, withheld)}));
        const DecryptionResult before = alice->decrypt(room, event);
        receiveKey(*bob, Attacker::roomKey(room, *megolm));

        QCOMPARE(std::get<Undecryptable>(before).reason, Undecryptable::Reason::MissingSession);
        QCOMPARE(std::get<Undecryptable>(before).withheldCode, u"m.unverified"_s);
        // The key that bob sent after that first message reads from the next index on; ask for that one.
        const QByteArray next = bob->roomEvent(*megolm, Attacker::roomMessage(room, u"hi"_s), u"$2"_s);
        QCOMPARE(alice->read(room, next), u"hi"_s);
        QVERIFY(alice->received.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RoomKeysTest)
#include "tst_room_keys.moc"
