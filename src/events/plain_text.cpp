// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"

#include <QList>

#include <utility>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int maxMarks = 3; // more on one letter is a drawing over the neighbours' lines

bool isInvisible(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Other_Control || category == QChar::Other_Format
        || category == QChar::Other_Surrogate)
        return c != 0x200D; // joins emoji
    // Fillers that look like nothing and are letters to Unicode.
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
}

} // namespace

QString plainLine(QStringView text, qsizetype limit)
{
    QString line;
    bool blank = false;
    int marks = 0;
    qsizetype count = 0;
    // A line break separates words as a blank does; every other control character is dropped.
    for (const char32_t c : text.left(limit * 8).toUcs4()) {
        if (QChar::isSpace(c)) {
            blank = !line.isEmpty();
            continue;
        }
        if (isInvisible(c))
            continue;
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (marks > maxMarks)
            continue;
        count += blank ? 2 : 1;
        if (count > limit)
            break;
        if (std::exchange(blank, false))
            line += u' ';
        line += QChar::fromUcs4(c);
    }
    return line;
}

QString foldedForSearch(QStringView text)
{
    QString folded;
    for (const QChar c : text.toString().normalized(QString::NormalizationForm_KD)) {
        if (c.isMark())
            continue;
        const QChar lower = c.toLower();
        switch (lower.unicode()) {
        case 0x0153:
            folded += "oe"_L1;
            break;
        case 0x00E6:
            folded += "ae"_L1;
            break;
        case 0x00DF:
            folded += "ss"_L1;
            break;
        case 0x00F8: // ø: a letter with a stroke has no mark that could go
            folded += u'o';
            break;
        case 0x0142: // ł
            folded += u'l';
            break;
        case 0x0111: // đ
            folded += u'd';
            break;
        case 0x2019:
            folded += u'\'';
            break;
        default:
            folded += lower;
        }
    }
    return folded;
}

} // namespace parvis
