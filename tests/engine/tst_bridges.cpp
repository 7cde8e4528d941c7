// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/core_thread.h"
#include "engine/list_bridge.h"
#include "engine/value_bridge.h"

#include <QTest>

using namespace parvis;

namespace {

/// A list that lives on the core thread, as the engine's do.
struct CoreSide : QObject {
    ObservableList<int> list;
    ObservableValue<int> value;
};

} // namespace

class BridgesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<CoreThread>();
        onCore([this] { m_side = new CoreSide; });
    }

    void cleanup()
    {
        onCore([this] { delete std::exchange(m_side, nullptr); });
        m_core.reset();
    }

    void theCopyFollowsTheList()
    {
        onCore([this] { m_side->list.append(1); });
        ListBridge<int> bridge(m_core->executor(), [this](QObject *) { return &m_side->list; });

        onCore([this] {
            m_side->list.append(2);
            m_side->list.update(0, 7);
        });

        QTRY_COMPARE(bridge.list().items().toList(), (QList<int>{7, 2}));
    }

    void aFloodBecomesOneReset()
    {
        ListBridge<int> bridge(m_core->executor(), [this](QObject *) { return &m_side->list; });
        int diffs = 0;
        bridge.list().subscribe(this, [&](const ListDiffs<int> &batch) { diffs += int(batch.size()); });

        onCore([this] {
            for (int i = 0; i < 20000; ++i) {
                m_side->list.append(i);
                if (i % 10 == 0)
                    m_side->list.flush();
            }
        });

        QTRY_COMPARE(bridge.list().size(), qsizetype(20000));
        QVERIFY(diffs < 1000);
    }

    void aBridgeMayDieAtAnyMoment()
    {
        for (int i = 0; i < 300; ++i) {
            auto bridge = std::make_unique<ListBridge<int>>(m_core->executor(),
                                                            [this](QObject *) { return &m_side->list; });
            QMetaObject::invokeMethod(m_core->executor(), [this, i] { m_side->list.append(i); });
            if (i % 3 == 0)
                QCoreApplication::processEvents();
            bridge.reset();
        }
        onCore([] {});
        QCoreApplication::processEvents();
        QCOMPARE(m_side->list.size(), qsizetype(300));
    }

    void onlyTheNewestValueCrosses()
    {
        ValueBridge<int> bridge(m_core->executor(), [this](QObject *) { return &m_side->value; });
        QList<int> seen;
        bridge.value().subscribe(this, [&](const int &now) { seen += now; });

        onCore([this] {
            for (int i = 1; i <= 100; ++i)
                m_side->value.set(i);
        });

        QTRY_COMPARE(bridge.value().get(), 100);
        QVERIFY(seen.size() < 100);
    }

    void nothingOfADeadBridgeStaysInTheQueue()
    {
        // Qt frees what is left there under a lock, at the end of the program: it must be nothing of ours.
        const auto token = std::make_shared<int>(1);
        ObservableValue<std::shared_ptr<int>> *value = nullptr;
        ObservableList<std::shared_ptr<int>> *list = nullptr;
        onCore([&] {
            value = new ObservableValue<std::shared_ptr<int>>;
            list = new ObservableList<std::shared_ptr<int>>;
        });
        {
            const ValueBridge<std::shared_ptr<int>> one(m_core->executor(), [=](QObject *) { return value; });
            const ListBridge<std::shared_ptr<int>> other(m_core->executor(), [=](QObject *) { return list; });
            onCore([&] {
                value->set(token);
                list->append(token);
                list->flush();
            });
            QVERIFY(token.use_count() > 3); // on their way
        }
        onCore([&] {
            delete value;
            delete list;
        });
        onCore([] {}); // the taps are gone after this turn
        QCOMPARE(token.use_count(), 1L);
    }

    void nothingToFollowIsNoError()
    {
        ListBridge<int> bridge(m_core->executor(), [](QObject *) { return nullptr; });
        onCore([] {});
        QVERIFY(bridge.list().items().isEmpty());
    }

private:
    template <typename Fn>
    void onCore(Fn fn)
    {
        QMetaObject::invokeMethod(m_core->executor(), fn, Qt::BlockingQueuedConnection);
    }

    std::unique_ptr<CoreThread> m_core;
    CoreSide *m_side = nullptr;
};

QTEST_GUILESS_MAIN(BridgesTest)
#include "tst_bridges.moc"
