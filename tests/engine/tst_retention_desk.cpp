// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/retention_desk.h"

#include <QSignalSpy>
#include <QTest>

#include "../store/retention_world.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// When what goes: at its time, by itself, and no more than that.
class tst_RetentionDesk : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RetentionWorld> m_world;
    std::unique_ptr<RetentionDesk> m_desk;

    void begin(RetentionDesk::Rules rules = {})
    {
        m_desk = std::make_unique<RetentionDesk>(RetentionDesk::Parts{.cache = *m_world->cache,
                                                                      .database = m_world->cache.database(),
                                                                      .clock = m_world->clock},
                                                 rules);
    }
    [[nodiscard]] QStringList left() { return all(m_world->cache); }

private Q_SLOTS:
    void init() { m_world = std::make_unique<RetentionWorld>(); }
    void cleanup()
    {
        m_desk.reset();
        m_world.reset();
    }

    void whatExpiredMeanwhileGoesBeforeAnythingIsShown()
    {
        QList<qint64> ages;
        for (int n = 0; n < 500; ++n)
            ages.append((500 - n) * 60'000);
        m_world->fill(room, ages, {m_world->retention(double(24 * hourMs))});
        m_world->clock.ms += 20 * hourMs;
        begin();
        m_desk->beforeShowing(60'000);
        QCOMPARE(left().size(), 240);
        QCOMPARE(m_desk->purged(), 260);
    }

    void eachGoesAtItsTimeAndOneTimerIsEnough()
    {
        m_world->fill(room, {hourMs - 100, hourMs - 300, hourMs - 70'000},
                      {m_world->retention(double(hourMs))});
        begin();
        m_desk->start();
        QTest::qWait(20);
        QCOMPARE(left().size(), 3);

        m_world->clock.ms += 150; // the timer that was set before it fires about now
        QTRY_COMPARE_WITH_TIMEOUT(left(), (QStringList{u"$2"_s, u"$3"_s}), 2000);
        m_world->clock.ms += 200;
        QTRY_COMPARE_WITH_TIMEOUT(left(), QStringList{u"$3"_s}, 2000);
    }

    void aRuleThatComesLaterHoldsSoon()
    {
        m_world->fill(room, {3 * hourMs, 10});
        begin();
        m_desk->start();
        QTest::qWait(20);
        m_world->tell({.id = room, .state = {m_world->retention(double(hourMs))}});
        QTRY_COMPARE_WITH_TIMEOUT(left(), QStringList{u"$2"_s}, 3000);
    }

    void withoutRulesNothingGoes()
    {
        m_world->fill(room, {9000 * dayMs, 10});
        begin();
        m_desk->start();
        QTest::qWait(50);
        QCOMPARE(left().size(), 2);
        QCOMPARE(m_desk->purged(), 0);
    }

    void whatIsFetchedInAnOpenRoomStaysUntilItIsClosed()
    {
        m_world->fill(room, {50 * dayMs, 40 * dayMs, 10});
        begin({.keptDays = 30});
        m_desk->opened(room);
        m_desk->start();
        QTRY_COMPARE(left(), QStringList{u"$3"_s});
        QVERIFY(m_world->cache->commit(
            {.backfills = {{room, 0, {}, u"p"_s, {m_world->said(u"$2"_s, 40 * dayMs)}, {}}}}));
        m_desk->start();
        QTest::qWait(50);
        QCOMPARE(left(), (QStringList{u"$2"_s, u"$3"_s}));

        m_desk->closed(room);
        m_desk->start();
        QTRY_COMPARE(left(), QStringList{u"$3"_s});
    }

    void aCacheThatIsTooLargeShrinksByWhatIsUsedLeast()
    {
        const RoomId quiet(u"!quiet:x"_s);
        const QString much = QString(8000, u'x');
        for (const auto &[id, count, age] :
             {std::tuple(quiet, 3000, 10 * dayMs), std::tuple(room, 2000, hourMs)}) {
            RoomChanges changes{.id = id};
            for (int n = 0; n < count; ++n)
                changes.timeline.append(m_world->said(u"$%1"_s.arg(n), age, much));
            m_world->tell(changes);
        }
        const auto bytes = [this] { return CacheSpace(m_world->cache.database()).pages()->usedBytes(); };
        QVERIFY(bytes() > RetentionDesk::leastBytes);
        begin({.maxBytes = 1}); // counts as the least there is
        m_desk->start();
        QTRY_VERIFY_WITH_TIMEOUT(bytes() <= RetentionDesk::leastBytes, 60'000);
        QTest::qWait(100);

        QCOMPARE(left().size(), 2000);
        const auto rest = m_world->number(
            "SELECT count(*) FROM events JOIN rooms ON rooms.id = room WHERE room_id = '!quiet:x'");
        QVERIFY2(rest >= 100 && rest < 3000, qPrintable(QString::number(rest)));
        QVERIFY(bytes()
                >= RetentionDesk::leastBytes / 1000 * (RetentionDesk::perMilleLeft - 100)); // and no more
        QTRY_VERIFY_WITH_TIMEOUT(
            m_world->cache.database().bytesOnDisk() <= RetentionDesk::leastBytes + 3 * 1024 * 1024, 30'000);
    }

    void theIndexIsWipedOnceADay()
    {
        const auto wanted = [this] { return *SearchWipe(m_world->cache.database()).isWanted(); };
        m_world->fill(room, {hourMs - 10, hourMs / 2, 10}, {m_world->retention(double(hourMs))});
        m_world->index();
        m_world->clock.ms += 20;
        begin();
        m_desk->start();
        QTRY_COMPARE(left().size(), 2);
        QTRY_VERIFY(!wanted());
        m_world->clock.ms += hourMs / 2 + 60'000;
        m_desk->start();
        QTRY_COMPARE(left().size(), 1);
        QTest::qWait(50);
        QVERIFY(wanted());
        m_world->clock.ms += 24 * hourMs;
        m_desk->start();
        QTRY_VERIFY(!wanted());
    }
};

QTEST_GUILESS_MAIN(tst_RetentionDesk)
#include "tst_retention_desk.moc"
