// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/base64.h"
#include "base/raw_object.h"

#include <optional>

namespace parvis::crypto {

/// The bytes of a member in base64, padded or not; nothing where it is absent, no base64, or longer than
/// @p most bytes. Not for the rest of the module.
[[nodiscard]] inline std::optional<QByteArray> bytesIn(const RawObject &object, const QString &name,
                                                       qsizetype most)
{
    const auto text = object.string(name);
    if (!text || text->size() > (most + 2) / 3 * 4)
        return {};
    auto bytes = fromBase64(text->toUtf8());
    return bytes && bytes->size() <= most ? std::optional(*bytes) : std::nullopt;
}

/// The same where there is but one size.
[[nodiscard]] inline std::optional<QByteArray> exactBytesIn(const RawObject &object, const QString &name,
                                                            qsizetype size)
{
    auto bytes = bytesIn(object, name, size);
    return bytes && bytes->size() == size ? bytes : std::nullopt;
}

/// {"name":"base64"} without the braces.
[[nodiscard]] inline QByteArray base64Member(const char *name, const QByteArray &bytes)
{
    return QByteArray("\"") + name + "\":\"" + toBase64(bytes) + '"';
}

} // namespace parvis::crypto
