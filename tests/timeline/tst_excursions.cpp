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

ContextPage context(const QList<Event> &events, const QString &start, const QString &end)
{
    return {.events = events, .state = {}, .start = start, .end = end};
}

/// A room of which the newest messages are here, and of whose past the server tells.
struct PastWorld : World {
    PastWorld()
    {
        live({text(u"$90"_s), text(u"$91"_s)}, {}, u"t90"_s);
        history.answerAround = [](const EventId &event, int) -> Result<ContextPage> {
            if (event == EventId(u"$41"_s))
                return context({text(u"$40"_s), text(u"$41"_s), text(u"$42"_s)}, u"t40"_s, u"t42"_s);
            return fail(ErrorKind::NotFound, u"M_NOT_FOUND"_s);
        };
    }
    [[nodiscard]] Edges edges() { return timeline.edges().get(); }
    [[nodiscard]] QString failure(const QString &event)
    {
        const auto gone = await(timeline.goTo(EventId(event)));
        return gone ? QString() : gone.error().code;
    }
};

Event encryption(const QString &id)
{
    return make::state(id, u"@b:x"_s, event_type::encryption, {},
                       {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}});
}

} // namespace

/// Going to a place in the past, reading on from there, and coming back.
class ExcursionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePastAndBack()
    {
        PastWorld world;
        QVERIFY(await(world.timeline.goTo(EventId(u"$41"_s))));
        QCOMPARE(world.bodies(), (QStringList{u"40"_s, u"41"_s, u"42"_s}));
        QVERIFY(!world.edges().atEnd && !world.edges().atStart);

        world.live({text(u"$92"_s)}); // elsewhere
        QCOMPARE(world.bodies().size(), 3);
        LocalEcho echo;
        echo.txn = TransactionId(u"x"_s);
        echo.type = event_type::message;
        echo.content = QJsonDocument(text(u"$e"_s).content()).toJson();
        world.timeline.setEchoes({echo});
        QCOMPARE(world.bodies().size(), 3);

        QVERIFY(world.timeline.backToNewest());
        QCOMPARE(world.bodies(), (QStringList{u"90"_s, u"91"_s, u"92"_s, u"e"_s}));
        QVERIFY(world.edges().atEnd);

        // It is known now.
        const int asked = world.history.askedAround;
        QVERIFY(await(world.timeline.goTo(EventId(u"$42"_s))));
        QCOMPARE(world.history.askedAround, asked);
        QCOMPARE(world.bodies(), (QStringList{u"40"_s, u"41"_s, u"42"_s}));
    }

    void readingOnBothWays()
    {
        PastWorld world;
        world.history.answer = [](const QString &from, int) -> Result<EventPage> {
            EventPage page;
            if (from == "t40"_L1)
                page.chunk = {text(u"$39"_s), make::state(u"$0"_s, u"@b:x"_s, event_type::create, {}, {})};
            return page;
        };
        world.history.answerNewer = [](const QString &from, int) -> Result<EventPage> {
            EventPage page;
            if (from == "t42"_L1)
                page = {.chunk = {text(u"$50"_s)}, .state = {}, .end = u"t50"_s, .dropped = 0};
            else if (from == "t50"_L1)
                page.chunk = {text(u"$90"_s), text(u"$91"_s), text(u"$92"_s)};
            return page;
        };
        QVERIFY(await(world.timeline.goTo(EventId(u"$41"_s))));

        QVERIFY(await(world.timeline.paginateBack(10)));
        QVERIFY(world.edges().atStart);
        QCOMPARE(*await(world.timeline.paginateForward(10)), 1);
        QCOMPARE(world.bodies().mid(1), (QStringList{u"39"_s, u"40"_s, u"41"_s, u"42"_s, u"50"_s}));
        QCOMPARE(*await(world.timeline.paginateForward(10)), 2);

        QVERIFY(world.edges().atEnd);
        QCOMPARE(world.bodies().last(), u"91"_s);
        world.live({text(u"$92"_s)});
        QCOMPARE(world.bodies().last(), u"92"_s);
        QCOMPARE(*await(world.timeline.paginateForward(10)), 0);
    }

    void aDateLeadsToItsFirstMessage()
    {
        PastWorld world;
        world.history.answerNearest = [](qint64 ts) -> Result<EventId> {
            return ts == 1234 ? Result<EventId>(EventId(u"$41"_s))
                              : fail(ErrorKind::NotFound, u"M_NOT_FOUND"_s);
        };
        QCOMPARE(*await(world.timeline.goToTime(1234)), EventId(u"$41"_s));
        QCOMPARE(world.bodies().size(), 3);
        QVERIFY(!await(world.timeline.goToTime(5)));
        QCOMPARE(world.bodies().size(), 3);
    }

    void whatFailsMovesNothing()
    {
        PastWorld world;
        const QStringList before = world.bodies();
        QCOMPARE(world.failure(u"$12"_s), u"M_NOT_FOUND"_s);
        world.history.answerAround = [](const EventId &event, int) -> Result<ContextPage> {
            return context({text(event.toString())}, {}, {}); // no way back from there
        };
        QCOMPARE(world.failure(u"$12"_s), u"PARVIS_BAD_EVENTS"_s);
        world.history.answerAround = [](const EventId &, int) -> Result<ContextPage> {
            return context({text(u"$13"_s)}, u"s"_s, u"e"_s); // about something else
        };
        QCOMPARE(world.failure(u"$12"_s), u"PARVIS_NO_SUCH_EVENT"_s);
        QCOMPARE(world.bodies(), before);
        QVERIFY(world.edges().atEnd);
        QVERIFY(!world.cache->events().event(room, EventId(u"$13"_s))->has_value());
    }

    void theLastPlaceCounts()
    {
        PastWorld world;
        auto waiting = std::make_shared<Promise<ContextPage>>();
        world.history.holdAround = waiting;
        auto first = world.timeline.goTo(EventId(u"$41"_s));
        world.history.holdAround.reset();
        QVERIFY(world.timeline.backToNewest());
        waiting->resolve(context({text(u"$41"_s)}, u"s"_s, u"e"_s));

        const auto gone = await(std::move(first));
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, u"PARVIS_CANCELLED"_s);
        QCOMPARE(world.bodies(), (QStringList{u"90"_s, u"91"_s}));
    }

    void aServerThatTurnsInCirclesIsLeft()
    {
        PastWorld world;
        QVERIFY(await(world.timeline.goTo(EventId(u"$41"_s))));
        int asked = 0;
        world.history.answerNewer = [&](const QString &, int) -> Result<EventPage> {
            return EventPage{.chunk = {text(u"$41"_s), text(u"$40"_s)},
                             .state = {},
                             .end = u"t%1"_s.arg(++asked),
                             .dropped = 0};
        };
        QCOMPARE(*await(world.timeline.paginateForward(10)), 0);
        QCOMPARE(asked, Excursion::mostEmptyPages);
        QCOMPARE(world.bodies(), (QStringList{u"40"_s, u"41"_s, u"42"_s}));
        QVERIFY(!world.edges().atEnd);
    }

    void aRowThatIsSentOnceMoreBringsNoWholeRoom()
    {
        World world;
        QList<Event> events;
        for (int i = 0; i < 600; ++i)
            events += text(u"$%1"_s.arg(i));
        world.live(events);
        QVERIFY(await(world.timeline.goTo(EventId(u"$100"_s))));
        const QString last = world.bodies().last();
        QVERIFY(world.bodies().size() < 60);

        world.live({text(u'$' + last)}); // the last row of the window, now behind all others
        QVERIFY(world.bodies().contains(u"100"_s));
        QVERIFY2(world.bodies().size() < 60, qPrintable(QString::number(world.bodies().size())));
    }

    void inAThreadWhatStandsNowhereIsPlacedByItsTime()
    {
        PastWorld world;
        const auto inThread = [](const QString &id, qint64 ts) {
            QJsonObject json =
                make::message(id, u"@b:x"_s, id.mid(1),
                              {{"m.relates_to"_L1,
                                QJsonObject{{"rel_type"_L1, "m.thread"_L1}, {"event_id"_L1, "$30"_L1}}}})
                    .json();
            json["origin_server_ts"_L1] = ts;
            return make::event(json);
        };
        world.live({inThread(u"$95"_s, 2000), inThread(u"$96"_s, 5000)});
        QVERIFY(world.cache->commit({.loose = {{.room = room,
                                                .events = {make::stored(inThread(u"$32"_s, 3000)),
                                                           make::stored(inThread(u"$31"_s, 1000))},
                                                .members = {}}}}));
        RoomTimeline thread(*world.cache, world.crypto, world.history, room, EventId(u"$30"_s));
        QVERIFY(thread.open());
        QStringList bodies;
        for (const Item &item : thread.items().items())
            bodies.append(item.body());
        bodies.removeAll(u"30"_s);
        QCOMPARE(bodies.size(), 4);
        QVERIFY(bodies.indexOf(u"31"_s) < bodies.indexOf(u"95"_s));
        QVERIFY(bodies.indexOf(u"95"_s) < bodies.indexOf(u"32"_s));
        QVERIFY(bodies.indexOf(u"32"_s) < bodies.indexOf(u"96"_s));
    }

    void aThreadIsItsMessagesAlone()
    {
        PastWorld world;
        const auto inThread = [](const QString &id, const QString &root) {
            return make::message(
                id, u"@b:x"_s, id.mid(1),
                {{"m.relates_to"_L1, QJsonObject{{"rel_type"_L1, "m.thread"_L1}, {"event_id"_L1, root}}}});
        };
        world.live({inThread(u"$95"_s, u"$30"_s), inThread(u"$96"_s, u"$91"_s)});
        world.history.answerSingle = [](const EventId &event) -> Result<EventPage> {
            EventPage page;
            page.chunk = {text(event.toString())};
            return page;
        };
        world.history.answerThread = [&](const QString &from, int) -> Result<EventPage> {
            EventPage page; // with what is in another thread, in none, and of another room
            if (from.isEmpty())
                page = {.chunk = {inThread(u"$95"_s, u"$30"_s), inThread(u"$32"_s, u"$30"_s),
                                  inThread(u"$33"_s, u"$91"_s), text(u"$34"_s)},
                        .state = {},
                        .end = u"more"_s,
                        .dropped = 0};
            else
                page.chunk = {inThread(u"$31"_s, u"$30"_s)};
            return page;
        };
        RoomTimeline thread(*world.cache, world.crypto, world.history, room, EventId(u"$30"_s));
        QVERIFY(thread.open());
        const auto bodies = [&] {
            QStringList out;
            for (const Item &item : thread.items().items())
                out.append(item.body());
            return out;
        };
        QCOMPARE(bodies(), QStringList{u"95"_s});

        QVERIFY(await(thread.paginateBack(10)));
        QCOMPARE(bodies(), (QStringList{u"30"_s, u"32"_s, u"95"_s}));
        QVERIFY(!thread.edges().get().atStart);
        QCOMPARE(*await(thread.paginateBack(10)), 1);
        QCOMPARE(bodies(), (QStringList{u"30"_s, u"31"_s, u"32"_s, u"95"_s}));
        QVERIFY(thread.edges().get().atStart);
        QCOMPARE(world.bodies(), (QStringList{u"90"_s, u"91"_s, u"95"_s, u"96"_s})); // no change elsewhere
        QCOMPARE(world.at(1).inThread, 1);

        world.live({inThread(u"$97"_s, u"$30"_s)});
        QCOMPARE(bodies().last(), u"97"_s);
        QVERIFY(!await(thread.goTo(EventId(u"$41"_s))));
        QCOMPARE(bodies().size(), 5);
    }

    void whoHasReadUpToWhere()
    {
        PastWorld world;
        RoomChanges changes{.id = room};
        const auto receipt = [&](const QString &user, const QString &event, qint64 ts,
                                 const QString &thread = {}, const QString &type = u"m.read"_s) {
            changes.receipts.append({UserId(user), EventId(event), type, thread, ts});
        };
        receipt(u"@c:x"_s, u"$90"_s, 5);
        receipt(u"@c:x"_s, u"$91"_s, 6, u"main"_s);
        receipt(u"@d:x"_s, u"$90"_s, 5);
        receipt(u"@e:x"_s, u"$90"_s, 5, {}, u"m.read.private"_s);
        receipt(u"@f:x"_s, u"$90"_s, 5, u"$somewhere"_s);
        receipt(u"@me:x"_s, u"$90"_s, 5);
        QVERIFY(world.cache->commit({.rooms = {changes}}));

        QCOMPARE(world.at(0).readBy, QList<UserId>{UserId(u"@d:x"_s)});
        QCOMPARE(world.at(1).readBy, QList<UserId>{UserId(u"@c:x"_s)});
    }

    /// A clear message of an encrypted room is marked wherever somebody went, unless the server says that the
    /// room was not encrypted at that time.
    void messagesInClearAreMarkedThereToo()
    {
        PastWorld world;
        world.live({}, {encryption(u"$enc"_s)});
        ContextPage page = context({text(u"$40"_s), text(u"$41"_s)}, u"s"_s, u"e"_s);
        page.state = {encryption(u"$enc"_s)};
        world.history.answerAround = [&](const EventId &, int) -> Result<ContextPage> { return page; };
        QVERIFY(await(world.timeline.goTo(EventId(u"$41"_s))));
        QCOMPARE(world.at(0).shieldReason, u"sent_in_clear"_s);

        page = context({text(u"$20"_s), text(u"$21"_s)}, u"s"_s, u"e"_s);
        QVERIFY(await(world.timeline.goTo(EventId(u"$21"_s))));
        QCOMPARE(world.at(0).shieldReason, QString());
        // Reading on reaches the event that turns it on.
        world.history.answerNewer = [](const QString &, int) -> Result<EventPage> {
            return EventPage{
                .chunk = {encryption(u"$enc"_s), text(u"$30"_s)}, .state = {}, .end = u"f"_s, .dropped = 0};
        };
        QVERIFY(await(world.timeline.paginateForward(10)));
        QCOMPARE(world.at(0).shieldReason, QString());
        QCOMPARE(world.timeline.items().items().constLast().shieldReason, u"sent_in_clear"_s);
    }

    /// Nor does the server's word take the mark off what bears a time at which the room was encrypted,
    /// however late the encryption is said to have begun afterwards.
    void noWordOfTheServerTakesTheMarkOff()
    {
        PastWorld world;
        const auto at = [](Event event, qint64 ms) {
            event.originServerTs = ms;
            return event;
        };
        world.live({}, {encryption(u"$enc"_s)}); // at 1000
        world.live({}, {at(encryption(u"$later"_s), 90'000)});
        const ContextPage page = context({at(text(u"$20"_s), 900), at(text(u"$21"_s), 5000)}, u"s"_s, u"e"_s);
        world.history.answerAround = [&](const EventId &, int) -> Result<ContextPage> { return page; };
        QVERIFY(await(world.timeline.goTo(EventId(u"$21"_s))));

        QCOMPARE(world.at(0).shieldReason, QString());
        QCOMPARE(world.at(1).shieldReason, u"sent_in_clear"_s);
    }
};

QTEST_GUILESS_MAIN(ExcursionsTest)
#include "tst_excursions.moc"
