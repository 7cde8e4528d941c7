// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/tokens.h"
#include "store/keys/account_store.h"

namespace parvis {

/// Puts refreshed tokens into keys.db before they are used. Core thread.
class TokenKeeper final : public TokenStore
{
public:
    explicit TokenKeeper(store::AccountStore &accounts) : m_accounts(accounts) {}

    [[nodiscard]] Result<void> save(const Tokens &tokens) override
    {
        return m_accounts.saveTokens({.access = tokens.access.clone(),
                                      .refresh = tokens.refresh.clone(),
                                      .expiresAtMs = tokens.expiresAtMs});
    }

private:
    store::AccountStore &m_accounts;
};

} // namespace parvis
