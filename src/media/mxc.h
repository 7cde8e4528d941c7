// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

#include <optional>

namespace parvis {

/// Where a file lies: mxc://server/media-id, checked. What does not fit the grammar is never asked for,
/// because both parts become segments of a path that carries our token (specification, "Content repository").
struct MxcUri {
    QString server;  ///< a server name: host, IPv4 or [IPv6], with a port if there is one
    QString mediaId; ///< letters, digits, "-" and "_"

    /// Empty where @p uri is no valid mxc URI.
    [[nodiscard]] static std::optional<MxcUri> parse(const QString &uri);

    bool operator==(const MxcUri &) const = default;
};

} // namespace parvis
