// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/html.h"

#include "text/document_builder_p.h"
#include "text/html_pieces_p.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace html {

namespace {

void write(QString &html, const Piece &piece, bool afterPre)
{
    switch (piece.kind) {
    case Piece::Kind::Text:
        if (afterPre && piece.text.startsWith(u'\n'))
            html += u'\n'; // the first one after <pre> is dropped by whoever reads it
        html += piece.text.toHtmlEscaped();
        return;
    case Piece::Kind::Close:
        html += "</"_L1 + nameOf(piece.tag) + u'>';
        return;
    case Piece::Kind::Open:
        html += u'<' + nameOf(piece.tag);
        for (const auto &[name, value] : piece.attributes) {
            html += u' ' + name;
            if (!value.isEmpty())
                html += "=\""_L1 + value.toHtmlEscaped() + u'"';
        }
        html += u'>';
        return;
    }
}

} // namespace

QString writeHtml(const Pieces &pieces)
{
    QString html;
    bool afterPre = false;
    for (const Piece &piece : pieces) {
        write(html, piece, afterPre);
        afterPre = piece.kind == Piece::Kind::Open && piece.tag == Tag::Pre;
    }
    return html;
}

Pieces piecesOf(const QString &html, bool &reduced)
{
    reduced = false;
    // Before the parser makes letters of them.
    QString text = html;
    text.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t' && c != u'\r' && c != u'\f';
    });
    const bool mayParse = text.size() <= HtmlLimits::longest;
    if (auto pieces = mayParse ? parsePieces(text.toUtf8()) : std::nullopt)
        return *std::move(pieces);
    reduced = true;
    const QString left = cleanText(reducedText(QStringView(text).left(HtmlLimits::longestReduced)));
    Pieces pieces;
    for (const auto line : QStringView(left).split(u'\n', Qt::SkipEmptyParts)) {
        if (!pieces.empty() && pieces.size() < HtmlLimits::mostTags / 2)
            pieces.push_back({.kind = Piece::Kind::Open, .tag = Tag::Br});
        else if (!pieces.empty())
            pieces.push_back({.kind = Piece::Kind::Text, .text = u" "_s});
        pieces.push_back({.kind = Piece::Kind::Text, .text = line.toString()});
    }
    return pieces;
}

} // namespace html

FormattedText readHtml(const QString &html, const QString &permalinkPrefix)
{
    bool reduced = false;
    const auto pieces = html::piecesOf(html, reduced);
    FormattedText text = html::DocumentBuilder(permalinkPrefix).build(pieces);
    text.reduced = reduced;
    return text;
}

QString keptHtml(const QString &html)
{
    // What is taken out can make what is left parse otherwise (a table without its cells lets its text go). A
    // cleaner whose output a browser reads as something else is how filters were got round: so what comes out
    // has been read again, until nothing changed.
    constexpr int mostRounds = 5;
    bool reduced = false;
    QString kept = html::writeHtml(html::piecesOf(html, reduced));
    for (int round = 0; round < mostRounds; ++round) {
        const QString again = html::writeHtml(html::piecesOf(kept, reduced));
        if (again == kept)
            return kept;
        kept = again;
    }
    return readableText(readHtml(html), Spoilers::Shown).toHtmlEscaped();
}

} // namespace parvis
