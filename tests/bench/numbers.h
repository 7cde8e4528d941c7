// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>

#include <algorithm>
#include <cstdio>

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

/// One line: what was measured, what cannot be faster, and how far apart they are.
inline void print(const char *what, const Times &times, const Times &floor)
{
    std::printf("%-28s %8.1f %8.1f %8.1f   floor %8.1f %8.1f %8.1f   ratio %5.2f\n", what, times.min(),
                times.median(), times.max(), floor.min(), floor.median(), floor.max(),
                times.median() / floor.median());
    std::fflush(stdout);
}

} // namespace parvis::bench
