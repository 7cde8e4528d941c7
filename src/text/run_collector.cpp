// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/run_collector_p.h"

#include <vector>

namespace parvis::html {

namespace {

constexpr qsizetype mostLinks =
    100; ///< found in plain letters; more is no message but an attack on the layout

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool looksAlike(const TextRun &a, const TextRun &b)
{
    return a.marks == b.marks && a.colour == b.colour && a.background == b.background && a.link == b.link
        && a.spoiler == b.spoiler && !a.picture && !b.picture;
}

TextRun withText(TextRun style, const QString &text)
{
    style.text = text;
    return style;
}

} // namespace

void RunCollector::add(const QString &text, const TextRun &style, bool preformatted)
{
    if (preformatted) {
        append(text, style);
        return;
    }
    QString shown;
    shown.reserve(text.size());
    const bool hasLine = !m_runs.isEmpty() && !m_runs.last().text.endsWith(u'\n');
    bool blank = !hasLine || (!m_runs.last().picture && m_runs.last().text.endsWith(u' '));
    for (const QChar c : text) {
        if (!isBlank(c))
            shown += c;
        else if (!blank)
            shown += u' ';
        blank = isBlank(c);
    }
    append(shown, style);
}

void RunCollector::addPicture(const QString &text, const TextRun &style)
{
    m_runs.append(withText(style, text));
    m_runs.last().picture = true;
}

void RunCollector::addBreak(const TextRun &style)
{
    dropBlankAtEnd();
    append(u"\n", style);
}

QList<TextRun> RunCollector::take(bool preformatted)
{
    if (preformatted && !m_runs.isEmpty() && m_runs.last().text.endsWith(u'\n'))
        m_runs.last().text.chop(1);
    // Breaks at the end of a paragraph make no lines of their own.
    while (!preformatted && !m_runs.isEmpty() && !m_runs.last().picture) {
        QString &last = m_runs.last().text;
        while (last.endsWith(u'\n') || last.endsWith(u' '))
            last.chop(1);
        if (!last.isEmpty())
            break;
        m_runs.removeLast();
    }
    if (!m_runs.isEmpty() && m_runs.last().text.isEmpty() && !m_runs.last().picture)
        m_runs.removeLast();
    return std::exchange(m_runs, {});
}

void RunCollector::append(QStringView text, const TextRun &style)
{
    if (text.isEmpty())
        return;
    if (!m_runs.isEmpty() && looksAlike(m_runs.last(), style))
        m_runs.last().text += text;
    else
        m_runs.append(withText(style, text.toString()));
}

void RunCollector::dropBlankAtEnd()
{
    if (m_runs.isEmpty() || m_runs.last().picture || !m_runs.last().text.endsWith(u' '))
        return;
    m_runs.last().text.chop(1);
    if (m_runs.last().text.isEmpty())
        m_runs.removeLast();
}

void linkAddresses(QList<TextRun> &runs, QList<TextLink> &links)
{
    QList<TextRun> linked;
    for (const TextRun &run : std::as_const(runs)) {
        const bool isPlain = run.link < 0 && !run.picture && !run.marks.testFlag(TextMark::Code);
        const auto room = isPlain ? std::max(qsizetype(0), mostLinks - links.size()) : 0;
        qsizetype done = 0;
        for (const WebAddress &address : webAddressesIn(run.text, room)) {
            if (address.at > done)
                linked.append(withText(run, run.text.mid(done, address.at - done)));
            linked.append(withText(run, run.text.mid(address.at, address.length)));
            linked.last().link = qint32(links.size());
            links.append({.url = QString::fromLatin1(address.url.toEncoded())});
            done = address.at + address.length;
        }
        if (done == 0)
            linked.append(run);
        else if (done < run.text.size())
            linked.append(withText(run, run.text.mid(done)));
    }
    runs = linked;
}

void judgeLinks(FormattedText &text)
{
    QStringList shown(text.links.size());
    std::vector<const TextBlock *> open;
    for (const TextBlock &block : std::as_const(text.blocks))
        open.push_back(&block);
    while (!open.empty()) {
        const TextBlock *block = open.back();
        open.pop_back();
        for (const TextRun &run : block->runs) {
            if (run.link >= 0 && shown.at(run.link).size() < 4096)
                shown[run.link] += run.text;
        }
        for (const TextBlock &child : block->blocks)
            open.push_back(&child);
    }
    for (qsizetype i = 0; i < text.links.size(); ++i) {
        TextLink &link = text.links[i];
        const QUrl url(link.url);
        link.host = trueHost(url);
        link.doubtful = isDoubtful(url, shown.at(i).left(4096));
    }
}

} // namespace parvis::html
