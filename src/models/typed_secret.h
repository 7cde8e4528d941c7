// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"

#include <QString>

namespace parvis {

/// What a person typed into a password field, moved out of text as soon as it reaches C++.
/// The field's own QString cannot be wiped; the pages empty their fields right after.
[[nodiscard]] inline Secret typedSecret(const QString &typed)
{
    auto bytes = typed.toUtf8();
    Secret secret{QByteArrayView(bytes)};
    wipe(bytes);
    return secret;
}

} // namespace parvis
