// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/list_diff.h"

#include <functional>

namespace parvis {

/// Called at once with the value that holds now, then with each different one, until the context dies.
template <typename T>
using ValueSink = std::function<void(const T &)>;

/// Called at once with the whole list as a Reset, then with each batch of changes, until the context dies.
template <typename T>
using ListSink = std::function<void(const ListDiffs<T> &)>;

} // namespace parvis
