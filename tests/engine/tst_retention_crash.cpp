// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/retention_desk.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "search/indexer.h"
#include "store/migrations.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include "../store/other_process.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hourMs = 3600 * 1000;
constexpr qint64 dayMs = 24 * hourMs;
constexpr int keptDays = 30;
constexpr int perRoom = 6000;
const RoomId expiring(u"!expiring:x"_s), aged(u"!aged:x"_s), kept(u"!kept:x"_s);

std::unique_ptr<Database> openAt(const QString &path)
{
    DatabaseOptions options;
    options.path = path;
    auto database = Database::open(options, Secret(QByteArray(32, 'k')));
    if (!database || !migrate(**database, cacheSchema()))
        qFatal("the cache does not open");
    return *std::move(database);
}

Event at(qint64 ts, const Event &event)
{
    QJsonObject json = QJsonDocument::fromJson(event.raw).object();
    json["origin_server_ts"_L1] = ts;
    return make::event(json);
}

/// Two thirds of the messages of one room have expired, as many of another are too old, the third keeps all.
/// Each has edits, and each fifth hundred of them begins behind a hole.
void fill(const QString &path)
{
    const FakeClock clock;
    const auto database = openAt(path);
    Cache cache(*database, UserId(u"@me:x"_s));
    const QList<std::pair<RoomId, qint64>> rooms{
        {expiring, 3 * hourMs}, {aged, 3 * keptDays * dayMs}, {kept, dayMs}};
    for (const auto &[room, span] : rooms) {
        RoomChanges changes{.id = room};
        for (int n = 0; n < perRoom; ++n) {
            const qint64 ts = clock.ms - span + span * n / perRoom;
            const QString id = u"$%1"_s.arg(n);
            const bool edit = n % 7 == 6;
            changes.timeline.append(make::stored(
                at(ts,
                   edit ? make::edit(id, u"@b:x"_s, u"$%1"_s.arg(n - 3), u"mieux %1"_s.arg(n))
                        : make::message(id, u"@b:x"_s, u"parole %1 "_s.arg(n) + QString(300, u'x')))));
            if (n % 500 == 499) {
                if (!cache.commit({.rooms = {changes}}))
                    qFatal("commit");
                changes.timeline.clear();
                changes.limited = true;
                changes.prevBatch = u"p%1"_s.arg(n);
            }
        }
    }
    const Event rule =
        make::state(u"$rule"_s, u"@b:x"_s, u"m.room.retention"_s, {}, {{"max_lifetime"_L1, double(hourMs)}});
    if (!cache.commit({.rooms = {{.id = expiring, .state = {rule}}}}))
        qFatal("commit");
    SearchStore search(*database);
    search::Indexer indexer(cache, search, clock);
    while (indexer.step(500).value_or(0) > 0) {}
}

[[noreturn]] void purge(const QString &path)
{
    const FakeClock clock;
    const auto database = openAt(path);
    Cache cache(*database, UserId(u"@me:x"_s));
    cache.setClock(&clock);
    RetentionDesk desk({.cache = cache, .database = *database, .clock = clock}, {.keptDays = keptDays});
    QObject context;
    bool said = false;
    const auto begun = [&said] {
        if (!std::exchange(said, true))
            OtherProcess::say("purging");
    };
    cache.subscribe(&context, [&](const AppliedChanges &) { begun(); });
    desk.start();
    const RetentionStore store(*database);
    for (;;) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const auto due = store.expired(clock.ms, 1);
        const auto old = store.nextAged(clock.ms - keptDays * dayMs, 0, 100);
        if (*due || *old)
            continue;
        begun(); // the index, and the pages
        if (!*SearchWipe(*database).isWanted() && CacheSpace(*database).pages()->free <= 256)
            break;
    }
    OtherProcess::say("done");
    std::_Exit(0);
}

} // namespace

/// What is left when the process dies while old messages are taken out.
class tst_RetentionCrash : public QObject
{
    Q_OBJECT

private:
    static qint64 number(Database &database, QByteArrayView sql)
    {
        const auto found = database.one(sql, [](const Statement &row) { return row.get<qint64>(0); });
        return found && *found ? **found : -1;
    }

    static void check(Database &database)
    {
        QVERIFY(database.checkIntegrity());
        QCOMPARE(number(database,
                        "SELECT count(*) FROM search_entries WHERE event NOT IN (SELECT id FROM events)"),
                 0);
        QCOMPARE(number(database,
                        "SELECT count(*) FROM search_pending WHERE event NOT IN (SELECT id FROM events)"),
                 0);
        QCOMPARE(number(database, "SELECT count(*) FROM search_text"),
                 number(database, "SELECT count(*) FROM search_entries"));
        QCOMPARE(number(database,
                        "SELECT count(*) FROM rooms WHERE last_event <> '' AND last_event NOT IN"
                        " (SELECT event_id FROM events WHERE room = rooms.id)"),
                 0);
        QCOMPARE(number(database,
                        "SELECT count(*) FROM rooms WHERE unread <> min(9999,"
                        " (SELECT count(*) FROM events WHERE room = rooms.id AND counts > 0))"),
                 0);
        QCOMPARE(
            number(database,
                   "SELECT count(*) FROM events AS e WHERE rel_type = 'm.replace' AND NOT EXISTS (SELECT 1"
                   " FROM events WHERE room = e.room AND event_id = e.rel_target)"
                   " AND room = (SELECT id FROM rooms WHERE room_id = '!expiring:x')"),
            0);
        QCOMPARE(number(database,
                        "SELECT count(*) FROM gaps WHERE chunk NOT IN (SELECT chunk FROM events WHERE room = "
                        "gaps.room)"
                        " AND EXISTS (SELECT 1 FROM events WHERE room = gaps.room)"),
                 0);
        // Where the beginning is gone, the hole before what is left says so.
        QCOMPARE(
            number(database,
                   "SELECT count(*) FROM rooms WHERE room_id = '!aged:x' AND NOT EXISTS (SELECT 1 FROM events"
                   " WHERE room = rooms.id AND event_id = '$0') AND NOT EXISTS (SELECT 1 FROM gaps"
                   " WHERE room = rooms.id AND cut = 1 AND chunk = (SELECT min(chunk) FROM events WHERE room "
                   "= rooms.id))"),
            0);
    }

    static void checkEnd(Database &database)
    {
        const FakeClock clock;
        const auto count = [&](const RoomId &room) {
            return **database.one(
                "SELECT count(*) FROM events WHERE room = (SELECT id FROM rooms WHERE room_id = ?)",
                [](const Statement &s) { return s.get<qint64>(0); }, room);
        };
        QCOMPARE(count(kept), perRoom);
        QCOMPARE(count(expiring),
                 number(database,
                        "SELECT count(*) FROM events WHERE room = (SELECT id FROM rooms WHERE"
                        " room_id = '!expiring:x') AND ts >= 1800000000000 - 3600000"));
        QVERIFY(count(expiring) > perRoom / 4);
        QVERIFY(count(expiring) < perRoom / 2);
        QVERIFY(count(aged) > perRoom / 4);
        QVERIFY(count(aged) < perRoom / 2);
    }

private Q_SLOTS:
    void aKilledPurgeLeavesOrderAndIsGoneOnWith()
    {
        const int kills = std::max(1, qEnvironmentVariableIntValue("PARVIS_KILLS"));
        QRandomGenerator dice(1763);
        int done = 0, worlds = 0;
        while (done < kills) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(u"cache.db"_s);
            fill(path);
            ++worlds;
            for (bool finished = false; !finished;) {
                OtherProcess other({u"--purge"_s, path});
                QVERIFY(other.says("purging"));
                if (done < kills) {
                    QElapsedTimer timer;
                    timer.start();
                    const qint64 pause = dice.bounded(60'000'000);
                    while (timer.nsecsElapsed() < pause) { // some way into the next slices
                    }
                    other.kill();
                } else {
                    QVERIFY(other.says("done"));
                    QVERIFY(other.succeeds());
                }
                finished = other.lines().contains("done");
                done += finished ? 0 : 1;
                const auto database = openAt(path);
                check(*database);
                if (finished)
                    checkEnd(*database);
                if (QTest::currentTestFailed()) {
                    qWarning("after %d kills", done);
                    return;
                }
            }
        }
        qInfo("%d kills in %d caches", done, worlds);
        QVERIFY(done >= kills);
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == "--purge"_L1)
        purge(words.value(2));
    tst_RetentionCrash test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_retention_crash.moc"
