// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_store.h"

#include "cache_pages.h"

using namespace parvis;

/// Where history is missing, and when it no longer is.
class TimelineGapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesFillTheGap()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$7"_s}, true, u"t1"_s));

        QVERIFY(cache->commit({.backfills = {page(1, u"t1"_s, u"t2"_s, {u"$6"_s, u"$5"_s})}}));
        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$5"_s, u"$6"_s, u"$7"_s}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{1, u"t2"_s}));

        // The page goes into what is known: no hole is left.
        QVERIFY(cache->commit({.backfills = {page(1, u"t2"_s, u"t3"_s, {u"$4"_s, u"$3"_s, u"$2"_s})}}));
        QCOMPARE(ids(*cache->events().newest(room, 10)),
                 (QStringList{u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s, u"$7"_s}));
        QVERIFY(!cache->events().newestGap(room)->has_value());
    }

    void theHoleBeforeAChunkThatMovedStays()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$6"_s, u"$7"_s}, true, u"t6"_s));
        commit(cache, live({u"$9"_s}, true, u"t9"_s));

        // The page takes all of the chunk in the middle along.
        QVERIFY(cache->commit({.backfills = {page(2, u"t9"_s, u"x"_s, {u"$8"_s, u"$7"_s, u"$6"_s})}}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{2, u"t6"_s}));
        commit(cache, live({u"$12"_s}, true, u"t12"_s));

        QCOMPARE(cache->events().gapBefore(room, {2, 0})->value(), (Gap{2, u"t6"_s}));
        QVERIFY(
            cache->commit({.backfills = {page(2, u"t6"_s, u"y"_s, {u"$5"_s, u"$4"_s, u"$3"_s, u"$2"_s})}}));
        QVERIFY(!cache->events().gapBefore(room, {2, 0})->has_value());
        QCOMPARE(all(cache),
                 (QStringList{u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s, u"$7"_s, u"$8"_s, u"$9"_s,
                              u"$12"_s}));
    }

    void aPageThatLeavesSomethingOutClosesNoOtherHole()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$6"_s, u"$7"_s}, true, u"t6"_s));
        commit(cache, live({u"$9"_s}, true, u"t9"_s));

        QVERIFY(cache->commit({.backfills = {page(2, u"t9"_s, u"x"_s, {u"$8"_s, u"$2"_s})}}));

        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{1, u"t6"_s}));
    }

    void aStalePageIsDropped()
    {
        TemporaryCache cache;
        commit(cache, live({u"$7"_s}, true, u"t1"_s));

        QVERIFY(cache->commit({.backfills = {page(0, u"other"_s, u"t2"_s, {u"$6"_s})}}));

        QCOMPARE(all(cache), QStringList{u"$7"_s});
    }

    void theRoomsFirstEventIsTheBeginning()
    {
        TemporaryCache cache;
        commit(cache, live({u"$7"_s}, false, u"t1"_s));
        QVERIFY(cache->events().newestGap(room)->has_value());

        BackfillPage last = page(0, u"t1"_s, u"t2"_s, {u"$6"_s});
        last.events.append(
            make::stored(make::state(u"$create"_s, u"@b:x"_s, event_type::create, {}, QJsonObject())));
        QVERIFY(cache->commit({.backfills = {last}}));

        QVERIFY(!cache->events().newestGap(room)->has_value());
    }

    void aPageWithoutEndIsNotTheBeginning()
    {
        TemporaryCache cache;
        RoomChanges joined = live({u"$7"_s}, false, u"t1"_s);
        joined.membership = MemberState::Join;
        commit(cache, joined);
        const auto saysThatItEnds = [&] {
            QVERIFY(cache->commit({.backfills = {page(0, u"t1"_s, {}, {})}}));
            QCOMPARE(cache->events().newestGap(room)->value(), (Gap{0, u"t1"_s}));
        };
        const auto crawled = [&] { return SearchStore(cache.database()).frontier(room)->has_value(); };
        saysThatItEnds();
        saysThatItEnds();
        QVERIFY(crawled());

        // In the background it is believed after three times; where somebody looks, it is asked again.
        saysThatItEnds();
        QVERIFY(!crawled());
        QVERIFY(cache->commit({.backfills = {page(0, u"t1"_s, u"t2"_s, {u"$6"_s})}}));
        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$6"_s, u"$7"_s}));
        QVERIFY(crawled());
    }

    void anOverlapClosesNoHoleThatIsNotThere()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$2"_s, u"$3"_s}, true, u"t"_s));

        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$1"_s, u"$2"_s, u"$3"_s}));
        QVERIFY(!cache->events().newestGap(room)->has_value());
    }
};

QTEST_GUILESS_MAIN(TimelineGapsTest)
#include "tst_timeline_gaps.moc"
