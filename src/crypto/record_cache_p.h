// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QList>

#include <map>
#include <optional>

namespace parvis::crypto {

/// The first failure of a step's reads. The reads answer "nothing" then, and the step's commit fails with
/// this error: nothing that was concluded from a failed read can reach the disk or the caller.
struct ReadFailure {
    std::optional<Error> first;

    template <typename T>
    [[nodiscard]] T take(Result<T> &&result)
    {
        if (result)
            return std::move(*result);
        if (!first)
            first = result.error();
        return T{};
    }
};

/// Rows of one table as one step sees them: read once, then from memory, its own changes included.
template <typename Key, typename Record>
class RecordCache
{
public:
    template <typename Load>
    [[nodiscard]] std::optional<Record> get(const Key &key, ReadFailure &failure, Load load)
    {
        auto it = m_rows.find(key);
        if (it == m_rows.end())
            it = m_rows.emplace(key, Row{failure.take(load()), false}).first;
        return it->second.record;
    }

    void put(const Key &key, Record record) { m_rows[key] = Row{std::move(record), true}; }

    void collect(QList<Record> &changed) const
    {
        for (const auto &[key, row] : m_rows) {
            if (row.changed)
                changed.append(*row.record);
        }
    }

private:
    struct Row {
        std::optional<Record> record;
        bool changed = false;
    };
    std::map<Key, Row> m_rows;
};

} // namespace parvis::crypto
