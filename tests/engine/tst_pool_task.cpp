// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/pool_task.h"
#include "fakes/await.h"

#include <QSemaphore>
#include <QTest>

namespace parvis {

using namespace Qt::StringLiterals;

class TestPoolTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAnswerComesHome()
    {
        QThreadPool pool;
        QThread *worker = nullptr;

        const auto answer = await(runOnPool(pool, [&worker]() -> Result<int> {
            worker = QThread::currentThread();
            return 7;
        }));

        QCOMPARE(answer.value_or(0), 7);
        QVERIFY(worker && worker != QThread::currentThread());
    }

    void anErrorComesHome()
    {
        QThreadPool pool;

        const auto answer = await(runOnPool(
            pool, []() -> Result<int> { return fail(ErrorKind::Storage, u"PARVIS_FILE_UNREADABLE"_s); }));

        QVERIFY(!answer);
        QCOMPARE(answer.error().code, u"PARVIS_FILE_UNREADABLE"_s);
    }

    void whoeverAskedMayGoWhileThePoolWorks()
    {
        QThreadPool pool;
        QSemaphore goOn;
        bool told = false;
        auto owner = std::make_unique<QObject>();
        runOnPool(pool, [&goOn]() -> Result<int> {
            goOn.acquire();
            return 7;
        }).then(owner.get(), [&told](const Result<int> &) { told = true; });

        owner.reset();
        goOn.release();
        QVERIFY(pool.waitForDone(10'000));
        // The answer was sent before the next one: once that is here, it has been dropped.
        const auto next = await(runOnPool(pool, []() -> Result<int> { return 8; }));

        QCOMPARE(next.value_or(0), 8);
        QVERIFY(!told);
    }
};

} // namespace parvis

QTEST_GUILESS_MAIN(parvis::TestPoolTask)
#include "tst_pool_task.moc"
