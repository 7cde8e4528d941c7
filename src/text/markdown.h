// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QString>

namespace parvis {

/// The HTML that the specification calls formatted_body, from text as a person typed it (CommonMark; a line
/// break is a line break). HTML in the text is text. Empty where the text has no formatting: then the plain
/// body says it all. Any thread; linear in the length.
[[nodiscard]] QString markdownToHtml(const QString &text);

} // namespace parvis
