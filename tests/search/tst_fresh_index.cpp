// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/temporary_cache.h"
#include "search/indexer.h"
#include "search/query.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);
const UserId bob(u"@b:x"_s);

} // namespace

/// What comes is found as soon as it is in the cache: the index is written with the same commit.
class tst_FreshIndex : public QObject
{
    Q_OBJECT

private:
    struct World {
        TemporaryCache cache;
        FakeClock clock;
        SearchStore store{cache.database()};
        std::optional<search::Indexer> indexer{std::in_place, *cache, store, clock};
        search::Stemmer stemmer;

        void commit(const QList<Event> &events)
        {
            RoomChanges changes{.id = room, .membership = MemberState::Join};
            for (const Event &event : events)
                changes.timeline.append(make::stored(event));
            const auto done = cache->commit({.rooms = {changes}});
            QVERIFY2(done, done ? "" : qPrintable(done.error().code + done.error().detail));
        }
        void backfill(const QList<Event> &newestFirst)
        {
            BackfillPage page{
                .room = room, .chunk = 0, .from = u"t"_s, .end = u"u"_s, .events = {}, .members = {}};
            for (const Event &event : newestFirst)
                page.events.append(make::stored(event));
            QVERIFY(cache->commit({.backfills = {page}}));
        }
        void runIndexer()
        {
            while (*indexer->step(100) > 0)
                ;
        }
        QStringList find(const QString &typed)
        {
            QStringList out;
            const auto page = store.find({.match = search::queryOf(typed, stemmer).match()});
            for (const SearchRow &row : page->rows)
                out.append(row.event.event.id.toString());
            out.sort();
            return out;
        }
        qint64 pending() { return store.counts()->pending; }
    };

private Q_SLOTS:
    void foundWithTheCommit()
    {
        World world;
        world.commit({make::message(u"$1"_s, u"@b:x"_s, u"un chat noir"_s),
                      make::message(u"$2"_s, u"@b:x"_s, u"deux chats"_s)});
        QCOMPARE(world.find(u"chat"_s), (QStringList{u"$1"_s, u"$2"_s}));
        QCOMPARE(world.pending(), 0);
        QCOMPARE(world.store.counts()->documents, 2);
    }

    void theSameAnswerTwiceIsOneDocument()
    {
        World world;
        const QList<Event> said{make::message(u"$1"_s, u"@b:x"_s, u"chat"_s)};
        world.commit(said);
        world.commit(said);
        QCOMPARE(world.store.counts()->documents, 1);
        QCOMPARE(world.find(u"chat"_s), QStringList{u"$1"_s});
    }

    void takenBackInTheSameCommit()
    {
        World world;
        world.commit(
            {make::message(u"$1"_s, u"@b:x"_s, u"secret"_s), make::redaction(u"$2"_s, u"@b:x"_s, u"$1"_s)});
        QCOMPARE(world.find(u"secret"_s), QStringList());
        world.runIndexer();
        QCOMPARE(world.find(u"secret"_s), QStringList());
        QCOMPARE(world.store.counts()->documents, 0);
    }

    void takenBackBeforeItCame()
    {
        World world;
        world.commit({make::redaction(u"$2"_s, u"@b:x"_s, u"$1"_s)});
        world.commit({make::message(u"$1"_s, u"@b:x"_s, u"secret"_s)});
        QCOMPARE(world.find(u"secret"_s), QStringList());
        world.runIndexer();
        QCOMPARE(world.find(u"secret"_s), QStringList());
    }

    void correctedInTheSameCommit()
    {
        World world;
        world.commit({make::message(u"$1"_s, u"@b:x"_s, u"avant"_s),
                      make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"apres"_s)});
        world.runIndexer();
        QCOMPARE(world.find(u"apres"_s), QStringList{u"$1"_s});
        QCOMPARE(world.find(u"avant"_s), QStringList());
        QCOMPARE(world.store.counts()->documents, 1);
    }

    void correctedBeforeItCame()
    {
        World world;
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        changes.timeline = {make::stored(make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"apres"_s))};
        changes.limited = true;
        changes.prevBatch = u"t"_s;
        QVERIFY(world.cache->commit({.rooms = {changes}}));
        world.backfill({make::message(u"$1"_s, u"@b:x"_s, u"avant"_s)});
        world.runIndexer();
        QCOMPARE(world.find(u"apres"_s), QStringList{u"$1"_s});
        QCOMPARE(world.find(u"avant"_s), QStringList());
    }

    void historyIsFoundAsWell()
    {
        World world;
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        changes.timeline = {make::stored(make::message(u"$9"_s, u"@b:x"_s, u"neuf"_s))};
        changes.limited = true;
        changes.prevBatch = u"t"_s;
        QVERIFY(world.cache->commit({.rooms = {changes}}));
        world.backfill(
            {make::message(u"$8"_s, u"@b:x"_s, u"huit"_s), make::message(u"$7"_s, u"@b:x"_s, u"sept"_s)});
        QCOMPARE(world.find(u"huit"_s), QStringList{u"$8"_s});
        QCOMPARE(world.find(u"sept"_s), QStringList{u"$7"_s});
        QCOMPARE(world.pending(), 0);
    }

    void withoutAnIndexItWaits()
    {
        World world;
        world.indexer.reset();
        world.commit({make::message(u"$1"_s, u"@b:x"_s, u"chat"_s)});
        QCOMPARE(world.pending(), 1);
        world.indexer.emplace(*world.cache, world.store, world.clock);
        world.runIndexer();
        QCOMPARE(world.find(u"chat"_s), QStringList{u"$1"_s});
    }

    void anIndexThatFailsLosesNoMessage()
    {
        World world;
        QVERIFY(world.cache.database().script("CREATE TEMP TRIGGER refuse BEFORE INSERT ON search_entries "
                                              "BEGIN SELECT raise(ABORT, 'refused'); END;"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the index was not written"_s));
        world.commit(
            {make::message(u"$1"_s, u"@b:x"_s, u"chat"_s), make::message(u"$2"_s, u"@b:x"_s, u"chien"_s)});
        QVERIFY(world.cache->events().event(room, EventId(u"$2"_s))->has_value());
        QCOMPARE(world.pending(), 2);
        QCOMPARE(world.store.counts()->documents, 0);

        QVERIFY(world.cache.database().script("DROP TRIGGER refuse;"));
        world.runIndexer();
        QCOMPARE(world.find(u"chat"_s), QStringList{u"$1"_s});
        QCOMPARE(world.find(u"chien"_s), QStringList{u"$2"_s});
    }

    void messagesOfOneMillisecondAreAllThere()
    {
        World world;
        QList<Event> said;
        for (int n = 0; n < 200; ++n)
            said.append(make::message(u"$%1"_s.arg(n), u"@b:x"_s, u"rafale"_s));
        world.commit(said);
        QCOMPARE(world.store.counts()->documents, 200);
        QCOMPARE(
            world.store.find({.match = search::queryOf(u"rafale"_s, world.stemmer).match(), .limit = 500})
                ->rows.size(),
            200);
    }
};

QTEST_GUILESS_MAIN(tst_FreshIndex)
#include "tst_fresh_index.moc"
