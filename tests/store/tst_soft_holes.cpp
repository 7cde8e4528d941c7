// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_store.h"

#include "cache_pages.h"

using namespace parvis;

/// Holes that hide nothing: a page came to what is known, and among that there may be what another server was
/// late with.
class SoftHolesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TemporaryCache> m_cache;

    [[nodiscard]] TemporaryCache &cache() { return *m_cache; }
    [[nodiscard]] std::optional<Gap> hole()
    {
        return *cache()->events().holeBefore(room, EventStore::theEnd);
    }
    [[nodiscard]] QStringList shown() { return ids(*cache()->events().newest(room, 1000)); }
    void come(const QStringList &names, const QString &token = {})
    {
        commit(cache(), live(names, !token.isEmpty(), token));
    }
    [[nodiscard]] int unread() { return (*cache()->rooms().room(room))->unread; }
    [[nodiscard]] static RoomEvent encryption()
    {
        return make::stored(make::state(u"$e"_s, u"@b:x"_s, event_type::encryption, {},
                                        {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}}));
    }
    void read(qint64 chunk, const QString &from, const QString &end, const QStringList &names)
    {
        QVERIFY(cache()->commit({.backfills = {page(chunk, from, end, names)}}));
    }

private Q_SLOTS:
    void init() { m_cache = std::make_unique<TemporaryCache>(); }

    /// What another server had while this one was read comes late, and stands among what is known.
    void whatCameLateStandsAmongTheKnown()
    {
        TemporaryCache cache;
        RoomChanges first = live(numbered(1, 150));
        first.membership = MemberState::Join;
        commit(cache, first);
        commit(cache, live({u"$200"_s}, true, u"t1"_s));
        const auto hole = [&] { return *cache->events().holeBefore(room, EventStore::theEnd); };
        const auto crawled = [&] { return SearchStore(cache.database()).frontier(room)->has_value(); };

        QVERIFY(cache->commit({.backfills = {page(1, u"t1"_s, u"t2"_s, reversed(numbered(141, 199)))}}));
        QCOMPARE(all(cache), numbered(1, 200));
        QVERIFY(!cache->events().newestGap(room)->has_value()); // nothing that was shown goes out of sight
        QCOMPARE(hole(), (Gap{1, u"t2"_s}));
        QVERIFY(crawled());

        QStringList late = numbered(61, 140);
        late.insert(69, u"$late"_s);
        QVERIFY(cache->commit({.backfills = {page(1, u"t2"_s, u"t3"_s, reversed(late))}}));
        QStringList now = numbered(1, 200);
        now.insert(129, u"$late"_s);
        QCOMPARE(all(cache), now);
        QCOMPARE(hole(), (Gap{1, u"t3"_s}));

        // 69 and 30 in a row are one too few.
        QVERIFY(cache->commit({.backfills = {page(1, u"t3"_s, u"t4"_s, reversed(numbered(31, 60)))}}));
        QCOMPARE(hole(), (Gap{1, u"t4"_s}));
        QVERIFY(cache->commit({.backfills = {page(1, u"t4"_s, u"t5"_s, {})}}));
        QVERIFY(cache->commit({.backfills = {page(1, u"t5"_s, u"t6"_s, {u"$30"_s})}}));
        QVERIFY(!hole());
        QVERIFY(!crawled());
        QCOMPARE(all(cache), now);
    }

    void anOverlapAtTheEndOfTheHistoryIsEnough()
    {
        TemporaryCache cache;
        commit(cache, live(numbered(1, 3)));
        commit(cache, live({u"$5"_s}, true, u"t1"_s));
        QVERIFY(cache->commit({.backfills = {page(1, u"t1"_s, {}, {u"$4"_s, u"$3"_s, u"$2"_s})}}));
        QVERIFY(!cache->events().holeBefore(room, EventStore::theEnd)->has_value());
        QCOMPARE(all(cache), numbered(1, 5));
    }

    void theLikeOfAnAnswer()
    {
        come({u"$1"_s, u"$2"_s});
        come({u"$2"_s, u"$3"_s}, u"t"_s);
        QCOMPARE(shown(), numbered(1, 3));
        QCOMPARE(hole(), (Gap{1, u"t"_s}));
        read(1, u"t"_s, {}, {u"$late"_s, u"$1"_s});
        QCOMPARE(all(cache()), (QStringList{u"$1"_s, u"$late"_s, u"$2"_s, u"$3"_s}));
        QVERIFY(!hole());
    }

    void wholeAnswersThatAreKnownOpenNoHole()
    {
        TemporaryCache cache;
        commit(cache, live(numbered(1, 120)));
        for (const QStringList &again : {numbered(101, 120), numbered(1, 121), numbered(11, 122)}) {
            commit(cache, live(again, true, u"t"_s));
            QVERIFY(!cache->events().holeBefore(room, EventStore::theEnd)->has_value());
        }
        QCOMPARE(all(cache), numbered(1, 122));
    }

    /// Otherwise what stands before the encryption would seem to have come after it.
    void theEncryptionEventGoesAlong()
    {
        RoomChanges first = live({u"$1"_s, u"$e"_s, u"$2"_s});
        first.timeline[1] = encryption();
        commit(cache(), first);
        come({u"$9"_s}, u"t1"_s);
        read(1, u"t1"_s, u"t2"_s, {u"$8"_s, u"$2"_s});
        BackfillPage rest = page(1, u"t2"_s, u"t3"_s, {u"$e"_s, u"$1"_s});
        rest.events[0] = encryption();
        QVERIFY(cache()->commit({.backfills = {rest}}));
        QCOMPARE(all(cache()), (QStringList{u"$1"_s, u"$e"_s, u"$2"_s, u"$8"_s, u"$9"_s}));
        const auto rows = cache()->events().newest(room, 10);
        QVERIFY(rows);
        for (const TimelineRow &row : *rows)
            QVERIFY(!row.sentInClear || row.event.event.id != EventId(u"$1"_s));
    }

    /// A page that leaves out what came after it says nothing of where it stands.
    void butNotByItself()
    {
        RoomChanges first = live({u"$1"_s, u"$e"_s, u"$2"_s, u"$3"_s});
        first.timeline[1] = encryption();
        commit(cache(), first);
        come({u"$9"_s}, u"t1"_s);
        BackfillPage rest = page(1, u"t1"_s, u"t2"_s, {u"$e"_s, u"$3"_s});
        rest.events[0] = encryption();
        QVERIFY(cache()->commit({.backfills = {rest}}));
        const QStringList now = all(cache());
        QVERIFY(now.indexOf(u"$e"_s) < now.indexOf(u"$2"_s));
        QVERIFY(now.indexOf(u"$e"_s) < now.indexOf(u"$3"_s));
    }

    void whatIsUnreadStaysSo()
    {
        RoomChanges first = live(numbered(1, 10), true, u"t0"_s);
        first.receipts = {{UserId(u"@me:x"_s), EventId(u"$0"_s), u"m.read"_s, {}, 1}};
        commit(cache(), first);
        QCOMPARE(unread(), 10);
        come({u"$9"_s, u"$10"_s, u"$11"_s}, u"t1"_s);
        QVERIFY(hole());
        QCOMPARE(unread(), 11);
    }

    void whatIsInSightStaysSo_data()
    {
        QTest::addColumn<QStringList>("second");
        QTest::newRow("a page that ends in what came late") << QStringList{u"$140"_s, u"$late"_s};
        QTest::newRow("a page that repeats the last") << QStringList{u"$141"_s};
        QTest::newRow("a page of nothing") << QStringList();
    }
    void whatIsInSightStaysSo()
    {
        QFETCH(QStringList, second);
        come(numbered(1, 150));
        come({u"$200"_s}, u"t1"_s);
        read(1, u"t1"_s, u"t2"_s, reversed(numbered(141, 199)));
        QCOMPARE(shown(), numbered(1, 200));
        read(1, u"t2"_s, u"t3"_s, second);
        QStringList now = shown();
        now.removeAll(u"$late"_s);
        QCOMPARE(now, numbered(1, 200));
        QCOMPARE(hole(), (Gap{1, u"t3"_s}));
    }

    void anAnswerThatReachesAcrossIt()
    {
        come(numbered(1, 40));
        come({u"$40"_s, u"$41"_s}, u"t1"_s);
        come(numbered(32, 42), u"t2"_s);
        QCOMPARE(shown(), numbered(1, 42));
        QVERIFY(hole());
    }

    /// Three times, as for the beginning of a room: one whose neighbour is away says so as well.
    void theServerHasNothingOlder()
    {
        come(numbered(2, 3));
        come({u"$5"_s}, u"t1"_s);
        read(1, u"t1"_s, u"t2"_s, {u"$4"_s, u"$3"_s});
        for (int n = 0; n < 3; ++n) {
            QVERIFY(hole());
            read(1, u"t2"_s, {}, {});
        }
        QVERIFY(!hole());
        QCOMPARE(shown(), numbered(2, 5));
    }

    void aTrueHoleIsNeverBelievedToBeNone()
    {
        come(numbered(1, 2));
        come({u"$5"_s}, u"t1"_s);
        for (int n = 0; n < 5; ++n)
            read(1, u"t1"_s, {}, {});
        QCOMPARE(hole(), (Gap{1, u"t1"_s}));
        QCOMPARE(shown(), (QStringList{u"$1"_s, u"$2"_s, u"$5"_s})); // in sight, since the server has no more
        read(1, u"t1"_s, u"t2"_s, {u"$4"_s});
        QCOMPARE(hole(), (Gap{1, u"t2"_s}));
        QCOMPARE(shown(), (QStringList{u"$1"_s, u"$2"_s, u"$4"_s, u"$5"_s}));
        for (int n = 0; n < 5; ++n)
            read(1, u"t2"_s, {}, {});
        QVERIFY(hole());
    }

    void pagesThatRepeatOneEvent()
    {
        come(numbered(1, 400));
        come({u"$500"_s}, u"t1"_s);
        read(1, u"t1"_s, u"t2"_s, QStringList{u"$499"_s} + reversed(numbered(341, 400)));
        QVERIFY(hole());
        read(1, u"t2"_s, u"t3"_s, reversed(numbered(300, 341)));
        QVERIFY(!hole());
    }

    void aTrueHoleBehindItStays()
    {
        come({u"$1"_s, u"$2"_s});
        come({u"$6"_s, u"$7"_s, u"$8"_s}, u"t6"_s);
        come({u"$7"_s, u"$8"_s, u"$9"_s}, u"t7"_s);
        QCOMPARE(shown(), numbered(6, 9));
        come({u"$6"_s, u"$10"_s}); // a server that tells of it as if it were new
        QVERIFY(!shown().contains(u"$2"_s));
        QVERIFY(cache()->events().newestGap(room)->has_value());
    }

    void aPageThatReachesBeyondATrueHoleEndsThere()
    {
        come({u"$1"_s, u"$2"_s});
        come({u"$6"_s, u"$7"_s}, u"t6"_s);
        come({u"$9"_s}, u"t9"_s);
        read(2, u"t9"_s, u"u"_s, {u"$8"_s, u"$7"_s, u"$6"_s, u"$5"_s});
        QCOMPARE(cache()->events().newestGap(room)->value(), (Gap{2, u"u"_s}));
        QCOMPARE(shown(), numbered(5, 9));
    }

    void aHoleStaysWhereEverythingBeforeItMoved()
    {
        // The beginning of what is known.
        come(numbered(1, 2), u"t0"_s);
        come(numbered(2, 3), u"t1"_s);
        for (int n = 0; n < 3; ++n)
            read(1, u"t1"_s, {}, {});
        read(0, u"t0"_s, {}, {});
        come(numbered(1, 4), u"t2"_s);
        QCOMPARE(cache()->events().newestGap(room)->value(), (Gap{1, u"t0"_s}));
    }

    void alsoInTheMiddle()
    {
        come(numbered(1, 2));
        come(numbered(4, 5), u"t5"_s);
        read(1, u"t5"_s, {}, {});
        come({u"$9"_s}, u"t9"_s);
        read(2, u"t9"_s, {}, {u"$8"_s, u"$5"_s});
        come({u"$4"_s, u"$10"_s});
        QVERIFY(hole());
    }

    void noTrueHoleEndsWithinASoftOne()
    {
        come(numbered(1, 2));
        come({u"$5"_s}, u"t1"_s);
        read(1, u"t1"_s, {}, {});
        come({u"$5"_s, u"$6"_s}, u"t2"_s);
        for (int n = 0; n < 4; ++n)
            read(2, u"t2"_s, {}, {});
        QCOMPARE(hole(), (Gap{2, u"t2"_s}));
        QCOMPARE(shown(), (QStringList{u"$1"_s, u"$2"_s, u"$5"_s, u"$6"_s}));
    }

    void norByAPageThatReachesBeyondIt()
    {
        come(numbered(1, 2));
        come(numbered(5, 6), u"t5"_s);
        read(1, u"t5"_s, {}, {});
        come(numbered(6, 7), u"t7"_s);
        read(2, u"t7"_s, u"u"_s, {u"$5"_s, u"$4"_s});
        for (int n = 0; n < 4; ++n)
            read(2, u"u"_s, {}, {});
        QCOMPARE(hole(), (Gap{2, u"u"_s}));
    }

    /// Whoever asks in the background takes it for no news: it asks once a run.
    void theServerSaysAgainThatItHasNothingOlder()
    {
        come(numbered(1, 2));
        come({u"$5"_s}, u"t1"_s);
        const auto news = [&] {
            return cache()->commit({.backfills = {page(1, u"t1"_s, {}, {})}})->rooms.first().timeline;
        };
        QVERIFY(news());
        QVERIFY(!news());
    }

    void whatIsUnreadBehindATrueHoleIsNotCounted()
    {
        RoomChanges first = live(numbered(1, 2), true, u"t0"_s);
        first.receipts = {{UserId(u"@me:x"_s), EventId(u"$3"_s), u"m.read"_s, {}, 1}};
        commit(cache(), first);
        come(numbered(5, 6), u"t1"_s);
        QCOMPARE(unread(), 2);
        read(1, u"t1"_s, {}, {});
        QCOMPARE(unread(), 2);
    }

    /// The history has it in another order than it came.
    void theEncryptionEventGoesAlongInAnyOrder()
    {
        RoomChanges first = live({u"$1"_s, u"$e"_s, u"$x"_s, u"$2"_s});
        first.timeline[1] = encryption();
        commit(cache(), first);
        come({u"$9"_s}, u"t1"_s);
        BackfillPage rest = page(1, u"t1"_s, u"t2"_s, {u"$8"_s, u"$2"_s, u"$e"_s, u"$x"_s, u"$1"_s});
        rest.events[2] = encryption();
        QVERIFY(cache()->commit({.backfills = {rest}}));
        QCOMPARE(all(cache()), (QStringList{u"$1"_s, u"$x"_s, u"$e"_s, u"$2"_s, u"$8"_s, u"$9"_s}));
    }
};

QTEST_GUILESS_MAIN(SoftHolesTest)
#include "tst_soft_holes.moc"
