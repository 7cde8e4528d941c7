// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"
#include "rooms/room_list.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

Event named(const QString &name)
{
    return make::state(u"$n"_s + name, u"@b:x"_s, event_type::name, {}, {{"name"_L1, name}});
}

RoomChanges joined(const QString &id, const QString &name, qint64 recency)
{
    RoomChanges room{.id = RoomId(id), .membership = MemberState::Join};
    room.state = {named(name)};
    room.recency = recency;
    return room;
}

QStringList names(rooms::RoomView &view)
{
    QStringList out;
    for (const rooms::Summary &room : view.items().items())
        out.append(room.name);
    return out;
}

} // namespace

class tst_RoomList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersAndFollows()
    {
        TemporaryCache cache;
        QVERIFY(
            cache->commit({.rooms = {joined(u"!a:x"_s, u"Alpha"_s, 1), joined(u"!b:x"_s, u"Bêta"_s, 2)}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());
        const auto view = list.view({});
        QCOMPARE(names(*view), (QStringList{u"Bêta"_s, u"Alpha"_s}));

        RoomChanges invite{.id = RoomId(u"!c:x"_s), .membership = MemberState::Invite};
        invite.state = {named(u"Gamma"_s)};
        QVERIFY(cache->commit({.rooms = {{.id = RoomId(u"!a:x"_s), .recency = 3}, invite}}));
        QCOMPARE(names(*view), (QStringList{u"Gamma"_s, u"Alpha"_s, u"Bêta"_s}));
        QCOMPARE(list.totals().invites, 1);

        QVERIFY(cache->commit({.rooms = {{.id = RoomId(u"!a:x"_s), .membership = MemberState::Leave}}}));
        QCOMPARE(names(*view), (QStringList{u"Gamma"_s, u"Bêta"_s}));
    }

    void aRoomThatWasLeftStaysWhileSomethingWaitsInIt()
    {
        TemporaryCache cache;
        QVERIFY(
            cache->commit({.rooms = {joined(u"!a:x"_s, u"Alpha"_s, 1), joined(u"!b:x"_s, u"Bêta"_s, 2)}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());
        const auto view = list.view({});

        list.setUnsent({RoomId(u"!a:x"_s), RoomId(u"!unknown:x"_s)});
        QVERIFY(cache->commit({.rooms = {{.id = RoomId(u"!a:x"_s), .membership = MemberState::Leave}}}));

        QCOMPARE(names(*view).size(), 3); // a cache that was begun anew knows no room that was left
        QCOMPARE(names(*view).mid(0, 2), (QStringList{u"Bêta"_s, u"Alpha"_s}));
        QCOMPARE(view->items().at(1).membership, MemberState::Leave);
        QCOMPARE(view->items().at(2).membership, MemberState::Leave);
        QVERIFY(!view->items().at(2).name.isEmpty());
        QCOMPARE(names(*list.view({})), names(*view));
        QVERIFY(!list.room(RoomId(u"!unknown:x"_s)));
        rooms::RoomList again(*cache);
        again.setUnsent({RoomId(u"!a:x"_s)});
        QVERIFY(again.load());
        QCOMPARE(names(*again.view({})), (QStringList{u"Bêta"_s, u"Alpha"_s}));

        list.setUnsent({});
        QCOMPARE(names(*view), QStringList{u"Bêta"_s});
    }

    void whomThePersonIgnoresInvitesToNothing()
    {
        TemporaryCache cache;
        RoomChanges invite{.id = RoomId(u"!c:x"_s), .membership = MemberState::Invite};
        invite.inviter = UserId(u"@b:x"_s);
        invite.state = {named(u"Gamma"_s)};
        RoomChanges alpha = joined(u"!a:x"_s, u"Alpha"_s, 1);
        alpha.timeline = {make::stored(make::message(u"$1"_s, u"@b:x"_s, u"bonjour"_s))};
        QVERIFY(cache->commit({.rooms = {alpha, invite}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());
        const auto view = list.view({});
        QCOMPARE(names(*view), (QStringList{u"Gamma"_s, u"Alpha"_s}));
        QCOMPARE(view->items().at(1).last.text, u"bonjour"_s);

        const auto ignore = [&](const QJsonObject &users) {
            return cache->commit({.accountData = {make::accountData(u"m.ignored_user_list"_s,
                                                                    {{"ignored_users"_L1, users}})}});
        };
        QVERIFY(ignore({{"@b:x"_L1, QJsonObject()}}));
        QCOMPARE(names(*view), QStringList{u"Alpha"_s});
        QCOMPARE(view->items().at(0).last, rooms::Preview());
        QCOMPARE(list.totals().invites, 0);

        QVERIFY(ignore({}));
        QCOMPARE(names(*view), (QStringList{u"Gamma"_s, u"Alpha"_s}));
        QCOMPARE(list.totals().invites, 1);
    }

    void filtersWithoutRegardToAccents()
    {
        TemporaryCache cache;
        QVERIFY(cache->commit(
            {.rooms = {joined(u"!a:x"_s, u"Œuvres complètes"_s, 1), joined(u"!b:x"_s, u"Autre"_s, 2)}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());

        QCOMPARE(
            names(*list.view({.show = rooms::Filter::Show::All, .text = u"OEUVRES COMPLE"_s, .keep = {}})),
            QStringList{u"Œuvres complètes"_s});
        QCOMPARE(
            names(*list.view({.show = rooms::Filter::Show::Unread, .text = {}, .keep = RoomId(u"!b:x"_s)})),
            QStringList{u"Autre"_s});
        // What is open is no answer to a search for something else.
        QCOMPARE(names(*list.view(
                     {.show = rooms::Filter::Show::All, .text = u"oeuvres"_s, .keep = RoomId(u"!b:x"_s)})),
                 QStringList{u"Œuvres complètes"_s});
    }

    void previewsTheNewestReadableText()
    {
        TemporaryCache cache;
        RoomChanges room = joined(u"!a:x"_s, u"A"_s, 1);
        room.state.append(make::member(u"$m"_s, u"@b:x"_s, u"join"_s, u"Bea"_s));
        room.timeline = {make::stored(make::message(u"$1"_s, u"@b:x"_s, u"alt\nzweite Zeile"_s)),
                         make::stored(make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"neu"_s)),
                         make::stored(make::edit(u"$3"_s, u"@evil:x"_s, u"$1"_s, u"böse"_s))};
        QVERIFY(cache->commit({.rooms = {room}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());
        QCOMPARE(list.room(RoomId(u"!a:x"_s))->last.text, u"neu"_s);
        QCOMPARE(list.room(RoomId(u"!a:x"_s))->last.senderName, u"Bea"_s);

        RoomChanges secret{.id = RoomId(u"!a:x"_s)};
        secret.timeline = {make::stored(make::encrypted(u"$4"_s, u"@b:x"_s, u"s"_s))};
        QVERIFY(cache->commit({.rooms = {secret}}));
        QVERIFY(!list.room(RoomId(u"!a:x"_s))->last.readable);
        QVERIFY(cache->commit(
            {.decryptions = {{RoomId(u"!a:x"_s), EventId(u"$4"_s), make::clearText(u"klar"_s), {}}}}));
        QCOMPARE(list.room(RoomId(u"!a:x"_s))->last.text, u"klar"_s);
    }

    void namesARoomAfterItsMembers()
    {
        TemporaryCache cache;
        RoomChanges room{.id = RoomId(u"!a:x"_s), .membership = MemberState::Join};
        room.state = {make::member(u"$1"_s, u"@b:x"_s, u"join"_s, u"Bea"_s),
                      make::member(u"$2"_s, u"@me:x"_s, u"join"_s, u"Ich"_s),
                      make::member(u"$3"_s, u"@bot:x"_s, u"join"_s, u"Bot"_s),
                      make::state(u"$4"_s, u"@b:x"_s, event_type::functionalMembers, {},
                                  {{"service_members"_L1, QJsonArray{"@bot:x"_L1}}})};
        room.joinedCount = 2;
        QVERIFY(cache->commit({.rooms = {room}}));
        rooms::RoomList list(*cache);
        QVERIFY(list.load());

        QCOMPARE(list.room(RoomId(u"!a:x"_s))->name, u"Bea"_s);
    }

    /// However the changes come: a view is what sorting and filtering the whole gives.
    void aViewIsAlwaysTheSortedWhole()
    {
        TemporaryCache cache;
        rooms::RoomList list(*cache);
        QVERIFY(list.load());
        const auto view = list.view({.show = rooms::Filter::Show::All, .text = u"a"_s, .keep = {}});
        QRandomGenerator random(7);
        for (int step = 0; step < 200; ++step) {
            RoomChanges room = joined(u"!%1:x"_s.arg(random.bounded(12)),
                                      random.bounded(2) ? u"Ab"_s : u"Cd"_s, random.bounded(50));
            room.membership = MemberState(random.bounded(5));
            if (random.bounded(3) == 0)
                room.accountData = {make::accountData(
                    u"m.tag"_s,
                    {{"tags"_L1,
                      QJsonObject{
                          {random.bounded(2) ? "m.favourite"_L1 : "m.lowpriority"_L1, QJsonObject()}}}})};
            QVERIFY(cache->commit({.rooms = {room}}));

            rooms::RoomView fresh({.show = rooms::Filter::Show::All, .text = u"a"_s, .keep = {}}, [&] {
                QHash<RoomId, rooms::Summary> all;
                for (const rooms::Summary &one : list.all())
                    all.insert(one.id, one);
                return all;
            }());
            QCOMPARE(view->items().items().toList(), fresh.items().items().toList());
        }
    }
};

QTEST_GUILESS_MAIN(tst_RoomList)
#include "tst_room_list.moc"
