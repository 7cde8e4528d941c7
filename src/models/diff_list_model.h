// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/list_diff.h"
#include "base/stable_list.h"

#include <QAbstractListModel>

#include <type_traits>

namespace parvis {

/// A conversation is kept oldest first and drawn from the bottom up: row 0 is then the newest item, and
/// older pages are appended, which moves nothing on the screen.
enum class RowOrder { AsListed, Reversed };

/// Replays the diffs of one ordered list. A subclass adds only roles and data().
template <typename T>
class DiffListModel : public QAbstractListModel
{
public:
    explicit DiffListModel(RowOrder order = RowOrder::AsListed, QObject *parent = nullptr)
        : QAbstractListModel(parent), m_order(order)
    {
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : int(m_items.size());
    }

    void apply(const ListDiffs<T> &diffs)
    {
        for (const auto &diff : diffs)
            std::visit([this](const auto &change) { applyOne(change); }, diff.change);
    }

    /// In the order of the list, whatever the order of the rows.
    [[nodiscard]] const StableList<T> &items() const { return m_items; }

protected:
    [[nodiscard]] const T &item(const QModelIndex &index) const { return m_items.at(position(index.row())); }
    /// From a row to a place in the list, and back.
    [[nodiscard]] qsizetype position(qsizetype row) const
    {
        return m_order == RowOrder::Reversed ? m_items.size() - 1 - row : row;
    }

private:
    void applyOne(const typename ListDiff<T>::Insert &change)
    {
        Q_ASSERT(change.at >= 0 && change.at <= m_items.size());
        const auto count = change.items.size();
        if (count == 0)
            return;
        const auto first = m_order == RowOrder::Reversed ? m_items.size() - change.at : change.at;
        beginInsertRows({}, int(first), int(first + count - 1));
        m_items.insert(change.at, change.items);
        endInsertRows();
    }

    void applyOne(const typename ListDiff<T>::Update &change)
    {
        m_items.replace(change.at, change.item);
        const auto row = index(int(position(change.at)));
        Q_EMIT dataChanged(row, row);
    }

    void applyOne(const typename ListDiff<T>::Remove &change)
    {
        Q_ASSERT(change.at >= 0 && change.at + change.count <= m_items.size());
        if (change.count == 0)
            return;
        const auto first =
            m_order == RowOrder::Reversed ? m_items.size() - change.at - change.count : change.at;
        beginRemoveRows({}, int(first), int(first + change.count - 1));
        m_items.remove(change.at, change.count);
        endRemoveRows();
    }

    void applyOne(const typename ListDiff<T>::Reset &change)
    {
        beginResetModel();
        m_items = StableList<T>(change.items);
        endResetModel();
    }

    RowOrder m_order;
    StableList<T> m_items;
};

} // namespace parvis
