// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// A file's name as it may be shown and written, from one that a stranger chose: no folders, no control,
/// invisible or direction-changing characters, no dot in front, nothing that Windows keeps for itself, at
/// most 200 bytes in UTF-8 with its ending kept. Never empty. Any thread.
[[nodiscard]] QString cleanFileName(const QString &name);

} // namespace parvis
