// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/server_rules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::policy {

bool serverAllowed(const QStringList &servers, QStringView serverName)
{
    const QString name = serverName.toString().toLower();
    return std::any_of(servers.cbegin(), servers.cend(), [&](const QString &entry) {
        if (entry == "*"_L1)
            return true;
        const QString rule = entry.toLower();
        // "*.a.b" stands for x.a.b, neither for a.b itself nor for xa.b: the dot is part of the comparison.
        if (rule.startsWith("*."_L1))
            return name.size() > rule.size() - 1 && name.endsWith(QStringView(rule).mid(1));
        return name == rule;
    });
}

} // namespace parvis::policy
