// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/formatted_text.h"

#include "text/html_rules_p.h"
#include "text/run_collector_p.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// Goes as deep as FormattedText::deepest, and no deeper.
class Reading
{
public:
    Reading(const FormattedText &text, Spoilers spoilers) : m_text(text), m_spoilers(spoilers) {}

    QString run()
    {
        read(m_text.blocks, u'\n');
        return m_read;
    }

private:
    void read(const QList<TextBlock> &blocks, QChar between)
    {
        bool first = true;
        for (const TextBlock &block : blocks) {
            if (block.kind == TextBlock::Kind::Rule)
                continue;
            if (!first)
                m_read += between;
            first = false;
            read(block.runs);
            read(block.blocks, block.kind == TextBlock::Kind::Row ? u'\t' : u'\n');
        }
    }

    void read(const QList<TextRun> &runs)
    {
        qint32 covered = -1;
        for (const TextRun &run : runs) {
            if (run.spoiler < 0 || m_spoilers == Spoilers::Shown) {
                m_read += run.text;
            } else if (run.spoiler != covered) {
                const QString cover = u"█████"_s; // however many letters it hides
                const QString &reason = m_text.spoilers.at(run.spoiler);
                m_read += reason.isEmpty() ? cover : u'(' + reason + u") "_s + cover;
            }
            covered = run.spoiler;
        }
    }

    const FormattedText &m_text;
    const Spoilers m_spoilers;
    QString m_read;
};

} // namespace

QString readableText(const FormattedText &text, Spoilers spoilers)
{
    return Reading(text, spoilers).run();
}

FormattedText formattedPlain(const QString &plain)
{
    FormattedText text;
    html::RunCollector line;
    line.add(html::cleanText(plain), {}, true);
    QList<TextRun> runs = line.take(false);
    if (runs.isEmpty())
        return text;
    html::linkAddresses(runs, text.links);
    text.blocks.append({.kind = TextBlock::Kind::Paragraph, .runs = runs});
    html::judgeLinks(text);
    return text;
}

} // namespace parvis
