// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <vector>

namespace parvis {

/// One value that others follow: its owner sets it, subscribers hear the value that holds and then each
/// different one, at once. Used on the thread that made it. The little brother of ObservableList.
template <typename T>
class ObservableValue
{
public:
    using Sink = std::function<void(const T &)>;

    ObservableValue() = default;
    explicit ObservableValue(T value) : m_value(std::move(value)) {}

    [[nodiscard]] const T &get() const { return m_value; }

    /// Says nothing when nothing changed.
    void set(T value)
    {
        Q_ASSERT(QThread::currentThread() == m_home.thread());
        if (m_value == value)
            return;
        m_value = std::move(value);
        std::erase_if(m_sinks, [](const auto &s) { return s.context.isNull(); });
        const auto sinks = m_sinks; // a sink may subscribe, or kill the next one's context
        const auto turn = ++m_turn;
        for (const auto &s : sinks) {
            if (turn != m_turn)
                return; // a sink set another value: all have heard that one
            if (s.context)
                s.call(m_value);
        }
    }

    /// @p sink is called at once, then on each change until @p context dies.
    void subscribe(const QObject *context, Sink sink)
    {
        m_sinks.push_back({context, sink});
        sink(m_value);
    }

private:
    struct Subscriber {
        QPointer<const QObject> context;
        Sink call;
    };

    QObject m_home; ///< knows the thread
    T m_value{};
    quint64 m_turn = 0;
    std::vector<Subscriber> m_sinks;
};

} // namespace parvis
