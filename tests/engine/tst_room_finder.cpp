// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_finder.h"
#include "engine/space_cards.h"

#include <QJsonArray>
#include <QTest>

#include "api_world.h"

using namespace parvis;

/// What a space holds and what a server lists, seen through what servers answer.
class RoomFinderTest : public QObject
{
    Q_OBJECT

private:
    const RoomId space{u"!space:x"_s};
    std::unique_ptr<ApiWorld> world;
    std::unique_ptr<rooms::RoomList> list;
    std::unique_ptr<RoomFinder> finder;
    int number = 0;

    Event event(const QString &type, const QString &key, const QJsonObject &content)
    {
        return make::state(u"$%1"_s.arg(++number), u"@me:x"_s, type, key, content);
    }
    void joinSpace()
    {
        world->write({.id = space,
                      .membership = MemberState::Join,
                      .state = {event(u"m.room.create"_s, {}, {{"type"_L1, u"m.space"_s}}),
                                event(u"m.room.name"_s, {}, {{"name"_L1, u"Salon"_s}})}});
    }
    void putHere(const QString &room, const QString &order = {}, bool suggested = false)
    {
        QJsonObject content{{"via"_L1, QJsonArray{u"x"_s}}, {"suggested"_L1, suggested}};
        if (!order.isEmpty())
            content["order"_L1] = order;
        world->write({.id = space, .state = {event(u"m.space.child"_s, room, content)}});
    }
    static QJsonObject chunk(const QString &room, const QJsonObject &more = {})
    {
        QJsonObject object{{"room_id"_L1, room},         {"name"_L1, room.mid(1, 1)},
                           {"num_joined_members"_L1, 3}, {"world_readable"_L1, false},
                           {"guest_can_join"_L1, false}, {"children_state"_L1, QJsonArray()}};
        for (auto it = more.begin(); it != more.end(); ++it)
            object[it.key()] = it.value();
        return object;
    }
    static QByteArray page(const QList<QJsonObject> &chunks, const QString &next = {},
                           const QString &key = u"rooms"_s)
    {
        QJsonArray rooms;
        for (const QJsonObject &one : chunks)
            rooms.append(one);
        QJsonObject body{{key, rooms}};
        if (!next.isEmpty())
            body["next_batch"_L1] = next;
        return QJsonDocument(body).toJson();
    }
    static QStringList ids(const FoundRooms &found)
    {
        QStringList out;
        for (const FoundRoom &room : found.rooms)
            out.append(room.roomId.toString());
        return out;
    }

private Q_SLOTS:
    void init()
    {
        world = std::make_unique<ApiWorld>();
        list = std::make_unique<rooms::RoomList>(*world->cache);
        finder = std::make_unique<RoomFinder>(world->api, *world->cache, *list);
    }

    void cleanup()
    {
        finder.reset();
        list.reset();
        world.reset();
    }

    void childrenOfAJoinedSpaceAreInItsOrder()
    {
        joinSpace();
        putHere(u"!b:x"_s, u"2"_s, true);
        putHere(u"!a:x"_s, u"1"_s);
        putHere(u"!gone:x"_s);
        world->write({.id = RoomId(u"!a:x"_s),
                      .membership = MemberState::Join,
                      .state = {event(u"m.room.name"_s, {}, {{"name"_L1, u"Ici"_s}})}});
        auto done = finder->children(space, false, 10);
        QVERIFY(world->http.sent[0].url.contains("/v1/rooms/%21space%3Ax/hierarchy?limit=50&max_depth=1"));
        world->http.answer(200,
                           page({chunk(space.toString()), chunk(u"!b:x"_s, {{"topic"_L1, u"Sujet"_s}})}));

        const auto found = await(std::move(done));

        QCOMPARE(ids(*found), (QStringList{u"!a:x"_s, u"!b:x"_s})); // nobody tells what the third one is
        QCOMPARE(found->rooms[0].name, u"Ici"_s);
        QCOMPARE(found->rooms[0].membership, Membership::Join);
        QCOMPARE(found->rooms[1].topic, u"Sujet"_s);
        QVERIFY(!found->rooms[1].membership && found->rooms[1].suggested);
        QVERIFY(found->asked && !found->more);
    }

    void withoutTheServerWhatIsKnownIsThere()
    {
        joinSpace();
        putHere(u"!a:x"_s);
        putHere(u"!b:x"_s);
        world->write({.id = RoomId(u"!a:x"_s), .membership = MemberState::Join});
        world->http.willFail(ErrorKind::Network, u"PARVIS_NETWORK"_s);

        const auto found = await(finder->children(space, false, 10));

        QCOMPARE(ids(*found), QStringList{u"!a:x"_s});
        QVERIFY(!found->asked);
    }

    void aSpaceThatOneIsNotInIsTheServersWord()
    {
        const QJsonObject child{{"type"_L1, u"m.space.child"_s},
                                {"state_key"_L1, u"!b:x"_s},
                                {"origin_server_ts"_L1, 7},
                                {"sender"_L1, u"@b:x"_s},
                                {"content"_L1, QJsonObject{{"via"_L1, QJsonArray{u"x"_s}}}}};
        QJsonObject taken = child;
        taken["state_key"_L1] = u"!taken:x"_s;
        taken["content"_L1] = QJsonObject();
        const QJsonObject root = chunk(
            space.toString(),
            {{"room_type"_L1, u"m.space"_s}, {"children_state"_L1, QJsonArray{child, taken, 5, u"x"_s}}});
        world->http.willSay(200, page({root, chunk(u"!taken:x"_s), chunk(u"!b:x"_s)}));

        const auto found = await(finder->children(space, false, 10));

        QCOMPARE(ids(*found), QStringList{u"!b:x"_s});
    }

    void whatIsNoSpaceIsSaidToBeNone()
    {
        world->http.willSay(200, page({chunk(space.toString())}));
        QCOMPARE(await(finder->children(space, false, 10)).error().code, u"PARVIS_NOT_A_SPACE"_s);

        world->write({.id = space, .membership = MemberState::Join});
        QCOMPARE(await(finder->children(space, false, 10)).error().code, u"PARVIS_NOT_A_SPACE"_s);
        QCOMPARE(world->http.sent.size(), 1);
    }

    void pagesThatGoRoundEnd()
    {
        joinSpace();
        putHere(u"!a:x"_s);
        auto done = finder->children(space, false, 10);
        world->http.answer(200, page({chunk(space.toString())}, u"one"_s));
        QVERIFY(world->http.sent[1].url.endsWith("&from=one"));
        world->http.answer(200, page({chunk(u"!a:x"_s)}, u"two"_s));
        world->http.answer(200, page({chunk(u"!a:x"_s)}, u"one"_s));

        QCOMPARE(ids(*await(std::move(done))), QStringList{u"!a:x"_s});
        QCOMPARE(world->http.sent.size(), 3);
    }

    void pagesWithoutEndEnd()
    {
        joinSpace();
        auto done = finder->children(space, false, 1000);
        for (int i = 0; world->http.open() > 0; ++i)
            world->http.answer(200, page({}, QString::number(i)));

        QVERIFY(await(std::move(done)));
        QVERIFY2(world->http.sent.size() <= 40, qPrintable(QString::number(world->http.sent.size())));
    }

    void noMoreThanWasAskedFor()
    {
        joinSpace();
        QList<QJsonObject> chunks{chunk(space.toString())};
        for (int i = 0; i < 20; ++i) {
            const QString id = u"!%1:x"_s.arg(i, 2, 10, QChar(u'0'));
            putHere(id, {}, i % 2 == 0);
            chunks.append(chunk(id));
        }
        world->http.willSay(200, page(chunks));
        const auto five = await(finder->children(space, false, 5));
        QCOMPARE(five->rooms.size(), 5);
        QVERIFY(five->more);

        world->http.willSay(200, page(chunks));
        const auto suggested = await(finder->children(space, true, 50));
        QCOMPARE(suggested->rooms.size(), 10);
        QVERIFY(!suggested->more);
        QVERIFY(world->http.sent[1].url.contains("suggested_only=true"));
    }

    void wrongTypesAreLeftOut()
    {
        joinSpace();
        putHere(u"!a:x"_s);
        putHere(u"!b:x"_s);
        QJsonArray answer{5, QJsonValue(), QJsonObject{{"room_id"_L1, 7}},
                          QJsonObject{{"room_id"_L1, u"b"_s}}};
        answer.append(QJsonObject{{"room_id"_L1, u"!a:x"_s},
                                  {"name"_L1, QJsonArray()},
                                  {"num_joined_members"_L1, -4},
                                  {"join_rule"_L1, QJsonObject()},
                                  {"topic"_L1, 1e99}});
        answer.append(QJsonObject{{"room_id"_L1, u"!b:x"_s},
                                  {"num_joined_members"_L1, 1e99},
                                  {"children_state"_L1, QJsonObject()}});
        world->http.willSay(200, QJsonDocument(QJsonObject{{"rooms"_L1, answer}}).toJson());

        const auto found = await(finder->children(space, false, 10));

        QCOMPARE(ids(*found), (QStringList{u"!a:x"_s, u"!b:x"_s}));
        QCOMPARE(found->rooms[0].name, QString());
        QCOMPARE(found->rooms[0].members, -1);
        QCOMPARE(found->rooms[1].members, -1);
    }

    void theDirectoryAnswersInPages()
    {
        auto done = finder->directory({.server = u"y"_s, .text = u"salle"_s, .next = {}, .limit = 2});
        QVERIFY(world->http.sent[0].url.endsWith("/publicRooms?server=y"));
        QCOMPARE(world->http.body(0)["filter"_L1]["generic_search_term"_L1].toString(), u"salle"_s);
        QCOMPARE(world->http.body(0)["limit"_L1].toInt(), 2);
        world->http.answer(
            200,
            QJsonDocument(QJsonObject{{"chunk"_L1,
                                       QJsonArray{chunk(u"!a:y"_s, {{"canonical_alias"_L1, u"#a:y"_s}}),
                                                  chunk(u"!a:y"_s), chunk(u"!b:y"_s)}},
                                      {"next_batch"_L1, u"p2"_s},
                                      {"total_room_count_estimate"_L1, 7}})
                .toJson());

        const auto found = await(std::move(done));

        QCOMPARE(ids(*found), (QStringList{u"!a:y"_s, u"!b:y"_s}));
        QCOMPARE(found->rooms[0].alias, u"#a:y"_s);
        QCOMPARE(found->total, 7);
        QCOMPARE(found->next, u"p2"_s);
        world->http.willSay(200, R"({"chunk":[],"next_batch":"p2"})");
        const auto rest =
            await(finder->directory({.server = u"y"_s, .text = {}, .next = u"p2"_s, .limit = 2}));
        QCOMPARE(world->http.body(1)["since"_L1].toString(), u"p2"_s);
        QVERIFY(rest->next.isEmpty() && !rest->more && rest->total == -1);
    }

    void aDirectoryIsBounded()
    {
        QList<QJsonObject> chunks;
        for (int i = 0; i < 100'000; ++i)
            chunks.append({{"room_id"_L1, u"!%1:y"_s.arg(i)}});
        world->http.willSay(200, page(chunks, {}, u"chunk"_s));

        const auto found = await(finder->directory({.server = {}, .text = {}, .next = {}, .limit = 10}));

        QCOMPARE(found->rooms.size(), RoomFinder::mostRooms);
    }

    void whatCannotBeAskedForIsNotAsked()
    {
        const auto code = [&](const DirectoryQuery &query) {
            return await(finder->directory(query)).error().code;
        };
        QCOMPARE(code({.server = u"x/../y"_s, .text = {}, .next = {}, .limit = 5}),
                 u"PARVIS_BAD_SERVER_NAME"_s);
        QCOMPARE(code({.server = {}, .text = {}, .next = {}, .limit = 0}), u"PARVIS_BAD_ROOM_VALUE"_s);
        QCOMPARE(code({.server = {}, .text = QString(300, u'x'), .next = {}, .limit = 5}),
                 u"PARVIS_BAD_ROOM_VALUE"_s);
        QCOMPARE(await(finder->children(RoomId(u"../x"_s), false, 5)).error().code,
                 u"PARVIS_BAD_ROOM_ADDRESS"_s);
        QCOMPARE(await(finder->children(space, false, 5000)).error().code, u"PARVIS_BAD_ROOM_VALUE"_s);
        QVERIFY(world->http.sent.isEmpty());
    }

    void cardsCountWhatIsBelowOnce()
    {
        joinSpace();
        putHere(u"!a:x"_s);
        putHere(u"!sub:x"_s);
        world->write({.id = RoomId(u"!sub:x"_s),
                      .membership = MemberState::Join,
                      .state = {event(u"m.room.create"_s, {}, {{"type"_L1, u"m.space"_s}}),
                                event(u"m.space.child"_s, u"!a:x"_s, {{"via"_L1, QJsonArray{u"x"_s}}}),
                                event(u"m.space.child"_s, u"!space:x"_s, {{"via"_L1, QJsonArray{u"x"_s}}})}});
        world->write({.id = RoomId(u"!a:x"_s),
                      .membership = MemberState::Join,
                      .timeline = {make::stored(make::message(u"$m"_s, u"@b:x"_s, u"hallo"_s))}});
        SpaceRows rows(*list);

        const QList<SpaceCard> cards = rows.items().items().toList();

        QCOMPARE(cards.size(), 2);
        QCOMPARE(cards[0].spaceId, space); // the first of a circle by its id
        QVERIFY(cards[0].topLevel && !cards[1].topLevel);
        QCOMPARE(cards[0].children, (QList{RoomId(u"!a:x"_s), RoomId(u"!sub:x"_s)}));
        QCOMPARE(cards[0].rooms, 1);
        QCOMPARE(cards[0].unread, 1);
        QCOMPARE(cards[1].parents, QList{space});
        world->write({.id = RoomId(u"!a:x"_s), .membership = MemberState::Leave});
        QTRY_COMPARE(rows.items().items().at(0).rooms, 0);
    }
};

QTEST_GUILESS_MAIN(RoomFinderTest)
#include "tst_room_finder.moc"
