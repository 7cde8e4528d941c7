// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include "retention_world.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// What this machine does not keep leaves a hole at the old end of the timeline, and everything else in
/// order.
class tst_CutTimelines : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RetentionWorld> m_world;

    [[nodiscard]] QStringList left() { return all(m_world->cache); }
    [[nodiscard]] std::optional<Gap> gap() { return *m_world->cache->events().newestGap(room); }
    /// Chunk, token, and whether it was cut, of each hole.
    [[nodiscard]] QStringList gaps()
    {
        return *m_world->cache.database().all(
            "SELECT chunk || ' ' || prev_batch || ' ' || cut FROM gaps ORDER BY chunk",
            [](const Statement &s) { return s.get<QString>(0); });
    }
    RoomChanges days(const QStringList &names, const QList<int> &ago, const QString &prevBatch = {})
    {
        RoomChanges changes{.id = room, .limited = !prevBatch.isEmpty(), .prevBatch = prevBatch};
        for (qsizetype n = 0; n < names.size(); ++n)
            changes.timeline.append(m_world->said(names.at(n), ago.at(n) * dayMs));
        return changes;
    }
    BackfillPage older(const QString &from, const QString &end, const QStringList &names,
                       const QList<int> &ago)
    {
        BackfillPage out{room, gap()->chunk, from, end, {}, {}};
        for (qsizetype n = 0; n < names.size(); ++n)
            out.events.append(m_world->said(names.at(n), ago.at(n) * dayMs));
        return out;
    }

private Q_SLOTS:
    void init() { m_world = std::make_unique<RetentionWorld>(); }

    void theBeginningOfARoomBecomesAHole()
    {
        m_world->tell(days(numbered(1, 6), {60, 50, 40, 20, 10, 0}));
        QVERIFY(!gap());
        m_world->age(30, 2);
        QCOMPARE(left(), numbered(4, 6));
        QCOMPARE(gap(), (Gap{0, QString(), true}));
        // The background leaves it alone.
        QVERIFY(SearchStore(m_world->cache.database()).frontiers()->isEmpty());
        QVERIFY(!*SearchStore(m_world->cache.database()).frontier(room));
        QVERIFY(!SearchStore(m_world->cache.database()).reach()->first().complete);
        m_world->age(30);
        QCOMPARE(left(), numbered(4, 6));
    }

    void whoeverReadsOnFillsItAndTheBackgroundStillDoesNot()
    {
        m_world->tell(days(numbered(1, 6), {60, 50, 40, 20, 10, 0}));
        m_world->age(30);
        const auto filled =
            m_world->cache->commit({.backfills = {older({}, u"p"_s, {u"$3"_s, u"$2"_s}, {40, 50})}});
        QVERIFY(filled);
        QCOMPARE(left(), numbered(2, 6));
        QCOMPARE(gap(), (Gap{0, u"p"_s, true}));
        QVERIFY(SearchStore(m_world->cache.database()).frontiers()->isEmpty());

        m_world->age(30); // nobody looks any longer
        QCOMPARE(left(), numbered(4, 6));
        QCOMPARE(gap(), (Gap{0, QString(), true}));
    }

    void holesOfChunksThatAreGoneGoAsWell()
    {
        m_world->tell(days(numbered(1, 2), {60, 55}, u"p0"_s));
        m_world->tell(days(numbered(3, 4), {50, 45}, u"p1"_s));
        m_world->tell(days(numbered(5, 6), {20, 10}, u"p2"_s));
        QCOMPARE(gaps(), (QStringList{u"0 p0 0"_s, u"1 p1 0"_s, u"2 p2 0"_s}));
        m_world->age(30, 1);
        QCOMPARE(left(), numbered(5, 6));
        QCOMPARE(gaps(), QStringList{u"2  1"_s});
    }

    void aHoleThatIsYoungerThanTheCutStays()
    {
        m_world->tell(days(numbered(1, 3), {60, 50, 20}));
        m_world->tell(days(numbered(4, 5), {15, 10}, u"p1"_s));
        m_world->age(30);
        QCOMPARE(left(), numbered(3, 5));
        QCOMPARE(gaps(), (QStringList{u"0  1"_s, u"1 p1 0"_s}));
        QCOMPARE(SearchStore(m_world->cache.database()).frontiers()->size(), 1);
    }

    void aRoomOfWhichNothingIsLeftGoesOnBehindItsHole()
    {
        m_world->tell(days(numbered(1, 2), {60, 55}, u"p0"_s));
        m_world->tell(days(numbered(3, 4), {50, 45}, u"p1"_s));
        m_world->age(30, 3);
        QCOMPARE(left(), QStringList());
        QCOMPARE(gaps(), QStringList{u"1  1"_s});
        m_world->tell(days({u"$5"_s}, {0}));
        QCOMPARE(left(), QStringList{u"$5"_s});
        QCOMPARE(gap(), (Gap{1, QString(), true}));
    }

    void stateEventsGoWhereAllThatIsNewerCameAfterThem()
    {
        RoomChanges changes = days(numbered(1, 2), {50, 10});
        const auto state = [&](const QString &id, int ago) {
            return make::stored(
                m_world->at(m_world->ago(ago * dayMs), make::member(id, u"@b:x"_s, u"join"_s)));
        };
        changes.timeline.insert(1, state(u"$after"_s, 40));
        changes.timeline.prepend(state(u"$before"_s, 60));
        changes.timeline.append(state(u"$now"_s, 60)); // an old time, but it stands behind what is young
        m_world->tell(changes);
        m_world->age(30);
        QCOMPARE(left(), (QStringList{u"$2"_s, u"$now"_s}));
        QCOMPARE(m_world->cache->rooms().members(room)->size(), 0);
    }

    void anIslandLosesItsHeadOrGoes()
    {
        m_world->tell(days({u"$now"_s}, {0}, u"p0"_s));
        QList<RoomEvent> events;
        for (int n = 1; n <= 4; ++n)
            events.append(m_world->said(u"$%1"_s.arg(n), (50 - 10 * n) * dayMs));
        QVERIFY(m_world->cache->commit({.islands = {{.room = room,
                                                     .events = events,
                                                     .target = EventId(u"$3"_s),
                                                     .from = u"x"_s,
                                                     .inClear = true}}}));
        m_world->age(25);
        QCOMPARE(left(), (QStringList{u"$3"_s, u"$4"_s, u"$now"_s}));
        QCOMPARE(gaps(), (QStringList{u"-1  1"_s, u"0 p0 0"_s}));
        QVERIFY(m_world->cache->events().islandState(room, -1)->inClear);
        m_world->age(5);
        QCOMPARE(left(), QStringList{u"$now"_s});
        QCOMPARE(gaps(), QStringList{u"0 p0 0"_s});
    }

    void anIslandThatLosesItsEncryptionBeginsEncrypted()
    {
        m_world->tell(days({u"$now"_s}, {0}, u"p0"_s));
        const Event on = m_world->at(
            m_world->ago(50 * dayMs),
            make::state(u"$on"_s, u"@b:x"_s, u"m.room.encryption"_s, {}, {{"algorithm"_L1, "x"_L1}}));
        const QList<RoomEvent> events{make::stored(on), m_world->said(u"$1"_s, 49 * dayMs),
                                      m_world->said(u"$2"_s, 10 * dayMs)};
        QVERIFY(m_world->cache->commit({.islands = {{.room = room,
                                                     .events = events,
                                                     .target = EventId(u"$2"_s),
                                                     .from = u"x"_s,
                                                     .inClear = true}}}));
        PurgedRows rows{.room = room, .rows = {}, .cut = true};
        for (const char *id : {"$on", "$1"})
            rows.rows.append(
                m_world->number(QByteArray("SELECT id FROM events WHERE event_id = '") + id + "'"));
        m_world->purge(rows);
        QVERIFY(!m_world->cache->events().islandState(room, -1)->inClear);
    }

    void whatCameSinceSomebodyLooksStays()
    {
        m_world->tell(days(numbered(1, 2), {60, 10}));
        const qint64 until = *m_world->store().lastRow();
        m_world->tell(days({u"$old"_s}, {50}));
        const auto next = m_world->store().nextAged(m_world->ago(30 * dayMs), 0, 100);
        const auto rows =
            m_world->store().aged(**next, m_world->ago(30 * dayMs), m_world->clock.ms, until, 10);
        m_world->purge(*rows);
        QCOMPARE(left(), (QStringList{u"$2"_s, u"$old"_s}));
    }

    void theOldestOfWhatIsUsedLeastGoesFirst()
    {
        const RoomId quiet(u"!quiet:x"_s), visited(u"!visited:x"_s), lively(u"!lively:x"_s);
        for (const auto &[id, ago] : {std::pair(lively, 1), std::pair(quiet, 90), std::pair(visited, 95)})
            m_world->tell({.id = id, .timeline = {m_world->said(u"$1"_s, ago * dayMs)}});
        QVERIFY(m_world->store().noteOpened(visited, m_world->ago(hourMs)));
        // Who claims to write tomorrow makes no room lively.
        m_world->tell({.id = quiet, .timeline = {m_world->said(u"$2"_s, -dayMs)}});
        QList<RoomId> order;
        const auto rooms = m_world->store().leastUsed(m_world->clock.ms);
        for (const auto &one : *rooms)
            order.append(one.id);
        QCOMPARE(order, (QList<RoomId>{quiet, lively, visited}));
    }

    void theNewestOfEachRoomStay()
    {
        m_world->tell(days(numbered(1, 9), {9, 8, 7, 6, 5, 4, 3, 2, 1}));
        QVERIFY(
            m_world->cache->commit({.loose = {{.room = room, .events = {m_world->said(u"$loose"_s, 0)}}}}));
        const RetentionStore::Room where = m_world->store().leastUsed(m_world->clock.ms)->first();
        m_world->purge(*m_world->store().oldest(where, 4, 3));
        QCOMPARE(left(), numbered(3, 9));
        m_world->purge(*m_world->store().oldest(where, 4, 100));
        QCOMPARE(left(), numbered(6, 9));
        QCOMPARE(gap(), (Gap{0, QString(), true}));
        QVERIFY(m_world->store().oldest(where, 4, 100)->rows.isEmpty());
        QVERIFY(m_world->store().oldest(where, 20, 100)->rows.isEmpty());
    }

    void whatChangesAMessageThatMayComeBackStays()
    {
        m_world->tell(days({u"$1"_s, u"$2"_s}, {60, 1}));
        m_world->tell({.id = room,
                       .timeline = {make::stored(m_world->at(
                           m_world->ago(5), make::edit(u"$edit"_s, u"@b:x"_s, u"$1"_s, u"mieux"_s)))}});
        m_world->age(30);
        QCOMPARE(left(), (QStringList{u"$2"_s, u"$edit"_s}));
        QVERIFY(m_world->cache->commit({.backfills = {older({}, {}, {u"$1"_s}, {60})}}));
        QCOMPARE(m_world->cache->events().edits(room, EventId(u"$1"_s))->size(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_CutTimelines)
#include "tst_cut_timelines.moc"
