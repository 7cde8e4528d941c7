// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/error.h"

#include <QCoreApplication>
#include <QStringList>

namespace parvis {

/// The one place where an Error becomes a sentence for the person: what happened, what was kept, what to
/// do; it ends in the stable code in parentheses, which support can look up in docs/errors.md.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(parvis::ErrorText)

public:
    /// What the person was doing: the same errcode means different things.
    enum class During { Anything, SignIn, Confirming, Sending, Inviting, Joining };

    [[nodiscard]] static QString of(const Error &error, During during = During::Anything);

    /// The codes of ours that have their own sentence; docs/errors.md is compared with it.
    [[nodiscard]] static QStringList knownCodes();

private:
    [[nodiscard]] static QString forCode(const QString &code, During during);
    [[nodiscard]] static QString tooLarge(const Error &error);
    [[nodiscard]] static QString forErrcode(const QString &code, During during);
    [[nodiscard]] static QString forKind(const Error &error, During during);
};

} // namespace parvis
