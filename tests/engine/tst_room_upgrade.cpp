// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_actions.h"
#include "engine/room_details.h"
#include "engine/room_upgrade.h"

#include <QJsonArray>
#include <QTest>

#include "api_world.h"

using namespace parvis;

/// Rooms that take the place of others, and rooms that are put into spaces.
class RoomUpgradeTest : public QObject
{
    Q_OBJECT

private:
    const RoomId space{u"!space:x"_s};
    std::unique_ptr<ApiWorld> world;
    std::unique_ptr<rooms::RoomList> list;
    std::unique_ptr<CompleteMembers> members;
    std::unique_ptr<RoomActions> actions;
    std::unique_ptr<RoomUpgrade> upgrades;
    int number = 0;

    Event event(const QString &type, const QString &key, const QJsonObject &content)
    {
        return make::state(u"$%1"_s.arg(++number), u"@me:x"_s, type, key, content);
    }
    void makeRoom(const RoomId &room, const QString &type, int power = 100)
    {
        world->write(
            {.id = room,
             .membership = MemberState::Join,
             .state = {event(u"m.room.create"_s, {}, {{"type"_L1, type}, {"room_version"_L1, u"9"_s}}),
                       event(u"m.room.power_levels"_s, {},
                             {{"users"_L1, QJsonObject{{"@me:x"_L1, power}}},
                              {"events"_L1,
                               QJsonObject{{"m.room.tombstone"_L1, 100}, {"m.space.child"_L1, 100}}}})}});
    }
    [[nodiscard]] QByteArray url(qsizetype i) const { return world->http.sent.at(i).url; }
    static QByteArray versions()
    {
        return R"({"capabilities":{"m.room_versions":{"default":"10","available":{"9":"stable","10":"stable"}}}})";
    }

private Q_SLOTS:
    void init()
    {
        world = std::make_unique<ApiWorld>();
        list = std::make_unique<rooms::RoomList>(*world->cache);
        members = std::make_unique<CompleteMembers>(world->api, *world->cache, *world->machine);
        actions = std::make_unique<RoomActions>(world->api, *world->cache, *list, *world->machine);
        upgrades = std::make_unique<RoomUpgrade>(
            RoomUpgrade::Parts{world->api, *world->cache, *list, *world->machine, *members});
        makeRoom(world->room, {});
    }

    void cleanup()
    {
        upgrades.reset();
        actions.reset();
        members.reset();
        list.reset();
        world.reset();
    }

    void theServersOwnVersionIsTaken()
    {
        world->encrypt();
        auto done = upgrades->upgrade(world->room, {});
        world->http.answer(200, versions());
        QVERIFY(url(1).endsWith("/rooms/%21r%3Ax/upgrade"));
        QCOMPARE(world->http.body(1)["new_version"_L1].toString(), u"10"_s);
        world->http.answer(200, R"({"replacement_room":"!new:x"})");

        QCOMPARE(await(std::move(done)).value_or(RoomId()), RoomId(u"!new:x"_s));
        QVERIFY(world->machine->isEncrypted(RoomId(u"!new:x"_s)).value_or(false));
    }

    void noRoomThatWasThereBeforeIsASuccessor()
    {
        const RoomId other(u"!other:x"_s);
        makeRoom(other, {});
        for (const auto *named : {"!other:x", "!r:x", "none", ""}) {
            auto done = upgrades->upgrade(world->room, {});
            world->http.answer(200, versions());
            const qsizetype asked = world->http.sent.size();
            world->http.answer(200, QByteArrayLiteral("{\"replacement_room\":\"") + named + "\"}");
            QVERIFY(!await(std::move(done)));
            QCoreApplication::processEvents();
            QCOMPARE(world->http.sent.size(), asked);
        }
        QVERIFY(!world->machine->isEncrypted(other).value_or(true));
    }

    void nobodyIsInvitedBeforeTheServerEncryptsToo()
    {
        world->encrypt();
        world->write({.id = world->room, .membersComplete = true});
        world->member(u"@anna:x"_s, u"join"_s);
        auto done = upgrades->upgrade(world->room, {});
        world->http.answer(200, versions());
        world->http.answer(200, R"({"replacement_room":"!new:x"})");
        QVERIFY(await(std::move(done)));

        QVERIFY(url(2).endsWith("/rooms/%21new%3Ax/state/m.room.encryption/"));
        world->http.answer(404, R"({"errcode":"M_NOT_FOUND","error":"?"})");
        QCOMPARE(world->http.body(3)["algorithm"_L1].toString(), u"m.megolm.v1.aes-sha2"_s);
        QCoreApplication::processEvents();
        QCOMPARE(world->http.sent.size(), 4);
        world->http.answer(200, R"({"event_id":"$1"})");
        QTRY_VERIFY(world->http.sent.size() > 4);
        QVERIFY(world->http.sent.last().url.endsWith("/rooms/%21new%3Ax/invite"));
    }

    void aVersionThatTheServerDoesNotKnowIsRefused()
    {
        world->http.willSay(200, versions());

        const auto made = await(upgrades->upgrade(world->room, u"of mine"_s));

        QCOMPARE(made.error().code, u"PARVIS_BAD_ROOM_VALUE"_s);
        QCOMPARE(world->http.sent.size(), 1);
    }

    void versionsOfWrongTypesAreNone()
    {
        for (const auto *text :
             {R"({})", R"({"m.room_versions":5})", R"({"m.room_versions":{"default":7}})"}) {
            const QJsonObject capabilities = QJsonDocument::fromJson(text).object();
            QVERIFY(!upgradeVersion(capabilities, {}));
            QCOMPARE(upgradeVersion(capabilities, u"11"_s).value_or(QString()), u"11"_s);
        }
    }

    void withoutTheRightNothingIsAsked()
    {
        makeRoom(world->room, {}, 50);

        QCOMPARE(await(upgrades->upgrade(world->room, {})).error().code, u"PARVIS_RIGHTS_NOT_ENOUGH"_s);
        QVERIFY(world->http.sent.isEmpty());
    }

    void aRoomIsReplacedOnce()
    {
        world->write(
            {.id = world->room,
             .state = {event(u"m.room.tombstone"_s, {},
                             {{"replacement_room"_L1, u"!next:y"_s}, {"via"_L1, QJsonArray{u"y"_s}}})}});

        QCOMPARE(await(upgrades->upgrade(world->room, {})).error().code, u"PARVIS_ROOM_REPLACED"_s);
        QVERIFY(world->http.sent.isEmpty());
        const RoomLink link = roomDetails(*world->cache, *list, world->room)->replacedBy;
        QCOMPARE(link.room, RoomId(u"!next:y"_s));
        QCOMPARE(link.via, (QStringList{u"y"_s, u"x"_s}));
        QVERIFY(!link.confirmed);
    }

    void theSpacesNameTheNewRoomAndThenNoLongerTheOld()
    {
        makeRoom(space, u"m.space"_s);
        const QJsonObject child{{"via"_L1, QJsonArray{u"y"_s}}, {"order"_L1, u"b"_s}, {"suggested"_L1, true}};
        world->write({.id = space, .state = {event(u"m.space.child"_s, world->room.toString(), child)}});
        world->write({.id = world->room,
                      .state = {event(u"m.room.join_rules"_s, {}, {{"join_rule"_L1, u"public"_s}})}});
        auto done = upgrades->upgrade(world->room, {});
        world->http.answer(200, versions());
        world->http.answer(200, R"({"replacement_room":"!new:x"})");
        QVERIFY(await(std::move(done)));

        QVERIFY(url(2).endsWith("/rooms/%21space%3Ax/state/m.space.child/%21new%3Ax"));
        QCOMPARE(world->http.body(2)["order"_L1].toString(), u"b"_s);
        QCOMPARE(world->http.body(2)["via"_L1].toArray(), QJsonArray{u"x"_s});
        QCOMPARE(world->http.sent.size(), 3);
        world->http.answer(200, R"({"event_id":"$1"})");
        QVERIFY(url(3).endsWith("/state/m.space.child/%21r%3Ax"));
        QVERIFY(world->http.body(3).isEmpty());
    }

    void theMembersAreInvitedOneAfterTheOther()
    {
        for (const auto &user : {u"@me:x"_s, u"@anna:x"_s, u"@ben:x"_s})
            world->member(user, u"join"_s);
        world->write({.id = world->room, .membersComplete = true});
        for (const auto &user : {u"@me:x"_s, u"@anna:x"_s, u"@ben:x"_s})
            world->member(user, u"join"_s);
        auto done = upgrades->upgrade(world->room, {});
        world->http.answer(200, versions());
        world->http.answer(200, R"({"replacement_room":"!new:x"})");
        QVERIFY(await(std::move(done)));

        QStringList invited;
        for (int i = 0; i < 2; ++i) {
            QTRY_COMPARE(world->http.open(), 1);
            QVERIFY(world->http.sent.last().url.endsWith("/rooms/%21new%3Ax/invite"));
            invited += world->http.body(world->http.sent.size() - 1)["user_id"_L1].toString();
            world->http.answer(403, R"({"errcode":"M_FORBIDDEN","error":"no"})");
        }
        invited.sort();
        QCOMPARE(invited, (QStringList{u"@anna:x"_s, u"@ben:x"_s}));
        QCoreApplication::processEvents();
        QCOMPARE(world->http.open(), 0);
    }

    void aRoomIsMadeInASpace()
    {
        makeRoom(space, u"m.space"_s);
        auto done = actions->create({.name = u"Salle"_s,
                                     .topic = {},
                                     .kind = RoomKind::Public,
                                     .invite = {},
                                     .alias = {},
                                     .parent = space});
        const QJsonObject asked = world->http.body(0);
        QCOMPARE(asked["visibility"_L1].toString(), u"private"_s);
        const auto state = asked["initial_state"_L1].toArray();
        QCOMPARE(state[0]["type"_L1].toString(), u"m.space.parent"_s);
        QCOMPARE(state[0]["state_key"_L1].toString(), space.toString());
        QCOMPARE(state[1]["content"_L1]["join_rule"_L1].toString(), u"restricted"_s);
        QCOMPARE(state[1]["content"_L1]["allow"_L1][0]["room_id"_L1].toString(), space.toString());
        world->http.answer(200, R"({"room_id":"!new:x"})");
        QVERIFY(url(1).endsWith("/rooms/%21space%3Ax/state/m.space.child/%21new%3Ax"));
        QVERIFY(!world->http.body(1)["via"_L1].toArray().isEmpty());
        world->http.answer(200, R"({"event_id":"$1"})");

        QCOMPARE(await(std::move(done)).value_or(RoomId()), RoomId(u"!new:x"_s));
        QVERIFY(!world->machine->isEncrypted(RoomId(u"!new:x"_s)).value_or(true));
    }

    void aSpaceThatCannotTakeItMakesNoRoom()
    {
        const auto refused = [this](const RoomId &parent, RoomKind kind = RoomKind::Private) {
            NewRoom room{
                .name = u"Salle"_s, .topic = {}, .kind = kind, .invite = {}, .alias = {}, .parent = parent};
            if (kind == RoomKind::Direct)
                room.invite = {UserId(u"@anna:x"_s)};
            return await(actions->create(room)).error().code;
        };
        QCOMPARE(refused(RoomId(u"!none:x"_s)), u"PARVIS_NO_SUCH_ROOM"_s);
        QCOMPARE(refused(world->room), u"PARVIS_NOT_A_SPACE"_s);
        makeRoom(space, u"m.space"_s);
        QCOMPARE(refused(space, RoomKind::Direct), u"PARVIS_BAD_ROOM_VALUE"_s);
        makeRoom(space, u"m.space"_s, 50);
        QCOMPARE(refused(space), u"PARVIS_RIGHTS_NOT_ENOUGH"_s);
        QVERIFY(world->http.sent.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RoomUpgradeTest)
#include "tst_room_upgrade.moc"
