// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/file_name.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype maxBytes = 200; // most file systems take 255, and a second copy gets a number
constexpr qsizetype maxEnding = 20;
constexpr qsizetype mostLookedAt = 4096;

/// Format characters (the bidirectional and the invisible ones), controls, lone surrogates, what means
/// something to a file system.
bool isUnwanted(char32_t c)
{
    if (c == QChar::ReplacementCharacter) // what half a character becomes
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

bool isReplaced(char32_t c)
{
    return c < 0x80 && QStringView(u"/\\:*?\"<>|").contains(QChar(char16_t(c)));
}

/// Windows takes these for devices, with whatever ending.
bool isReserved(const QString &name)
{
    static const QStringList devices{u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s};
    const QString stem = name.section(u'.', 0, 0).trimmed().toLower();
    const bool numbered =
        stem.size() == 4 && (stem.startsWith("com"_L1) || stem.startsWith("lpt"_L1)) && stem.back().isDigit();
    return numbered || devices.contains(stem);
}

QString shortened(const QString &name)
{
    if (name.toUtf8().size() <= maxBytes)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = dot > 0 && name.size() - dot <= maxEnding ? name.mid(dot) : QString();
    QString stem = name.chopped(ending.size());
    while ((stem + ending).toUtf8().size() > maxBytes) {
        stem.chop(1);
        if (!stem.isEmpty() && stem.back().isHighSurrogate())
            stem.chop(1);
    }
    return stem + ending;
}

} // namespace

QString cleanFileName(const QString &name)
{
    // What stands behind the last separator, as a browser would take it.
    const qsizetype folder = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString clean;
    QString last = name.mid(folder + 1);
    if (last.size() > mostLookedAt)
        last = last.left(mostLookedAt) + last.right(maxEnding); // the ending says what opens it
    const QList<uint> points = last.toUcs4();
    for (const char32_t c : points) {
        if (isReplaced(c))
            clean += u'_';
        else if (!isUnwanted(c))
            clean += QString::fromUcs4(&c, 1);
    }
    clean = clean.simplified();
    while (clean.startsWith(u'.') || clean.startsWith(u' '))
        clean.remove(0, 1);
    clean = shortened(clean);
    while (clean.endsWith(u'.') || clean.endsWith(u' '))
        clean.chop(1);
    if (isReserved(clean))
        clean.prepend(u'_');
    return clean.isEmpty() ? u"file"_s : clean;
}

} // namespace parvis
