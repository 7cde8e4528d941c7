// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/verification_port.h"

#include <QCoreApplication>

namespace parvis {

/// What the window says of a verification, in the language that is installed now.
class VerificationSentences
{
    Q_DECLARE_TR_FUNCTIONS(parvis::VerificationSentences)

public:
    /// How it ended, and what the person can do; empty while it goes on. A code that this version does not
    /// know has a sentence, too; what the other side wrote as its reason is never part of it.
    [[nodiscard]] static QString end(const VerificationInfo &info);
    /// It ended because what was compared was not the same: that is no mishap.
    [[nodiscard]] static bool alarms(const VerificationInfo &info);

private:
    [[nodiscard]] static QString cancelled(const QString &code, bool byUs);
};

} // namespace parvis
