// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/ui_turns.h"

#include <QAbstractEventDispatcher>
#include <QQuickWindow>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace parvis {

namespace {

constexpr double growth = 1.02;

/// CPU time of this thread.
qint64 nowUs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000000 + time.tv_nsec / 1000;
}

} // namespace

UiTurns::UiTurns(QObject *parent) : QObject(parent) {}

void UiTurns::watch()
{
    auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &UiTurns::end);
    m_startUs = nowUs();
}

void UiTurns::watch(QQuickWindow &window)
{
    // Direct: with a render thread of its own the signals come from there, and are not ours to count.
    connect(
        &window, &QQuickWindow::beforeSynchronizing, this,
        [this] {
            if (QThread::currentThread() == thread())
                m_renderStartUs = nowUs();
        },
        Qt::DirectConnection);
    connect(
        &window, &QQuickWindow::frameSwapped, this,
        [this] {
            if (QThread::currentThread() == thread() && m_renderStartUs >= 0)
                m_renderedUs += nowUs() - std::exchange(m_renderStartUs, -1);
        },
        Qt::DirectConnection);
}

void UiTurns::reset()
{
    m_histogram.fill(0);
    m_count = 0;
    m_longestUs = 0;
}

void UiTurns::end()
{
    const auto now = nowUs();
    const auto start = std::exchange(m_startUs, now);
    const auto rendered = std::exchange(m_renderedUs, 0);
    if (!std::exchange(m_leaveOut, false))
        add(now - start - rendered);
}

void UiTurns::add(qint64 microseconds)
{
    const auto us = std::max<qint64>(microseconds, 0);
    const auto bucket = us < 1 ? 0 : int(std::log(double(us)) / std::log(growth)) + 1;
    ++m_histogram.at(size_t(std::min(bucket, buckets - 1)));
    ++m_count;
    m_longestUs = std::max(m_longestUs, us);
}

double UiTurns::percentile(double share) const
{
    const auto wanted = quint64(std::ceil(std::clamp(share, 0.0, 1.0) * double(m_count)));
    quint64 seen = 0;
    for (size_t i = 0; i < m_histogram.size(); ++i) {
        seen += m_histogram.at(i);
        if (seen > 0 && seen >= wanted)
            return std::min(std::pow(growth, double(i)), double(m_longestUs)) / 1000;
    }
    return 0;
}

} // namespace parvis
