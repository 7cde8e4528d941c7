// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "net/retry.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class RetryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesFromHalfASecondToAMinute()
    {
        const Error error{ErrorKind::Network, u"PARVIS_NETWORK"_s, {}, 0};

        QList<int> longest;
        for (int attempt = 1; attempt <= 10; ++attempt)
            longest += retry::delayMs(attempt, error, 1.0);

        QCOMPARE(longest, (QList<int>{500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000}));
    }

    void halfOfItIsChance()
    {
        const Error error{ErrorKind::Server, u"PARVIS_SERVER_ERROR"_s, {}, 0};

        QCOMPARE(retry::delayMs(3, error, 0.0), 1000);
        QCOMPARE(retry::delayMs(3, error, 0.5), 1500);
        QCOMPARE(retry::delayMs(1'000'000, error, 0.0), 30'000);
        QCOMPARE(retry::delayMs(-5, error, 7.0), 500);
    }

    void neverUndercutsTheServer()
    {
        const Error error{ErrorKind::RateLimited, u"M_LIMIT_EXCEEDED"_s, {}, 7000};

        QCOMPARE(retry::delayMs(1, error, 0.0), 7000);
        QCOMPARE(retry::delayMs(1, error, 1.0), 7700);
    }

    void isNotPutToSleepForGood()
    {
        const Error error{ErrorKind::RateLimited, u"M_LIMIT_EXCEEDED"_s, {}, INT_MAX};

        QCOMPARE(retry::delayMs(1, error, 0.0), retry::longestServerDelayMs);
    }

    void readsRetryAfter_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("expected"); // -1: unreadable

        QTest::newRow("seconds") << QByteArray("3") << 3000;
        QTest::newRow("spaces") << QByteArray(" 0 ") << 0;
        QTest::newRow("date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << 27'000;
        QTest::newRow("date gone by") << QByteArray("Sun, 06 Nov 1994 08:49:00 GMT") << 0;
        QTest::newRow("date far away")
            << QByteArray("Thu, 06 Nov 2994 08:49:37 GMT") << retry::longestServerDelayMs;
        QTest::newRow("huge") << QByteArray("9223372036854775807") << retry::longestServerDelayMs;
        QTest::newRow("negative") << QByteArray("-1") << -1;
        QTest::newRow("words") << QByteArray("soon") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
        QTest::newRow("fraction") << QByteArray("1.5") << -1;
    }
    void readsRetryAfter()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, expected);
        const qint64 now = 784111750'000; // Sun, 06 Nov 1994 08:49:10 GMT

        QCOMPARE(retry::parseRetryAfter(value, now).value_or(-1), expected);
    }
};

QTEST_GUILESS_MAIN(RetryTest)
#include "tst_retry.moc"
