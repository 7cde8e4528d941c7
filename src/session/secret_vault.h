// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "base/task.h"

#include <QString>

namespace parvis::session {

/// Where the operating system keeps one small secret a name. One thread.
///
/// Errors are of kind Keychain: PARVIS_KEYCHAIN_ABSENT (no service answers), PARVIS_KEYCHAIN_LOCKED (it does
/// not open), PARVIS_KEYCHAIN_EMPTY (it is open and has no such entry), PARVIS_KEYCHAIN_FAILED (anything
/// else).
class SecretVault
{
public:
    virtual ~SecretVault() = default;

    /// Answers once the value was read back: what a restart would lose was not written.
    [[nodiscard]] virtual Task<void> write(const QString &name, Secret value) = 0;
    [[nodiscard]] virtual Task<Secret> read(const QString &name) = 0;
    /// Answers once the entry is known to be gone; one that was not there is no failure.
    [[nodiscard]] virtual Task<void> remove(const QString &name) = 0;
};

} // namespace parvis::session
