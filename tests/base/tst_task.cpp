// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/task.h"

#include <QTest>
#include <QThread>

#include <optional>

using namespace parvis;
using namespace Qt::StringLiterals;

class TaskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorSkipsTheRestOfTheChain()
    {
        bool stepRan = false;
        std::optional<Result<int>> got;

        Task<int>::ready(fail(ErrorKind::Network, u"PARVIS_TEST"_s))
            .andThen(this,
                     [&](int) {
                         stepRan = true;
                         return Result<int>(1);
                     })
            .then(this, [&](Result<int> r) { got = std::move(r); });

        QVERIFY(!stepRan);
        QVERIFY(got && !got->has_value());
        QCOMPARE(got->error().kind, ErrorKind::Network);
    }

    void deadContextIsNeverCalled()
    {
        Promise<int> promise;
        bool ran = false;
        {
            QObject context;
            promise.task().then(&context, [&](Result<int>) { ran = true; });
        }
        promise.resolve(1);
        QVERIFY(!ran);
    }

    void droppedPromiseAnswersCancelled()
    {
        std::optional<Result<int>> got;
        {
            Promise<int> promise;
            promise.task().then(this, [&](Result<int> r) { got = std::move(r); });
        }
        QVERIFY(got && !got->has_value());
        QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    }

    void moveOnlyValues()
    {
        int got = 0;
        Task<std::unique_ptr<int>>::ready(std::make_unique<int>(7))
            .andThen(this,
                     [](std::unique_ptr<int> v) { return Task<std::unique_ptr<int>>::ready(std::move(v)); })
            .then(this, [&](Result<std::unique_ptr<int>> r) { got = **r; });
        QCOMPARE(got, 7);
    }

    void voidChain()
    {
        bool done = false;
        Task<void>::ready({}).andThen(this, [] { return Result<void>(); }).then(this, [&](Result<void> r) {
            done = r.has_value();
        });
        QVERIFY(done);
    }

    void comesHomeFromAnotherThread()
    {
        QThread thread;
        QObject worker;
        worker.moveToThread(&thread);
        thread.start();
        QObject home;
        std::optional<int> got;
        QThread *ranOn = nullptr;
        QThread *landedOn = nullptr;

        runOn(&worker, &home, [&] {
            ranOn = QThread::currentThread();
            return Result<int>(42);
        }).andThen(this, [](int v) {
              return Result<int>(v + 1);
          }).then(this, [&](Result<int> r) {
            got = *r;
            landedOn = QThread::currentThread();
        });

        QTRY_VERIFY(got.has_value());
        QCOMPARE(*got, 43);
        QCOMPARE(ranOn, &thread);
        QCOMPARE(landedOn, QThread::currentThread());

        got.reset();
        runOn(&worker, &home, [] { return Task<int>::ready(5); }).then(this, [&](Result<int> r) {
            got = *r;
        });
        QTRY_VERIFY(got == 5);
        thread.quit();
        thread.wait();
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "tst_task.moc"
