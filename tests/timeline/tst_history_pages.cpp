// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;

/// What the server says of the past, page by page, and what it means by saying nothing.
class HistoryPagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void circlesOfTokensEnd()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"x"_s)}, {}, u"t0"_s);
        int n = 0;
        world.history.answer = [&](const QString &, int) {
            EventPage page;
            page.end = u"t%1"_s.arg(++n % 3 + 1); // never ends, never brings anything
            return page;
        };

        const auto added = await(world.timeline.paginateBack(10));

        QCOMPARE(*added, 0);
        QCOMPARE(world.history.asked, Pagination::mostEmptyPages);
        QVERIFY(!world.timeline.edges().get().atStart);
    }

    /// What a homeserver says whose neighbour, which has the rest, does not answer for a moment.
    void aServerThatHasNothingOlderIsAskedAgainLater()
    {
        World world;
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"zwei"_s)}, {}, u"t"_s);
        QCOMPARE(*await(world.timeline.paginateBack(10)), 0);
        QVERIFY(world.timeline.edges().get().atStart);
        QVERIFY(world.timeline.edges().get().unsure);
        QCOMPARE(*await(world.timeline.paginateBack(10)), 0);
        QCOMPARE(world.history.asked, 1); // not at once

        world.history.answer = [](const QString &from, int) -> Result<EventPage> {
            EventPage page;
            if (from == "t"_L1)
                page.chunk = {make::message(u"$1"_s, u"@b:x"_s, u"eins"_s),
                              make::state(u"$0"_s, u"@b:x"_s, event_type::create, {}, {})};
            return page;
        };
        QVERIFY(await(world.timeline.lookAgain()));

        QCOMPARE(world.bodies().last(), u"zwei"_s);
        QVERIFY(world.bodies().contains(u"eins"_s));
        QVERIFY(world.timeline.edges().get().atStart);
        QVERIFY(!world.timeline.edges().get().unsure);
    }

    /// What was seen once does not go out of sight because the server ends the history in between; whoever
    /// asks another time still finds what lies there.
    void whatIsKnownIsShownBehindAHoleThatTheServerEnds()
    {
        World world;
        world.live({make::message(u"$1"_s, u"@b:x"_s, u"eins"_s)});
        world.live({make::message(u"$3"_s, u"@b:x"_s, u"drei"_s)}, {}, u"t"_s);
        QCOMPARE(world.bodies(), QStringList{u"drei"_s});
        QVERIFY(await(world.timeline.paginateBack(10)));
        QCOMPARE(world.bodies(), (QStringList{u"eins"_s, u"drei"_s}));

        QVERIFY(world.timeline.edges().get().unsure);
        world.history.answer = [](const QString &, int) -> Result<EventPage> {
            EventPage page;
            page.chunk = {make::message(u"$2"_s, u"@b:x"_s, u"zwei"_s),
                          make::message(u"$1"_s, u"@b:x"_s, u"eins"_s)};
            return page;
        };
        QCOMPARE(*await(world.timeline.lookAgain()), 0);
        QTRY_COMPARE(world.bodies(), (QStringList{u"eins"_s, u"zwei"_s, u"drei"_s}));
        QVERIFY(!world.timeline.edges().get().unsure);
    }

    /// A page that came to what is known shows it; what another server had meanwhile stands further back.
    void whatMayStandAmongTheKnownIsAskedFor()
    {
        World world;
        world.live(
            {make::message(u"$1"_s, u"@b:x"_s, u"eins"_s), make::message(u"$3"_s, u"@b:x"_s, u"drei"_s)});
        world.live({make::message(u"$5"_s, u"@b:x"_s, u"fünf"_s)}, {}, u"t"_s);
        world.history.answer = [](const QString &from, int) -> Result<EventPage> {
            EventPage page;
            page.end = from == "t"_L1 ? u"u"_s : QString();
            if (from == "t"_L1)
                page.chunk = {make::message(u"$4"_s, u"@b:x"_s, u"vier"_s),
                              make::message(u"$3"_s, u"@b:x"_s, u"drei"_s)};
            else
                page.chunk = {make::message(u"$2"_s, u"@b:x"_s, u"zwei"_s),
                              make::message(u"$1"_s, u"@b:x"_s, u"eins"_s)};
            return page;
        };
        QVERIFY(await(world.timeline.paginateBack(10)));
        QCOMPARE(world.bodies(), (QStringList{u"eins"_s, u"drei"_s, u"vier"_s, u"fünf"_s}));
        QVERIFY(world.timeline.edges().get().unsure);

        QVERIFY(await(world.timeline.lookAgain()));
        QTRY_COMPARE(world.bodies(), (QStringList{u"eins"_s, u"zwei"_s, u"drei"_s, u"vier"_s, u"fünf"_s}));
        QVERIFY(!world.timeline.edges().get().unsure);
    }

    void anErrorLeavesTheGapForTheNextTime()
    {
        World world;
        world.live({make::message(u"$2"_s, u"@b:x"_s, u"zwei"_s)}, {}, u"t"_s);
        world.history.answer = [](const QString &, int) -> Result<EventPage> {
            return fail(ErrorKind::Network, u"X"_s);
        };
        QVERIFY(!await(world.timeline.paginateBack(10)));

        world.history.answer = [](const QString &from, int) -> Result<EventPage> {
            EventPage page;
            if (from == "t"_L1)
                page.chunk = {make::message(u"$1"_s, u"@b:x"_s, u"eins"_s)};
            return page;
        };
        QCOMPARE(*await(world.timeline.paginateBack(10)), 1);
        QCOMPARE(world.bodies(), (QStringList{u"eins"_s, u"zwei"_s}));
        QVERIFY(world.timeline.edges().get().atStart);
    }
};

QTEST_GUILESS_MAIN(HistoryPagesTest)
#include "tst_history_pages.moc"
