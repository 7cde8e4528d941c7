// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include <limits>

#include "retention_world.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// What a room lets expire is on this machine no longer, in any form, whoever sends it.
class tst_Retention : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RetentionWorld> m_world;

    [[nodiscard]] QStringList left() { return all(m_world->cache); }
    [[nodiscard]] StoredRoom row() { return **m_world->cache->rooms().room(room); }
    static Event related(const QString &id, const QString &type, const QString &relType,
                         const QString &target)
    {
        return make::event(make::envelope(
            id, u"@b:x"_s, type,
            {{"m.relates_to"_L1,
              QJsonObject{{"rel_type"_L1, relType}, {"event_id"_L1, target}, {"key"_L1, "+"_L1}}}}));
    }

private Q_SLOTS:
    void init() { m_world = std::make_unique<RetentionWorld>(); }

    void aLifetimeIsReadSanely_data()
    {
        QTest::addColumn<QJsonValue>("most");
        QTest::addColumn<qint64>("lifetime");
        const auto test = [](const char *name, const QJsonValue &most, qint64 lifetime) {
            QTest::newRow(name) << most << lifetime;
        };
        test("ninety days", 90.0 * dayMs, 90 * dayMs);
        test("an hour", double(hourMs), hourMs);
        test("a millisecond", 1, hourMs);
        test("a half", 0.5, 0);
        test("nothing", 0, 0);
        test("below nothing", -5, 0);
        test("text", u"86400000"_s, 0);
        test("null", QJsonValue(), 0);
        test("an object", QJsonObject(), 0);
        test("huge", 1e300, 0);
        test("as long as there are numbers", 9007199254740991.0, 9007199254740991);
    }
    void aLifetimeIsReadSanely()
    {
        QFETCH(QJsonValue, most);
        QFETCH(qint64, lifetime);

        m_world->fill(room, {3 * hourMs, 1});
        m_world->tell({.id = room, .state = {m_world->retention(most)}});
        QCOMPARE(lifetimeOf({{"max_lifetime"_L1, most}}), lifetime);
        QCOMPARE(m_world->number("SELECT retention_ms FROM rooms"), lifetime);

        m_world->expire();
        const bool expired = lifetime == hourMs;
        QCOMPARE(left(), expired ? QStringList{u"$2"_s} : (QStringList{u"$1"_s, u"$2"_s}));
    }

    void whatAnOlderCacheHasOfARoomIsReadTheSame()
    {
        // Only what this column had when it was made.
        m_world->fill(room, {1}, {m_world->retention(1)});
        m_world->tell({.id = RoomId(u"!b:x"_s), .state = {m_world->retention(u"9"_s)}});
        m_world->tell({.id = RoomId(u"!c:x"_s), .state = {m_world->retention(5e9)}});
        auto &database = m_world->cache.database();
        QVERIFY(database.script("DROP INDEX rooms_that_expire; ALTER TABLE rooms DROP COLUMN retention_ms;"
                                "ALTER TABLE rooms DROP COLUMN opened_ms; DROP INDEX events_by_time;"
                                "ALTER TABLE gaps DROP COLUMN cut; ALTER TABLE rooms DROP COLUMN derived;"
                                "PRAGMA user_version = 12"));
        QVERIFY(migrate(database, cacheSchema()));

        const auto read = database.all("SELECT retention_ms FROM rooms ORDER BY room_id",
                                       [](const Statement &s) { return s.get<qint64>(0); });
        QCOMPARE(*read, (QList<qint64>{0, 5'000'000'000, hourMs}));
    }

    void anInvitationSaysNothingAboutTime()
    {
        m_world->tell({.id = room, .membership = MemberState::Invite, .state = {m_world->retention(1)}});
        QCOMPARE(m_world->number("SELECT retention_ms FROM rooms"), 0);
    }

    void anExpiredMessageGoesWithAllThatIsKeptForIt()
    {
        m_world->fill(room, {5 * hourMs, 3 * hourMs, 1000});
        RoomChanges more{.id = room};
        more.timeline = {
            make::stored(
                m_world->at(m_world->ago(900), make::edit(u"$edit"_s, u"@b:x"_s, u"$1"_s, u"glycine"_s))),
            make::stored(m_world->at(m_world->ago(800),
                                     related(u"$plus"_s, u"m.reaction"_s, u"m.annotation"_s, u"$1"_s))),
            make::stored(m_world->at(m_world->ago(700),
                                     related(u"$vote"_s, u"m.poll.response"_s, u"m.reference"_s, u"$1"_s))),
            make::stored(m_world->at(m_world->ago(600),
                                     related(u"$other"_s, u"m.reaction"_s, u"m.annotation"_s, u"$2"_s))),
            make::stored(m_world->at(m_world->ago(500), make::redaction(u"$back"_s, u"@b:x"_s, u"$plus"_s))),
            m_world->said(u"$inThread"_s, 400, u"fil"_s),
        };
        m_world->tell(more);
        m_world->index();
        QCOMPARE(m_world->hits("words : parole"), 2);
        QCOMPARE(m_world->hits("words : glycine"), 1);

        m_world->tell({.id = room, .state = {m_world->retention(double(4 * hourMs))}});

        AppliedChanges told;
        QObject context;
        m_world->cache->subscribe(&context, [&](const AppliedChanges &applied) { told = applied; });
        m_world->expire();

        QCOMPARE(left(), (QStringList{u"$2"_s, u"$3"_s, u"$other"_s, u"$back"_s, u"$inThread"_s}));
        QCOMPARE(m_world->hits("words : glycine"), 0);
        QCOMPARE(m_world->hits("words : parole"), 2);
        QCOMPARE(m_world->number("SELECT count(*) FROM search_text"),
                 m_world->number("SELECT count(*) FROM search_entries"));
        QCOMPARE(told.rooms.size(), 1);
        QVERIFY(told.rooms.first().timeline);
        QCOMPARE(
            told.rooms.first().purged,
            (QSet<EventId>{EventId(u"$1"_s), EventId(u"$edit"_s), EventId(u"$plus"_s), EventId(u"$vote"_s)}));
    }

    void aMessageWithMoreReactionsThanASliceTakesGoesLast()
    {
        m_world->fill(room, {5 * hourMs, 1000});
        RoomChanges more{.id = room};
        for (int n = 0; n < 25; ++n)
            more.timeline.append(make::stored(
                m_world->at(m_world->ago(500),
                            related(u"$plus%1"_s.arg(n), u"m.reaction"_s, u"m.annotation"_s, u"$1"_s))));
        m_world->tell(more);

        m_world->tell({.id = room, .state = {m_world->retention(double(4 * hourMs))}});
        const auto first = m_world->store().expired(m_world->clock.ms, 10);
        QVERIFY(first && *first);
        m_world->purge(**first);
        QVERIFY(left().contains(u"$1"_s)); // nothing is left that points nowhere

        QCOMPARE(m_world->expire(10), 2);
        QCOMPARE(left(), QStringList{u"$2"_s});
    }

    void whatTheRoomIsStays()
    {
        const Event name =
            make::state(u"$name"_s, u"@b:x"_s, u"m.room.name"_s, {}, {{"name"_L1, "Salon"_L1}});
        const Event on = make::state(u"$on"_s, u"@b:x"_s, u"m.room.encryption"_s, {},
                                     {{"algorithm"_L1, "m.megolm.v1.aes-sha2"_L1}});
        RoomChanges changes{.id = room,
                            .state = {m_world->retention(double(hourMs)), name, on,
                                      make::member(u"$m"_s, u"@b:x"_s, u"join"_s, u"Bob"_s)}};
        changes.timeline = {make::stored(name), make::stored(on), m_world->said(u"$1"_s, 2 * hourMs)};
        changes.receipts = {{.user = UserId(u"@b:x"_s),
                             .event = EventId(u"$1"_s),
                             .type = u"m.read"_s,
                             .thread = {},
                             .ts = 1}};
        m_world->tell(changes);
        QCOMPARE(left(), (QStringList{u"$name"_s, u"$on"_s})); // the message was too old to come in

        QCOMPARE(m_world->expire(), 0);
        QCOMPARE(row().name, u"Salon"_s);
        QCOMPARE(row().encryption, u"m.megolm.v1.aes-sha2"_s);
        QCOMPARE(row().encryptionEvent, EventId(u"$on"_s));
        QCOMPARE(m_world->cache->rooms().members(room)->size(), 1);
        QCOMPARE(m_world->cache->rooms().receipts(room)->size(), 1);
    }

    void thePreviewAndTheCountsFollow()
    {
        m_world->fill(room, {5 * hourMs, 3 * hourMs}, {m_world->retention(double(10 * hourMs))});
        QCOMPARE(row().unread, 2);
        QCOMPARE(row().lastEvent, EventId(u"$2"_s));

        m_world->clock.ms += 6 * hourMs;
        m_world->expire();
        QCOMPARE(row().unread, 1);
        QCOMPARE(row().lastEvent, EventId(u"$2"_s));

        m_world->clock.ms += 2 * hourMs;
        m_world->expire();
        QCOMPARE(row().unread, 0);
        QCOMPARE(row().lastEvent, EventId());
        QCOMPARE(left(), QStringList());
    }

    void whatIsReadStaysReadWhenItsReceiptLosesItsMessage()
    {
        // Whose clock runs ahead writes what stays longer.
        m_world->fill(room, {-5 * hourMs, 2 * hourMs, hourMs / 2});
        m_world->tell({.id = room,
                       .receipts = {{.user = UserId(u"@me:x"_s),
                                     .event = EventId(u"$2"_s),
                                     .type = u"m.read"_s,
                                     .thread = {},
                                     .ts = 1}}});
        QCOMPARE(row().unread, 1);
        m_world->tell({.id = room, .state = {m_world->retention(double(hourMs))}});

        m_world->expire();
        QCOMPARE(left(), (QStringList{u"$1"_s, u"$3"_s}));
        QCOMPARE(row().unread, 1);
    }

    void aTimeThatIsStillToComeKeepsNothingForever()
    {
        m_world->fill(room, {-1000 * dayMs}, {m_world->retention(double(hourMs))});
        m_world->index(); // it came now at the latest
        m_world->expire();
        QCOMPARE(left(), QStringList{u"$1"_s});

        m_world->clock.ms += 2 * hourMs;
        m_world->expire();
        QCOMPARE(left(), QStringList());
    }

    void theNextOneIsKnown()
    {
        QVERIFY(!*m_world->store().nextExpiry());
        m_world->fill(room, {3 * hourMs, hourMs}, {m_world->retention(double(4 * hourMs))});
        m_world->tell({.id = RoomId(u"!other:x"_s), .timeline = {m_world->said(u"$o"_s, 99 * dayMs)}});
        QCOMPARE(**m_world->store().nextExpiry(), m_world->ago(3 * hourMs) + 4 * hourMs);
    }

    void expiredMessagesComeInByNoDoor_data()
    {
        QTest::addColumn<QString>("door");
        for (const char *door : {"live", "kept", "backfill", "island", "forward", "loose"})
            QTest::newRow(door) << QString::fromLatin1(door);
    }
    void expiredMessagesComeInByNoDoor()
    {
        QFETCH(QString, door);
        RoomChanges begin = live({}, true, u"p0"_s);
        begin.state = {m_world->retention(double(hourMs))};
        begin.timeline = {m_world->said(u"$now"_s, 10)};
        m_world->tell(begin);
        const RoomEvent old = m_world->said(u"$old"_s, 2 * hourMs),
                        young = m_world->said(u"$young"_s, hourMs / 2);
        const RoomEvent state = make::stored(
            m_world->at(m_world->ago(3 * hourMs), make::member(u"$state"_s, u"@c:x"_s, u"join"_s)));

        StateChanges changes;
        if (door == "live"_L1 || door == "kept"_L1)
            changes.rooms = {{.id = room, .timeline = {state, old, young}, .kept = door == "kept"_L1}};
        else if (door == "backfill"_L1)
            changes.backfills = {{room, 0, u"p0"_s, u"p1"_s, {young, old, state}, {}}};
        else if (door == "island"_L1)
            changes.islands = {
                {.room = room, .events = {state, old, young}, .target = young.event.id, .from = u"x"_s}};
        else if (door == "forward"_L1) {
            QVERIFY(m_world->cache->commit(
                {.islands = {{.room = room, .events = {state}, .target = state.event.id, .from = u"x"_s}}}));
            changes.forwards = {{.room = room, .after = state.event.id, .events = {old, young}}};
        } else
            changes.loose = {{.room = room, .events = {young, old, state}}};
        QVERIFY(m_world->cache->commit(changes));

        QStringList now = left();
        now.sort();
        QCOMPARE(now, (QStringList{u"$now"_s, u"$state"_s, u"$young"_s}));
    }

    void whatIsLookedForAndExpiredIsNotThere()
    {
        m_world->fill(room, {10}, {m_world->retention(double(hourMs))});
        QVERIFY(m_world->cache->commit({.islands = {{.room = room,
                                                     .events = {m_world->said(u"$old"_s, 2 * hourMs)},
                                                     .target = EventId(u"$old"_s),
                                                     .from = u"x"_s}}}));
        QVERIFY(!*m_world->cache->events().placeOf(room, EventId(u"$old"_s)));
    }

    void twiceIsOnce()
    {
        m_world->fill(room, {5 * hourMs, 1000});
        m_world->tell({.id = RoomId(u"!other:x"_s), .timeline = {m_world->said(u"$o"_s, 99 * dayMs)}});
        m_world->tell({.id = room, .state = {m_world->retention(double(4 * hourMs))}});
        const auto rows = m_world->store().expired(m_world->clock.ms, 10);
        QVERIFY(rows && *rows);
        m_world->purge(**rows);
        m_world->purge(**rows);
        // And a row that is in another room by now is none of this one's.
        PurgedRows foreign = **rows;
        foreign.rows = {m_world->number("SELECT id FROM events WHERE event_id = '$o'")};
        m_world->purge(foreign);

        QCOMPARE(left(), QStringList{u"$2"_s});
        QCOMPARE(m_world->number("SELECT count(*) FROM events"), 2);
    }
};

QTEST_GUILESS_MAIN(tst_Retention)
#include "tst_retention.moc"
