// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"
#include "sync/sync_apply.h"
#include "sync/sync_reader.h"

#include <QFile>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);

struct World {
    explicit World(const QString &own = u"@me:x"_s) : cache(own) {}

    TemporaryCache cache;
    FakeSyncCrypto crypto;
    FakeClock clock;
    SyncApply apply{*cache, crypto, clock};

    Result<void> take(RoomUpdate update, SyncDialect dialect = SyncDialect::Classic)
    {
        SyncUpdate whole;
        whole.dialect = dialect;
        whole.position = u"p"_s;
        whole.rooms = {std::move(update)};
        return await(apply.apply(std::move(whole), {{u"classic"_s, u"p"_s}}));
    }
    StoredRoom stored() { return cache->rooms().room(room)->value_or(StoredRoom()); }
};

RoomUpdate joined(QList<Event> timeline)
{
    RoomUpdate update;
    update.id = room;
    update.membership = MemberState::Join;
    update.timeline = std::move(timeline);
    return update;
}

Event encryption(const QString &id)
{
    return make::state(id, u"@b:x"_s, event_type::encryption, {},
                       {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}});
}

} // namespace

class tst_SyncApply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTimelinesStateComesOnTop()
    {
        World world;
        RoomUpdate update =
            joined({make::state(u"$2"_s, u"@b:x"_s, event_type::name, {}, {{"name"_L1, "neu"_L1}})});
        update.state = {make::state(u"$1"_s, u"@b:x"_s, event_type::name, {}, {{"name"_L1, "alt"_L1}})};
        QVERIFY(world.take(update));
        QCOMPARE(world.stored().name, u"neu"_s);

        // With the state after the timeline, the timeline only shows what happened.
        update.stateIsAfter = true;
        QVERIFY(world.take(update));
        QCOMPARE(world.stored().name, u"alt"_s);
    }

    void anInvitationIsNoProof()
    {
        World world;
        RoomUpdate update;
        update.id = room;
        update.stripped = {make::event({{"type"_L1, "m.room.member"_L1},
                                        {"sender"_L1, "@b:x"_L1},
                                        {"state_key"_L1, "@me:x"_L1},
                                        {"content"_L1, QJsonObject{{"membership"_L1, "invite"_L1}}}}),
                           make::event({{"type"_L1, "m.room.name"_L1},
                                        {"sender"_L1, "@b:x"_L1},
                                        {"state_key"_L1, ""_L1},
                                        {"content"_L1, QJsonObject{{"name"_L1, "Komm"_L1}}}})};
        QVERIFY(world.take(update, SyncDialect::Sliding));

        QCOMPARE(world.stored().membership, MemberState::Invite);
        QCOMPARE(world.stored().inviter, UserId(u"@b:x"_s));
        QCOMPARE(world.stored().name, u"Komm"_s);
        QVERIFY(world.crypto.log.isEmpty());
    }

    void encryptionIsToldBeforeAnythingIsRead()
    {
        World world;
        world.crypto.clear.insert(u"$2"_s, make::clearText(u"lisible"_s));
        QVERIFY(world.take(joined({encryption(u"$1"_s), make::encrypted(u"$2"_s, u"@b:x"_s, u"s"_s),
                                   make::encrypted(u"$3"_s, u"@b:x"_s, u"t"_s)})));

        QVERIFY(world.crypto.log.first().startsWith(u"encrypted !r:x"_s));
        QCOMPARE(world.stored().encryption, u"m.megolm.v1.aes-sha2"_s);
        const auto read = world.cache->events().event(room, EventId(u"$2"_s))->value().event;
        QCOMPARE(read.content()["body"_L1].toString(), u"lisible"_s);
        const auto unread = world.cache->events().event(room, EventId(u"$3"_s))->value().event;
        QCOMPARE(unread.reason, Undecryptable::MissingKey);
        QCOMPARE(unread.session, SessionId(u"t"_s));
    }

    void everyChangeOfMembershipIsTold()
    {
        World world;
        QVERIFY(world.take(joined({encryption(u"$1"_s), make::member(u"$2"_s, u"@b:x"_s, u"join"_s)})));
        world.crypto.log.clear();

        QVERIFY(world.take(joined({make::member(u"$3"_s, u"@b:x"_s, u"join"_s, u"Neuer Name"_s)})));
        QVERIFY(!world.crypto.log.contains(u"member !r:x @b:x join"_s)); // a profile change is none
        QVERIFY(world.take(joined({make::member(u"$4"_s, u"@b:x"_s, u"leave"_s)})));
        QVERIFY(world.crypto.log.contains(u"member !r:x @b:x leave"_s));
        QVERIFY(world.take(joined({make::member(u"$5"_s, u"@unseen:x"_s, u"ban"_s)})));
        QVERIFY(world.crypto.log.contains(u"member !r:x @unseen:x ban"_s));
        // In and out between two answers.
        world.crypto.log.clear();
        QVERIFY(world.take(joined(
            {make::member(u"$6"_s, u"@c:x"_s, u"join"_s), make::member(u"$7"_s, u"@c:x"_s, u"leave"_s)})));
        QVERIFY(world.crypto.log.contains(u"member !r:x @c:x leave"_s));
    }

    void aGapIsTold()
    {
        World world;
        QVERIFY(world.take(joined({encryption(u"$1"_s), make::member(u"$2"_s, u"@b:x"_s, u"join"_s)})));
        QVERIFY(!world.crypto.log.contains(u"limited !r:x"_s)); // nothing can have been missed at first sight
        // Somebody left and came back: nothing but the gap shows it.
        RoomUpdate gap = joined({make::message(u"$9"_s, u"@c:x"_s, u"x"_s)});
        gap.limited = true;
        gap.prevBatch = u"t"_s;
        QVERIFY(world.take(gap));
        QVERIFY(world.crypto.log.contains(u"limited !r:x"_s));
        QVERIFY(!world.stored().membersComplete);
        world.crypto.log.clear();
        gap.timeline = {make::member(u"$10"_s, u"@b:x"_s, u"join"_s)};
        QVERIFY(world.take(gap));
        QVERIFY(world.crypto.log.contains(u"limited !r:x"_s));
    }

    void aRoomThatBeginsAnewIsAGapEvenWithoutOne()
    {
        World world;
        QVERIFY(world.take(joined({encryption(u"$1"_s), make::member(u"$2"_s, u"@b:x"_s, u"join"_s)})));
        world.crypto.log.clear();
        RoomUpdate anew = joined({make::member(u"$2"_s, u"@b:x"_s, u"join"_s)});
        anew.initial = true; // the whole room fits: no token for what is before it

        QVERIFY(world.take(anew, SyncDialect::Sliding));

        QVERIFY(world.crypto.log.contains(u"limited !r:x"_s));
        QVERIFY(!world.stored().membersComplete);
    }

    void anEventThatWasLeftOutIsSomebodyWhoMayHaveLeft()
    {
        World world;
        QVERIFY(world.take(joined({encryption(u"$1"_s), make::member(u"$2"_s, u"@b:x"_s, u"join"_s)})));
        QVERIFY(world.cache->commit({.rooms = {{.id = room, .membersComplete = true}}}));
        const QByteArray broken = R"({"next_batch":"p","rooms":{"join":{"!r:x":{"timeline":{"events":[
            {"type":"m.room.member","state_key":"@b:x","sender":"@b:x","content":{"membership":"leave"},
             "origin_server_ts":1}]}}}}})";

        QVERIFY(await(world.apply.apply(*readSync(broken, SyncDialect::Classic), {})));

        QVERIFY(world.crypto.log.contains(u"limited !r:x"_s));
        QVERIFY(!world.stored().membersComplete);
    }

    void initialReplacesWhatWasKnown()
    {
        World world;
        RoomUpdate update = joined({});
        update.state = {make::state(u"$1"_s, u"@b:x"_s, event_type::name, {}, {{"name"_L1, "alt"_L1}}),
                        make::member(u"$2"_s, u"@gone:x"_s, u"join"_s)};
        QVERIFY(world.take(update, SyncDialect::Sliding));
        update.initial = true;
        update.state = {make::state(u"$3"_s, u"@b:x"_s, event_type::topic, {}, {{"topic"_L1, "Thema"_L1}})};
        QVERIFY(world.take(update, SyncDialect::Sliding));

        QCOMPARE(world.stored().name, QString());
        QCOMPARE(world.stored().topic, u"Thema"_s);
        QVERIFY(world.cache->rooms().members(room)->isEmpty());
    }

    void receiptsOfUnknownRoomsMakeNoRoom()
    {
        World world;
        RoomUpdate update;
        update.id = room;
        update.receipts = {{UserId(u"@b:x"_s), EventId(u"$1"_s), u"m.read"_s, {}, 1}};
        QVERIFY(world.take(update, SyncDialect::Sliding));

        QVERIFY(world.cache->rooms().all()->isEmpty());
    }

    void othersClocksNeverPutARoomInFront()
    {
        World world;
        Event future = make::message(u"$1"_s, u"@b:x"_s, u"x"_s);
        future.originServerTs = std::numeric_limits<qint64>::max();
        RoomUpdate update = joined({future});
        update.limited = true;
        QVERIFY(world.take(update));

        QCOMPARE(world.stored().recency, world.clock.nowMs());
    }

    void whatWasSaidLastOrdersRoomsHoweverLateItIsHeard()
    {
        World world;
        const auto at = [](qint64 ts, Event event) {
            event.originServerTs = ts;
            return event;
        };
        const RoomUpdate said = joined({at(5000, make::message(u"$1"_s, u"@b:x"_s, u"x"_s))});
        QVERIFY(world.take(said));
        QCOMPARE(world.stored().recency, 5000);

        world.clock.advance(60'000);
        QVERIFY(world.take(said)); // the same answer once more, after a crash
        QCOMPARE(world.stored().recency, 5000);

        QVERIFY(world.take(joined(
            {at(6000, make::event(make::envelope(u"$2"_s, u"@b:x"_s, u"m.reaction"_s, {}))),
             at(7000, make::state(u"$3"_s, u"@b:x"_s, event_type::topic, {}, {{"topic"_L1, "Thema"_L1}})),
             at(8000, make::member(u"$4"_s, u"@c:x"_s, u"join"_s))})));
        QCOMPARE(world.stored().recency, 5000);

        QVERIFY(world.take(joined({at(4000, make::message(u"$5"_s, u"@b:x"_s, u"a slow clock"_s))})));
        QCOMPARE(world.stored().recency, 5000);
        QVERIFY(world.take(joined({at(9000, make::message(u"$6"_s, u"@b:x"_s, u"y"_s))})));
        QCOMPARE(world.stored().recency, 9000);
    }

    void thePositionGoesWithTheLastSlice()
    {
        World world;
        SyncUpdate update;
        update.position = u"p"_s;
        for (int i = 0; i < 3000; ++i) {
            RoomUpdate one = joined({make::message(u"$%1"_s.arg(i), u"@b:x"_s, u"x"_s)});
            one.id = RoomId(u"!%1:x"_s.arg(i));
            update.rooms.append(one);
        }
        QObject context;
        QList<qsizetype> seen;
        QStringList positions;
        world.cache->subscribe(&context, [&](const AppliedChanges &applied) {
            seen.append(applied.rooms.size());
            positions.append(*world.cache->rooms().position(u"classic"_s));
        });

        QVERIFY(await(world.apply.apply(update, {{u"classic"_s, u"p"_s}})));

        QVERIFY(seen.size() >= 6); // a thousand events in each
        QCOMPARE(std::accumulate(seen.begin(), seen.end(), qsizetype(0)), 3000);
        QVERIFY(positions.first().isEmpty());
        QCOMPARE(positions.last(), u"p"_s);
    }

    void realAnswersOfBothDialectsGiveTheSameRooms()
    {
        const auto world = [](const char *dialect) {
            auto out = std::make_unique<World>(u"@alice:parvis.test"_s);
            for (const char *which : {"initial", "delta"}) {
                QFile file(QFINDTESTDATA("../data/sync/") + QString::fromLatin1(dialect) + u'-'
                           + QString::fromLatin1(which) + u".json"_s);
                if (!file.open(QIODevice::ReadOnly))
                    qFatal("no recorded answer");
                auto update =
                    readSync(file.readAll(), dialect[0] == 'v' ? SyncDialect::Classic : SyncDialect::Sliding);
                if (!update || !await(out->apply.apply(*update, {})))
                    qFatal("the recorded answer is not taken");
            }
            return out;
        };
        const auto classic = world("v3");
        const auto sliding = world("sliding");
        const auto rooms = *classic->cache->rooms().all();
        QCOMPARE(rooms.size(), 4);
        for (const StoredRoom &one : rooms) {
            const auto other = sliding->cache->rooms().room(one.id)->value();
            QCOMPARE(other.membership, one.membership);
            QCOMPARE(other.name, one.name);
            QCOMPARE(other.encryption, one.encryption);
            QCOMPARE(other.inviter, one.inviter);
            QCOMPARE(other.lastEvent, one.lastEvent);
        }
        const RoomId meeting(u"!uWfLhPGTPASuWNBjAL:parvis.test"_s);
        QCOMPARE(sliding->cache->rooms().room(meeting)->value().name, u"Autre"_s);
        QCOMPARE(sliding->cache->rooms().receipts(meeting)->size(),
                 classic->cache->rooms().receipts(meeting)->size());
    }

    void aLongAnswerComesInSlicesAndItsPositionLast()
    {
        World world;
        SyncUpdate whole;
        whole.position = u"p"_s;
        constexpr int rooms = 300;
        for (int n = 0; n < rooms; ++n) {
            RoomUpdate update = joined({make::message(u"$a%1"_s.arg(n), u"@b:x"_s, u"un"_s),
                                        make::message(u"$b%1"_s.arg(n), u"@b:x"_s, u"deux"_s)});
            update.id = RoomId(u"!%1:x"_s.arg(n));
            update.typing = QList<UserId>{UserId(u"@b:x"_s)};
            for (int m = 0; m < 10; ++m)
                update.state.append(make::member(u"$m%1-%2"_s.arg(n).arg(m), u"@u%1:x"_s.arg(m), u"join"_s));
            whole.rooms.append(update);
        }
        QStringList told;
        int commits = 0;
        bool early = false;
        world.cache->subscribe(this, [&](const AppliedChanges &applied) {
            ++commits;
            early = early
                || (applied.rooms.size() < rooms && !world.cache->rooms().position(u"classic"_s)->isEmpty()
                    && world.cache->rooms().all()->size() < rooms);
        });
        connect(&world.apply, &SyncApply::liveEventsCame, this,
                [&](const RoomId &id, const QList<RoomEvent> &events) {
                    for (const RoomEvent &event : events)
                        QVERIFY(world.cache->events().event(id, event.event.id)->has_value());
                    told.append(id.toString());
                });
        int typing = 0;
        connect(&world.apply, &SyncApply::typingChanged, this, [&] { ++typing; });
        QVERIFY(await(world.apply.apply(std::move(whole), {{u"classic"_s, u"p"_s}})));

        QVERIFY2(commits >= 3 && commits <= 6, qPrintable(QString::number(commits))); // 1000 events in each
        QVERIFY(!early);
        QCOMPARE(told.size(), rooms);
        QCOMPARE(told.last(), u"!299:x"_s);
        QCOMPARE(typing, rooms);
        QCOMPARE(world.cache->rooms().all()->size(), rooms);
        QCOMPARE(*world.cache->rooms().position(u"classic"_s), u"p"_s);
    }

    void somebodyElseMayWriteInBetween()
    {
        World world;
        SyncUpdate whole;
        for (int n = 0; n < 400; ++n) {
            RoomUpdate update = joined({make::message(u"$a%1"_s.arg(n), u"@b:x"_s, u"un"_s)});
            update.id = RoomId(u"!%1:x"_s.arg(n));
            whole.rooms.append(update);
        }
        auto task = world.apply.apply(std::move(whole), {{u"classic"_s, u"p"_s}});
        QMetaObject::invokeMethod(
            this,
            [&] {
                QVERIFY(world.cache->unsettled() > 0); // the first slice waits for the next ones
                RoomChanges own{.id = RoomId(u"!0:x"_s)};
                own.timeline = {make::stored(make::message(u"$own"_s, u"@me:x"_s, u"moi"_s))};
                QVERIFY(world.cache->commit({.rooms = {own}}));
                QCOMPARE(world.cache->unsettled(), 0);
            },
            Qt::QueuedConnection);
        QVERIFY(await(std::move(task)));
        QCOMPARE(world.cache->rooms().all()->size(), 400);
        QVERIFY(world.cache->events().event(RoomId(u"!0:x"_s), EventId(u"$own"_s))->has_value());
    }

    void whatFailsIsAppliedAgain()
    {
        World world;
        QVERIFY(world.cache.database().script("CREATE TEMP TRIGGER refuse BEFORE INSERT ON events WHEN "
                                              "new.event_id = '$bad' BEGIN SELECT raise(ABORT, 'no'); END;"));
        const RoomUpdate update = joined(
            {make::message(u"$ok"_s, u"@b:x"_s, u"un"_s), make::message(u"$bad"_s, u"@b:x"_s, u"deux"_s)});
        QVERIFY(!world.take(update));
        QVERIFY(!world.cache->events().event(room, EventId(u"$ok"_s))->has_value());
        QCOMPARE(*world.cache->rooms().position(u"classic"_s), QString());

        QVERIFY(world.cache.database().script("DROP TRIGGER refuse;"));
        QVERIFY(world.take(update));
        QVERIFY(world.cache->events().event(room, EventId(u"$bad"_s))->has_value());
        QCOMPARE(*world.cache->rooms().position(u"classic"_s), u"p"_s);
    }
};

QTEST_GUILESS_MAIN(tst_SyncApply)
#include "tst_sync_apply.moc"
