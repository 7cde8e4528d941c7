// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/html.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace parvis::test {

/// What is wrong with HTML that went through the allow-list; empty: nothing. A reader of its own, which takes
/// only what keptHtml() may write, letter by letter: it shares nothing with what it judges.
inline QString wrongInKept(const QString &html)
{
    static const QRegularExpression tag(QStringLiteral(
        "\\G<(/"
        "?)(a|b|blockquote|br|caption|code|del|details|div|em|h[1-6]|hr|i|img|li|ol|p|pre|s|span|strong|sub"
        "|summary|sup|table|tbody|td|th|thead|tr|u|ul)((?: [a-z-]+(?:=\"[^\"<>]*\")?)*)>"));
    static const QRegularExpression attribute(QStringLiteral(" ([a-z-]+)(?:=\"([^\"]*)\")?"));
    static const QRegularExpression entity(QStringLiteral("\\G&(?:lt|gt|amp|quot);"));
    static const QRegularExpression allowed(
        QStringLiteral(
            "\\A(?:a href=(?:https?|ftp|mailto|magnet|matrix):.+"
            "|span data-mx-(?:bg-)?color=#[0-9a-f]{6}|span data-mx-(?:spoiler|maths)=.*|div data-mx-maths=.*"
            "|ol start=-?[0-9]{1,9}|code class=language-[A-Za-z0-9+_.#-]{1,40}"
            "|img src=mxc://[A-Za-z0-9.:\\[\\]-]+/[A-Za-z0-9_-]+|img (?:alt|title)=.*|img "
            "(?:width|height)=[0-9]{1,5}"
            "|img data-mx-emoticon=)\\z"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList open;
    for (qsizetype at = 0; at < html.size();) {
        const QChar c = html.at(at);
        if (c == u'&') {
            const auto match = entity.match(html, at);
            if (!match.hasMatch())
                return QStringLiteral("a bare &");
            at = match.capturedEnd();
        } else if (c == u'<') {
            const auto match = tag.match(html, at);
            if (!match.hasMatch())
                return QStringLiteral("no tag of the list: ") + html.mid(at, 60);
            at = match.capturedEnd();
            const QString name = match.captured(2);
            const bool isVoid =
                QStringList{QStringLiteral("br"), QStringLiteral("hr"), QStringLiteral("img")}.contains(name);
            if (!match.captured(1).isEmpty()) {
                if (isVoid || !match.captured(3).isEmpty() || open.isEmpty() || open.takeLast() != name)
                    return QStringLiteral("an end out of order: ") + name;
                continue;
            }
            for (auto all = attribute.globalMatch(match.captured(3)); all.hasNext();) {
                const auto one = all.next();
                if (!allowed.match(name + u' ' + one.captured(1) + u'=' + one.captured(2)).hasMatch())
                    return QStringLiteral("an attribute: ") + name + one.captured();
            }
            if (!isVoid)
                open.append(name);
            if (open.size() > HtmlLimits::deepest)
                return QStringLiteral("too deep");
        } else {
            if (c == u'>' || c == u'"' || (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
                || (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069)))
                return QStringLiteral("a letter: ") + QString::number(c.unicode(), 16);
            ++at;
        }
    }
    return open.isEmpty() ? QString() : QStringLiteral("left open: ") + open.last();
}

/// What is wrong with a tree for the window; empty: nothing.
inline QString wrongInBlocks(const QList<TextBlock> &blocks, const FormattedText &text,
                             TextBlock::Kind around, int depth)
{
    using Kind = TextBlock::Kind;
    if (depth > FormattedText::deepest && !blocks.isEmpty())
        return QStringLiteral("blocks too deep");
    for (const TextBlock &block : blocks) {
        if (!block.runs.isEmpty() && !block.blocks.isEmpty())
            return QStringLiteral("runs and blocks");
        const bool hasRuns = block.kind == Kind::Paragraph || block.kind == Kind::Heading
            || block.kind == Kind::Code || block.kind == Kind::Caption || block.kind == Kind::Summary;
        if (hasRuns == block.runs.isEmpty())
            return QStringLiteral("runs where none belong, or none");
        const bool isPart = block.kind == Kind::Item                 ? around == Kind::List
            : block.kind == Kind::Row || block.kind == Kind::Caption ? around == Kind::Table
            : block.kind == Kind::Cell                               ? around == Kind::Row
            : block.kind == Kind::Summary
            ? around == Kind::Details
            : around != Kind::List && around != Kind::Table && around != Kind::Row;
        if (!isPart)
            return QStringLiteral("a part out of place: %1 in %2").arg(int(block.kind)).arg(int(around));
        if (block.kind == Kind::Heading && (block.level < 1 || block.level > 6))
            return QStringLiteral("a heading's level");
        for (const TextRun &run : block.runs) {
            if (run.link >= text.links.size() || run.spoiler >= text.spoilers.size() || run.colour > 0xFFFFFF
                || run.background > 0xFFFFFF || (run.text.isEmpty() && !run.picture))
                return QStringLiteral("a run");
        }
        if (const auto wrong = wrongInBlocks(block.blocks, text, block.kind, depth + 1); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

/// Everything that has to hold for any HTML, a stranger's above all; empty: it does.
inline QString wrongOf(const QString &html)
{
    const QString kept = keptHtml(html);
    if (const QString wrong = wrongInKept(kept); !wrong.isEmpty())
        return wrong;
    if (keptHtml(kept) != kept)
        return QStringLiteral("read again it is another");
    const FormattedText text = readHtml(html);
    if (const QString wrong = wrongInBlocks(text.blocks, text, TextBlock::Kind::Quote, 1); !wrong.isEmpty())
        return wrong;
    const QString readable = readableText(text, Spoilers::Shown);
    if (readable.contains(QChar(u'\0')) || readable.size() > 2 * HtmlLimits::longest)
        return QStringLiteral("the text");
    for (const TextLink &link : text.links) {
        if (followable(link.url).isEmpty())
            return QStringLiteral("a link");
    }
    return {};
}

} // namespace parvis::test
