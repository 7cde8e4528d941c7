// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/formatted_text.h"
#include "text/html_pieces_p.h"
#include "text/run_collector_p.h"

namespace parvis::html {

/// Makes the tree that the window draws out of what is kept of a message. What stands where it has no
/// business (letters between the rows of a table, a table in a heading) gets a place of its own.
class DocumentBuilder
{
public:
    explicit DocumentBuilder(QString permalinkPrefix);

    [[nodiscard]] FormattedText build(const Pieces &pieces);

private:
    using Kind = TextBlock::Kind;

    struct Element {
        Tag tag;
        size_t blocks;  ///< how many blocks were open before it
        size_t own;     ///< and with its own
        TextRun before; ///< how letters looked before it
    };

    void open(const Piece &piece);
    /// Ends what cannot go on around a block of @p tag.
    void prepare(Tag tag);
    void openBlock(const Piece &piece);
    void openTablePart(Tag tag);
    void openInline(const Piece &piece);
    void addVoid(const Piece &piece);
    void close(Tag tag);
    void text(const QString &text);

    void push(TextBlock block);
    void pop();
    void popTo(size_t blocks);
    /// Makes sure that the block in which the next letters or blocks go may have them.
    void makeRoom();
    void endLine();

    void styleLink(const Piece &piece);
    void styleSpan(const Piece &piece);

    [[nodiscard]] static QString valueOf(const Piece &piece, QLatin1StringView name);

    QString m_permalinkPrefix;
    FormattedText m_text;
    std::vector<TextBlock> m_blocks; ///< those that are open; the first is the message
    std::vector<Element> m_elements;
    TextRun m_style; ///< of the letters to come
    RunCollector m_line;
};

} // namespace parvis::html
