// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QHash>

#include <algorithm>

namespace parvis::crypto {

/// The smaller of two times, of which -1 is none.
[[nodiscard]] inline qint64 sooner(qint64 a, qint64 b)
{
    return a < 0 ? b : b < 0 ? a : std::min(a, b);
}

/// Who is left alone for a while after a failure: 15 s, doubled each time, at most 15 min, unless others are
/// given. In memory only.
template <typename Key>
class BackOff
{
public:
    /// More than this many at once are not remembered: whoever fails then is simply tried again.
    static constexpr qsizetype capacity = 20'000;

    explicit BackOff(qint64 firstMs = 15'000, qint64 longestMs = 15 * 60'000)
        : m_firstMs(firstMs), m_longestMs(longestMs)
    {
    }

    void failed(const Key &key, qint64 nowMs)
    {
        if (!m_entries.contains(key) && m_entries.size() >= capacity)
            return;
        Entry &entry = m_entries[key];
        entry.delayMs = entry.delayMs == 0 ? m_firstMs : std::min(entry.delayMs * 2, m_longestMs);
        entry.sinceMs = nowMs;
    }

    void succeeded(const Key &key) { m_entries.remove(key); }

    /// It failed and has not succeeded since, whether or not its wait is over.
    [[nodiscard]] bool remembers(const Key &key) const { return m_entries.contains(key); }

    /// A clock that was set back ends the wait instead of prolonging it.
    [[nodiscard]] bool blocks(const Key &key, qint64 nowMs) const
    {
        const auto it = m_entries.constFind(key);
        return it != m_entries.cend() && nowMs >= it->sinceMs && nowMs < it->sinceMs + it->delayMs;
    }

    /// Until the first of the waits ends; -1: none runs. Of very many, some are looked at.
    [[nodiscard]] qint64 leftMs(qint64 nowMs) const
    {
        qint64 left = -1;
        int looked = 0;
        for (auto it = m_entries.cbegin(); it != m_entries.cend() && looked < mostLookedAt; ++it, ++looked) {
            if (blocks(it.key(), nowMs))
                left = sooner(left, it->sinceMs + it->delayMs - nowMs);
        }
        return left;
    }

private:
    static constexpr int mostLookedAt = 200;

    struct Entry {
        qint64 delayMs = 0;
        qint64 sinceMs = 0;
    };
    const qint64 m_firstMs;
    const qint64 m_longestMs;
    QHash<Key, Entry> m_entries;
};

} // namespace parvis::crypto
