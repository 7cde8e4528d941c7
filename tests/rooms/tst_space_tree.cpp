// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"
#include "rooms/room_list.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

RoomId id(const QString &name)
{
    return RoomId(u'!' + name + u":x"_s);
}

SpaceChild child(const QString &name, const QString &order = {}, qint64 ts = 0)
{
    return {.room = id(name), .via = {u"x"_s}, .order = order, .suggested = false, .ts = ts};
}

QStringList namesOf(const QList<SpaceChild> &children)
{
    QStringList out;
    for (const SpaceChild &one : children)
        out.append(one.room.toString().section(u':', 0, 0).mid(1));
    return out;
}

/// A cache with spaces and rooms in it.
struct Spaces {
    TemporaryCache cache;
    std::unique_ptr<rooms::RoomList> list;
    int number = 0;

    void room(const QString &name, bool space = false, MemberState membership = MemberState::Join)
    {
        RoomChanges changes{.id = id(name), .membership = membership};
        QJsonObject content{{"room_version"_L1, u"10"_s}};
        if (space)
            content["type"_L1] = u"m.space"_s;
        changes.state = {event(u"m.room.create"_s, {}, content),
                         event(u"m.room.name"_s, {}, {{"name"_L1, name}})};
        write(changes);
    }
    void state(const QString &room, const QString &type, const QString &key, const QJsonObject &content,
               const QString &sender = u"@me:x"_s)
    {
        write({.id = id(room), .state = {event(type, key, content, sender)}});
    }
    void put(const QString &space, const QString &room, const QJsonObject &content = via())
    {
        state(space, u"m.space.child"_s, id(room).toString(), content);
    }
    static QJsonObject via() { return {{"via"_L1, QJsonArray{u"x"_s}}}; }
    [[nodiscard]] rooms::RoomList &rooms()
    {
        if (!list) {
            list = std::make_unique<rooms::RoomList>(*cache);
            if (!list->load())
                qFatal("the test's list does not load");
        }
        return *list;
    }
    [[nodiscard]] QStringList childrenOf(const QString &space)
    {
        return namesOf(rooms().spaces().childrenOf(id(space)));
    }

private:
    Event event(const QString &type, const QString &key, const QJsonObject &content,
                const QString &sender = u"@me:x"_s)
    {
        return make::state(u"$%1"_s.arg(++number), sender, type, key, content);
    }
    void write(const RoomChanges &changes)
    {
        if (!cache->commit({.rooms = {changes}}))
            qFatal("the test's cache does not take it");
    }
};

} // namespace

/// Which rooms are in which spaces.
class SpaceTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void childrenAreInTheOrderOfTheSpecification()
    {
        const rooms::SpaceTree tree(
            {{id(u"s"_s),
              {child(u"d"_s, {}, 5), child(u"c"_s, {}, 5), child(u"e"_s, {}, 4), child(u"b"_s, u"b"_s),
               child(u"a"_s, u"~"_s), child(u"f"_s, u"B"_s)}}});

        QCOMPARE(namesOf(tree.childrenOf(id(u"s"_s))),
                 (QStringList{u"f"_s, u"b"_s, u"a"_s, u"e"_s, u"c"_s, u"d"_s}));
    }

    void circlesEndAndStayInReach()
    {
        const rooms::SpaceTree tree({{id(u"a"_s), {child(u"b"_s), child(u"a"_s), child(u"r"_s)}},
                                     {id(u"b"_s), {child(u"c"_s)}},
                                     {id(u"c"_s), {child(u"a"_s), child(u"q"_s)}},
                                     {id(u"top"_s), {child(u"low"_s)}},
                                     {id(u"low"_s), {child(u"q"_s)}}});

        QCOMPARE(tree.topLevel(), (QList{id(u"a"_s), id(u"top"_s)}));
        QCOMPARE(tree.below(id(u"a"_s)), (QSet{id(u"b"_s), id(u"c"_s), id(u"q"_s), id(u"r"_s)}));
        QCOMPARE(tree.parentsOf(id(u"q"_s)), (QList{id(u"c"_s), id(u"low"_s)}));
        QVERIFY(tree.below(id(u"nowhere"_s)).isEmpty());
    }

    void aChainOfSpacesAsDeepAsTheyCome()
    {
        rooms::SpaceTree::Children children;
        for (int i = 0; i < 20'000; ++i)
            children.insert(id(QString::number(i)), {child(QString::number(i + 1))});

        const rooms::SpaceTree tree(children);

        QCOMPARE(tree.topLevel(), QList{id(u"0"_s)});
        QCOMPARE(tree.below(id(u"0"_s)).size(), 20'000);
    }

    void whatIsNoChildIsNone_data()
    {
        QTest::addColumn<QJsonObject>("content");
        QTest::newRow("taken out") << QJsonObject();
        QTest::newRow("no server") << QJsonObject{{"via"_L1, QJsonArray()}};
        QTest::newRow("via: text") << QJsonObject{{"via"_L1, u"x"_s}};
        QTest::newRow("via: numbers") << QJsonObject{{"via"_L1, QJsonArray{u"x"_s, 5}}};
        QTest::newRow("via: object") << QJsonObject{{"via"_L1, QJsonObject{{"x"_L1, 1}}}};
    }
    void whatIsNoChildIsNone()
    {
        QFETCH(QJsonObject, content);
        Spaces world;
        world.room(u"s"_s, true);
        world.room(u"r"_s);
        world.put(u"s"_s, u"r"_s);
        world.put(u"s"_s, u"r"_s, content);

        QCOMPARE(world.childrenOf(u"s"_s), QStringList());
    }

    void anOrderThatBreaksTheRulesDoesNotCount()
    {
        Spaces world;
        world.room(u"s"_s, true);
        for (const auto &[name, order] : QList<std::pair<QString, QJsonValue>>{{u"long"_s, QString(51, u'a')},
                                                                               {u"number"_s, 1},
                                                                               {u"letter"_s, u"é"_s},
                                                                               {u"good"_s, u"zz"_s}}) {
            world.room(name);
            QJsonObject content = Spaces::via();
            content["order"_L1] = order;
            world.put(u"s"_s, name, content);
        }

        QCOMPARE(world.childrenOf(u"s"_s), (QStringList{u"good"_s, u"letter"_s, u"long"_s, u"number"_s}));
    }

    void onlySpacesThatThePersonIsInHoldRooms()
    {
        Spaces world;
        world.room(u"left"_s, true, MemberState::Leave);
        world.room(u"asked"_s, true, MemberState::Invite);
        world.room(u"room"_s);
        world.room(u"r"_s);
        for (const auto &space : {u"left"_s, u"asked"_s, u"room"_s})
            world.put(space, u"r"_s);

        QVERIFY(world.rooms().spaces().spaces().isEmpty());
    }

    void aRoomThatClaimsASpaceIsInItWhereItsAuthorMayPutItThere_data()
    {
        QTest::addColumn<QString>("sender");
        QTest::addColumn<QJsonObject>("content");
        QTest::addColumn<QStringList>("children");
        QTest::newRow("has the right") << u"@me:x"_s << Spaces::via() << QStringList{u"r"_s};
        QTest::newRow("has not") << u"@evil:x"_s << Spaces::via() << QStringList();
        QTest::newRow("no server") << u"@me:x"_s << QJsonObject() << QStringList();
    }
    void aRoomThatClaimsASpaceIsInItWhereItsAuthorMayPutItThere()
    {
        QFETCH(QString, sender);
        QFETCH(QJsonObject, content);
        Spaces world;
        world.room(u"s"_s, true);
        world.state(u"s"_s, u"m.room.power_levels"_s, {}, {{"users"_L1, QJsonObject{{"@me:x"_L1, 100}}}});
        world.room(u"r"_s);
        world.state(u"r"_s, u"m.space.parent"_s, id(u"s"_s).toString(), content, sender);

        QTEST(world.childrenOf(u"s"_s), "children");
    }

    void aRoomThatWasReplacedClaimsNothingMore()
    {
        Spaces world;
        world.room(u"s"_s, true);
        world.room(u"old"_s);
        world.state(u"old"_s, u"m.space.parent"_s, id(u"s"_s).toString(), Spaces::via());
        QCOMPARE(world.childrenOf(u"s"_s), QStringList{u"old"_s});

        world.room(u"new"_s);
        world.state(u"new"_s, u"m.room.create"_s, {},
                    {{"predecessor"_L1, QJsonObject{{"room_id"_L1, id(u"old"_s).toString()}}}});
        world.state(u"old"_s, u"m.room.tombstone"_s, {}, {{"replacement_room"_L1, id(u"new"_s).toString()}});

        QCOMPARE(world.childrenOf(u"s"_s), QStringList());
    }

    void aHundredThousandChildrenAreNoStall()
    {
        Spaces world;
        world.room(u"s"_s, true);
        world.room(u"known"_s);
        RoomChanges many{.id = id(u"s"_s)};
        for (int i = 0; i < 100'000; ++i)
            many.state.append(make::state(u"$c%1"_s.arg(i), u"@me:x"_s, u"m.space.child"_s,
                                          u"!%1:elsewhere"_s.arg(i), Spaces::via()));
        QVERIFY(world.cache->commit({.rooms = {many}}));
        world.put(u"s"_s, u"known"_s);
        (void)world.rooms();
        QElapsedTimer timer;
        timer.start();

        QCOMPARE(world.childrenOf(u"s"_s), QStringList{u"known"_s});

        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(world.cache->rooms().childrenOf(id(u"s"_s), 500)->size(), 500);
    }

    void aViewOfASpaceFollowsIt()
    {
        Spaces world;
        for (const auto &space : {u"s"_s, u"sub"_s})
            world.room(space, true);
        for (const auto &room : {u"in"_s, u"deep"_s, u"out"_s})
            world.room(room);
        world.put(u"s"_s, u"in"_s);
        world.put(u"s"_s, u"sub"_s);
        world.put(u"sub"_s, u"deep"_s);
        const auto view = world.rooms().view(
            {.show = rooms::Filter::Show::All, .text = {}, .space = id(u"s"_s), .keep = {}});
        const auto shown = [&] {
            QStringList out;
            for (const rooms::Summary &room : view->items().items())
                out.append(room.name);
            out.sort();
            return out;
        };
        QCOMPARE(shown(), (QStringList{u"deep"_s, u"in"_s}));

        world.put(u"sub"_s, u"out"_s);
        world.put(u"s"_s, u"in"_s, {});
        QTRY_COMPARE(shown(), (QStringList{u"deep"_s, u"out"_s}));

        world.state(u"out"_s, u"m.room.topic"_s, {}, {{"topic"_L1, u"neu"_s}});
        QCOMPARE(shown(), (QStringList{u"deep"_s, u"out"_s}));
        QVERIFY(world.cache->commit({.rooms = {{.id = id(u"sub"_s), .membership = MemberState::Leave}}}));
        QTRY_COMPARE(shown(), QStringList());
    }
};

QTEST_GUILESS_MAIN(SpaceTreeTest)
#include "tst_space_tree.moc"
