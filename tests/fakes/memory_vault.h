// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "session/secret_vault.h"

#include <map>
#include <optional>

namespace parvis::session {

/// A keychain that forgets everything with the process, and fails when told to.
class MemoryVault : public SecretVault
{
public:
    std::map<QString, Secret> entries;
    std::optional<Error> failure; ///< answered to everything
    int writesUntilFailure = -1;  ///< this many writes still succeed; -1: all do

    Task<void> write(const QString &name, Secret value) override
    {
        if (failure)
            return Task<void>::ready(tl::unexpected(*failure));
        if (writesUntilFailure >= 0 && writesUntilFailure-- == 0)
            return Task<void>::ready(fail(ErrorKind::Keychain, QStringLiteral("PARVIS_KEYCHAIN_FAILED")));
        entries[name] = std::move(value);
        return Task<void>::ready({});
    }

    Task<Secret> read(const QString &name) override
    {
        if (failure)
            return Task<Secret>::ready(tl::unexpected(*failure));
        const auto found = entries.find(name);
        if (found == entries.end())
            return Task<Secret>::ready(fail(ErrorKind::Keychain, QStringLiteral("PARVIS_KEYCHAIN_EMPTY")));
        return Task<Secret>::ready(found->second.clone());
    }

    Task<void> remove(const QString &name) override
    {
        if (failure)
            return Task<void>::ready(tl::unexpected(*failure));
        entries.erase(name);
        return Task<void>::ready({});
    }
};

} // namespace parvis::session
