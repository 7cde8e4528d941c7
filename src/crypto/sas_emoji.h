// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis::crypto {

/// One of the 64 pictures of a verification. Its name is what is compared by telephone, so both come from the
/// specification and are no subject of translation.
struct SasEmoji {
    QString symbol;
    QString english;
    QString french;
};

/// @p index: 0 to 63.
[[nodiscard]] SasEmoji sasEmoji(int index);

} // namespace parvis::crypto
