// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/stable_list.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parvis;

class StableListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsTheListThatWasMadeByTheSameSteps()
    {
        QRandomGenerator random(7);
        StableList<QString> list;
        QList<QString> plain;
        for (int i = 0; i < 3000; ++i) {
            const int at = random.bounded(int(plain.size()) + 1);
            switch (random.bounded(4U)) {
            case 0:
            case 1: {
                const QList<QString> added(random.bounded(4), QString::number(i));
                list.insert(at, added);
                for (const QString &one : added)
                    plain.insert(at, one);
                break;
            }
            case 2:
                if (at < plain.size()) {
                    list.replace(at, QString::number(-i));
                    plain[at] = QString::number(-i);
                }
                break;
            default: {
                const int count = random.bounded(int(plain.size()) - at + 1) % 5;
                list.remove(at, count);
                plain.remove(at, count);
            }
            }
            QCOMPARE(list.size(), plain.size());
        }
        QCOMPARE(list.toList(), plain);
        QVERIFY(list == plain);
        plain.append(QString());
        QVERIFY(!(list == plain));
    }

    void whatStaysInItDoesNotMove()
    {
        StableList<int> list(QList<int>{1, 2, 3});
        const int *last = &list.at(2);

        list.insert(0, QList<int>(1000, 0));
        list.replace(1002, 4);
        list.remove(0, 500);

        QCOMPARE(&list.constLast(), last);
        QCOMPARE(*last, 4);
    }

    void itIsSearchedByBisection()
    {
        QList<int> even;
        for (int i = 0; i < 1000; ++i)
            even.append(2 * i);
        const StableList<int> list(even);

        QCOMPARE(std::lower_bound(list.begin(), list.end(), 501) - list.begin(), 251);
        QCOMPARE(list.begin()[3], 6);
        QCOMPARE(*std::find_if(list.crbegin(), list.crend(), [](int n) { return n < 100; }), 98);
    }
};

QTEST_GUILESS_MAIN(StableListTest)
#include "tst_stable_list.moc"
