// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// A file's size for a person, in the language of the window: "3.4 MB". Counts in 1024, as the servers'
/// limits do. UI thread.
[[nodiscard]] QString fileSize(qint64 bytes);

} // namespace parvis
