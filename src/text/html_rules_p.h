// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace parvis::html {

/// The tags that messages may have (specification, "m.room.message msgtypes").
enum class Tag {
    A,
    B,
    Blockquote,
    Br,
    Caption,
    Code,
    Del,
    Details,
    Div,
    Em,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Hr,
    I,
    Img,
    Li,
    Ol,
    P,
    Pre,
    S,
    Span,
    Strong,
    Sub,
    Summary,
    Sup,
    Table,
    Tbody,
    Td,
    Th,
    Thead,
    Tr,
    U,
    Ul
};

/// What becomes of an element.
struct Fate {
    enum class Kind { Keep, Unwrap, Drop }; ///< Unwrap: its content stays

    Kind kind = Kind::Unwrap;
    Tag tag = Tag::Div; ///< of Keep
};

/// @p name in small letters, as the parser or the message gives it.
[[nodiscard]] Fate fateOf(QByteArrayView name);

[[nodiscard]] QLatin1StringView nameOf(Tag tag);

/// br, hr and img have no content and no end.
[[nodiscard]] bool isVoid(Tag tag);

/// It stands in a line of letters.
[[nodiscard]] bool isInline(Tag tag);

using Attributes = QList<std::pair<QLatin1StringView, QString>>;

/// The value that @p attribute (in small letters) may have on @p tag, cleaned, and the name that it is kept
/// under; nothing where it goes.
[[nodiscard]] std::optional<std::pair<QLatin1StringView, QString>>
keptAttribute(Tag tag, QByteArrayView attribute, const QString &value);

/// A stranger's text as it may be shown: no control characters, none that turn the direction of what follows,
/// no more than a few marks on one letter.
[[nodiscard]] QString cleanText(QStringView text);

} // namespace parvis::html
