// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"
#include "sync/sync_loop.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

struct World {
    TemporaryCache cache;
    FakeSyncCrypto crypto;
    FakeClock clock;
    FakeDelay delay;
    FakeSyncTransport server;
    std::unique_ptr<SyncApply> apply;
    std::unique_ptr<SyncLoop> loop;

    World() { restart(); }
    void restart()
    {
        loop.reset();
        apply.reset();
        server.waiting.clear();
        apply = std::make_unique<SyncApply>(*cache, crypto, clock);
        loop = std::make_unique<SyncLoop>(SyncLoop::Parts{server, *cache, crypto, *apply, clock, delay});
    }
    SyncStatus status() { return loop->status().get(); }
};

QByteArray sliding(const QString &pos, int rooms = 0, int first = 0, int count = -1)
{
    QJsonObject all;
    for (int i = first; i < first + rooms; ++i)
        all[u"!%1:x"_s.arg(i)] =
            QJsonObject{{"initial"_L1, true}, {"bump_stamp"_L1, i}, {"name"_L1, u"R%1"_s.arg(i)}};
    QJsonObject answer{{"pos"_L1, pos}, {"rooms"_L1, all}};
    if (count >= 0)
        answer["lists"_L1] = QJsonObject{{"all_rooms"_L1, QJsonObject{{"count"_L1, count}}}};
    return QJsonDocument(answer).toJson();
}

QByteArray toDevice(const QString &pos, const QString &next, int events)
{
    QJsonArray list;
    for (int i = 0; i < events; ++i)
        list.append(
            QJsonObject{{"type"_L1, "m.dummy"_L1}, {"sender"_L1, "@b:x"_L1}, {"content"_L1, QJsonObject()}});
    return QJsonDocument(
               QJsonObject{{"pos"_L1, pos},
                           {"extensions"_L1,
                            QJsonObject{{"to_device"_L1,
                                         QJsonObject{{"next_batch"_L1, next}, {"events"_L1, list}}}}}})
        .toJson();
}

tl::unexpected<Error> unknownPos()
{
    return fail(ErrorKind::Usage, u"M_UNKNOWN_POS"_s);
}

} // namespace

class tst_SyncLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsTheListAndThenWaits()
    {
        World world;
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"1"_s, 0));
        world.server.give(u"room-list"_s, sliding(u"r1"_s, 20, 0, 130));
        world.server.give(u"room-list"_s, sliding(u"r2"_s, 100, 20, 130));
        world.server.give(u"room-list"_s, sliding(u"r3"_s, 10, 120, 130));
        world.server.give(u"room-list"_s, sliding(u"r4"_s));
        world.loop->start();
        QCOMPARE(world.status().phase, SyncStatus::Phase::Connecting);

        QTRY_VERIFY(world.status().caughtUp);

        const auto asked = world.server.of(u"room-list"_s);
        QCOMPARE(asked.size(), 5);
        QList<int> ends;
        for (const auto &one : asked)
            ends.append(
                QJsonDocument::fromJson(one.body)["lists"_L1]["all_rooms"_L1]["ranges"_L1][0][1].toInt());
        QCOMPARE(ends, (QList<int>{19, 119, 129, 129, 129}));
        QCOMPARE(asked.at(1).position, u"r1"_s);
        QCOMPARE(asked.at(3).timeoutMs, 0);
        QCOMPARE(asked.at(4).timeoutMs, Poller::longPollMs);
        QCOMPARE(world.cache->rooms().all()->size(), 130);
        QCOMPARE(*world.cache->rooms().position(u"room-list"_s), u"r4"_s);
        QCOMPARE(world.status().phase, SyncStatus::Phase::Online);
    }

    void continuesAfterARestart()
    {
        World world;
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"7"_s, 1));
        world.server.give(u"room-list"_s, sliding(u"r1"_s, 2, 0, 2));
        world.loop->start();
        QTRY_COMPARE(*world.cache->rooms().position(u"encryption"_s), u"e1"_s);
        QTRY_COMPARE(*world.cache->rooms().position(u"room-list"_s), u"r1"_s);
        QCOMPARE(world.crypto.positionLost, QList{true});

        world.restart();
        world.server.asked.clear();
        world.server.give(u"encryption"_s, toDevice(u"e2"_s, u"7"_s, 0));
        world.loop->start();
        QTRY_VERIFY(world.server.of(u"encryption"_s).size() >= 1
                    && world.server.of(u"room-list"_s).size() >= 1);

        QCOMPARE(world.server.of(u"encryption"_s).first().position, u"e1"_s);
        QVERIFY(world.server.of(u"encryption"_s).first().body.contains(R"("since":"7")"));
        QCOMPARE(world.server.of(u"room-list"_s).first().position, u"r1"_s);
        QTRY_COMPARE(world.crypto.positionLost, (QList{true, false}));
    }

    void anUnknownPositionBeginsAnew()
    {
        World world;
        QVERIFY(
            world.cache->commit({.rooms = {{.id = RoomId(u"!0:x"_s), .membership = MemberState::Join},
                                           {.id = RoomId(u"!left:x"_s), .membership = MemberState::Join}},
                                 .positions = {{u"room-list"_s, u"old"_s}, {u"encryption"_s, u"old"_s}}}));
        world.server.give(u"encryption"_s, unknownPos());
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"1"_s, 0));
        world.server.give(u"room-list"_s, unknownPos());
        world.server.give(u"room-list"_s, sliding(u"r1"_s, 1, 0, 1));
        world.loop->start();

        QTRY_COMPARE(*world.cache->rooms().position(u"room-list"_s), u"r1"_s);
        QTRY_COMPARE(*world.cache->rooms().position(u"encryption"_s), u"e1"_s);
        QCOMPARE(world.crypto.positionLost, QList{true});
        // What the server no longer names was left meanwhile.
        QTRY_COMPARE(world.cache->rooms().room(RoomId(u"!left:x"_s))->value().membership, MemberState::Leave);
        QCOMPARE(world.cache->rooms().room(RoomId(u"!0:x"_s))->value().membership, MemberState::Join);
        QCOMPARE(world.delay.pending(), 0);
    }

    void roomsThatAreNoneAreNotLeft_data()
    {
        QTest::addColumn<bool>("slidingSync");
        QTest::addColumn<QByteArray>("answer");

        QTest::newRow("sliding, a number")
            << true << QByteArray(R"({"pos":"n","rooms":5,"lists":{"all_rooms":{"count":1}}})");
        QTest::newRow("sliding, no count") << true << QByteArray(R"({"pos":"n","rooms":{},"lists":[]})");
        QTest::newRow("classic, a list") << false << QByteArray(R"({"next_batch":"n","rooms":[]})");
        QTest::newRow("classic, a word") << false << QByteArray(R"({"next_batch":"n","rooms":{"join":"x"}})");
    }

    void roomsThatAreNoneAreNotLeft()
    {
        QFETCH(bool, slidingSync);
        QFETCH(QByteArray, answer);
        World world;
        const auto name = slidingSync ? u"room-list"_s : u"classic"_s;
        QVERIFY(world.cache->commit({.rooms = {{.id = RoomId(u"!0:x"_s), .membership = MemberState::Join}}}));
        world.server.slidingAnswer = slidingSync;
        world.server.give(name, answer);
        world.loop->start();

        QTRY_COMPARE(*world.cache->rooms().position(name), u"n"_s);
        QTRY_COMPARE(world.server.of(name).last().timeoutMs, Poller::longPollMs);
        QCOMPARE(world.cache->rooms().room(RoomId(u"!0:x"_s))->value().membership, MemberState::Join);
    }

    void aCountWithoutEndIsNotFollowedForEver()
    {
        World world;
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"1"_s, 0));
        world.server.give(u"room-list"_s,
                          R"({"pos":"0","lists":{"all_rooms":{"count":9000000000000000000}}})");
        for (int i = 1; i <= 1200; ++i)
            world.server.give(u"room-list"_s, sliding(QString::number(i)));
        world.loop->start();

        QTRY_VERIFY(world.status().caughtUp);
        QCOMPARE(world.server.of(u"room-list"_s).last().timeoutMs, Poller::longPollMs);
        const auto asked = world.server.of(u"room-list"_s);
        const auto hasty =
            std::count_if(asked.cbegin(), asked.cend(), [](const auto &one) { return one.timeoutMs == 0; });
        QVERIFY(hasty > 10);
        QVERIFY(hasty < 1100); // a hundred rooms each time, up to a number that nobody has
    }

    void backsOffAndComesBack()
    {
        World world;
        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, fail(ErrorKind::Network, u"PARVIS_NO_ANSWER"_s));
        world.loop->start();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Offline);
        QCOMPARE(world.status().error->code, u"PARVIS_NO_ANSWER"_s);
        QVERIFY(world.status().retryAtMs > world.clock.nowMs());

        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.delay.fire();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Online);
        QCOMPARE(*world.cache->rooms().position(u"classic"_s), u"c1"_s);
        QVERIFY(!world.status().error);
    }

    void stopsWhenOnlyThePersonCanHelp()
    {
        for (const auto &[kind, code] : {std::pair(ErrorKind::Auth, u"M_UNKNOWN_TOKEN"_s),
                                         std::pair(ErrorKind::Forbidden, u"M_USER_DEACTIVATED"_s),
                                         std::pair(ErrorKind::Forbidden, u"M_USER_LOCKED"_s)}) {
            World world;
            world.server.slidingAnswer = false;
            world.server.give(u"classic"_s, fail(kind, code));
            world.loop->start();
            QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Stopped);
            QCOMPARE(world.status().error->code, code);
            QCOMPARE(world.delay.pending(), 0);
        }
    }

    void alsoWhenTheFirstQuestionTellsIt()
    {
        World world;
        world.server.slidingAnswer = fail(ErrorKind::Auth, u"M_UNKNOWN_TOKEN"_s);
        world.loop->start();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Stopped);
        QCOMPARE(world.delay.pending(), 0);
    }

    void whatAPortalSaysOnlyDelays_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("another certificate") << int(ErrorKind::Tls) << u"PARVIS_TLS_WRONG_HOST"_s;
        QTest::newRow("a proxy's 401") << int(ErrorKind::Auth) << u"PARVIS_UNAUTHORISED"_s;
        QTest::newRow("the token taken out on the way") << int(ErrorKind::Auth) << u"M_MISSING_TOKEN"_s;
        QTest::newRow("a proxy's 404") << int(ErrorKind::NotFound) << u"PARVIS_NOT_FOUND"_s;
        QTest::newRow("a page") << int(ErrorKind::Protocol) << u"PARVIS_NOT_JSON"_s;
    }
    void whatAPortalSaysOnlyDelays()
    {
        QFETCH(int, kind);
        QFETCH(QString, code);
        World world;
        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, fail(ErrorKind(kind), code));
        world.loop->start();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Offline);
        QCOMPARE(world.status().error->code, code);
        QVERIFY(world.status().retryAtMs > world.clock.nowMs());

        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.delay.fire();

        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Online);
        QVERIFY(!world.status().error);
    }

    void alsoBeforeTheServerWasHeard_data() { whatAPortalSaysOnlyDelays_data(); }
    void alsoBeforeTheServerWasHeard()
    {
        QFETCH(int, kind);
        QFETCH(QString, code);
        World world;
        world.server.slidingAnswer = fail(ErrorKind(kind), code);
        world.loop->start();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Offline);
        QCOMPARE(world.status().error->code, code);
        QVERIFY(world.status().retryAtMs > world.clock.nowMs());

        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.delay.fire();

        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Online);
        QVERIFY(!world.status().error);
    }

    void keysComeBeforeThePosition()
    {
        World world;
        world.crypto.failure = Error{ErrorKind::Storage, u"PARVIS_DISK_FULL"_s, {}, 0};
        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.loop->start();
        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Offline);
        QVERIFY(world.cache->rooms().position(u"classic"_s)->isEmpty());

        world.crypto.failure.reset();
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c2"})"));
        world.delay.fire();
        QTRY_COMPARE(*world.cache->rooms().position(u"classic"_s), u"c2"_s);
        QCOMPARE(world.server.of(u"classic"_s).at(1).position, QString());
    }

    void idleMeansAskedAfterwardsAndNothingCame()
    {
        World world;
        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.loop->start();
        QTRY_VERIFY(world.status().caughtUp); // a long poll waits
        const auto before = world.server.asked.size();

        bool idle = false;
        QObject context;
        world.loop->waitIdle().then(&context, [&](Result<void> result) { idle = result.has_value(); });
        QTRY_COMPARE(world.server.asked.size(), before + 1);
        QCOMPARE(world.server.asked.last().timeoutMs, 0);
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c2","rooms":{"join":{"!a:x":{}}}})"));
        QTRY_COMPARE(world.server.asked.size(), before + 2);
        QVERIFY(!idle);
        QCOMPARE(world.server.asked.last().timeoutMs, 0);
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c3"})"));
        QTRY_VERIFY(idle);
        QTRY_COMPARE(world.server.asked.last().timeoutMs, Poller::longPollMs);
    }

    void idleCoversBothConnections()
    {
        World world;
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"1"_s, 1));
        world.server.give(u"room-list"_s, sliding(u"r1"_s, 1, 0, 1));
        bool idle = false;
        QObject context;
        world.loop->waitIdle().then(&context, [&](Result<void> result) { idle = result.has_value(); });
        world.loop->start();
        QTRY_VERIFY(!world.server.waiting.isEmpty());
        world.server.give(u"room-list"_s, sliding(u"r2"_s));
        QTRY_VERIFY(world.server.of(u"room-list"_s).size() >= 3);
        QVERIFY(!idle);
        world.server.give(u"encryption"_s, toDevice(u"e2"_s, u"1"_s, 0));
        QTRY_VERIFY(idle);
    }

    void openRoomsAreAskedForAtOnce()
    {
        World world;
        world.server.give(u"encryption"_s, toDevice(u"e1"_s, u"1"_s, 0));
        world.server.give(u"room-list"_s, sliding(u"r1"_s, 0, 0, 0));
        world.loop->start();
        QTRY_VERIFY(world.status().caughtUp);

        world.loop->setOpenRooms({RoomId(u"!a:x"_s)});
        QTRY_VERIFY(world.server.asked.last().body.contains(R"("room_subscriptions":{"!a:x")"));
        QCOMPARE(world.server.asked.last().timeoutMs, 0);
    }

    void stopIsQuietAndStartGoesOn()
    {
        World world;
        world.server.slidingAnswer = false;
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.loop->start();
        QTRY_VERIFY(world.status().caughtUp);
        world.loop->stop();
        QCOMPARE(world.status().phase, SyncStatus::Phase::Stopped);
        const auto asked = world.server.asked.size();
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"late"})"));
        QTest::qWait(0);
        QCOMPARE(*world.cache->rooms().position(u"classic"_s), u"c1"_s);

        world.server.waiting.clear();
        world.loop->start();
        QTRY_COMPARE(world.server.asked.size(), asked + 1);
        QCOMPARE(world.server.asked.last().position, u"c1"_s);
    }

    void fallsBackWhenSlidingSyncGoesAway()
    {
        World world;
        world.server.give(u"encryption"_s, fail(ErrorKind::NotFound, u"M_UNRECOGNIZED"_s));
        world.server.give(u"room-list"_s, fail(ErrorKind::NotFound, u"M_UNRECOGNIZED"_s));
        world.server.give(u"classic"_s, QByteArray(R"({"next_batch":"c1"})"));
        world.loop->start();

        QTRY_COMPARE(world.status().phase, SyncStatus::Phase::Online);
        QCOMPARE(world.status().dialect, std::optional(SyncDialect::Classic));
    }
};

QTEST_GUILESS_MAIN(tst_SyncLoop)
#include "tst_sync_loop.moc"
