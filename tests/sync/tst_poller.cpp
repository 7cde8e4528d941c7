// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_delay.h"
#include "sync/poller.h"

#include <QTest>

using namespace parvis;

/// One connection to the server, at its end.
class PollerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyHearsOfTheRequestThatItsDeathEnds()
    {
        FakeDelay delay;
        auto promise = std::make_shared<Promise<QByteArray>>();
        int cancelled = 0;
        int remedies = 0;
        int changes = 0;
        QObject transport;
        auto poller = std::make_unique<Poller>(
            Poller::Hooks{
                .ask =
                    [&](int, const CancelToken &cancel) {
                        cancel.onCancel(&transport, [&] {
                            ++cancelled;
                            promise->resolve(fail(ErrorKind::Cancelled, QStringLiteral("cancelled")));
                        });
                        return promise->task();
                    },
                .take = [](const QByteArray &) { return Task<Poller::Taken>::ready(Poller::Taken::Nothing); },
                .remedy =
                    [&](const Error &) {
                        ++remedies;
                        return Poller::Remedy::BackOff;
                    },
                .mayWait = [] { return true; }},
            delay);
        poller->start();
        QCoreApplication::processEvents();
        connect(poller.get(), &Poller::changed, this, [&] { ++changes; });

        poller.reset();

        QCOMPARE(cancelled, 1);
        QCOMPARE(remedies, 0);
        QCOMPARE(changes, 0);
    }

    void aServerThatDoesNotWaitIsNotAskedWithoutEnd()
    {
        FakeDelay delay;
        int asked = 0;
        Poller poller(
            Poller::Hooks{
                .ask =
                    [&](int, const CancelToken &) {
                        ++asked;
                        return Task<QByteArray>::ready(QByteArray("nothing"));
                    },
                .take = [](const QByteArray &) { return Task<Poller::Taken>::ready(Poller::Taken::Nothing); },
                .remedy = [](const Error &) { return Poller::Remedy::BackOff; },
                .mayWait = [] { return true; }},
            delay);
        poller.start();

        QTRY_COMPARE(delay.pending(), 1);
        QCOMPARE(delay.lastMs(), Poller::pauseMs);
        const int before = asked;
        QCOMPARE(before, Poller::mostHasty + 2); // the first one does not wait
        QCoreApplication::processEvents();
        QCOMPARE(asked, before);
        delay.fire();
        QTRY_COMPARE(asked, before + 1);

        poller.poke(); // the person, or an open room: at once
        QTRY_VERIFY(asked > before + 1);
        poller.stop();
    }
};

QTEST_GUILESS_MAIN(PollerTest)
#include "tst_poller.moc"
