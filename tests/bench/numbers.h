// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QElapsedTimer>
#include <QList>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace parvis::bench {

/// How long one thing took, several times.
struct Times {
    QList<double> ms;

    [[nodiscard]] QList<double> sorted() const
    {
        QList<double> copy = ms;
        std::sort(copy.begin(), copy.end());
        return copy;
    }
    [[nodiscard]] double min() const { return sorted().constFirst(); }
    [[nodiscard]] double median() const { return sorted().at(ms.size() / 2); }
    [[nodiscard]] double max() const { return sorted().constLast(); }
};

/// The wall and the processor's time, of all threads, since it was made.
class Stopwatch
{
public:
    Stopwatch() { m_wall.start(); }

    [[nodiscard]] double wallMs() const { return double(m_wall.nsecsElapsed()) / 1e6; }
    [[nodiscard]] double processorMs() const { return processor() - m_processor; }

private:
    [[nodiscard]] static double processor()
    {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }

    QElapsedTimer m_wall;
    double m_processor = processor();
};

/// The processor's time of this thread.
[[nodiscard]] inline double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// One line: what was measured, what cannot be faster, and how far apart they are.
inline void print(const char *what, const Times &times, const Times &floor)
{
    (void)std::printf("%-28s %8.1f %8.1f %8.1f   floor %8.1f %8.1f %8.1f   ratio %5.2f\n", what, times.min(),
                      times.median(), times.max(), floor.min(), floor.median(), floor.max(),
                      times.median() / floor.median());
    (void)std::fflush(stdout);
}

/// The same for what takes less than a millisecond.
inline void printFine(const char *what, const Times &times, const Times &floor)
{
    (void)std::printf("%-28s %8.3f %8.3f %8.3f   floor %8.3f %8.3f %8.3f   ratio %5.2f\n", what, times.min(),
                      times.median(), times.max(), floor.min(), floor.median(), floor.max(),
                      times.median() / floor.median());
    (void)std::fflush(stdout);
}

} // namespace parvis::bench
