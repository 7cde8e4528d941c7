// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QList>

#include <algorithm>
#include <compare>
#include <iterator>
#include <memory>
#include <vector>

namespace parvis {

/// A list whose items stay where they are in memory: to put one among thousands, or to take it from there,
/// moves pointers only. For large items of long lists. It can be moved, not copied; one thread at a time.
template <typename T>
class StableList
{
    using Handles = std::vector<std::unique_ptr<T>>;

public:
    /// Over const items, in order; random access. Any change of the list ends it.
    class Iterator
    {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T *;
        using reference = const T &;

        Iterator() = default;
        explicit Iterator(typename Handles::const_iterator at) : m_at(at) {}

        reference operator*() const { return **m_at; }
        pointer operator->() const { return m_at->get(); }
        reference operator[](difference_type n) const { return *m_at[n]; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        Iterator operator++(int) { return Iterator(m_at++); }
        Iterator &operator--()
        {
            --m_at;
            return *this;
        }
        Iterator operator--(int) { return Iterator(m_at--); }
        Iterator &operator+=(difference_type n)
        {
            m_at += n;
            return *this;
        }
        Iterator &operator-=(difference_type n)
        {
            m_at -= n;
            return *this;
        }
        friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
        friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
        friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
        friend difference_type operator-(const Iterator &a, const Iterator &b) { return a.m_at - b.m_at; }
        bool operator==(const Iterator &) const = default;
        auto operator<=>(const Iterator &other) const { return m_at <=> other.m_at; }

    private:
        typename Handles::const_iterator m_at{};
    };

    StableList() = default;
    explicit StableList(const QList<T> &items) { insert(0, items); }

    [[nodiscard]] qsizetype size() const { return qsizetype(m_handles.size()); }
    [[nodiscard]] bool isEmpty() const { return m_handles.empty(); }
    /// @p index: from 0 to size() - 1.
    [[nodiscard]] const T &at(qsizetype index) const
    {
        Q_ASSERT(index >= 0 && index < size());
        return *m_handles[std::size_t(index)];
    }
    [[nodiscard]] const T &constFirst() const { return at(0); }
    [[nodiscard]] const T &constLast() const { return at(size() - 1); }

    [[nodiscard]] Iterator begin() const { return Iterator(m_handles.cbegin()); }
    [[nodiscard]] Iterator end() const { return Iterator(m_handles.cend()); }
    [[nodiscard]] Iterator cbegin() const { return begin(); }
    [[nodiscard]] Iterator cend() const { return end(); }
    [[nodiscard]] std::reverse_iterator<Iterator> crbegin() const { return std::reverse_iterator(end()); }
    [[nodiscard]] std::reverse_iterator<Iterator> crend() const { return std::reverse_iterator(begin()); }

    /// Before the item at @p index; at size(): behind the last.
    void insert(qsizetype index, const QList<T> &items)
    {
        Q_ASSERT(index >= 0 && index <= size());
        Handles added;
        added.reserve(std::size_t(items.size()));
        for (const T &item : items)
            added.push_back(std::make_unique<T>(item));
        m_handles.insert(m_handles.begin() + index, std::make_move_iterator(added.begin()),
                         std::make_move_iterator(added.end()));
    }
    void replace(qsizetype index, T item)
    {
        Q_ASSERT(index >= 0 && index < size());
        *m_handles[std::size_t(index)] = std::move(item);
    }
    void remove(qsizetype index, qsizetype count)
    {
        Q_ASSERT(index >= 0 && count >= 0 && index + count <= size());
        m_handles.erase(m_handles.begin() + index, m_handles.begin() + index + count);
    }

    /// A copy of each.
    [[nodiscard]] QList<T> toList() const { return QList<T>(begin(), end()); }
    bool operator==(const QList<T> &other) const
    {
        return size() == other.size() && std::equal(begin(), end(), other.cbegin());
    }

private:
    Handles m_handles;
};

} // namespace parvis
