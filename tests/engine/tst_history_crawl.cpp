// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/history_crawl.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 24LL * 3600 * 1000;

/// A server whose rooms hold an event a day, from the day on which each begins.
class Archive : public timeline::HistorySource
{
public:
    QHash<RoomId, int> begins; ///< so many days ago
    QHash<RoomId, Error> errors;
    QList<RoomId> asked;
    bool circles = false;
    qint64 nowMs = 0;

    Task<EventPage> older(const RoomId &room, const QString &from, int limit) override
    {
        asked.append(room);
        if (const auto error = errors.constFind(room); error != errors.cend())
            return Task<EventPage>::ready(tl::unexpected(*error));
        EventPage page;
        if (circles) {
            page.end = from + u"x"_s;
            return Task<EventPage>::ready(page);
        }
        int ago = from.toInt();
        for (int i = 0; i < limit && ago <= begins.value(room); ++i, ++ago)
            page.chunk.append(eventOf(room, ago));
        page.end = ago <= begins.value(room) ? QString::number(ago) : QString();
        return Task<EventPage>::ready(page);
    }
    [[nodiscard]] Event eventOf(const RoomId &room, int ago) const
    {
        QJsonObject json =
            make::envelope(u"$"_s + room.toString() + QString::number(ago), u"@b:x"_s, u"m.room.message"_s,
                           {{"msgtype"_L1, "m.text"_L1}, {"body"_L1, "mot"_L1}});
        json["origin_server_ts"_L1] = nowMs - ago * day;
        return make::event(json);
    }
};

} // namespace

/// Older messages are fetched in the background, evenly over all rooms, and no further than wanted.
class HistoryCrawlTest : public QObject
{
    Q_OBJECT

private:
    using State = HistoryFetching::State;
    const RoomId m_old{u"!old:x"_s}, m_new{u"!new:x"_s};
    std::unique_ptr<TemporaryCache> m_cache;
    FakeSyncCrypto m_crypto;
    FakeClock m_clock;
    FakeDelay m_delay;
    Archive m_archive;
    bool m_battery = false;
    std::unique_ptr<HistoryCrawl> m_crawl;

    /// What came with the synchronisation: the event of so many days ago.
    void live(const RoomId &room, int ago, MemberState membership = MemberState::Join)
    {
        RoomChanges changes{.id = room, .membership = membership};
        changes.timeline = {make::stored(m_archive.eventOf(room, ago))};
        changes.limited = true;
        changes.prevBatch = QString::number(ago + 1);
        QVERIFY((*m_cache)->commit({.rooms = {changes}}));
    }
    void start(HistoryCrawl::Rules rules)
    {
        rules.pageEvents = 10;
        m_crawl =
            std::make_unique<HistoryCrawl>(HistoryCrawl::Parts{.cache = **m_cache,
                                                               .database = m_cache->database(),
                                                               .decryptor = m_crypto,
                                                               .source = m_archive,
                                                               .clock = m_clock,
                                                               .delay = m_delay,
                                                               .onBattery = [this] { return m_battery; }},
                                           rules);
        m_crawl->setOnline(true);
        m_crawl->start();
    }
    /// Lets time pass until nothing is fetched any more, or so often.
    void run(int turns = 200)
    {
        for (int turn = 0; turn < turns && m_delay.pending() > 0; ++turn) {
            m_delay.fire();
            for (int i = 0; i < 2 * timeline::Pagination::mostEmptyPages; ++i)
                QCoreApplication::processEvents(); // each empty page takes a turn
        }
    }
    [[nodiscard]] qsizetype count(const RoomId &room) const
    {
        return (*m_cache)->events().idsFrom(room, {std::numeric_limits<qint64>::min(), 0})->size();
    }

private Q_SLOTS:
    void init()
    {
        m_cache = std::make_unique<TemporaryCache>();
        m_archive = {};
        m_archive.nowMs = m_clock.ms;
        m_delay = {};
        m_battery = false;
    }
    void cleanup()
    {
        m_crawl.reset();
        m_cache.reset();
    }

    void theRoomThatEndsLatestGoesFirst()
    {
        m_archive.begins = {{m_old, 60}, {m_new, 60}};
        live(m_old, 25);
        live(m_new, 0);
        start({});
        run();
        // Three pages bring the new one to where the old one is; from there they take turns.
        QCOMPARE(m_archive.asked.first(4), (QList<RoomId>{m_new, m_new, m_new, m_old}));
        QCOMPARE(count(m_new), 61);
        QCOMPARE(count(m_old), 36);
        QCOMPARE(m_crawl->state().get().state, State::Done);
    }

    void whatMayStandAmongTheKnownIsAskedForAsWell()
    {
        m_archive.begins = {{m_new, 60}};
        live(m_new, 10);
        start({});
        run();
        m_archive.asked.clear();
        live(m_new, 0); // the first page from here ends in the one that is known
        run();
        QCOMPARE(m_archive.asked.size(), 6 + 1); // and once more where the server had nothing older
        QCOMPARE(count(m_new), 61);
        QCOMPARE(m_crawl->state().get().state, State::Done);
    }

    void noFurtherThanWanted()
    {
        m_archive.begins = {{m_new, 5000}};
        live(m_new, 0);
        start({.days = 30});
        run();
        QVERIFY(count(m_new) >= 31);
        QVERIFY(count(m_new) <= 31 + 10);
        QCOMPARE(m_crawl->state().get().state, State::Done);
    }

    void nothingAtAllWhereItIsOff()
    {
        live(m_new, 0);
        start({.days = 0});
        run();
        m_crawl->hurry();
        run();
        QVERIFY(m_archive.asked.isEmpty());
        QCOMPARE(m_crawl->state().get().state, State::Off);
    }

    void startingGoesFirstUnlessSomebodySearches()
    {
        live(m_new, 0);
        start({});
        QCOMPARE(m_delay.lastMs(), 60'000);
        m_crawl->hurry();
        QCOMPARE(m_delay.lastMs(), 0);
        run();
        QCOMPARE(m_archive.asked, QList<RoomId>{m_new});
    }

    void onlyRoomsThatThePersonIsIn()
    {
        live(m_new, 0, MemberState::Leave);
        live(m_old, 0, MemberState::Invite);
        start({});
        run();
        QVERIFY(m_archive.asked.isEmpty());
    }

    void aRoomThatIsRefusedIsLeftAlone()
    {
        m_archive.begins = {{m_old, 20}};
        m_archive.errors = {{m_new, {ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0}}};
        live(m_old, 5);
        live(m_new, 0);
        start({});
        run();
        QCOMPARE(m_archive.asked.count(m_new), 1);
        QCOMPARE(count(m_old), 16);
    }

    void aServerThatFailsIsAskedLater()
    {
        m_archive.begins = {{m_new, 20}};
        m_archive.errors = {{m_new, {ErrorKind::RateLimited, u"M_LIMIT_EXCEEDED"_s, {}, 120'000}}};
        live(m_new, 0);
        start({});
        run(1);
        QCOMPARE(m_delay.lastMs(), 120'000);
        m_archive.errors = {};
        run();
        QCOMPARE(count(m_new), 21);
    }

    void aServerThatTurnsInCirclesIsGivenUp()
    {
        m_archive.circles = true;
        live(m_new, 0);
        start({});
        run();
        QCOMPARE(m_archive.asked.size(), timeline::Pagination::mostEmptyPages);
        QCOMPARE(m_crawl->state().get().state, State::Done);
    }

    void onBatteryItRests()
    {
        m_archive.begins = {{m_new, 20}};
        m_battery = true;
        live(m_new, 0);
        start({});
        run(3);
        QVERIFY(m_archive.asked.isEmpty());
        QCOMPARE(m_crawl->state().get().state, State::Paused);
        m_battery = false;
        run();
        QCOMPARE(count(m_new), 21);
    }

    void aFullCacheStaysAsItIs()
    {
        live(m_new, 0);
        start({.maxBytes = 1});
        run();
        QVERIFY(m_archive.asked.isEmpty());
        QCOMPARE(m_crawl->state().get().state, State::Full);
    }

    void offlineNothingIsAsked()
    {
        m_archive.begins = {{m_new, 20}};
        live(m_new, 0);
        start({});
        m_crawl->setOnline(false);
        run();
        QVERIFY(m_archive.asked.isEmpty());
        m_crawl->setOnline(true);
        run();
        QCOMPARE(count(m_new), 21);
    }

    void aNewHoleIsFilledToo()
    {
        m_archive.begins = {{m_new, 50}};
        live(m_new, 40);
        start({});
        run();
        QCOMPARE(count(m_new), 11);
        live(m_new, 0); // days offline
        run();
        QCOMPARE(count(m_new), 51);
        QCOMPARE(m_crawl->state().get().state, State::Done);
    }
};

QTEST_GUILESS_MAIN(HistoryCrawlTest)
#include "tst_history_crawl.moc"
