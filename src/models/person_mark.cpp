// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/person_mark.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// The first letter or digit of a word, whole: a character outside the BMP has two code units.
QString firstLetter(QStringView word)
{
    const auto codes = word.toUcs4();
    for (const auto code : codes) {
        if (QChar::isLetterOrNumber(code))
            return QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1).toUpper().left(2);
    }
    return {};
}

} // namespace

QString initials(const QString &name)
{
    QStringList letters;
    // 200: a name is hostile and only its ends are of interest.
    const auto words = QStringView(name).left(200).split(u' ', Qt::SkipEmptyParts);
    for (const auto word : words) {
        if (const auto letter = firstLetter(word); !letter.isEmpty())
            letters += letter;
    }
    if (letters.isEmpty())
        return u"?"_s;
    return letters.size() == 1 ? letters.first() : letters.first() + letters.last();
}

int avatarColour(const QString &id)
{
    quint32 hash = 2166136261U; // FNV-1a: qHash is seeded anew in every process
    const auto bytes = id.toUtf8();
    for (const char byte : bytes)
        hash = (hash ^ quint8(byte)) * 16777619U;
    return int(hash % avatarColours);
}

} // namespace parvis
