// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/open_room.h"
#include "engine/room_readers.h"

#include <QJsonArray>
#include <QTest>

#include "core_world.h"
#include "key_rows.h"

using namespace parvis;

/// Who will be able to read what is sent, who will not, and why.
class RoomReadersTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:x"_s};
    const UserId anna{u"@anna:x"_s};
    const UserId bruno{u"@bruno:x"_s};
    const UserId carole{u"@carole:x"_s};
    std::unique_ptr<CoreWorld> m_world;

    [[nodiscard]] Engine &engine() const { return m_world->engine(); }
    [[nodiscard]] RoomReaders readers() const
    {
        const auto found = await(roomReaders(engine(), room));
        if (!found)
            qFatal("%s", qPrintable(found.error().code));
        return *found;
    }
    [[nodiscard]] static ReaderPerson person(const RoomReaders &readers, const UserId &user)
    {
        for (const ReaderPerson &one : readers.people) {
            if (one.userId == user)
                return one;
        }
        return {};
    }
    void encrypt() const
    {
        QVERIFY(engine().machine().setRoomEncryption(room, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
    }
    /// Me with two devices, Anna verified with two, Bruno with an identity and two, Carole with none.
    void people() const
    {
        KeyRows rows(engine());
        rows.identity(me, u"me"_s);
        rows.device(me, u"MINE"_s, u"me-ssk"_s);
        rows.identity(anna, u"anna"_s, u"me-usk"_s, true);
        rows.device(anna, u"A1"_s, u"anna-ssk"_s);
        rows.device(anna, u"A2"_s);
        rows.identity(bruno, u"bruno"_s);
        rows.device(bruno, u"B1"_s, u"bruno-ssk"_s);
        rows.device(bruno, u"B2"_s, {}, crypto::LocalTrust::Blacklisted);
        rows.device(carole, u"C1"_s);
        rows.save();
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<CoreWorld>();
        QVERIFY(m_world->attach());
        m_world->write({.id = room,
                        .membership = MemberState::Join,
                        .state = {make::member(u"$m1"_s, u"@me:x"_s, u"join"_s, u"Moi"_s),
                                  make::member(u"$m2"_s, u"@anna:x"_s, u"join"_s, u"Anna"_s),
                                  make::member(u"$m3"_s, u"@bruno:x"_s, u"join"_s, u"Bruno"_s),
                                  make::member(u"$m4"_s, u"@carole:x"_s, u"invite"_s, u"Carole"_s),
                                  make::member(u"$m5"_s, u"@gone:x"_s, u"leave"_s, u"Zoé"_s)},
                        .membersComplete = true});
    }
    void cleanup() { m_world.reset(); }

    void aRoomInClearHasNone()
    {
        QCOMPARE(await(roomReaders(engine(), room)).error().code, u"PARVIS_ROOM_NOT_ENCRYPTED"_s);
        QCOMPARE(*readerCounts(engine(), room), ReaderCounts());
        QVERIFY(!await(roomReaders(engine(), RoomId(u"!none:x"_s))));
    }

    void sinceWhenItIsEncryptedIsSaidAsLongAsThatIsKnown()
    {
        encrypt();
        QCOMPARE(readers().encryptedSinceMs, 0);
        QJsonObject json = make::envelope(u"$e1"_s, u"@anna:x"_s, u"m.room.encryption"_s,
                                          {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}});
        json["state_key"_L1] = ""_L1;
        json["origin_server_ts"_L1] = qint64(1700000000000);
        m_world->write({.id = room, .membership = MemberState::Join, .state = {make::event(json)}});
        QCOMPARE(readers().encryptedSinceMs, qint64(1700000000000));

        // another one that followed says nothing of the beginning
        json["event_id"_L1] = "$e2"_L1;
        json["unsigned"_L1] = QJsonObject{{"prev_content"_L1, json["content"_L1]}};
        m_world->write({.id = room, .membership = MemberState::Join, .state = {make::event(json)}});
        QCOMPARE(readers().encryptedSinceMs, 0);
    }

    void underTheWidestRuleEverybodyReadsButTheBlocked()
    {
        encrypt();
        people();
        QVERIFY(engine().setOnlyVerifiedEverywhere(false));
        engine().machine().setSharingStrategy(crypto::SharingStrategy::AllDevices);

        const auto all = readers();

        QCOMPARE(all.rule, ReadersRule::AllDevices);
        QCOMPARE(all.people.size(), 4); // whoever left is not asked about
        QCOMPARE(all.people.constFirst().userId, me);
        QVERIFY(all.people.constFirst().own && !person(all, anna).own);
        QCOMPARE(person(all, anna).name, u"Anna"_s);
        QVERIFY(person(all, anna).identity.verified && !person(all, bruno).identity.verified);
        QCOMPARE(person(all, bruno).devices.at(1).exclusion, ReaderExclusion::Blocked);
        QCOMPARE(person(all, anna).devices.at(0).trust, DeviceTrust::Verified);
        QCOMPARE(person(all, anna).devices.at(1).trust, DeviceTrust::Unsigned);
        QCOMPARE(person(all, anna).devices.at(1).name, u"Poste A2"_s);
        QVERIFY(person(all, anna).devicesKnown);
        // Those that nobody vouches for read all the same: it is said.
        QCOMPARE(
            all.counts,
            (ReaderCounts{.devices = 1, .blocked = 1, .readingUnsigned = 2, .readingUnsignedPeople = 2}));
        QCOMPARE(*readerCounts(engine(), room), all.counts);
    }

    void underMsc4153TheUnsignedDoNot()
    {
        encrypt();
        people();
        engine().machine().setSharingStrategy(crypto::SharingStrategy::SignedDevices);

        const auto all = readers();

        QCOMPARE(all.rule, ReadersRule::SignedDevices);
        QCOMPARE(person(all, anna).devices.at(1).exclusion, ReaderExclusion::Unsigned);
        QCOMPARE(person(all, carole).devices.at(0).exclusion, ReaderExclusion::Unsigned);
        QCOMPARE(person(all, bruno).devices.at(0).exclusion, ReaderExclusion::None);
        // Anna and Bruno read on one device, Carole on none.
        QCOMPARE(all.counts, (ReaderCounts{.people = 1, .devices = 3, .blocked = 1, .notSigned = 2}));
    }

    void theWishForOneRoomHoldsThere()
    {
        encrypt();
        people();

        QVERIFY(engine().setOnlyVerified(room, true));

        const auto all = readers();
        QVERIFY(all.onlyVerified);
        QCOMPARE(all.rule, ReadersRule::VerifiedDevices);
        QCOMPARE(person(all, bruno).devices.at(0).exclusion, ReaderExclusion::Unverified);
        QCOMPARE(person(all, me).devices.at(0).exclusion, ReaderExclusion::None);
        QCOMPARE(all.counts, (ReaderCounts{.people = 2, .devices = 4, .blocked = 1, .notVerified = 3}));
        QVERIFY(!engine().onlyVerifiedEverywhere());
        QCOMPARE(engine().setOnlyVerified(RoomId(u"!none:x"_s), true).error().code, u"PARVIS_NO_SUCH_ROOM"_s);
    }

    void theWishForAllRoomsIsKept()
    {
        encrypt();
        people();
        QVERIFY(engine().setOnlyVerifiedEverywhere(true));
        QCOMPARE(readers().rule, ReadersRule::VerifiedDevices);
        QVERIFY(!readers().onlyVerified); // not of this room
        QTRY_VERIFY(engine().cryptoStatus().get().onlyVerified);

        m_world->start();
        QVERIFY(m_world->restore());

        QVERIFY(engine().onlyVerifiedEverywhere());
        QVERIFY(engine().cryptoStatus().get().onlyVerified);
        QCOMPARE(readers().rule, ReadersRule::VerifiedDevices);
        QVERIFY(engine().setOnlyVerifiedEverywhere(false));
        QCOMPARE(readers().rule, engine().policyRule());
    }

    void whoMustBeAskedAboutFirstIsNamed()
    {
        encrypt();
        people();
        KeyRows rows(engine());
        rows.identity(anna, u"anna2"_s, {}, true); // verified before, another one now
        rows.save();

        const auto all = readers();

        QVERIFY(person(all, anna).identity.violated);
        QCOMPARE(all.counts.violated, 1);
    }

    void whoseDevicesNobodyKnowsYetIsNamedToo()
    {
        encrypt();
        QVERIFY(engine().machine().trackUsers({anna}));

        const auto all = readers();

        QVERIFY(!person(all, anna).devicesKnown);
        QVERIFY(person(all, anna).devices.isEmpty());
        QCOMPARE(all.counts.people, 0); // nothing is claimed about them
    }

    void aConversationOfTwoSaysWhatIsKnownOfTheOther()
    {
        encrypt();
        people();
        QVERIFY(engine().cache().commit(
            {.rooms = {{.id = room,
                        .membership = MemberState::Join,
                        .state = {make::state(u"$e"_s, u"@anna:x"_s, u"m.room.encryption"_s, {},
                                              {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}})}}},
             .accountData = {make::accountData(u"m.direct"_s, {{"@anna:x"_L1, QJsonArray{"!r:x"_L1}}})}}));
        OpenRoom open(engine(), room);
        const auto shown = [&] { return open.header().get().person; };
        QVERIFY(open.header().get().direct);
        QVERIFY(!shown()); // others are there, or may come in: the shield would speak for them too

        const auto leaves = [](const QString &id, const QString &user) {
            return make::member(id, user, u"leave"_s);
        };
        m_world->write(
            {.id = room, .state = {leaves(u"$l1"_s, u"@bruno:x"_s), leaves(u"$l2"_s, u"@carole:x"_s)}});
        QVERIFY(shown() && shown()->verified);
        const QList<Event> two{make::member(u"$m1"_s, u"@me:x"_s, u"join"_s, u"Moi"_s),
                               make::member(u"$m2"_s, u"@anna:x"_s, u"join"_s, u"Anna"_s)};
        m_world->write(
            {.id = room, .state = two, .membersComplete = false}); // nobody knows who else is there
        QVERIFY(!shown());
        m_world->write({.id = room, .state = two, .membersComplete = true});

        KeyRows rows(engine());
        rows.identity(anna, u"anna2"_s, {}, true); // another identity, at once and not after a while
        rows.save();
        QVERIFY(shown() && shown()->violated && !shown()->verified);

        // who is named by the account's data, and is not there
        QVERIFY(engine().cache().commit(
            {.accountData = {make::accountData(u"m.direct"_s, {{"@carole:x"_L1, QJsonArray{"!r:x"_L1}}})}}));
        QTRY_VERIFY(!shown());
    }

    void anOpenRoomFollowsIt()
    {
        encrypt();
        OpenRoom open(engine(), room);
        engine().machine().setSharingStrategy(crypto::SharingStrategy::AllDevices);
        QCOMPARE(open.header().get().readers, ReaderCounts());

        people(); // devices come
        QTRY_COMPARE(open.header().get().readers.readingUnsigned, 2);
        QVERIFY(engine().setOnlyVerified(room, true)); // rules change
        QTRY_COMPARE(open.header().get().readers.devices, 4);
        QVERIFY(engine().setOnlyVerified(room, false));
        QTRY_COMPARE(open.header().get().readers.devices, 1);
        m_world->write({.id = room, .state = {make::member(u"$m6"_s, u"@bruno:x"_s, u"leave"_s)}});
        QTRY_COMPARE(open.header().get().readers.devices, 0); // members go
    }
};

QTEST_GUILESS_MAIN(RoomReadersTest)
#include "tst_room_readers.moc"
