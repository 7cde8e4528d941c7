// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QStringList>

namespace parvis::policy {

/// True where @p serverName matches an entry: the name itself, "*.domain" for what is below a domain, "*" for
/// all.
[[nodiscard]] bool serverAllowed(const QStringList &servers, QStringView serverName);

} // namespace parvis::policy
