// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/late_keys.h"

#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;
using namespace Qt::StringLiterals;

namespace {

Event encryption(const QString &id)
{
    return make::state(id, u"@b:x"_s, event_type::encryption, {},
                       {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}});
}

} // namespace

class tst_RoomTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsMessagesWithNames()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"bonjour"_s)},
                   {make::member(u"$m"_s, u"@b:x"_s, u"join"_s, u"Bea"_s)});
        QCOMPARE(world.bodies(), QStringList{u"bonjour"_s});
        QCOMPARE(world.at(0).senderName, u"Bea"_s);

        world.live({}, {make::member(u"$n"_s, u"@c:x"_s, u"join"_s, u"bea"_s)});
        QCOMPARE(world.at(0).senderName, u"Bea (@b:x)"_s);
    }

    void whoIsNotKnownIsCalledAsTheirEventSays()
    {
        World world;
        const auto line = [&](const QString &id, const QString &user, const QJsonObject &now,
                              const QJsonObject &before) {
            QJsonObject json = make::envelope(id, user, event_type::member, now);
            json["state_key"_L1] = user;
            json["unsigned"_L1] = QJsonObject{{"prev_content"_L1, before}};
            return make::event(json);
        };
        const QJsonObject yann{{"membership"_L1, "join"_L1}, {"displayname"_L1, "Yann Le Goff"_L1}};
        const QJsonObject zoe{{"membership"_L1, "join"_L1}, {"displayname"_L1, u"Zoé"_s}};
        world.live({line(u"$1"_s, u"@yann:far"_s, yann, {}),
                    line(u"$2"_s, u"@zoe:far"_s, {{"membership"_L1, "leave"_L1}}, zoe)});
        QCOMPARE(world.at(0).senderName, u"Yann Le Goff"_s);
        QCOMPARE(world.at(1).senderName, u"Zoé"_s);

        // Another member becomes known, and the room is looked at anew.
        world.live({}, {make::member(u"$n"_s, u"@c:x"_s, u"join"_s, u"Chloé"_s)});
        QCOMPARE(world.at(0).senderName, u"Yann Le Goff"_s);
        world.live({}, {make::member(u"$o"_s, u"@yann:far"_s, u"join"_s, u"Yann"_s)});
        QCOMPARE(world.at(0).senderName, u"Yann"_s);
    }

    void appliesValidEditsAlone()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"alt"_s),
                    make::edit(u"$2"_s, u"@evil:x"_s, u"$1"_s, u"böse"_s)});
        QCOMPARE(world.bodies(), QStringList{u"alt"_s});
        world.live({make::edit(u"$3"_s, u"@b:x"_s, u"$1"_s, u"neu"_s)});
        QCOMPARE(world.bodies(), QStringList{u"neu"_s});
        QVERIFY(world.at(0).edited);
        world.live({make::redaction(u"$4"_s, u"@b:x"_s, u"$3"_s)});
        QCOMPARE(world.bodies(), QStringList{u"alt"_s});
        world.live({make::redaction(u"$5"_s, u"@b:x"_s, u"$1"_s)});
        QCOMPARE(world.at(0).kind, ItemKind::Redacted);
        QCOMPARE(world.at(0).body(), QString());
    }

    void ignoresAClearEditOfAnEncryptedMessage()
    {
        World world;
        world.live({make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s),
                    make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"forged"_s)});
        QVERIFY(
            world.cache->commit({.decryptions = {{room, EventId(u"$1"_s), make::clearText(u"vrai"_s), {}}}}));

        QCOMPARE(world.bodies(), QStringList{u"vrai"_s});
    }

    void aKeyThatComesLateRepairsInPlace()
    {
        World world;
        LateKeys late(*world.cache, world.crypto);
        world.live(
            {make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s), make::message(u"$2"_s, u"@b:x"_s, u"klar"_s)});
        QCOMPARE(world.at(0).kind, ItemKind::Unreadable);
        QCOMPARE(world.at(0).reason, Undecryptable::MissingKey);
        const QString key = world.at(0).key;

        world.crypto.clear.insert(u"$1"_s, make::clearText(u"lisible"_s));
        late.keyArrived(room, SessionId(u"s"_s));

        QTRY_COMPARE(world.bodies(), (QStringList{u"lisible"_s, u"klar"_s}));
        QCOMPARE(world.at(0).key, key);
    }

    void manyKeysAtOnceRepairWhatWaitsForOneOfThem()
    {
        World world;
        LateKeys late(*world.cache, world.crypto);
        world.live({make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s)});
        world.crypto.clear.insert(u"$1"_s, make::clearText(u"lisible"_s));

        const SessionId session(u"s"_s);
        late.keysArrived({{RoomId(u"!empty:x"_s), session}, {room, SessionId(u"a"_s)}, {room, session}});

        QTRY_COMPARE(world.bodies(), QStringList{u"lisible"_s});
    }

    void aKeyThatCameJustBeforeTheEndIsUsedAtTheStart()
    {
        World world;
        QList<Event> events{make::encrypted(u"$old"_s, u"@b:x"_s, u"known"_s),
                            make::encrypted(u"$late"_s, u"@b:x"_s, u"reaches further back"_s)};
        for (int i = 0; i < 150; ++i) // more than an opening of the room tries
            events.append(make::encrypted(u"$%1"_s.arg(i), u"@b:x"_s, u"unknown"_s));
        world.live(events, {encryption(u"$e"_s)});
        world.crypto.clear.insert(u"$old"_s, make::clearText(u"lisible"_s));
        world.crypto.clear.insert(u"$late"_s, make::clearText(u"lisible"_s));
        QVERIFY(world.cache->commit(
            {.decryptions = {{room, EventId(u"$late"_s), {}, Undecryptable::UnknownIndex}}}));
        LateKeys late(*world.cache, world.crypto);
        QStringList asked;

        late.retryWaiting([&](const RoomId &of, const SessionId &session) {
            asked.append(session.toString());
            return of == room && session != SessionId(u"unknown"_s);
        });

        QTRY_VERIFY(world.cache->events().event(room, EventId(u"$old"_s))->value().event.clear);
        QTRY_VERIFY(world.cache->events().event(room, EventId(u"$late"_s))->value().event.clear);
        asked.sort();
        QCOMPARE(asked, (QStringList{u"known"_s, u"reaches further back"_s, u"unknown"_s}));
    }

    void aKeyWhoseFruitCannotBeWrittenIsNotForgotten()
    {
        World world;
        LateKeys late(*world.cache, world.crypto);
        world.live({make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s)});
        world.crypto.clear.insert(u"$1"_s, make::clearText(u"lisible"_s));
        QVERIFY(world.cache.database().script("PRAGMA query_only = ON"));
        late.keyArrived(room, SessionId(u"s"_s));
        QCoreApplication::processEvents();
        QVERIFY(world.cache.database().script("PRAGMA query_only = OFF"));

        world.live({make::message(u"$2"_s, u"@b:x"_s, u"klar"_s)});

        QTRY_COMPARE(world.bodies(), (QStringList{u"lisible"_s, u"klar"_s}));
    }

    void aDecryptedStateEventIsNone()
    {
        World world;
        ClearText fake = make::clearText(u"x"_s);
        fake.type = event_type::member;
        world.live({make::encrypted(u"$1"_s, u"@b:x"_s, u"s"_s)});
        QVERIFY(world.cache->commit({.decryptions = {{room, EventId(u"$1"_s), fake, {}}}}));

        QCOMPARE(world.timeline.items().size(), 0);
        QVERIFY(world.cache->rooms().members(room)->isEmpty());
    }

    void tellsWhatWasSentInClear()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"before"_s), encryption(u"$e"_s),
                    make::message(u"$2"_s, u"@b:x"_s, u"after"_s)},
                   {encryption(u"$e"_s)});

        QCOMPARE(world.at(0).shield, ShieldColour::None);
        QCOMPARE(world.at(1).change.what, Change::What::EncryptionOn);
        QCOMPARE(world.at(2).shieldReason, u"sent_in_clear"_s);
    }

    void theMarkOfAMessageInClearStays_data()
    {
        QTest::addColumn<int>("attempt");
        QTest::newRow("a second encryption event") << 0;
        QTest::newRow("state sent anew without it") << 1;
        QTest::newRow("a redaction of the event") << 2;
    }

    void theMarkOfAMessageInClearStays()
    {
        QFETCH(int, attempt);
        World world;
        world.live({encryption(u"$e"_s), make::message(u"$1"_s, u"@b:x"_s, u"forged"_s)},
                   {encryption(u"$e"_s)});
        QCOMPARE(world.at(1).shieldReason, u"sent_in_clear"_s);

        if (attempt == 0)
            world.live({encryption(u"$f"_s)}, {encryption(u"$f"_s)});
        if (attempt == 1)
            QVERIFY(world.cache->commit(
                {.rooms = {{.id = room, .membership = MemberState::Join, .replaceState = true}}}));
        if (attempt == 2)
            world.live({make::redaction(u"$r"_s, u"@b:x"_s, u"$e"_s)});

        QVERIFY(world.timeline.open());
        QCOMPARE(world.at(1).body(), u"forged"_s);
        QCOMPARE(world.at(1).shieldReason, u"sent_in_clear"_s);
    }

    void anOlderEncryptionEventOfTheHistoryCounts()
    {
        World world;
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"forged"_s), encryption(u"$f"_s)},
                   {encryption(u"$f"_s)}, u"t"_s);
        QCOMPARE(world.at(0).shield, ShieldColour::None);

        const auto gap = world.cache->events().newestGap(room);
        QVERIFY(world.cache->commit(
            {.backfills = {{.room = room,
                            .chunk = (*gap)->chunk,
                            .from = u"t"_s,
                            .end = {},
                            .events = {make::stored(encryption(u"$e"_s)),
                                       make::stored(make::message(u"$1"_s, u"@b:x"_s, u"before"_s))},
                            .members = {}}}}));

        QVERIFY(await(world.timeline.paginateBack(10)));
        QCOMPARE(world.bodies().first(), u"before"_s);
        QCOMPARE(world.at(0).shield, ShieldColour::None);
        QCOMPARE(world.at(2).body(), u"forged"_s);
        QCOMPARE(world.at(2).shieldReason, u"sent_in_clear"_s);
    }

    void namesWhatMembersDid()
    {
        World world;
        QJsonObject kick =
            make::envelope(u"$1"_s, u"@b:x"_s, event_type::member, {{"membership"_L1, "leave"_L1}});
        kick["state_key"_L1] = "@c:x"_L1;
        kick["unsigned"_L1] = QJsonObject{{"prev_content"_L1, QJsonObject{{"membership"_L1, "join"_L1}}}};
        QJsonObject same =
            make::envelope(u"$2"_s, u"@b:x"_s, event_type::member, {{"membership"_L1, "join"_L1}});
        same["state_key"_L1] = "@b:x"_L1;
        same["unsigned"_L1] = QJsonObject{{"prev_content"_L1, QJsonObject{{"membership"_L1, "join"_L1}}}};
        world.live({make::event(kick), make::event(same), make::member(u"$3"_s, u"@d:x"_s, u"join"_s)});

        QCOMPARE(world.timeline.items().size(), 2);
        QCOMPARE(world.at(0).change.what, Change::What::Removed);
        QCOMPARE(world.at(0).change.subject, UserId(u"@c:x"_s));
        QCOMPARE(world.at(1).change.what, Change::What::Joined);
    }

    void anEchoBecomesItsEvent()
    {
        World world;
        LocalEcho echo{TransactionId(u"t1"_s),
                       ItemState::Sending,
                       {},
                       5,
                       event_type::message,
                       R"({"msgtype":"m.text","body":"salut"})",
                       {},
                       false};
        world.timeline.setEchoes({echo});
        QCOMPARE(world.bodies(), QStringList{u"salut"_s});
        const QString key = world.at(0).key;

        QJsonObject json = make::message(u"$1"_s, u"@me:x"_s, u"salut"_s).json();
        json["unsigned"_L1] = QJsonObject{{"transaction_id"_L1, "t1"_L1}};
        world.live({make::event(json)});
        QCOMPARE(world.bodies(), QStringList{u"salut"_s});
        QCOMPARE(world.at(0).key, key);
        QCOMPARE(world.at(0).state, ItemState::Sent);
        world.timeline.setEchoes({});
        QCOMPARE(world.bodies(), QStringList{u"salut"_s});
    }

    void anothersTransactionIdIsNothing()
    {
        World world;
        world.timeline.setEchoes({{TransactionId(u"t1"_s),
                                   ItemState::Sending,
                                   {},
                                   5,
                                   event_type::message,
                                   R"({"msgtype":"m.text","body":"salut"})",
                                   {},
                                   false}});
        QJsonObject json = make::message(u"$1"_s, u"@evil:x"_s, u"remplacé"_s).json();
        json["unsigned"_L1] = QJsonObject{{"transaction_id"_L1, "t1"_L1}};
        world.live({make::event(json)});

        QCOMPARE(world.bodies(), (QStringList{u"remplacé"_s, u"salut"_s}));
    }

    void anEditOnItsWayShowsOnTheOriginal()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@me:x"_s, u"alt"_s)});
        world.timeline.setEchoes(
            {{TransactionId(u"t"_s),
              ItemState::Queued,
              {},
              5,
              event_type::message,
              make::edit(u"$x"_s, u"@me:x"_s, u"$1"_s, u"neu"_s).json()["content"_L1].toObject().isEmpty()
                  ? QByteArray()
                  : QJsonDocument(make::edit(u"$x"_s, u"@me:x"_s, u"$1"_s, u"neu"_s).content()).toJson(),
              {},
              false}});

        QCOMPARE(world.bodies(), QStringList{u"neu"_s});
        QCOMPARE(world.at(0).state, ItemState::Queued);
    }

    void absurdTimesAreClamped()
    {
        World world;
        QJsonObject json = make::message(u"$1"_s, u"@b:x"_s, u"x"_s).json();
        json["origin_server_ts"_L1] = -5.0;
        world.live({make::event(json)});
        QCOMPARE(world.at(0).ts, 0);
    }
};

QTEST_GUILESS_MAIN(tst_RoomTimeline)
#include "tst_room_timeline.moc"
