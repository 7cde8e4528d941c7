// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/person_name.h"

namespace parvis {

PersonName splitPersonName(const QString &displayName)
{
    const QString trimmed = displayName.trimmed();
    const qsizetype open = trimmed.lastIndexOf(u'[');
    if (!trimmed.endsWith(u']') || open <= 0)
        return {.name = trimmed, .organisation = {}};
    return {.name = trimmed.first(open).trimmed(),
            .organisation = trimmed.sliced(open + 1, trimmed.size() - open - 2).trimmed()};
}

} // namespace parvis
