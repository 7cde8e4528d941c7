// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_store.h"

#include "cache_pages.h"

using namespace parvis;

namespace {

IslandPage island(const QStringList &names, const QString &target, const QString &from = u"before"_s)
{
    IslandPage out{.room = room, .target = EventId(target), .from = from};
    for (const QString &name : names)
        out.events.append(make::stored(make::message(name, u"@b:x"_s, name)));
    return out;
}

ForwardPage newer(const QString &after, const QStringList &names)
{
    ForwardPage out{.room = room, .after = EventId(after)};
    for (const QString &name : names)
        out.events.append(make::stored(make::message(name, u"@b:x"_s, name)));
    return out;
}

/// The contiguous stretch around an event, oldest first.
QStringList stretch(TemporaryCache &cache, const QString &id)
{
    const EventStore &events = cache->events();
    const auto place = events.placeOf(room, EventId(id));
    if (!place || !*place)
        return {};
    return ids(*events.before(room, **place, 100)) + QStringList{id} + ids(*events.after(room, **place, 100));
}

} // namespace

/// Pieces of the past that were looked up, and what becomes of them.
class IslandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anIslandIsAPieceOfItsOwn()
    {
        TemporaryCache cache;
        commit(cache, live({u"$90"_s, u"$91"_s}, true, u"t90"_s));
        QVERIFY(cache->commit({.islands = {island({u"$40"_s, u"$41"_s, u"$42"_s}, u"$41"_s, u"t40"_s)}}));

        QCOMPARE(stretch(cache, u"$41"_s), (QStringList{u"$40"_s, u"$41"_s, u"$42"_s}));
        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$90"_s, u"$91"_s}));
        const auto place = cache->events().placeOf(room, EventId(u"$41"_s));
        QCOMPARE(cache->events().gapBefore(room, **place)->value().prevBatch, u"t40"_s);
        QCOMPARE(cache->events().newestGap(room)->value().prevBatch, u"t90"_s);
        QVERIFY(*cache->events().stretchEnd(room, **place) != EventStore::theEnd);
        QCOMPARE(cache->events().preview(room)->value().event.id, EventId(u"$91"_s));
    }

    void aPageThatReachesAnIslandTakesItIn()
    {
        TemporaryCache cache;
        commit(cache, live({u"$90"_s}, true, u"t90"_s));
        QVERIFY(cache->commit({.islands = {island({u"$40"_s, u"$41"_s, u"$42"_s}, u"$41"_s, u"t40"_s)}}));
        QVERIFY(cache->commit({.backfills = {page(0, u"t90"_s, u"t42"_s, {u"$43"_s, u"$42"_s})}}));

        QCOMPARE(ids(*cache->events().newest(room, 10)),
                 (QStringList{u"$40"_s, u"$41"_s, u"$42"_s, u"$43"_s, u"$90"_s}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{0, u"t40"_s}));
    }

    void readingOnFromAnIslandReachesTheNewest()
    {
        TemporaryCache cache;
        commit(cache, live({u"$90"_s, u"$91"_s}, true, u"t90"_s));
        QVERIFY(cache->commit({.islands = {island({u"$40"_s}, u"$40"_s, u"t40"_s)}}));
        QVERIFY(cache->commit({.forwards = {newer(u"$40"_s, {u"$50"_s, u"$60"_s})}}));
        QCOMPARE(stretch(cache, u"$60"_s), (QStringList{u"$40"_s, u"$50"_s, u"$60"_s}));
        QVERIFY(cache->commit({.forwards = {newer(u"$40"_s, {u"$55"_s})}})); // stale: $40 is not the last
        QCOMPARE(all(cache).size(), 5);

        // What is beyond the newest that is known comes with the synchronisation.
        QVERIFY(cache->commit({.forwards = {newer(u"$60"_s, {u"$70"_s, u"$90"_s, u"$91"_s, u"$92"_s})}}));
        QCOMPARE(all(cache), (QStringList{u"$40"_s, u"$50"_s, u"$60"_s, u"$70"_s, u"$90"_s, u"$91"_s}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{0, u"t40"_s}));
        const auto place = cache->events().placeOf(room, EventId(u"$40"_s));
        QCOMPARE(*cache->events().stretchEnd(room, **place), EventStore::theEnd);
    }

    void readingBackFromAnIslandReachesWhatIsKnown()
    {
        TemporaryCache cache;
        commit(cache, live({u"$10"_s, u"$11"_s}));
        commit(cache, live({u"$90"_s}, true, u"t90"_s));
        QVERIFY(cache->commit({.islands = {island({u"$40"_s}, u"$40"_s, u"t40"_s)}}));
        const auto place = cache->events().placeOf(room, EventId(u"$40"_s));
        QVERIFY(cache->commit(
            {.backfills = {page((*place)->chunk, u"t40"_s, u"t"_s, {u"$30"_s, u"$11"_s, u"$10"_s})}}));

        QCOMPARE(all(cache), (QStringList{u"$10"_s, u"$11"_s, u"$30"_s, u"$40"_s, u"$90"_s}));
        QCOMPARE(stretch(cache, u"$40"_s), (QStringList{u"$10"_s, u"$11"_s, u"$30"_s, u"$40"_s}));
        QCOMPARE(cache->events().newestGap(room)->value(), (Gap{1, u"t90"_s}));

        // And on from there, over the hole to the newest.
        QVERIFY(cache->commit({.forwards = {newer(u"$40"_s, {u"$50"_s, u"$90"_s})}}));
        QCOMPARE(stretch(cache, u"$50"_s),
                 (QStringList{u"$10"_s, u"$11"_s, u"$30"_s, u"$40"_s, u"$50"_s, u"$90"_s}));
        QVERIFY(!cache->events().newestGap(room)->has_value());
    }

    void islandsMeet()
    {
        TemporaryCache cache;
        commit(cache, live({u"$90"_s}, true, u"t90"_s));
        QVERIFY(cache->commit({.islands = {island({u"$60"_s}, u"$60"_s, u"t60"_s)}}));
        QVERIFY(cache->commit({.islands = {island({u"$40"_s}, u"$40"_s, u"t40"_s)}}));
        QVERIFY(cache->commit({.forwards = {newer(u"$40"_s, {u"$50"_s, u"$60"_s, u"$61"_s})}}));
        QCOMPARE(stretch(cache, u"$50"_s), (QStringList{u"$40"_s, u"$50"_s, u"$60"_s}));

        QVERIFY(cache->commit({.islands = {island({u"$20"_s}, u"$20"_s, u"t20"_s)}}));
        const auto place = cache->events().placeOf(room, EventId(u"$40"_s));
        QVERIFY(
            cache->commit({.backfills = {page((*place)->chunk, u"t40"_s, u"t"_s, {u"$30"_s, u"$20"_s})}}));
        QCOMPARE(stretch(cache, u"$30"_s), (QStringList{u"$20"_s, u"$30"_s, u"$40"_s, u"$50"_s, u"$60"_s}));
    }

    void aPlaceWithinTheHoleClosesIt()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        commit(cache, live({u"$6"_s}, true, u"t6"_s));
        QVERIFY(cache->commit(
            {.islands = {island({u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s}, u"$4"_s)}}));

        QCOMPARE(ids(*cache->events().newest(room, 10)),
                 (QStringList{u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s}));
        QVERIFY(!cache->events().newestGap(room)->has_value());
    }

    /// Came late by way of another server: the synchronisation never had it, the history has.
    void whatBelongsInTheMiddleGoesThere()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s, u"$4"_s, u"$5"_s}));
        QVERIFY(cache->commit({.islands = {island({u"$2"_s, u"$3"_s, u"$4"_s}, u"$3"_s)}}));

        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s}));
        QVERIFY(!cache->events().newestGap(room)->has_value());
    }

    void nothingOnAnIslandIsNew()
    {
        TemporaryCache cache;
        RoomChanges joined = live({u"$90"_s}, true, u"t90"_s);
        joined.membership = MemberState::Join;
        joined.receipts = {{UserId(u"@me:x"_s), EventId(u"$41"_s), u"m.read"_s, {}, 1}};
        commit(cache, joined);
        QCOMPARE(cache->rooms().room(room)->value().unread, 1);

        QVERIFY(cache->commit({.islands = {island({u"$40"_s, u"$41"_s, u"$42"_s}, u"$41"_s)}}));

        QCOMPARE(cache->rooms().room(room)->value().unread, 1);
        // Older messages are fetched from the newest on, whatever was looked up elsewhere.
        QCOMPARE(SearchStore(cache.database()).frontier(room)->value().place.chunk, 0);
    }

    void aLooseEventGoesWhereItsPlaceIsShown()
    {
        TemporaryCache cache;
        commit(cache, live({u"$90"_s}, true, u"t90"_s));
        LooseEvents fetched{.room = room};
        for (const QString &name : {u"$42"_s, u"$41"_s, u"$90"_s})
            fetched.events.append(make::stored(make::message(name, u"@b:x"_s, name)));
        QVERIFY(cache->commit({.loose = {fetched}}));
        QCOMPARE(all(cache), (QStringList{u"$41"_s, u"$42"_s, u"$90"_s}));
        QCOMPARE(ids(*cache->events().newest(room, 10)), QStringList{u"$90"_s});

        QVERIFY(cache->commit({.islands = {island({u"$40"_s, u"$42"_s, u"$43"_s}, u"$42"_s, u"t40"_s)}}));
        QCOMPARE(stretch(cache, u"$43"_s), (QStringList{u"$40"_s, u"$42"_s, u"$43"_s}));
        QVERIFY(cache->commit({.backfills = {page(0, u"t90"_s, u"t41"_s, {u"$89"_s, u"$41"_s})}}));
        QCOMPARE(ids(*cache->events().newest(room, 10)), (QStringList{u"$41"_s, u"$89"_s, u"$90"_s}));
    }

    void aServersSecondWordOnAnEventChangesNothing()
    {
        TemporaryCache cache;
        commit(cache, live({u"$1"_s, u"$2"_s}));
        QVERIFY(cache->commit({.islands = {island({u"$9"_s, u"$1"_s, u"$8"_s}, u"$1"_s)}}));
        QCOMPARE(all(cache), (QStringList{u"$1"_s, u"$2"_s}));

        // Repeats, and a target that is not among what came.
        QVERIFY(cache->commit({.islands = {island({u"$7"_s, u"$7"_s, u"$6"_s, u"$7"_s}, u"$7"_s)}}));
        QVERIFY(cache->commit({.islands = {island({u"$5"_s}, u"$4"_s)}}));
        QCOMPARE(all(cache), (QStringList{u"$7"_s, u"$6"_s, u"$1"_s, u"$2"_s}));
    }
};

QTEST_GUILESS_MAIN(IslandsTest)
#include "tst_islands.moc"
