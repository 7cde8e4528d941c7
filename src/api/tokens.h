// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace parvis {

/// What proves to the server who we are.
struct Tokens {
    Secret access;
    Secret refresh;         ///< empty: the server gave none
    qint64 expiresAtMs = 0; ///< UTC, by our clock; 0: not said

    [[nodiscard]] Tokens clone() const { return {access.clone(), refresh.clone(), expiresAtMs}; }
};

/// Where new tokens are kept. Core thread, synchronous.
class TokenStore
{
public:
    virtual ~TokenStore() = default;
    /// Once it answers, the tokens survive a crash: only then are they used, because using them ends the old.
    [[nodiscard]] virtual Result<void> save(const Tokens &tokens) = 0;
};

} // namespace parvis
