// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/device_waits_p.h"

#include <QSet>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// How long a message waits for device lists.
class DeviceWaitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_waits = DeviceWaits(); }

    void somebodyWithDevicesIsWaitedForLessThanSomebodyNew()
    {
        QCOMPARE(left({anna}, 0), DeviceWaits::longestMs);
        QCOMPARE(left({anna, newcomer}, 1000), DeviceWaits::longestForNewMs);
        QCOMPARE(left({anna}, 1000), DeviceWaits::longestMs - 1000);
    }
    void aWaitThatIsOverIsNobodyElses()
    {
        QCOMPARE(left({anna}, 0), DeviceWaits::longestMs);
        QCOMPARE(left({anna}, 5000), 0);
        m_waits.ready(room); // the message goes without Anna's new devices

        // Somebody joins while Anna's server is still silent.
        QCOMPARE(left({anna, newcomer}, 60'000), DeviceWaits::longestForNewMs);
    }
    void whoseListWasRightInBetweenIsWaitedForAgain()
    {
        QCOMPARE(left({anna}, 0), DeviceWaits::longestMs);
        QCOMPARE(left({anna}, 5000), 0);
        m_waits.ready(room);
        QCOMPARE(left({anna}, 6000), 0); // one server that does not answer is waited for once
        m_waits.ready(room);

        m_waits.forget([this](const UserId &user) { return user == anna; });

        QCOMPARE(left({anna}, 7000), DeviceWaits::longestMs);
    }
    void listsThatNeverComeToRestHoldAMessageForSoLong()
    {
        qint64 now = 0;
        while (left({anna}, now) > 0) {
            now += 4000;
            m_waits.forget([](const UserId &) { return true; });
            QVERIFY(now <= DeviceWaits::longestInAllMs + 4000);
        }
        QVERIFY(now >= DeviceWaits::longestInAllMs);
        m_waits.ready(room);
        QCOMPARE(left({anna}, now), DeviceWaits::longestMs); // the next message is another one
    }
    void aClockThatWasSetBackEndsTheWait()
    {
        QCOMPARE(left({anna}, 10'000), DeviceWaits::longestMs);
        QCOMPARE(left({anna}, 5000), 0);
    }
    void withoutAnybodyToWaitForNothingIsKept()
    {
        QCOMPARE(left({anna}, 0), DeviceWaits::longestMs);
        QCOMPARE(left({}, 1000), 0);
        QCOMPARE(left({anna}, 60'000), DeviceWaits::longestMs);
    }

private:
    const RoomId room{u"!r:x"_s};
    const UserId anna{u"@anna:x"_s};
    const UserId newcomer{u"@new:y"_s};
    DeviceWaits m_waits;

    [[nodiscard]] qint64 left(const QList<UserId> &awaited, qint64 nowMs)
    {
        return m_waits.leftMs(
            room, awaited, [this](const UserId &user) { return user == newcomer; }, nowMs);
    }
};

QTEST_GUILESS_MAIN(DeviceWaitsTest)
#include "tst_device_waits.moc"
