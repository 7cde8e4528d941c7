// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/mxc.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parvis {

std::optional<MxcUri> MxcUri::parse(const QString &uri)
{
    // ASCII only: a name with look-alike letters is another server than the one that it shows.
    static const QRegularExpression grammar(
        uR"(\Amxc://((?:[A-Za-z0-9.-]{1,230}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?)/([A-Za-z0-9_-]{1,255})\z)"_s);
    const auto match = grammar.match(uri);
    if (!match.hasMatch())
        return std::nullopt;
    return MxcUri{.server = match.captured(1), .mediaId = match.captured(2)};
}

} // namespace parvis
