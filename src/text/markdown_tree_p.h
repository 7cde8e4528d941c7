// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/markdown.h"

#include <cmark.h>

namespace parvis::markdown {

/// Puts HTML, and links that nobody could follow, back as the text that they were typed as; pictures become
/// links. Answers how deep the tree is.
int tame(cmark_node *document);

/// ~~struck~~, which CommonMark does not know.
void strike(cmark_node *document);

void linkMentions(cmark_node *document, const QList<Mention> &mentions);

/// Whether there is anything that plain text does not show.
[[nodiscard]] bool isFormatted(cmark_node *document);

} // namespace parvis::markdown
