// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_details.h"
#include "engine/room_settings.h"

#include <QJsonArray>
#include <QTest>

#include "api_world.h"

using namespace parvis;

/// What is said of a room from within, and what changes it.
class RoomSettingsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ApiWorld> world;
    std::unique_ptr<rooms::RoomList> list;
    std::unique_ptr<RoomSettings> settings;
    int number = 0;

    void state(const QString &type, const QJsonObject &content, const QString &sender = u"@me:x"_s)
    {
        world->write(
            {.id = world->room, .state = {make::state(u"$s%1"_s.arg(++number), sender, type, {}, content)}});
    }
    void levels(const QJsonObject &content) { state(u"m.room.power_levels"_s, content); }
    [[nodiscard]] RoomDetails details() const
    {
        const auto found = roomDetails(*world->cache, *list, world->room);
        return found.value_or(RoomDetails());
    }
    [[nodiscard]] QString refused(const RoomEdit &edit) const
    {
        const auto answer = await(settings->change(world->room, edit));
        return !answer && world->http.sent.isEmpty() ? answer.error().code + u' ' + answer.error().detail
                                                     : u"not refused, or only after something was sent"_s;
    }

    void begin(bool withLevels)
    {
        cleanup();
        world = std::make_unique<ApiWorld>();
        list = std::make_unique<rooms::RoomList>(*world->cache);
        settings = std::make_unique<RoomSettings>(world->api, *world->cache, *list);
        world->write({.id = world->room, .membership = MemberState::Join});
        state(u"m.room.create"_s, {{"room_version"_L1, u"10"_s}});
        if (withLevels)
            levels({{"users"_L1, QJsonObject{{"@me:x"_L1, 100}, {"@anna:x"_L1, 50}}}});
    }

private Q_SLOTS:
    void init() { begin(true); }

    void cleanup()
    {
        settings.reset();
        list.reset();
        world.reset();
    }

    void aRoomThatSaysNothingHasTheDefaults()
    {
        const RoomDetails room = details();

        QCOMPARE(room.history, u"shared"_s);
        QCOMPARE(room.joinRule, u"invite"_s);
        QCOMPARE(room.version, u"10"_s);
        QCOMPARE(room.rule, AccessRule::Restricted);
        QVERIFY(!room.ruleStated);
        QVERIFY(!room.retentionMs);
        QVERIFY(room.pinned.isEmpty() && room.encryption.isEmpty() && room.replacedBy.room.isEmpty());
        QCOMPARE(room.levels.ban, 50);
        QCOMPARE(room.levels.users.value(u"@anna:x"_s), 50);
        QVERIFY(room.rights.topic && room.rights.powerLevels && room.rights.ban && room.rights.send);
        QVERIFY(!room.rights.children); // it is no space
    }

    void aRoomThatIsNotThereIsNotFound()
    {
        const auto found = roomDetails(*world->cache, *list, RoomId(u"!none:x"_s));

        QCOMPARE(found.error().code, u"PARVIS_NO_SUCH_ROOM"_s);
    }

    void levelsOfWrongTypesAreReadAsFarAsTheyCan()
    {
        levels({{"users"_L1, QJsonObject{{"@me:x"_L1, u" 75 "_s}, {"@anna:x"_L1, QJsonArray{100}}}},
                {"ban"_L1, 1e300},
                {"kick"_L1, u"many"_s},
                {"events"_L1, QJsonObject{{"m.room.topic"_L1, 75.9}, {"m.room.name"_L1, true}}},
                {"notifications"_L1, u"all"_s}});

        const RoomDetails room = details();

        QCOMPARE(room.rights.power, 75);
        QCOMPARE(room.levels.users.size(), 1);
        QVERIFY(!room.rights.ban);
        QCOMPARE(room.levels.kick, 50);
        QVERIFY(room.rights.topic && room.rights.name);
        QCOMPARE(room.levels.notifyRoom, 50);
    }

    void whoMadeARoomOfVersion12IsAboveItsLevels()
    {
        state(u"m.room.create"_s,
              {{"room_version"_L1, u"12"_s}, {"additional_creators"_L1, QJsonArray{u"@anna:x"_s, 5}}});
        levels({{"users"_L1, QJsonObject{{"@b:x"_L1, 100}}}, {"state_default"_L1, 1000}});

        const RoomDetails room = details();

        QVERIFY(room.levels.creators.contains(u"@me:x"_s) && room.levels.creators.contains(u"@anna:x"_s));
        QVERIFY(room.rights.topic && room.rights.upgrade);
    }

    void factsOfWrongTypesAreNone_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QJsonObject>("content");
        QTest::newRow("retention: text") << u"m.room.retention"_s << QJsonObject{{"max_lifetime"_L1, u"9"_s}};
        QTest::newRow("retention: below 0") << u"m.room.retention"_s << QJsonObject{{"max_lifetime"_L1, -5}};
        QTest::newRow("retention: huge") << u"m.room.retention"_s << QJsonObject{{"max_lifetime"_L1, 1e300}};
        QTest::newRow("pinned: object")
            << u"m.room.pinned_events"_s << QJsonObject{{"pinned"_L1, QJsonObject{{"$a"_L1, 1}}}};
        QTest::newRow("pinned: numbers")
            << u"m.room.pinned_events"_s << QJsonObject{{"pinned"_L1, QJsonArray{1, QJsonArray(), u""_s}}};
        QTest::newRow("tombstone: no room")
            << u"m.room.tombstone"_s << QJsonObject{{"replacement_room"_L1, u"../x"_s}};
        QTest::newRow("tombstone: itself")
            << u"m.room.tombstone"_s << QJsonObject{{"replacement_room"_L1, u"!r:x"_s}};
    }
    void factsOfWrongTypesAreNone()
    {
        QFETCH(QString, type);
        QFETCH(QJsonObject, content);
        state(type, content);

        const RoomDetails room = details();

        QVERIFY(!room.retentionMs);
        QVERIFY(room.pinned.isEmpty());
        QVERIFY(room.replacedBy.room.isEmpty());
    }

    void manyPinsAreBounded()
    {
        QJsonArray many;
        for (int i = 0; i < 20'000; ++i)
            many.append(u"$%1"_s.arg(i / 2));
        state(u"m.room.pinned_events"_s, {{"pinned"_L1, many}});

        const RoomDetails room = details();

        QCOMPARE(room.pinned.size(), 1000);
        QCOMPARE(room.pinned.constFirst(), EventId(u"$0"_s));
        QCOMPARE(room.pinned.at(1), EventId(u"$1"_s));
    }

    void theKindFollowsTheAccessRules_data()
    {
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QJsonObject>("rules");
        QTest::addColumn<RoomKind>("kind");
        const auto rules = [](const QString &rule, bool forced = false) {
            return QJsonObject{{"rule"_L1, rule},
                               {"visibility"_L1, u"private"_s},
                               {"force_unencrypted_at_creation"_L1, forced}};
        };
        QTest::newRow("private") << true << rules(u"restricted"_s) << RoomKind::Private;
        QTest::newRow("external") << true << rules(u"unrestricted"_s) << RoomKind::External;
        QTest::newRow("direct") << true << rules(u"direct"_s) << RoomKind::Direct;
        QTest::newRow("unknown rule") << true << rules(u"anybody"_s) << RoomKind::Private;
        QTest::newRow("a rule that is a number") << true << QJsonObject{{"rule"_L1, 1}} << RoomKind::Private;
        QTest::newRow("not encrypted") << false << rules(u"restricted"_s, true) << RoomKind::Unencrypted;
        QTest::newRow("not encrypted, guests")
            << false << rules(u"unrestricted"_s, true) << RoomKind::Unencrypted;
        QTest::newRow("forum") << false << rules(u"restricted"_s) << RoomKind::Public;
    }
    void theKindFollowsTheAccessRules()
    {
        QFETCH(bool, encrypted);
        QFETCH(QJsonObject, rules);
        if (encrypted)
            state(u"m.room.encryption"_s, {{"algorithm"_L1, u"m.megolm.v1.aes-sha2"_s}});
        state(u"im.vector.room.access_rules"_s, rules);

        const RoomDetails room = details();

        QTEST(room.kind, "kind");
        QVERIFY(room.ruleStated);
        QCOMPARE(list->room(world->room)->access.rule == u"unrestricted"_s,
                 room.rule == AccessRule::Unrestricted);
    }

    void whatIsSoAlreadyIsNotSent()
    {
        state(u"m.room.name"_s, {{"name"_L1, u"Salle"_s}});

        const auto answer = await(settings->change(world->room, {.name = u"Salle"_s, .topic = u""_s}));

        QVERIFY(answer);
        QVERIFY(world->http.sent.isEmpty());
    }

    void aChangeGoesOneEventAfterTheOther()
    {
        auto done = settings->change(
            world->room,
            {.name = u"Salle"_s, .history = u"joined"_s, .joinRule = u"knock"_s, .retentionMs = 7'200'000});

        QCOMPARE(world->http.sent.size(), 1);
        QVERIFY(world->http.sent[0].url.endsWith("/state/m.room.name/"));
        world->http.answer(200, R"({"event_id":"$1"})");
        QCOMPARE(world->http.body(1)["history_visibility"_L1].toString(), u"joined"_s);
        world->http.answer(200, R"({"event_id":"$2"})");
        QCOMPARE(world->http.body(2)["join_rule"_L1].toString(), u"knock"_s);
        world->http.answer(200, R"({"event_id":"$3"})");
        QCOMPARE(world->http.body(3)["max_lifetime"_L1].toInteger(), 7'200'000);
        world->http.answer(200, R"({"event_id":"$4"})");
        QVERIFY(await(std::move(done)));
    }

    void whatTheServerRefusesEndsTheChangeAndIsNamed()
    {
        auto done = settings->change(world->room, {.name = u"Salle"_s, .topic = u"Ordre du jour"_s});
        world->http.answer(403, R"({"errcode":"M_FORBIDDEN","error":"no"})");

        const auto answer = await(std::move(done));

        QCOMPARE(world->http.sent.size(), 1);
        QCOMPARE(answer.error().code, u"M_FORBIDDEN"_s);
        QVERIFY(answer.error().detail.startsWith(u"name: "_s));
    }

    void aWrongValueIsRefusedBeforeAnythingIsSent_data()
    {
        QTest::addColumn<RoomEdit>("edit");
        QTest::addColumn<QString>("field");
        QTest::newRow("history") << RoomEdit{.name = u"x"_s, .history = u"sometimes"_s} << u"history"_s;
        QTest::newRow("join rule") << RoomEdit{.name = u"x"_s, .joinRule = u"private"_s} << u"join_rule"_s;
        QTest::newRow("no space to be restricted to")
            << RoomEdit{.name = u"x"_s, .joinRule = u"restricted"_s} << u"join_rule"_s;
        QTest::newRow("avatar") << RoomEdit{.name = u"x"_s, .avatar = u"https://x/y.png"_s} << u"avatar"_s;
        QTest::newRow("retention in seconds")
            << RoomEdit{.name = u"x"_s, .retentionMs = 90} << u"retention"_s;
        QTest::newRow("retention below 0") << RoomEdit{.name = u"x"_s, .retentionMs = -1} << u"retention"_s;
        QTest::newRow("long name") << RoomEdit{.name = QString(256, u'x')} << u"name"_s;
        QTest::newRow("invisible name") << RoomEdit{.name = QString(3, QChar(0x200b))} << u"name"_s;
        QTest::newRow("long topic") << RoomEdit{.name = u"x"_s, .topic = QString(30'001, u'x')} << u"topic"_s;
    }
    void aWrongValueIsRefusedBeforeAnythingIsSent()
    {
        QFETCH(RoomEdit, edit);
        QFETCH(QString, field);

        const QString what = refused(edit);

        QVERIFY2(what.startsWith(u"PARVIS_BAD_ROOM_VALUE "_s + field + u": "_s), qPrintable(what));
    }

    void aJoinRuleThatTheRoomsVersionDoesNotKnowIsRefused()
    {
        state(u"m.room.create"_s, {{"room_version"_L1, u"6"_s}});

        QVERIFY(refused({.joinRule = u"knock"_s}).startsWith(u"PARVIS_BAD_ROOM_VALUE join_rule: "_s));
    }

    void aRestrictedRoomKeepsWhoMayComeIn()
    {
        const QJsonArray allow{
            QJsonObject{{"type"_L1, u"m.room_membership"_s}, {"room_id"_L1, u"!space:x"_s}},
            QJsonObject{{"type"_L1, u"of.another.kind"_s}}};
        state(u"m.room.join_rules"_s, {{"join_rule"_L1, u"restricted"_s}, {"allow"_L1, allow}});

        (void)settings->change(world->room, {.joinRule = u"knock_restricted"_s});

        QCOMPARE(world->http.body(0)["allow"_L1].toArray(), allow);
        QCOMPARE(details().joinAllow, QStringList{u"!space:x"_s});
    }

    void whoHasNotThePowerIsToldBeforeAnythingIsSent()
    {
        levels({{"users"_L1, QJsonObject{{"@me:x"_L1, 50}}},
                {"events"_L1, QJsonObject{{"m.room.topic"_L1, 100}}}});

        QCOMPARE(refused({.name = u"x"_s, .topic = u"y"_s}), u"PARVIS_RIGHTS_NOT_ENOUGH topic"_s);
    }

    void whoLeftChangesNothing()
    {
        world->write({.id = world->room, .membership = MemberState::Leave});

        QCOMPARE(refused({.name = u"x"_s}), u"PARVIS_RIGHTS_NOT_ENOUGH name"_s);
        const auto power = await(settings->setPower(world->room, UserId(u"@anna:x"_s), 0));
        QCOMPARE(power.error().code, u"PARVIS_RIGHTS_NOT_ENOUGH"_s);
        QVERIFY(world->http.sent.isEmpty());
    }

    void powerIsWrittenOverWhatTheServerHasNow()
    {
        auto done = settings->setPower(world->room, UserId(u"@anna:x"_s), 75);
        QVERIFY(world->http.sent[0].url.endsWith("/state/m.room.power_levels/"));
        world->http.answer(200, R"({"users":{"@me:x":100,"@new:x":"60"},"ban":"70","of.somebody":[1]})");

        QCOMPARE(world->http.body(1)["users"_L1].toObject(),
                 (QJsonObject{{"@me:x"_L1, 100}, {"@new:x"_L1, u"60"_s}, {"@anna:x"_L1, 75}}));
        QCOMPARE(world->http.body(1)["ban"_L1].toString(), u"70"_s);
        QVERIFY(world->http.body(1)["of.somebody"_L1].isArray());
        world->http.answer(200, R"({"event_id":"$1"})");
        QVERIFY(await(std::move(done)));
    }

    void theDefaultTakesTheEntryAway()
    {
        (void)settings->setPower(world->room, UserId(u"@anna:x"_s), 0);
        world->http.answer(200, R"({"users":{"@me:x":100,"@anna:x":50}})");

        QCOMPARE(world->http.body(1)["users"_L1].toObject(), (QJsonObject{{"@me:x"_L1, 100}}));
    }

    void powerThatMayNotBeGivenIsRefused_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<qint64>("power");
        QTest::newRow("above the own one") << u"@anna:x"_s << qint64(101);
        QTest::newRow("somebody with as much") << u"@other:x"_s << qint64(0);
    }
    void powerThatMayNotBeGivenIsRefused()
    {
        QFETCH(QString, user);
        QFETCH(qint64, power);
        auto done = settings->setPower(world->room, UserId(user), power);
        world->http.answer(200, R"({"users":{"@me:x":100,"@other:x":100}})");

        const auto answer = await(std::move(done));

        QCOMPARE(answer.error().code, u"PARVIS_RIGHTS_NOT_ENOUGH"_s);
        QCOMPARE(world->http.sent.size(), 1);
    }

    void ownPowerMayBeGivenUp()
    {
        (void)settings->setPower(world->room, UserId(u"@me:x"_s), 50);
        world->http.answer(200, R"({"users":{"@me:x":100}})");

        QCOMPARE(world->http.body(1)["users"_L1]["@me:x"_L1].toInt(), 50);
    }

    void withoutAnEventTheCreatorKeepsTheirPower()
    {
        begin(false);
        (void)settings->setPower(world->room, UserId(u"@anna:x"_s), 50);
        world->http.answer(404, R"({"errcode":"M_NOT_FOUND","error":"?"})");

        QCOMPARE(world->http.body(1)["users"_L1].toObject(),
                 (QJsonObject{{"@me:x"_L1, 100}, {"@anna:x"_L1, 50}}));
    }

    void noAnswerThatNamesNothingEmptiesThePowers_data()
    {
        QTest::addColumn<bool>("known");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("they are known here") << true << R"({"errcode":"M_NOT_FOUND","error":"?"})"_ba;
        QTest::newRow("somebody else answers") << false << "<html>"_ba;
        QTest::newRow("not understood") << false << R"({"errcode":"M_UNRECOGNIZED","error":"?"})"_ba;
    }
    void noAnswerThatNamesNothingEmptiesThePowers()
    {
        QFETCH(bool, known);
        QFETCH(QByteArray, body);
        begin(known);
        auto done = settings->setPower(world->room, UserId(u"@anna:x"_s), 50);
        world->http.answer(404, body);
        QVERIFY(!await(std::move(done)) && world->http.sent.size() == 1);
    }

    void whoMadeARoomOfVersion12KeepsAllPower()
    {
        state(u"m.room.create"_s, {{"room_version"_L1, u"12"_s}});
        auto done = settings->setPower(world->room, UserId(u"@me:x"_s), 50);
        world->http.answer(200, R"({"users":{"@anna:x":100}})");

        QCOMPARE(await(std::move(done)).error().code, u"PARVIS_RIGHTS_NOT_ENOUGH"_s);
        QCOMPARE(world->http.sent.size(), 1);
    }

    void wrongIdsAndNumbersAreRefusedAtOnce()
    {
        QCOMPARE(await(settings->setPower(world->room, UserId(u"anna"_s), 5)).error().code,
                 u"PARVIS_BAD_USER_ID"_s);
        QCOMPARE(await(settings->setPower(world->room, UserId(u"@anna:x"_s), qint64(1) << 53)).error().code,
                 u"PARVIS_BAD_ROOM_VALUE"_s);
        QVERIFY(world->http.sent.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RoomSettingsTest)
#include "tst_room_settings.moc"
