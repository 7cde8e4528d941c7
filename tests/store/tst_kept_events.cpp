// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/temporary_cache.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);

/// "$me..." are our own.
RoomEvent said(const QString &name)
{
    return make::stored(make::message(name, name.startsWith(u"$me"_s) ? u"@me:x"_s : u"@b:x"_s, name));
}

RoomChanges live(const QStringList &names, bool limited = false, const QString &prevBatch = {})
{
    RoomChanges changes{.id = room, .limited = limited, .prevBatch = prevBatch};
    for (const QString &name : names)
        changes.timeline.append(said(name));
    return changes;
}

/// What the send queue writes when the server has it.
RoomChanges sent(const QString &name)
{
    return {.id = room, .timeline = {said(name)}, .kept = true};
}

BackfillPage page(qint64 chunk, const QString &from, const QString &end, const QStringList &names)
{
    BackfillPage out{room, chunk, from, end, {}, {}};
    for (const QString &name : names)
        out.events.append(said(name));
    return out;
}

} // namespace

/// An own event is in the history before any answer shows where it stands.
class KeptEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_cache = std::make_unique<TemporaryCache>(); }

    void standsAtTheEndUntilItsPlaceIsKnown()
    {
        commit(live({u"$1"_s}));
        commit(sent(u"$me1"_s));
        QCOMPARE(all(), (QStringList{u"$1"_s, u"$me1"_s}));

        commit(live({u"$2"_s, u"$me1"_s, u"$3"_s}));

        QCOMPARE(all(), (QStringList{u"$1"_s, u"$2"_s, u"$me1"_s, u"$3"_s}));
    }

    void whatOthersSentInBetweenIsNotLost()
    {
        commit(live({u"$1"_s}));
        commit(sent(u"$me1"_s));

        // The server says: there is more than this, and it ends with what you sent.
        commit(live({u"$me1"_s}, true, u"t"_s));

        QCOMPARE(gap(), (Gap{1, u"t"_s}));
        QVERIFY(cache()->commit({.backfills = {page(1, u"t"_s, u"u"_s, {u"$2"_s, u"$1"_s})}}));
        QCOMPARE(all(), (QStringList{u"$1"_s, u"$2"_s, u"$me1"_s}));
        QVERIFY(!gap());
    }

    void alsoNotBehindSeveralOfThem()
    {
        commit(live({u"$1"_s}));
        commit(sent(u"$me1"_s));
        commit(sent(u"$me2"_s));

        commit(live({u"$me2"_s}, true, u"t"_s));
        // This page ends in what was sent, and that says nothing of what is before it.
        QVERIFY(cache()->commit({.backfills = {page(1, u"t"_s, u"u"_s, {u"$3"_s, u"$me1"_s})}}));
        QCOMPARE(gap(), (Gap{1, u"u"_s}));
        QVERIFY(cache()->commit({.backfills = {page(1, u"u"_s, u"v"_s, {u"$2"_s, u"$1"_s})}}));

        QCOMPARE(all(), (QStringList{u"$1"_s, u"$2"_s, u"$me1"_s, u"$3"_s, u"$me2"_s}));
        QVERIFY(!gap());
    }

    void onceShownItIsKnownLikeAnyOther()
    {
        commit(live({u"$1"_s}));
        commit(sent(u"$me1"_s));
        commit(live({u"$me1"_s}));

        commit(live({u"$me1"_s, u"$2"_s}, true, u"t"_s));

        QVERIFY(!gap());
        QCOMPARE(all(), (QStringList{u"$1"_s, u"$me1"_s, u"$2"_s}));
    }

    void isStillUnknownAfterARestart()
    {
        commit(live({u"$1"_s}));
        commit(sent(u"$me1"_s));
        m_cache->reopen();

        commit(live({u"$me1"_s}, true, u"t"_s));

        QCOMPARE(gap(), (Gap{1, u"t"_s}));
    }

    void theSynchronisationMayBeQuicker()
    {
        commit(live({u"$1"_s, u"$me1"_s, u"$2"_s}));

        commit(sent(u"$me1"_s));

        QCOMPARE(all(), (QStringList{u"$1"_s, u"$me1"_s, u"$2"_s}));
    }

    void takesTheTimeOfTheServer()
    {
        RoomChanges mine = sent(u"$me1"_s);
        mine.timeline[0].event.originServerTs = 77; // our clock is wrong
        mine.timeline[0].clear = make::clearText(u"lisible"_s);
        commit(mine);

        const auto applied = cache()->commit({.rooms = {live({u"$me1"_s})}});

        const auto row = cache()->events().event(room, EventId(u"$me1"_s));
        QCOMPARE((*row)->event.event.originServerTs, 1000);
        QVERIFY((*row)->event.clear.has_value());
        QVERIFY(applied->rooms.first().events.contains(EventId(u"$me1"_s)));
    }

    void inARoomWithoutHistoryTheHistoryStillComes()
    {
        commit(sent(u"$me1"_s));

        commit(live({u"$me1"_s}, true, u"t"_s));

        QCOMPARE(gap(), (Gap{1, u"t"_s}));
    }

private:
    [[nodiscard]] TemporaryCache &cache() { return *m_cache; }
    void commit(const RoomChanges &changes)
    {
        const auto done = cache()->commit({.rooms = {changes}});
        QVERIFY2(done, done ? "" : qPrintable(done.error().code + done.error().detail));
    }
    QStringList all()
    {
        QStringList out;
        const auto rows = cache()->events().idsFrom(room, {std::numeric_limits<qint64>::min(), 0});
        for (const auto &[place, id] : *rows)
            out.append(id.toString());
        return out;
    }
    std::optional<Gap> gap() { return *cache()->events().newestGap(room); }

    std::unique_ptr<TemporaryCache> m_cache;
};

QTEST_GUILESS_MAIN(KeptEventsTest)
#include "tst_kept_events.moc"
