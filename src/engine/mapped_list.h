// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"

#include <functional>
#include <utility>

namespace parvis {

/// Follows one list with another: each item mapped, rows the same. One thread.
template <typename From, typename To>
class MappedList
{
public:
    using Map = std::function<To(const From &)>;

    MappedList(ObservableList<From> &source, Map map) : m_map(std::move(map))
    {
        source.subscribe(&m_context, [this](const ListDiffs<From> &diffs) {
            for (const auto &diff : diffs)
                std::visit([this](const auto &change) { follow(change); }, diff.change);
        });
    }

    [[nodiscard]] ObservableList<To> &items() { return m_items; }

    /// Maps the items again for which @p concerned answers true: something else that they show has changed.
    template <typename Concerned>
    void refresh(Concerned concerned)
    {
        for (qsizetype i = 0; i < m_source.size(); ++i) {
            if (concerned(m_source.at(i)))
                m_items.update(i, m_map(m_source.at(i)));
        }
    }

private:
    using Diff = ListDiff<From>;

    void follow(const typename Diff::Insert &change)
    {
        m_source.insert(change.at, change.items);
        m_items.insert(change.at, mapped(change.items));
    }
    void follow(const typename Diff::Update &change)
    {
        m_source.replace(change.at, change.item);
        m_items.update(change.at, m_map(change.item));
    }
    void follow(const typename Diff::Remove &change)
    {
        m_source.remove(change.at, change.count);
        m_items.remove(change.at, change.count);
    }
    void follow(const typename Diff::Reset &change)
    {
        m_source = StableList<From>(change.items);
        m_items.reset(mapped(change.items));
    }

    [[nodiscard]] QList<To> mapped(const QList<From> &items) const
    {
        QList<To> all;
        all.reserve(items.size());
        for (const From &item : items)
            all.append(m_map(item));
        return all;
    }

    Map m_map;
    StableList<From> m_source;
    ObservableList<To> m_items;
    QObject m_context;
};

} // namespace parvis
