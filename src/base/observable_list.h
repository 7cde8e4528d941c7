// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/list_diff.h"
#include "base/stable_list.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace parvis {

/// The one mutable list of something that the window shows: its owner changes it, subscribers follow by
/// a first Reset and then batches of diffs. The changes of one event-loop turn travel as one batch; above
/// a limit they become one Reset. Used on the thread that made it.
template <typename T>
class ObservableList
{
public:
    using Sink = std::function<void(const ListDiffs<T> &)>;

    /// More pending diffs than this are not worth replaying one by one.
    static constexpr qsizetype resetAbove = 256;

    [[nodiscard]] const StableList<T> &items() const { return m_items; }
    [[nodiscard]] qsizetype size() const { return m_items.size(); }
    [[nodiscard]] const T &at(qsizetype index) const { return m_items.at(index); }

    void insert(qsizetype at, QList<T> items)
    {
        Q_ASSERT(at >= 0 && at <= m_items.size());
        if (items.isEmpty())
            return;
        m_items.insert(at, items);
        record({typename ListDiff<T>::Insert{at, std::move(items)}});
    }
    void append(T item) { insert(m_items.size(), {std::move(item)}); }
    /// Says nothing when nothing changed.
    void update(qsizetype at, T item)
    {
        if (m_items.at(at) == item)
            return;
        m_items.replace(at, item);
        record({typename ListDiff<T>::Update{at, std::move(item)}});
    }
    void remove(qsizetype at, qsizetype count = 1)
    {
        Q_ASSERT(at >= 0 && at + count <= m_items.size());
        if (count == 0)
            return;
        m_items.remove(at, count);
        record({typename ListDiff<T>::Remove{at, count}});
    }
    void reset(QList<T> items)
    {
        m_items = StableList<T>(items);
        m_pending.clear();
        record({typename ListDiff<T>::Reset{std::move(items)}});
    }

    /// @p sink is called at once with the whole list as a Reset, then with each batch, until @p context dies.
    void subscribe(const QObject *context, Sink sink)
    {
        flush();
        sink({{typename ListDiff<T>::Reset{m_items.toList()}}});
        m_sinks.push_back({context, std::move(sink)});
    }

    /// Delivers what is pending now; otherwise it goes with the end of this event-loop turn.
    void flush()
    {
        if (m_pending.isEmpty())
            return;
        ListDiffs<T> batch = std::exchange(m_pending, {});
        if (batch.size() > resetAbove)
            batch = {{typename ListDiff<T>::Reset{m_items.toList()}}};
        std::erase_if(m_sinks, [](const auto &s) { return s.context.isNull(); });
        const auto sinks = m_sinks; // a sink may subscribe or die while we deliver
        for (const auto &s : sinks) {
            if (s.context)
                s.call(batch);
        }
    }

private:
    struct Subscriber {
        QPointer<const QObject> context;
        Sink call;
    };

    void record(ListDiff<T> diff)
    {
        Q_ASSERT(QThread::currentThread() == m_home.thread());
        if (m_sinks.empty())
            return;
        m_pending.append(std::move(diff));
        if (m_pending.size() == 1)
            QMetaObject::invokeMethod(
                &m_home, [this] { flush(); }, Qt::QueuedConnection);
    }

    QObject m_home; ///< dies with the list: a posted flush is then dropped
    StableList<T> m_items;
    ListDiffs<T> m_pending;
    std::vector<Subscriber> m_sinks;
};

} // namespace parvis
