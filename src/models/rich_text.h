// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QStringList>
#include <QUrl>

namespace parvis {

/// Markup for a plain message in which web addresses can be followed; everything else is escaped.
/// Empty where there is no address: plain text is then cheaper and safer to draw.
[[nodiscard]] QString withLinks(const QString &plain);

/// The addresses that withLinks() makes, each once, the first @p most of them.
[[nodiscard]] QStringList linksIn(const QString &plain, int most);

} // namespace parvis
