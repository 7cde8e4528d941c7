// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline_world.h"

using namespace parvis;
using namespace parvis::timeline;

namespace {

Event text(const QString &id)
{
    return make::message(id, u"@b:x"_s, id.mid(1));
}

struct PurgedWorld : World {
    void purge(const QStringList &events, bool cut)
    {
        PurgedRows gone{.room = room, .rows = {}, .cut = cut};
        for (const QString &event : events)
            gone.rows.append(**cache.database().one(
                "SELECT id FROM events WHERE event_id = ?",
                [](const Statement &s) { return s.get<qint64>(0); }, event));
        QVERIFY(cache->commit({.purges = {gone}}));
    }
    void six()
    {
        live({text(u"$1"_s), text(u"$2"_s), text(u"$3"_s), text(u"$4"_s), text(u"$5"_s), text(u"$6"_s)});
    }
    /// What the server has around an event: all of the six before it.
    void serverHasAll()
    {
        history.answerAround = [](const EventId &event, int) -> Result<ContextPage> {
            ContextPage page{.events = {}, .state = {}, .start = u"before"_s, .end = u"after"_s};
            for (int n = 1; EventId(u"$%1"_s.arg(n)) != event; ++n)
                page.events.append(text(u"$%1"_s.arg(n)));
            page.events.append(text(event.toString()));
            return page;
        };
    }
};

} // namespace

/// What goes from the cache goes from the open conversation, and whoever reads on is shown what the server
/// has.
class PurgedTimelinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesGoAtOnce()
    {
        PurgedWorld world;
        world.six();
        world.purge({u"$1"_s, u"$2"_s, u"$4"_s}, false);
        QCOMPARE(world.bodies(), (QStringList{u"3"_s, u"5"_s, u"6"_s}));
        QVERIFY(world.timeline.edges().get().atStart); // nobody has them any longer
        world.purge({u"$3"_s, u"$5"_s, u"$6"_s}, false);
        QCOMPARE(world.bodies(), QStringList());
        world.live({text(u"$7"_s)});
        QCOMPARE(world.bodies(), QStringList{u"7"_s});
    }

    void anEditThatGoesShowsWhatWasSaidFirst()
    {
        PurgedWorld world;
        world.live({text(u"$1"_s), make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"mieux"_s)});
        QCOMPARE(world.bodies(), QStringList{u"mieux"_s});
        world.purge({u"$2"_s}, false);
        QCOMPARE(world.bodies(), QStringList{u"1"_s});
    }

    void whatWasCutOffComesBackForWhoeverReadsOn()
    {
        PurgedWorld world;
        world.six();
        world.serverHasAll();
        world.purge({u"$1"_s, u"$2"_s, u"$3"_s}, true);
        QCOMPARE(world.bodies(), (QStringList{u"4"_s, u"5"_s, u"6"_s}));
        QVERIFY(!world.timeline.edges().get().atStart);

        QCOMPARE(*await(world.timeline.paginateBack(10)), 3);
        QCOMPARE(world.bodies(), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}));
        QCOMPARE(world.history.askedAround, 1);
        QCOMPARE(world.history.asked, 0);
        // And from there by the token that came with them.
        QString from;
        world.history.answer = [&](const QString &token, int) {
            from = token;
            return EventPage{.chunk = {text(u"$0"_s)}, .state = {}, .end = {}, .dropped = 0};
        };
        QCOMPARE(*await(world.timeline.paginateBack(10)), 1);
        QCOMPARE(from, u"before"_s);
    }

    void aServerThatKeepsNoMoreIsTheEnd()
    {
        PurgedWorld world;
        world.six();
        world.purge({u"$1"_s, u"$2"_s, u"$3"_s}, true);
        QCOMPARE(*await(world.timeline.paginateBack(10)), 0);
        QCOMPARE(world.history.askedAround, 1);
        QVERIFY(world.timeline.edges().get().atStart);
        QCOMPARE(world.bodies(), (QStringList{u"4"_s, u"5"_s, u"6"_s}));
    }

    void aRoomThatWasEmptiedIsReadFromItsEnd()
    {
        PurgedWorld world;
        world.six();
        world.purge({u"$1"_s, u"$2"_s, u"$3"_s, u"$4"_s, u"$5"_s, u"$6"_s}, true);
        QCOMPARE(world.bodies(), QStringList());
        QStringList from;
        world.history.answer = [&](const QString &token, int) {
            from.append(token);
            return from.size() > 1
                ? EventPage()
                : EventPage{
                    .chunk = {text(u"$6"_s), text(u"$5"_s)}, .state = {}, .end = u"t"_s, .dropped = 0};
        };
        QVERIFY(await(world.timeline.paginateBack(10)));
        QCOMPARE(from, (QStringList{QString(), u"t"_s}));
        QCOMPARE(world.bodies(), (QStringList{u"5"_s, u"6"_s}));
    }

    void aPlaceInThePastLosesWhatExpires()
    {
        PurgedWorld world;
        world.live({text(u"$90"_s)}, {}, u"t90"_s);
        world.history.answerAround = [](const EventId &, int) -> Result<ContextPage> {
            return ContextPage{.events = {text(u"$40"_s), text(u"$41"_s), text(u"$42"_s), text(u"$43"_s)},
                               .state = {},
                               .start = u"t40"_s,
                               .end = u"t43"_s};
        };
        QVERIFY(await(world.timeline.goTo(EventId(u"$41"_s))));
        QCOMPARE(world.bodies().size(), 4);
        world.purge({u"$40"_s, u"$41"_s}, false);
        QCOMPARE(world.bodies(), (QStringList{u"42"_s, u"43"_s}));
        world.purge({u"$42"_s, u"$43"_s}, false);
        QCOMPARE(world.bodies(), QStringList{u"90"_s});
        QVERIFY(world.timeline.edges().get().atEnd);
    }
};

QTEST_GUILESS_MAIN(PurgedTimelinesTest)
#include "tst_purged_timelines.moc"
