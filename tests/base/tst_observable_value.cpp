// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/observable_value.h"

#include <QTest>

using namespace parvis;

class ObservableValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithWhatHolds()
    {
        ObservableValue<int> value(7);
        QList<int> seen;

        value.subscribe(this, [&](int v) { seen += v; });

        QCOMPARE(seen, QList<int>{7});
    }

    void saysOnlyWhatIsDifferent()
    {
        ObservableValue<int> value(1);
        QList<int> seen;
        value.subscribe(this, [&](int v) { seen += v; });

        value.set(1);
        value.set(2);
        value.set(2);

        QCOMPARE(seen, (QList<int>{1, 2}));
    }

    void forgetsADeadContext()
    {
        ObservableValue<int> value;
        int calls = 0;
        {
            QObject context;
            value.subscribe(&context, [&](int) { ++calls; });
        }

        value.set(3);

        QCOMPARE(calls, 1);
    }

    void theLastValueIsHeardLast()
    {
        ObservableValue<int> value;
        QList<int> seen;
        value.subscribe(this, [&](int v) {
            if (v == 1)
                value.set(2);
        });
        value.subscribe(this, [&](int v) { seen += v; });

        value.set(1);

        QCOMPARE(seen, (QList<int>{0, 2}));
    }
};

QTEST_GUILESS_MAIN(ObservableValueTest)
#include "tst_observable_value.moc"
