// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "pump_bench.h"

using namespace parvis;
using namespace parvis::crypto;

/// What the pump makes of refusals that are not the homeserver's.
class PumpRefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTooLargeOnTheWayHoldsUpNothing()
    {
        PumpBench bench;
        bench.pump.setOnline(true);
        bench.shareKey();

        bench.refuse(ErrorKind::TooLarge, "PARVIS_REQUEST_TOO_LARGE", "<html>413</html>");

        QVERIFY(bench.alice.store.tables.toDevice.empty());
        QCOMPARE(bench.prepareError(), u"PARVIS_REQUEST_TOO_LARGE"_s);
        QCOMPARE(bench.prepareError(), QString()); // the next message tries with a new key
    }

    void whatAStrangerRefusesAgainAndAgainHoldsUpNothing()
    {
        PumpBench bench;
        bench.pump.setOnline(true);
        bench.shareKey();
        const auto id = bench.transport.sent.back().request.id;

        int refusals = 0;
        while (refusals < 20 && bench.transport.sent.back().request.id == id) {
            bench.refuse(ErrorKind::Forbidden, "PARVIS_REFUSED", "<html>403</html>");
            ++refusals;
            if (bench.alice.store.tables.toDevice.empty())
                break;
            bench.clock.advance(60'000);
            bench.pump.kick();
        }

        QVERIFY(bench.alice.store.tables.toDevice.empty());
        QVERIFY2(refusals >= 8, "a portal may be there for a minute");
        QCOMPARE(bench.prepareError(), u"PARVIS_REFUSED"_s);
    }

    void aNetworkThatIsAwayForDaysRefusesNothing()
    {
        PumpBench bench;
        bench.pump.setOnline(true);
        bench.shareKey();

        for (int i = 0; i < 30; ++i) {
            bench.refuse(i % 2 ? ErrorKind::Tls : ErrorKind::Network, "PARVIS_TEST");
            bench.clock.advance(60'000);
            bench.pump.kick();
        }

        QCOMPARE(bench.alice.store.tables.toDevice.size(), 1);
    }
};

QTEST_GUILESS_MAIN(PumpRefusalsTest)
#include "tst_pump_refusals.moc"
