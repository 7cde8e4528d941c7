// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// The icon of a file by what it is said to be ("application/pdf"): no more than a hint, for nothing is
/// opened by it. Any thread.
[[nodiscard]] QString fileIcon(const QString &mediaType);

} // namespace parvis
