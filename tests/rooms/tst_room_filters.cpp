// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"
#include "rooms/room_list.h"

#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

using Show = rooms::Filter::Show;

/// Which rooms a view shows, and which have another one in their place.
class RoomFiltersTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TemporaryCache> cache;
    std::unique_ptr<rooms::RoomList> list;
    int number = 0;

    Event event(const QString &type, const QJsonObject &content)
    {
        return make::state(u"$%1"_s.arg(++number), u"@b:x"_s, type, {}, content);
    }
    void write(const RoomChanges &changes) { QVERIFY((*cache)->commit({.rooms = {changes}})); }
    void room(const QString &name, const QString &predecessor = {}, const QString &successor = {},
              MemberState membership = MemberState::Join)
    {
        RoomChanges changes{.id = RoomId(u'!' + name), .membership = membership};
        QJsonObject create{{"room_version"_L1, u"12"_s}};
        if (!predecessor.isEmpty())
            create["predecessor"_L1] = QJsonObject{{"room_id"_L1, u'!' + predecessor}};
        changes.state = {event(u"m.room.create"_s, create), event(u"m.room.name"_s, {{"name"_L1, name}})};
        if (!successor.isEmpty())
            changes.state.append(event(u"m.room.tombstone"_s, {{"replacement_room"_L1, u'!' + successor}}));
        changes.recency = ++number;
        write(changes);
    }
    [[nodiscard]] bool replaced(const QString &name) const
    {
        return list->room(RoomId(u'!' + name)).value_or(rooms::Summary()).replaced;
    }
    QStringList shown(Show show)
    {
        QStringList out;
        const auto view = list->view({.show = show, .text = {}, .space = {}, .keep = {}});
        for (const rooms::Summary &one : view->items().items())
            out.append(one.name);
        return out;
    }

private Q_SLOTS:
    void init()
    {
        cache = std::make_unique<TemporaryCache>();
        list = std::make_unique<rooms::RoomList>(**cache);
        QVERIFY(list->load());
    }

    void cleanup()
    {
        list.reset();
        cache.reset();
    }

    void eachFilterShowsItsOwn()
    {
        const auto tagged = [](const QString &tag) {
            return make::accountData(u"m.tag"_s, {{"tags"_L1, QJsonObject{{tag, QJsonObject()}}}});
        };
        for (const auto &name : {u"plain"_s, u"loved"_s, u"quiet"_s, u"with Anna"_s, u"named"_s})
            room(name);
        write({.id = RoomId(u"!loved"_s), .accountData = {tagged(u"m.favourite"_s)}});
        write({.id = RoomId(u"!quiet"_s), .accountData = {tagged(u"m.lowpriority"_s)}});
        Event mention =
            make::message(u"$hi"_s, u"@b:x"_s, u"hallo"_s,
                          {{"m.mentions"_L1, QJsonObject{{"user_ids"_L1, QJsonArray{u"@me:x"_s}}}}});
        write({.id = RoomId(u"!named"_s), .timeline = {make::stored(mention)}});
        QVERIFY((*cache)->commit({.accountData = {make::accountData(
                                      u"m.direct"_s, {{"@anna:x"_L1, QJsonArray{u"!with Anna"_s}}})}}));
        room(u"asked"_s, {}, {}, MemberState::Invite);
        room(u"knocked"_s, {}, {}, MemberState::Knock);
        RoomChanges space{.id = RoomId(u"!space"_s), .membership = MemberState::Join};
        space.state = {event(u"m.room.create"_s, {{"type"_L1, u"m.space"_s}}),
                       event(u"m.room.name"_s, {{"name"_L1, u"space"_s}})};
        write(space);

        QCOMPARE(shown(Show::Favourites), QStringList{u"loved"_s});
        QCOMPARE(shown(Show::LowPriority), QStringList{u"quiet"_s});
        QCOMPARE(shown(Show::Mentions), QStringList{u"named"_s});
        QCOMPARE(shown(Show::People), QStringList{u"with Anna"_s});
        QCOMPARE(shown(Show::Invitations), QStringList{u"asked"_s});
        QCOMPARE(shown(Show::Knocks), QStringList{u"knocked"_s});
        QCOMPARE(shown(Show::Spaces), QStringList{u"space"_s});
        QCOMPARE(shown(Show::All).size(), 7);
        QVERIFY(!shown(Show::All).contains(u"space"_s));
    }

    void aRoomIsReplacedOnceBothSaySo()
    {
        room(u"other"_s);
        room(u"old"_s, {}, u"new"_s);
        QVERIFY(!replaced(u"old"_s)); // a tombstone alone
        QCOMPARE(shown(Show::All), (QStringList{u"old"_s, u"other"_s}));

        room(u"new"_s, u"old"_s);

        QVERIFY(replaced(u"old"_s));
        QCOMPARE(shown(Show::All), (QStringList{u"new"_s, u"other"_s, u"old"_s}));
        rooms::RoomList again(**cache);
        QVERIFY(again.load());
        QVERIFY(again.room(RoomId(u"!old"_s))->replaced);

        write({.id = RoomId(u"!new"_s), .membership = MemberState::Leave});
        QVERIFY(!replaced(u"old"_s)); // nowhere else to go
    }

    void nobodyPutsARoomOutOfSightAlone()
    {
        room(u"victim"_s);
        room(u"evil"_s, u"victim"_s);
        QVERIFY(!replaced(u"victim"_s));

        room(u"torn"_s, {}, u"stranger"_s);
        room(u"stranger"_s, u"victim"_s);
        QVERIFY(!replaced(u"torn"_s) && !replaced(u"victim"_s));
    }

    void roomsThatReplaceEachOtherEnd()
    {
        room(u"a"_s, u"b"_s, u"b"_s);
        room(u"b"_s, u"a"_s, u"a"_s);
        room(u"self"_s, u"self"_s, u"self"_s);

        QVERIFY(replaced(u"a"_s) && replaced(u"b"_s) && !replaced(u"self"_s));
        QCOMPARE(shown(Show::All).size(), 3);
    }
};

QTEST_GUILESS_MAIN(RoomFiltersTest)
#include "tst_room_filters.moc"
