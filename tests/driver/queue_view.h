// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/composer_port.h"

#include <QList>
#include <QObject>

#include <algorithm>
#include <variant>

namespace parvis::driver {

/// The send queue as the window sees it.
class QueueView : public QObject
{
    Q_OBJECT

public:
    QueueView(ComposerPort &port, QObject *parent) : QObject(parent)
    {
        port.subscribeQueue(this, [this](const ListDiffs<QueueItem> &diffs) {
            for (const auto &diff : diffs)
                std::visit([this](const auto &change) { apply(change); }, diff.change);
            Q_EMIT changed();
        });
    }

    [[nodiscard]] const QList<QueueItem> &items() const { return m_items; }

    [[nodiscard]] const QueueItem *find(const TransactionId &txn) const
    {
        const auto it = std::find_if(m_items.cbegin(), m_items.cend(),
                                     [&](const QueueItem &item) { return item.txnId == txn; });
        return it == m_items.cend() ? nullptr : &*it;
    }

Q_SIGNALS:
    void changed();

private:
    using Diff = ListDiff<QueueItem>;
    void apply(const Diff::Reset &change) { m_items = change.items; }
    void apply(const Diff::Update &change) { m_items[change.at] = change.item; }
    void apply(const Diff::Remove &change) { m_items.remove(change.at, change.count); }
    void apply(const Diff::Insert &change)
    {
        for (qsizetype i = 0; i < change.items.size(); ++i)
            m_items.insert(change.at + i, change.items[i]);
    }

    QList<QueueItem> m_items;
};

} // namespace parvis::driver
