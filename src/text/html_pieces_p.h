// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/html_rules_p.h"

#include <vector>

namespace parvis::html {

/// What is kept of a message, in its order: everything in it has passed the rules, every Open of a tag with
/// content has its Close, and no more than HtmlLimits::deepest are open at a time.
struct Piece {
    enum class Kind { Open, Close, Text };

    Kind kind = Kind::Text;
    Tag tag = Tag::Div;
    Attributes attributes = {};
    QString text = {};

    bool operator==(const Piece &) const = default;
};

using Pieces = std::vector<Piece>;

/// Nothing where @p utf8 (valid, without NUL) is too large or too tangled to be parsed.
[[nodiscard]] std::optional<Pieces> parsePieces(const QByteArray &utf8);

/// The text alone, of HTML that nothing else can be made of: tags go, known entities are read. Linear.
[[nodiscard]] QString reducedText(QStringView html);

/// Of @p html, whatever it is; @p reduced says that it was not parsed.
[[nodiscard]] Pieces piecesOf(const QString &html, bool &reduced);

[[nodiscard]] QString writeHtml(const Pieces &pieces);

} // namespace parvis::html
