// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/profile_folder.h"

namespace parvis::policy {

QString profileFolder(const Policy &policy, const QString &asked, const QString &usual)
{
    const bool locked = policy.value(Key::ProfileFolder).locked;
    if (!locked && !asked.isEmpty())
        return asked;
    const QString set = policy.path(Key::ProfileFolder);
    return set.isEmpty() ? usual : set;
}

} // namespace parvis::policy
