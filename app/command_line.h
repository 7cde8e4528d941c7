// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// What Parvis was started with.
struct CommandLine {
    QString profile;      ///< folder of accounts and settings; empty: the usual place
    QString server;       ///< proposed on the sign-in page; empty: what the policy proposes
    bool rebuild = false; ///< what can be fetched again is fetched again

    /// Reads the arguments of the running application; ends the program on --help and on mistakes.
    [[nodiscard]] static CommandLine read();
};

} // namespace parvis
