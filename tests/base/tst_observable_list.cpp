// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/observable_list.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parvis;

namespace {

/// Replays diffs as a model does.
void replay(QList<int> &list, const ListDiffs<int> &diffs)
{
    for (const auto &diff : diffs) {
        if (const auto *i = std::get_if<ListDiff<int>::Insert>(&diff.change)) {
            for (qsizetype k = 0; k < i->items.size(); ++k)
                list.insert(i->at + k, i->items[k]);
        } else if (const auto *u = std::get_if<ListDiff<int>::Update>(&diff.change)) {
            list[u->at] = u->item;
        } else if (const auto *r = std::get_if<ListDiff<int>::Remove>(&diff.change)) {
            list.remove(r->at, r->count);
        } else {
            list = std::get<ListDiff<int>::Reset>(diff.change).items;
        }
    }
}

} // namespace

class ObservableListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithTheWholeList()
    {
        ObservableList<int> list;
        list.append(1);
        QList<int> seen;

        list.subscribe(this, [&](const ListDiffs<int> &d) { replay(seen, d); });

        QCOMPARE(seen, QList<int>{1});
    }

    void oneTurnIsOneBatch()
    {
        ObservableList<int> list;
        int batches = 0;
        list.subscribe(this, [&](const ListDiffs<int> &) { ++batches; });

        list.append(1);
        list.append(2);
        list.remove(0);
        QCoreApplication::processEvents();

        QCOMPARE(batches, 2);
    }

    void aSubscriberFollowsAnyChanges()
    {
        QRandomGenerator random(42);
        ObservableList<int> list;
        QList<int> seen;
        list.subscribe(this, [&](const ListDiffs<int> &d) { replay(seen, d); });

        for (int i = 0; i < 5000; ++i) {
            switch (list.size() == 0 ? 0U : random.bounded(5U)) {
            case 0:
            case 1:
                list.insert(random.bounded(int(list.size()) + 1), {i, i + 1});
                break;
            case 2:
                list.update(random.bounded(int(list.size())), -i);
                break;
            case 3:
                list.remove(random.bounded(int(list.size())));
                break;
            default:
                if (random.bounded(40U) == 0)
                    list.reset({i});
            }
            if (random.bounded(7U) == 0)
                QCoreApplication::processEvents();
        }
        QCoreApplication::processEvents();

        QCOMPARE(seen, list.items().toList());
    }

    void aDeadContextIsForgotten()
    {
        ObservableList<int> list;
        int calls = 0;
        {
            QObject context;
            list.subscribe(&context, [&](const ListDiffs<int> &) { ++calls; });
        }

        list.append(1);
        QCoreApplication::processEvents();

        QCOMPARE(calls, 1);
    }
};

QTEST_GUILESS_MAIN(ObservableListTest)
#include "tst_observable_list.moc"
