// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

#include <QByteArrayView>

#include <optional>

namespace parvis::retry {

inline constexpr int firstDelayMs = 500;
inline constexpr int longestDelayMs = 60'000;
/// A server may name a longer delay than our own longest, but not put us to sleep for good.
inline constexpr int longestServerDelayMs = 60 * 60'000;

/// How long to wait before try number @p attempt + 1 (attempt counts from 1): doubling from 0.5 s to 60 s, of
/// which the upper half is chance (@p chance in 0..1). A delay that the server named is never undercut.
[[nodiscard]] int delayMs(int attempt, const Error &error, double chance);
/// The same with chance from the system.
[[nodiscard]] int delayMs(int attempt, const Error &error);

/// Reads a Retry-After header, seconds or an HTTP date; empty where it is neither. Never negative.
[[nodiscard]] std::optional<int> parseRetryAfter(QByteArrayView value, qint64 nowMs);

/// Milliseconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers write today.
[[nodiscard]] std::optional<qint64> parseHttpDate(QByteArrayView value);

} // namespace parvis::retry
