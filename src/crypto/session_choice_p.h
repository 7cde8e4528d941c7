// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_records.h"
#include "crypto/exported_session.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace parvis::crypto {

/// Of some copies of one session, the one of which most is known, then the one that reaches back furthest:
/// where there is place for one only. @p copies: at least one.
[[nodiscard]] inline const InboundSessionRecord &bestCopy(const QList<InboundSessionRecord> &copies)
{
    const auto rank = [](const InboundSessionRecord &copy) {
        return std::tuple(copy.imported, -int(copy.trust), copy.firstKnownIndex);
    };
    return *std::min_element(copies.cbegin(), copies.cend(),
                             [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
}

/// The key of a stored session, from its first index on; empty where its pickle cannot be read.
[[nodiscard]] std::optional<ExportedSession> exportedSession(const InboundSessionRecord &record,
                                                             const Secret &pickleKey);

} // namespace parvis::crypto
