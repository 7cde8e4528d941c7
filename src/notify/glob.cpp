// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "notify/glob.h"

#include <QList>

#include <vector>

namespace parvis::notify {

namespace {

QList<uint> folded(QStringView text)
{
    QList<uint> out = text.toUcs4();
    for (uint &c : out)
        c = QChar::toCaseFolded(char32_t(c));
    return out;
}

bool isWordCharacter(uint c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// All ways through a pattern at once: no text makes it slow.
class Glob
{
public:
    explicit Glob(QStringView pattern)
        : m_pattern(folded(pattern)), m_at(size_t(m_pattern.size()) + 1), m_next(m_at.size())
    {
    }

    void begin()
    {
        m_at[0] = true;
        skipStars(m_at);
    }
    void step(uint c)
    {
        std::fill(m_next.begin(), m_next.end(), false);
        for (size_t i = 0; i + 1 < m_at.size(); ++i) {
            if (!m_at[i])
                continue;
            const uint wanted = m_pattern.at(qsizetype(i));
            if (wanted == '*')
                m_next[i] = true;
            else if (wanted == '?' || wanted == c)
                m_next[i + 1] = true;
        }
        skipStars(m_next);
        m_at.swap(m_next);
    }
    [[nodiscard]] bool isMet() const { return m_at.back(); }

private:
    void skipStars(std::vector<bool> &at) const
    {
        for (size_t i = 0; i + 1 < at.size(); ++i) {
            if (at[i] && m_pattern.at(qsizetype(i)) == '*')
                at[i + 1] = true;
        }
    }

    QList<uint> m_pattern;
    std::vector<bool> m_at, m_next; ///< what of the pattern is met, after what was read
};

} // namespace

bool matchesWhole(QStringView pattern, QStringView value)
{
    if (pattern.isEmpty())
        return false;
    Glob glob(pattern);
    glob.begin();
    for (const uint c : folded(value))
        glob.step(c);
    return glob.isMet();
}

bool matchesWords(QStringView pattern, QStringView value)
{
    if (pattern.isEmpty())
        return false;
    Glob glob(pattern);
    const QList<uint> text = folded(value);
    for (qsizetype at = 0;; ++at) {
        const bool border = at == 0 || at == text.size() || !isWordCharacter(text.at(at - 1))
            || !isWordCharacter(text.at(at));
        if (border)
            glob.begin();
        if (border && glob.isMet())
            return true;
        if (at == text.size())
            return false;
        glob.step(text.at(at));
    }
}

} // namespace parvis::notify
