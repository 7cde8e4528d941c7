// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "text/formatted_text.h"

namespace parvis::html {

/// The letters of one paragraph: white space as a browser shows it, runs that look alike joined.
class RunCollector
{
public:
    /// @p style: how they look; its text is not read. @p preformatted: white space stands as it is.
    void add(const QString &text, const TextRun &style, bool preformatted);
    void addPicture(const QString &text, const TextRun &style);
    void addBreak(const TextRun &style);

    [[nodiscard]] bool isEmpty() const { return m_runs.isEmpty(); }
    /// Without white space around it, unless preformatted; leaves the collector empty.
    [[nodiscard]] QList<TextRun> take(bool preformatted);

private:
    void append(QStringView text, const TextRun &style);
    void dropBlankAtEnd();

    QList<TextRun> m_runs;
};

/// Turns the web addresses in @p runs that are no link and no code into links of their own.
void linkAddresses(QList<TextRun> &runs, QList<TextLink> &links);

/// Says of every link in @p text whether its letters promise another place.
void judgeLinks(FormattedText &text);

} // namespace parvis::html
