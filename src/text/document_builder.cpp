// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/document_builder_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace parvis::html {

namespace {

bool holdsRuns(TextBlock::Kind kind)
{
    using Kind = TextBlock::Kind;
    return kind == Kind::Paragraph || kind == Kind::Heading || kind == Kind::Code || kind == Kind::Caption
        || kind == Kind::Summary;
}

bool isTablePart(Tag tag)
{
    return tag == Tag::Caption || tag == Tag::Tbody || tag == Tag::Td || tag == Tag::Th || tag == Tag::Thead
        || tag == Tag::Tr;
}

} // namespace

DocumentBuilder::DocumentBuilder(QString permalinkPrefix) : m_permalinkPrefix(std::move(permalinkPrefix)) {}

FormattedText DocumentBuilder::build(const Pieces &pieces)
{
    m_blocks.push_back({.kind = Kind::Quote});
    for (const Piece &piece : pieces) {
        switch (piece.kind) {
        case Piece::Kind::Open:
            open(piece);
            break;
        case Piece::Kind::Close:
            close(piece.tag);
            break;
        case Piece::Kind::Text:
            text(piece.text);
            break;
        }
    }
    endLine();
    popTo(1);
    m_text.blocks = std::move(m_blocks.front().blocks);
    judgeLinks(m_text);
    return std::move(m_text);
}

void DocumentBuilder::open(const Piece &piece)
{
    if (piece.tag == Tag::Br || piece.tag == Tag::Img) {
        addVoid(piece);
        return;
    }
    const bool isLetters = isInline(piece.tag);
    if (!isLetters)
        prepare(piece.tag);
    Element element{.tag = piece.tag, .blocks = m_blocks.size(), .own = 0, .before = m_style};
    if (isLetters)
        openInline(piece);
    else
        openBlock(piece);
    element.own = m_blocks.size();
    if (piece.tag == Tag::Hr)
        popTo(element.blocks);
    else
        m_elements.push_back(element);
}

void DocumentBuilder::addVoid(const Piece &piece)
{
    makeRoom();
    if (piece.tag == Tag::Br) {
        m_line.addBreak(m_style);
        return;
    }
    const QString alternative = valueOf(piece, "alt"_L1);
    m_line.addPicture(alternative.isEmpty() ? valueOf(piece, "title"_L1) : alternative, m_style);
}

void DocumentBuilder::prepare(Tag tag)
{
    endLine();
    if (holdsRuns(m_blocks.back().kind))
        pop();
    if (m_elements.empty())
        return;
    // What was made for stray letters of a list or a table ends where a real part of it begins.
    const Element &around = m_elements.back();
    const bool isItem = tag == Tag::Li && (around.tag == Tag::Ul || around.tag == Tag::Ol);
    const bool isPart = isTablePart(tag)
        && (around.tag == Tag::Table || around.tag == Tag::Tbody || around.tag == Tag::Thead
            || around.tag == Tag::Tr);
    if (isItem || isPart)
        popTo(around.own);
}

void DocumentBuilder::openBlock(const Piece &piece)
{
    if (isTablePart(piece.tag)) {
        openTablePart(piece.tag);
        return;
    }
    switch (piece.tag) {
    case Tag::Blockquote:
        return push({.kind = Kind::Quote});
    case Tag::Details:
        return push({.kind = Kind::Details});
    case Tag::Hr:
        return push({.kind = Kind::Rule});
    case Tag::Pre:
        return push({.kind = Kind::Code});
    case Tag::Table:
        return push({.kind = Kind::Table});
    case Tag::P:
        return push({.kind = Kind::Paragraph});
    case Tag::Ul:
        return push({.kind = Kind::List});
    case Tag::Ol: {
        const QString start = valueOf(piece, "start"_L1);
        return push({.kind = Kind::List, .ordered = true, .start = start.isEmpty() ? 1 : start.toInt()});
    }
    case Tag::Li:
        if (m_blocks.back().kind != Kind::List)
            push({.kind = Kind::List});
        if (m_blocks.back().kind == Kind::List)
            push({.kind = Kind::Item});
        return;
    case Tag::Summary: {
        const TextBlock &around = m_blocks.back();
        const bool isFirst = around.kind == Kind::Details && around.blocks.isEmpty();
        return push({.kind = isFirst ? Kind::Summary : Kind::Paragraph});
    }
    case Tag::Div:
        return;
    default: // NOLINT(clang-diagnostic-switch-enum): the headings are left
        return push({.kind = Kind::Heading, .level = int(piece.tag) - int(Tag::H1) + 1});
    }
}

/// A part that is in no table is a line like others.
void DocumentBuilder::openTablePart(Tag tag)
{
    const TextBlock &around = m_blocks.back();
    if (tag == Tag::Caption && around.kind == Kind::Table && around.blocks.isEmpty())
        push({.kind = Kind::Caption});
    else if (tag == Tag::Tr && around.kind == Kind::Table)
        push({.kind = Kind::Row});
    else if ((tag == Tag::Td || tag == Tag::Th) && around.kind == Kind::Row)
        push({.kind = Kind::Cell, .heads = tag == Tag::Th});
}

void DocumentBuilder::openInline(const Piece &piece)
{
    switch (piece.tag) {
    case Tag::B:
    case Tag::Strong:
        m_style.marks |= TextMark::Bold;
        break;
    case Tag::I:
    case Tag::Em:
        m_style.marks |= TextMark::Italic;
        break;
    case Tag::U:
        m_style.marks |= TextMark::Underlined;
        break;
    case Tag::S:
    case Tag::Del:
        m_style.marks |= TextMark::Struck;
        break;
    case Tag::Sub:
        m_style.marks |= TextMark::Lowered;
        break;
    case Tag::Sup:
        m_style.marks |= TextMark::Raised;
        break;
    case Tag::Code:
        if (m_blocks.back().kind != Kind::Code)
            m_style.marks |= TextMark::Code;
        else if (m_line.isEmpty())
            m_blocks.back().language = valueOf(piece, "class"_L1).mid(qsizetype(sizeof("language-")) - 1);
        break;
    case Tag::A:
        styleLink(piece);
        break;
    default: // NOLINT(clang-diagnostic-switch-enum): span is left
        styleSpan(piece);
    }
}

void DocumentBuilder::styleLink(const Piece &piece)
{
    const QString url = valueOf(piece, "href"_L1);
    m_style.link = qint32(m_text.links.size());
    m_text.links.append({.url = url, .target = parseLink(url, m_permalinkPrefix)});
}

void DocumentBuilder::styleSpan(const Piece &piece)
{
    for (const auto &[name, value] : piece.attributes) {
        if (name == "data-mx-color"_L1) {
            m_style.colour = value.mid(1).toInt(nullptr, 16);
        } else if (name == "data-mx-bg-color"_L1) {
            m_style.background = value.mid(1).toInt(nullptr, 16);
        } else if (name == "data-mx-spoiler"_L1 && m_style.spoiler < 0) {
            m_style.spoiler = qint32(m_text.spoilers.size());
            m_text.spoilers.append(value);
        }
    }
}

void DocumentBuilder::close(Tag tag)
{
    if (m_elements.empty() || m_elements.back().tag != tag)
        return;
    const Element element = m_elements.back();
    m_elements.pop_back();
    m_style = element.before;
    if (isInline(tag))
        return;
    endLine();
    popTo(element.blocks);
}

void DocumentBuilder::text(const QString &text)
{
    const bool isBlank = std::all_of(text.cbegin(), text.cend(),
                                     [](QChar c) { return c == u' ' || c == u'\n' || c == u'\t'; });
    const Kind around = m_blocks.back().kind;
    const bool isBetween = around == Kind::List || around == Kind::Table || around == Kind::Row;
    if (text.isEmpty() || (isBlank && isBetween))
        return;
    makeRoom();
    m_line.add(text, m_style, m_blocks.back().kind == Kind::Code);
}

void DocumentBuilder::push(TextBlock block)
{
    const bool isPart = block.kind == Kind::Item || block.kind == Kind::Row || block.kind == Kind::Cell
        || block.kind == Kind::Caption;
    // Room for a row and a cell around it, and for its own row, cell and paragraph.
    if (!isPart && m_blocks.size() + 5 > size_t(FormattedText::deepest))
        return;
    if (!isPart)
        makeRoom();
    m_blocks.push_back(std::move(block));
}

void DocumentBuilder::pop()
{
    TextBlock block = std::move(m_blocks.back());
    m_blocks.pop_back();
    const bool mayBeEmpty = block.kind == Kind::Rule || block.kind == Kind::Item || block.kind == Kind::Cell;
    if (mayBeEmpty || !block.runs.isEmpty() || !block.blocks.isEmpty())
        m_blocks.back().blocks.append(std::move(block));
}

void DocumentBuilder::popTo(size_t blocks)
{
    while (m_blocks.size() > std::max<size_t>(blocks, 1))
        pop();
}

void DocumentBuilder::makeRoom()
{
    if (m_blocks.back().kind == Kind::List)
        m_blocks.push_back({.kind = Kind::Item});
    if (m_blocks.back().kind == Kind::Table)
        m_blocks.push_back({.kind = Kind::Row});
    if (m_blocks.back().kind == Kind::Row)
        m_blocks.push_back({.kind = Kind::Cell});
}

void DocumentBuilder::endLine()
{
    TextBlock &around = m_blocks.back();
    const bool isCode = around.kind == Kind::Code;
    QList<TextRun> runs = m_line.take(isCode);
    if (runs.isEmpty())
        return;
    if (!isCode)
        linkAddresses(runs, m_text.links);
    if (holdsRuns(around.kind))
        around.runs += runs;
    else
        around.blocks.append({.kind = Kind::Paragraph, .runs = runs});
}

QString DocumentBuilder::valueOf(const Piece &piece, QLatin1StringView name)
{
    for (const auto &[known, value] : piece.attributes) {
        if (known == name)
            return value;
    }
    return {};
}

} // namespace parvis::html
