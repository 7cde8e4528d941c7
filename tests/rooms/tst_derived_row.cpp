// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What is kept with a room is what would be made of its messages and members, and goes with the first change.
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"
#include "rooms/derived_row.h"
#include "rooms/room_list.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class DerivedRowTest : public QObject
{
    Q_OBJECT

    const RoomId room{u"!a:x"_s};
    TemporaryCache *m_cache = nullptr;

    [[nodiscard]] TemporaryCache &cache() const { return *m_cache; }
    [[nodiscard]] StoredRoom stored() const { return **cache()->rooms().room(room); }

    [[nodiscard]] static Event member(const QString &user, const QString &name)
    {
        return make::state(u"$m"_s + user + name, user, event_type::member, user,
                           {{"membership"_L1, u"join"_s}, {"displayname"_L1, name}});
    }
    [[nodiscard]] static Event says(const QString &id, const QString &text)
    {
        return make::message(id, u"@b:x"_s, text);
    }

    /// A room without a name: it goes by its members.
    void begin()
    {
        RoomChanges begun{.id = room, .membership = MemberState::Join};
        begun.state = {member(u"@me:x"_s, u"Moi"_s), member(u"@b:x"_s, u"Béatrice"_s)};
        begun.heroes = QList<Hero>{{UserId(u"@b:x"_s), {}, {}}};
        begun.joinedCount = 2;
        begun.timeline = {make::stored(says(u"$1"_s, u"bonjour"_s))};
        QVERIFY(cache()->commit({.rooms = {begun}}));
    }

    /// The row as a list shows it that begins now.
    [[nodiscard]] rooms::Summary shown() const
    {
        rooms::RoomList list(*cache());
        return list.load() ? list.room(room).value_or(rooms::Summary()) : rooms::Summary();
    }

private Q_SLOTS:
    void init() { m_cache = new TemporaryCache; }
    void cleanup() { delete std::exchange(m_cache, nullptr); }

    void whatIsKeptIsWhatIsMade()
    {
        begin();
        rooms::RoomList list(*cache());
        QVERIFY(list.load());
        const auto made = list.room(room);
        QCOMPARE(made->name, u"Béatrice"_s);
        QCOMPARE(made->last.text, u"bonjour"_s);
        QCOMPARE(made->last.senderName, u"Béatrice"_s);
        QVERIFY(stored().derived.isEmpty());

        list.keepAll();

        QVERIFY(!stored().derived.isEmpty());
        QCOMPARE(rooms::keptRow(stored()), *rooms::deriveRow(*cache(), stored()));
        cache().reopen();
        QCOMPARE(shown(), *made);
    }

    void aStartReadsNoMessage()
    {
        begin();
        rooms::RoomList list(*cache());
        QVERIFY(list.load());
        list.keepAll();
        QVERIFY(cache().database().run("UPDATE events SET raw = '{}'"));
        QVERIFY(cache().database().run("DELETE FROM members"));

        QCOMPARE(shown(), *list.room(room));
    }

    void eachChangeDropsIt_data()
    {
        QTest::addColumn<int>("change");
        for (int i = 0; i < 4; ++i)
            QTest::addRow("%d", i) << i;
    }

    void eachChangeDropsIt()
    {
        QFETCH(int, change);
        begin();
        rooms::RoomList list(*cache());
        QVERIFY(list.load());
        list.keepAll();
        const auto before = *list.room(room);
        RoomChanges more{.id = room};
        if (change == 0)
            more.timeline = {make::stored(says(u"$2"_s, u"bonsoir"_s))};
        else if (change == 1)
            more.timeline = {make::stored(make::edit(u"$3"_s, u"@b:x"_s, u"$1"_s, u"salut"_s))};
        else if (change == 2)
            more.timeline = {make::stored(make::redaction(u"$4"_s, u"@b:x"_s, u"$1"_s))};
        else
            more.state = {member(u"@b:x"_s, u"Bea"_s)};

        QVERIFY(cache()->commit({.rooms = {more}}));

        QVERIFY(stored().derived.isEmpty());
        QVERIFY(*list.room(room) != before);
        QCOMPARE(shown(), *list.room(room));
        list.keepAll();
        QCOMPARE(shown(), *list.room(room));
    }

    void whatIsOpenKeepsNothing()
    {
        begin();
        rooms::RoomList list(*cache());
        QVERIFY(list.load());
        RoomChanges more{.id = room};
        more.timeline = {make::stored(says(u"$2"_s, u"bonsoir"_s))};
        QVERIFY(cache()->commitTogether({.rooms = {more}}, [](const Result<void> &) {}));

        list.keepAll();

        QVERIFY(cache()->isOpen());
        QVERIFY(cache()->settle());
        QVERIFY(stored().derived.isEmpty());
        QCOMPARE(list.room(room)->last.text, u"bonsoir"_s);
        list.keepAll();
        QCOMPARE(rooms::keptRow(stored())->last.text, u"bonsoir"_s);
        QCOMPARE(shown(), *list.room(room));
    }

    void whatCannotBeMadeAnewIsNotKeptAsItWas()
    {
        begin();
        rooms::RoomList list(*cache());
        QVERIFY(list.load());
        RoomChanges more{.id = room};
        more.timeline = {make::stored(make::edit(u"$3"_s, u"@b:x"_s, u"$1"_s, u"salut"_s))};
        QVERIFY(cache().database().run("ALTER TABLE members RENAME TO away"));
        QVERIFY(cache()->commit({.rooms = {more}}));
        QVERIFY(cache().database().run("ALTER TABLE away RENAME TO members"));

        list.keepAll();

        QVERIFY(stored().derived.isEmpty());
        QCOMPARE(shown().last.text, u"salut"_s);
    }

    void whatIsNotWholeIsMadeAgain()
    {
        begin();
        const rooms::DerivedRow row = *rooms::deriveRow(*cache(), stored());
        StoredRoom kept = stored();
        const QByteArray whole = rooms::toBytes(row);
        for (qsizetype size = 0; size < whole.size(); ++size) {
            kept.derived = whole.first(size);
            QVERIFY2(!rooms::keptRow(kept), qPrintable(QString::number(size)));
        }
        kept.derived = whole + 'x';
        QVERIFY(!rooms::keptRow(kept));
        kept.derived = whole;
        kept.derived[0] = char(kept.derived.at(0) + 1);
        QVERIFY(!rooms::keptRow(kept));
        kept.derived = whole;
        QCOMPARE(rooms::keptRow(kept), row);
        kept.lastEvent = EventId(u"$other"_s);
        QVERIFY(!rooms::keptRow(kept));
    }
};

QTEST_GUILESS_MAIN(DerivedRowTest)
#include "tst_derived_row.moc"
