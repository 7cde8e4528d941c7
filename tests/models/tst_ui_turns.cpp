// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/ui_turns.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

using namespace parvis;

namespace {

void workFor(int ms)
{
    QElapsedTimer timer;
    timer.start();
    volatile quint64 sum = 0;
    while (timer.elapsed() < ms)
        sum = sum + 1;
}

/// A real loop that blocks: QTest::qWait only polls, and never does.
void runFor(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

class UiTurnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentilesOfKnownTurns()
    {
        UiTurns turns;
        for (int i = 1; i <= 1000; ++i)
            turns.add(i * 10); // 0.01 ms to 10 ms

        QCOMPARE(turns.count(), 1000ULL);
        QVERIFY2(qAbs(turns.percentile(0.5) - 5.0) < 0.15, QByteArray::number(turns.percentile(0.5)));
        QVERIFY2(qAbs(turns.percentile(0.99) - 9.9) < 0.25, QByteArray::number(turns.percentile(0.99)));
        QCOMPARE(turns.percentile(1), 10.0);
        QCOMPARE(turns.longestMs(), 10.0);
    }

    void nothingCountedIsZero()
    {
        UiTurns turns;
        QCOMPARE(turns.percentile(0.999), 0.0);
    }

    void oneTurnAfterManyShowsAtTheEndOnly()
    {
        UiTurns turns;
        for (int i = 0; i < 9999; ++i)
            turns.add(100);
        turns.add(50000);

        QVERIFY(turns.percentile(0.999) < 0.2);
        QVERIFY(turns.percentile(1) > 49);
    }

    void seesAWorkingTurn()
    {
        UiTurns turns;
        turns.watch();

        QTimer::singleShot(5, this, [] { workFor(30); });
        runFor(60);

        // CPU time: a busy machine makes it shorter than the wall, never longer by much.
        QVERIFY2(turns.longestMs() > 3, QByteArray::number(turns.longestMs()));
    }

    void aNewPageIsLeftOut()
    {
        UiTurns turns;
        turns.watch();
        runFor(5);
        turns.reset();

        QTimer::singleShot(5, this, [&turns] {
            turns.pageCreated();
            workFor(30);
        });
        runFor(60);

        QVERIFY2(turns.longestMs() < 20, QByteArray::number(turns.longestMs()));
    }

    void waitingIsNoWork()
    {
        UiTurns turns;
        turns.watch();
        runFor(50);
        QVERIFY2(turns.longestMs() < 20, QByteArray::number(turns.longestMs()));
    }
};

QTEST_GUILESS_MAIN(UiTurnsTest)
#include "tst_ui_turns.moc"
