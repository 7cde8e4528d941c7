// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QStringList>

#include <optional>

namespace parvis::bench {

/// From the start of the program to its first frame, in ms; it is killed then. Empty: it showed none in 30 s.
[[nodiscard]] std::optional<double> firstFrameMs(const QString &program, const QStringList &arguments);

} // namespace parvis::bench
