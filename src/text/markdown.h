// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>
#include <QString>

namespace parvis {

/// Somebody or something that a text names on purpose.
struct Mention {
    QString shown; ///< as it stands in the text: "@Claire Dupont"
    QString id;    ///< a user id, room id or alias
};

/// The HTML that the specification calls formatted_body, from text as a person typed it (CommonMark and
/// ~~struck~~; a line break is a line break). HTML in the text is text, links that nobody could follow too;
/// pictures of other places become links to them; @p mentions become links. Empty where the text has no
/// formatting, and where it is larger or deeper than others read (64 KiB, 100 levels): then the plain body
/// says it all. Any thread; linear in the length.
[[nodiscard]] QString markdownToHtml(const QString &text, const QList<Mention> &mentions = {});

} // namespace parvis
