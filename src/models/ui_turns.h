// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QQmlEngine>

#include <array>

class QQuickWindow;

namespace parvis {

/// How long the UI thread works between two waits: its CPU time, less what the scene graph renders on it. A
/// turn that creates a page for the first time is left out. Costs one clock read a turn and 8 KiB.
///
/// Qt's dispatchers on Linux emit awake() on either side of the work, so it says nothing about when a turn
/// began; aboutToBlock() comes once before each wait, and a wait takes no CPU time.
class UiTurns : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

public:
    explicit UiTurns(QObject *parent = nullptr);

    /// Begins to count on this thread.
    void watch();
    /// Leaves out the rendering of this window.
    void watch(QQuickWindow &window);
    void reset();

    /// A page came to life in this turn: the turn is not counted.
    Q_INVOKABLE void pageCreated() { m_leaveOut = true; }

    [[nodiscard]] quint64 count() const { return m_count; }
    /// Milliseconds that the given share of all turns does not exceed, to 2 %; share from 0 to 1.
    [[nodiscard]] double percentile(double share) const;
    [[nodiscard]] double longestMs() const { return double(m_longestUs) / 1000; }

    /// One finished turn. Public for the counter's own test.
    void add(qint64 microseconds);

private:
    void end();

    static constexpr int buckets = 1024; ///< each 2 % wider than the one before: 1 us to 10 minutes
    std::array<quint64, buckets> m_histogram{};
    quint64 m_count = 0;
    qint64 m_longestUs = 0;
    qint64 m_startUs = -1;
    qint64 m_renderStartUs = -1;
    qint64 m_renderedUs = 0;
    bool m_leaveOut = false;
};

} // namespace parvis
