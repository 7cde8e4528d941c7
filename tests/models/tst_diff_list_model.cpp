// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/diff_list_model.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>

using namespace parvis;

namespace {

class NumberModel : public DiffListModel<int>
{
public:
    using DiffListModel::DiffListModel;
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole && index.isValid() ? item(index) : QVariant();
    }
    QHash<int, QByteArray> roleNames() const override { return {{Qt::DisplayRole, "number"}}; }
};

QList<int> rows(const NumberModel &model)
{
    QList<int> all;
    for (int i = 0; i < model.rowCount(); ++i)
        all += model.index(i).data().toInt();
    return all;
}

} // namespace

class DiffListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsAnyDiffs_data()
    {
        QTest::addColumn<bool>("reversed");
        QTest::newRow("as listed") << false;
        QTest::newRow("reversed") << true;
    }

    void followsAnyDiffs()
    {
        QFETCH(bool, reversed);
        NumberModel model(reversed ? RowOrder::Reversed : RowOrder::AsListed);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QRandomGenerator random(7);
        QList<int> expected;

        for (int i = 0; i < 2000; ++i) {
            const auto size = int(expected.size());
            switch (size == 0 ? 0U : random.bounded(5U)) {
            case 0:
            case 1: {
                const auto at = random.bounded(size + 1);
                model.apply({{ListDiff<int>::Insert{at, {i, -i}}}});
                expected.insert(at, -i);
                expected.insert(at, i);
                break;
            }
            case 2: {
                const auto at = random.bounded(size);
                model.apply({{ListDiff<int>::Update{at, i}}});
                expected[at] = i;
                break;
            }
            case 3: {
                const auto at = random.bounded(size);
                const auto count = 1 + random.bounded(qMin(3, size - at));
                model.apply({{ListDiff<int>::Remove{at, count}}});
                expected.remove(at, count);
                break;
            }
            default:
                if (random.bounded(50U) == 0) {
                    expected = {i, i + 1, i + 2};
                    model.apply({{ListDiff<int>::Reset{expected}}});
                }
            }
            auto shown = rows(model);
            if (reversed)
                std::reverse(shown.begin(), shown.end());
            QCOMPARE(shown, expected);
        }
    }

    void anUpdateTouchesOneRow()
    {
        NumberModel model(RowOrder::Reversed);
        model.apply({{ListDiff<int>::Reset{{1, 2, 3}}}});
        int first = -1;
        int last = -1;
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [&](const QModelIndex &a, const QModelIndex &b) {
                    first = a.row();
                    last = b.row();
                });

        model.apply({{ListDiff<int>::Update{0, 9}}});

        QCOMPARE(first, 2);
        QCOMPARE(last, 2);
        QCOMPARE(rows(model), (QList<int>{3, 2, 9}));
    }
};

QTEST_GUILESS_MAIN(DiffListModelTest)
#include "tst_diff_list_model.moc"
