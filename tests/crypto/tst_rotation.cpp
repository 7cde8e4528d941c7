// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/room_settings_p.h"

#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// When a room gets a new session and when it does not, and what an encryption event can do.
class RotationTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    std::unique_ptr<Peer> charlie;

    [[nodiscard]] std::unique_ptr<Peer> peer(const QString &user, const QString &device)
    {
        auto made = std::make_unique<Peer>(*server, clock, user, device);
        made->flush();
        made->encryptRoom(room);
        return made;
    }
    [[nodiscard]] QString said(const QList<Peer *> &others)
    {
        const QByteArray event = alice->say(room, alice->with(others), u"x"_s);
        return FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString();
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = peer(u"@alice:one"_s, u"A"_s);
        bob = peer(u"@bob:two"_s, u"B"_s);
        charlie = peer(u"@charlie:two"_s, u"C"_s);
    }

    void whatRotates_data()
    {
        using Act = std::function<void(RotationTest &)>;
        QTest::addColumn<Act>("act");
        QTest::addColumn<bool>("rotates");
        const auto row = [](const char *name, bool rotates, const Act &act) {
            QTest::newRow(name) << act << rotates;
        };
        const auto member = [](Membership change) {
            return [change](RotationTest &t) {
                QVERIFY(t.alice->machine->onMembershipChange(t.room, UserId(u"@x:y"_s), change));
            };
        };
        row("nothing", false, [](RotationTest &) {});
        row("a restart", false, [](RotationTest &t) { t.alice->start(); });
        row("someone joins", false, member(Membership::Join));
        row("someone is invited", false, member(Membership::Invite));
        row("someone knocks", false, member(Membership::Knock));
        row("someone leaves, even if he never had the key", true, member(Membership::Leave));
        row("someone is banned", true, member(Membership::Ban));
        row("we join again", true, [](RotationTest &t) {
            QVERIFY(t.alice->machine->onMembershipChange(t.room, t.alice->user(), Membership::Join));
        });
        row("the person asks for it, or the timeline has a gap", true,
            [](RotationTest &t) { QVERIFY(t.alice->machine->discardSession(t.room)); });
        row("the history visibility changes", true, [](RotationTest &t) {
            QVERIFY(t.alice->machine->setHistoryVisibility(t.room, HistoryVisibility::Invited));
        });
        row("a device of a member is blocked", true, [](RotationTest &t) {
            QVERIFY(t.alice->machine->setLocalTrust(t.bob->user(), t.bob->device(), LocalTrust::Blacklisted));
        });
        row("a device of a member is verified", false, [](RotationTest &t) {
            QVERIFY(t.alice->machine->setLocalTrust(t.bob->user(), t.bob->device(), LocalTrust::Verified));
        });
        row("a device of a member logs out", true, [](RotationTest &t) {
            t.server->logout(t.bob->address);
            t.alice->sync();
        });
        row("a member has a new device", false, [](RotationTest &t) {
            (void)t.peer(u"@bob:two"_s, u"B2"_s);
            t.alice->sync();
        });
        row("99 more messages", false, [](RotationTest &t) {
            for (int i = 0; i < 98; ++i)
                (void)t.said({t.bob.get()});
        });
        row("100 messages", true, [](RotationTest &t) {
            for (int i = 0; i < 99; ++i)
                (void)t.said({t.bob.get()});
        });
        row("almost a week", false, [](RotationTest &t) { t.clock.advance(604'800'000 - 1); });
        row("a week", true, [](RotationTest &t) { t.clock.advance(604'800'000); });
        row("a clock that was set back", true, [](RotationTest &t) { t.clock.advance(-1); });
        row("stricter rotation by time", true, [](RotationTest &t) {
            QVERIFY(t.alice->machine->setRoomEncryption(
                t.room, R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":3600000})"));
            t.clock.advance(3'600'000);
        });
        row("stricter rotation by count", true, [](RotationTest &t) {
            QVERIFY(t.alice->machine->setRoomEncryption(
                t.room, R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_msgs":1})"));
        });
    }
    void whatRotates()
    {
        QFETCH(std::function<void(RotationTest &)>, act);
        QFETCH(bool, rotates);
        const QString before = said({bob.get()});
        QVERIFY(!before.isEmpty());

        act(*this);

        const QString after = said({bob.get()});
        QVERIFY(!after.isEmpty());
        QCOMPARE(after != before, rotates);
    }

    void whoIsMissingFromTheListRotatesToo()
    {
        const QString before = said({bob.get(), charlie.get()});
        QVERIFY(said({bob.get()}) != before); // even if nobody told us of the leaving
    }

    void leavingBetweenShareAndSendRotates()
    {
        const RoomMembers both = alice->with({bob.get(), charlie.get()});
        QVERIFY(alice->prepare(room, both));
        QVERIFY(alice->machine->onMembershipChange(room, charlie->user(), Membership::Leave));

        const auto refused = alice->machine->encrypt(room, u"m.room.message"_s, "{}", {});
        QVERIFY(!refused);
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"without charlie"_s);
        bob->sync();
        charlie->sync();

        QCOMPARE(bob->read(room, event), u"without charlie"_s);
        QCOMPARE(charlie->read(room, event), u"[missing_session]"_s);
    }

    void whoComesBackCannotReadWhatWasSaidMeanwhile()
    {
        const QByteArray before = alice->say(room, alice->with({bob.get()}), u"1"_s);
        QVERIFY(alice->machine->onMembershipChange(room, bob->user(), Membership::Leave));
        const QByteArray meanwhile = alice->say(room, alice->with({charlie.get()}), u"2"_s);
        QVERIFY(alice->machine->onMembershipChange(room, bob->user(), Membership::Join));
        const QByteArray after = alice->say(room, alice->with({bob.get(), charlie.get()}), u"3"_s);
        bob->sync();

        QCOMPARE(bob->read(room, before), u"1"_s);
        QVERIFY(bob->read(room, meanwhile).startsWith(u'['));
        QCOMPARE(bob->read(room, after), u"3"_s);
    }

    void encryptionEvents_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("supported");
        QTest::addColumn<qint64>("period");
        QTest::addColumn<qint64>("messages");
        const qint64 week = 604'800'000;
        const auto row = [&](const char *content, bool supported, qint64 period, qint64 messages) {
            QTest::newRow(content) << QByteArray(content) << supported << period << messages;
        };
        row(R"({"algorithm":"m.megolm.v1.aes-sha2"})", true, week, 100);
        row(R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":0,"rotation_period_msgs":0})", true,
            3'600'000, 1);
        row(R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":-5,"rotation_period_msgs":-1})", true,
            3'600'000, 1);
        row(R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":1e300,"rotation_period_msgs":9007199254740992})",
            true, week, 10'000);
        row(R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":"5","rotation_period_msgs":null})",
            true, week, 100);
        row(R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":9007199254740991})", true,
            31'622'400'000, 100);
        row(R"({"algorithm":"org.example.rot13"})", false, week, 100);
        row(R"({"algorithm":5})", false, week, 100);
        row(R"({})", false, week, 100);
        row("[]", false, week, 100);
        row("", false, week, 100);
    }
    void encryptionEvents()
    {
        QFETCH(QByteArray, content);

        const EncryptionUpdate update = applyEncryptionEvent({.room = room}, content);

        QVERIFY(update.record.encrypted); // whatever it said
        QTEST(update.record.supported, "supported");
        QTEST(update.record.rotationPeriodMs, "period");
        QTEST(update.record.rotationMessages, "messages");
    }

    void encryptionIsNeverTakenBack()
    {
        const RoomId other(u"!o:one"_s);
        QVERIFY(!*alice->machine->isEncrypted(other));
        QVERIFY(alice->machine->setHistoryVisibility(other, HistoryVisibility::Joined));
        QVERIFY(!*alice->machine->isEncrypted(other));
        alice->encryptRoom(other);

        for (const char *content :
             {"{}", "", R"({"algorithm":"org.example.none"})", R"({"algorithm":null})"}) {
            const auto notes = alice->machine->setRoomEncryption(other, content);
            QVERIFY(notes);
            QCOMPARE(notes->size(), 1);
            QCOMPARE(notes->first().kind, CryptoNote::Kind::EncryptionDowngrade);
            alice->start();
            QVERIFY(*alice->machine->isEncrypted(other));
            QVERIFY(!alice->say(other, alice->with({}), u"x"_s).isEmpty());
        }
    }

    void rotationBecomesStricterOnly()
    {
        QVERIFY(alice->machine->setRoomEncryption(
            room,
            R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":7200000,"rotation_period_msgs":10})"));
        const auto notes = alice->machine->setRoomEncryption(
            room,
            R"({"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":3600000,"rotation_period_msgs":5000})");

        QCOMPARE(notes->size(), 1);
        QCOMPARE(alice->store.tables.rooms[room].rotationPeriodMs, 3'600'000);
        QCOMPARE(alice->store.tables.rooms[room].rotationMessages, 10);
    }

    void anUnknownAlgorithmMeansNoSending()
    {
        const RoomId other(u"!o:one"_s);
        QVERIFY(alice->machine->setRoomEncryption(other, R"({"algorithm":"org.example.rot13"})"));

        const auto readiness = alice->machine->prepareSend(other, alice->with({}));

        QVERIFY(!readiness);
        QCOMPARE(readiness.error().code, u"PARVIS_UNKNOWN_ENCRYPTION"_s);
        QVERIFY(*alice->machine->isEncrypted(other));
        alice->encryptRoom(other); // a later event that we understand
        QVERIFY(alice->prepare(other, alice->with({})));
    }
};

QTEST_GUILESS_MAIN(RotationTest)
#include "tst_rotation.moc"
