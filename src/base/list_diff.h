// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>

#include <variant>

namespace parvis {

/// One change of an ordered list; what a model replays to follow the list on another thread.
template <typename T>
struct ListDiff {
    struct Insert {
        qsizetype at;
        QList<T> items;
    };
    struct Update {
        qsizetype at;
        T item;
    };
    struct Remove {
        qsizetype at;
        qsizetype count;
    };
    struct Reset {
        QList<T> items;
    };
    std::variant<Insert, Update, Remove, Reset> change;
};

template <typename T>
using ListDiffs = QList<ListDiff<T>>;

} // namespace parvis
