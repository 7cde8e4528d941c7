// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/words.h"

#include "events/plain_text.h"

#include <algorithm>

namespace parvis::search {

namespace {

constexpr qsizetype longestWord = 64;

bool isAscii(QChar c)
{
    return c.unicode() < 0x80;
}

/// Written without blanks between words.
bool standsAlone(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

struct Character {
    char32_t code = 0;
    qsizetype units = 1;
};

Character characterAt(QStringView text, qsizetype at)
{
    const QChar first = text.at(at);
    if (first.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(first, text.at(at + 1)), 2};
    return {first.unicode(), 1};
}

QString fold(QStringView word)
{
    if (std::all_of(word.begin(), word.end(), isAscii)) {
        QString folded = word.toString();
        for (QChar &c : folded) {
            if (c >= u'A' && c <= u'Z')
                c = QChar(c.unicode() + 0x20);
        }
        return folded;
    }
    QString folded = foldedForSearch(word);
    // A compatibility form may bring signs along, such as the stroke of one half.
    folded.removeIf([](QChar c) { return !c.isLetterOrNumber() && !c.isSurrogate(); });
    return folded;
}

void append(QList<Word> &words, QStringView text, qsizetype from, qsizetype end)
{
    for (; from < end; from += longestWord) {
        const qsizetype length = std::min(end - from, longestWord);
        Word word{from, length, fold(text.sliced(from, length))};
        if (!word.folded.isEmpty())
            words.append(std::move(word));
    }
}

} // namespace

QList<Word> wordsOf(QStringView text)
{
    QList<Word> words;
    words.reserve(text.size() / 6 + 1);
    qsizetype begin = -1;
    for (qsizetype at = 0; at < text.size();) {
        const Character c = characterAt(text, at);
        const bool plain = c.code < 0x80;
        const bool part = plain ? QChar(char16_t(c.code)).isLetterOrNumber()
                                : QChar::isLetterOrNumber(c.code) || (begin >= 0 && QChar::isMark(c.code));
        const bool alone = part && !plain && standsAlone(c.code);
        if ((!part || alone) && begin >= 0) {
            append(words, text, begin, at);
            begin = -1;
        }
        if (alone)
            append(words, text, at, at + c.units);
        else if (part && begin < 0)
            begin = at;
        at += c.units;
    }
    if (begin >= 0)
        append(words, text, begin, text.size());
    return words;
}

} // namespace parvis::search
