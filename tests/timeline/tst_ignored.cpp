// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;

/// What people say of whom the person wants to hear nothing, in a room with others.
class tst_Ignored : public QObject
{
    Q_OBJECT

private:
    static void ignore(World &world, const QJsonObject &users)
    {
        QVERIFY(world.cache->commit(
            {.accountData = {make::accountData(u"m.ignored_user_list"_s, {{"ignored_users"_L1, users}})}}));
    }
    static Event reaction(const QString &id, const QString &sender, const QString &to)
    {
        const QJsonObject relation{
            {"rel_type"_L1, "m.annotation"_L1}, {"event_id"_L1, to}, {"key"_L1, u"👍"_s}};
        return make::event(make::envelope(id, sender, event_type::reaction, {{"m.relates_to"_L1, relation}}));
    }
    static void talk(World &world)
    {
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"de Bob"_s),
                    make::message(u"$2"_s, u"@c:x"_s, u"de Carole"_s),
                    reaction(u"$3"_s, u"@b:x"_s, u"$2"_s)});
    }

private Q_SLOTS:
    void theirMessagesAndReactionsGoAndComeBack()
    {
        World world;
        talk(world);
        QCOMPARE(world.bodies(), (QStringList{u"de Bob"_s, u"de Carole"_s}));
        QCOMPARE(world.at(1).reactions.size(), 1);

        ignore(world, {{"@b:x"_L1, QJsonObject()}});
        QCOMPARE(world.bodies(), QStringList{u"de Carole"_s});
        QVERIFY(world.at(0).reactions.isEmpty());
        world.live({make::message(u"$4"_s, u"@b:x"_s, u"encore"_s),
                    make::encrypted(u"$5"_s, u"@b:x"_s, u"session"_s)});
        QCOMPARE(world.bodies(), QStringList{u"de Carole"_s});

        ignore(world, {});
        QCOMPARE(world.bodies().first(3), (QStringList{u"de Bob"_s, u"de Carole"_s, u"encore"_s}));
        QCOMPARE(world.at(1).reactions.size(), 1);
    }

    void noThreadCountsThem()
    {
        World world;
        const auto inThread = [](const QString &id, const QString &sender) {
            return make::message(
                id, sender, id,
                {{"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.thread"_L1}, {"event_id"_L1, "$1"_L1}}}});
        };
        world.live({make::message(u"$1"_s, u"@c:x"_s, u"début"_s), inThread(u"$2"_s, u"@b:x"_s),
                    inThread(u"$3"_s, u"@b:x"_s), inThread(u"$4"_s, u"@c:x"_s)});
        QCOMPARE(world.at(0).inThread, 3);
        ignore(world, {{"@b:x"_L1, QJsonObject()}});
        QCOMPARE(world.at(0).inThread, 1);
    }

    void theyHaveReadNothing()
    {
        World world;
        talk(world);
        RoomChanges changes{.id = room};
        changes.receipts = {{UserId(u"@b:x"_s), EventId(u"$2"_s), u"m.read"_s, {}, 5}};
        QVERIFY(world.cache->commit({.rooms = {changes}}));
        QCOMPARE(world.at(1).readBy.size(), 1);
        ignore(world, {{"@b:x"_L1, QJsonObject()}});
        QVERIFY(world.at(0).readBy.isEmpty());
    }

    void nobodyIsMadeToIgnoreThemselves()
    {
        World world;
        ignore(world, {{"@me:x"_L1, QJsonObject()}});
        world.live({make::message(u"$1"_s, u"@me:x"_s, u"moi"_s)});
        QCOMPARE(world.bodies(), QStringList{u"moi"_s});
    }

    void whoComesAndGoesIsShownOfEverybody()
    {
        World world;
        ignore(world, {{"@b:x"_L1, QJsonObject()}});
        world.live({make::member(u"$1"_s, u"@b:x"_s, u"join"_s, u"Bob"_s)});
        QCOMPARE(world.timeline.items().size(), 1);
    }

    void aConversationThatIsOpenedLaterKnowsIt()
    {
        TemporaryCache cache;
        FakeSyncCrypto crypto;
        FakeHistory history;
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        changes.timeline = {make::stored(make::message(u"$1"_s, u"@b:x"_s, u"de Bob"_s))};
        QVERIFY(cache->commit({.rooms = {changes},
                               .accountData = {make::accountData(
                                   u"m.ignored_user_list"_s,
                                   {{"ignored_users"_L1, QJsonObject{{"@b:x"_L1, QJsonObject()}}}})}}));
        RoomTimeline timeline(*cache, crypto, history, room);
        QVERIFY(timeline.open());
        QCOMPARE(timeline.items().size(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_Ignored)
#include "tst_ignored.moc"
