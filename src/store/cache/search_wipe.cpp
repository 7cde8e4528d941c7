// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/search_wipe.h"

#include "store/cache/try_p.h"
#include "store/transaction.h"

namespace parvis {

Result<void> SearchWipe::want()
{
    return m_database.run("INSERT OR IGNORE INTO positions (name, value) VALUES ('search-wipe', '')");
}

Result<bool> SearchWipe::isWanted() const
{
    return m_database
        .one("SELECT 1 FROM positions WHERE name = 'search-wipe'",
             [](const Statement &s) { return s.get<bool>(0); })
        .map([](std::optional<bool> wanted) { return wanted.has_value(); });
}

Result<qint64> SearchWipe::lastMs() const
{
    return m_database
        .one("SELECT CAST(value AS INTEGER) FROM positions WHERE name = 'search-wiped'",
             [](const Statement &s) { return s.get<qint64>(0); })
        .map([](std::optional<qint64> last) { return last.value_or(0); });
}

Result<bool> SearchWipe::step(int pages, qint64 nowMs)
{
    bool more = false;
    const auto merged = transact(m_database, [&]() -> Result<void> {
        const auto count = [this] {
            return m_database.one("SELECT total_changes()",
                                  [](const Statement &s) { return s.get<qint64>(0); });
        };
        const auto before = count();
        // A number below zero: all segments into one, gone on with where the last call left off.
        PARVIS_TRY(m_database.run("INSERT INTO search_text (search_text, rank) VALUES ('merge', ?)", -pages));
        const auto after = count();
        if (!before || !after)
            return tl::unexpected(!before ? before.error() : after.error());
        // The command itself counts as one change.
        more = after->value_or(0) - before->value_or(0) >= 2;
        if (more)
            return {};
        PARVIS_TRY(m_database.run("INSERT INTO positions (name, value) VALUES ('search-wiped', ?)"
                                  " ON CONFLICT DO UPDATE SET value = excluded.value",
                                  QString::number(nowMs)));
        return m_database.run("DELETE FROM positions WHERE name = 'search-wipe'");
    });
    if (!merged)
        return tl::unexpected(merged.error());
    return more;
}

} // namespace parvis
