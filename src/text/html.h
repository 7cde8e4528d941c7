// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/formatted_text.h"

namespace parvis {

/// What of a stranger's HTML is let through: the tags and attributes that the specification lists
/// (html_rules_p.h), read as a browser would read it. Any thread; never fails; the time is bounded by limits
/// on size and on the parser's memory.
struct HtmlLimits {
    static constexpr qsizetype longest = 64 * 1024;      ///< UTF-8 bytes that are read as HTML
    static constexpr qsizetype longestReduced = 1 << 22; ///< UTF-16 units that are looked at for text alone
    static constexpr qsizetype mostReduced = 10'000; ///< and that are left: escaped, it can be parsed again
    static constexpr int mostTags = 4000;
    static constexpr int mostAttributes = 256; ///< of one tag
    static constexpr int deepest = 100;        ///< elements inside each other; what is deeper leaves its text
    static constexpr size_t mostMemory = 4 * 1024 * 1024; ///< of the parser
};

/// @p html is formatted_body; @p permalinkPrefix as of parseLink(). Empty blocks where nothing is to be seen:
/// then the plain body says what there is.
[[nodiscard]] FormattedText readHtml(const QString &html, const QString &permalinkPrefix = {});

/// What is kept of it, as HTML again, which read again is kept as it is.
[[nodiscard]] QString keptHtml(const QString &html);

} // namespace parvis
