// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QHash>

namespace parvis {
class Database;
}

namespace parvis::store {

/// What stands in the composer of each room, in keys.db. Core thread.
class DraftStore
{
public:
    explicit DraftStore(Database &keys) : m_keys(keys) {}

    /// An empty text removes the draft.
    [[nodiscard]] Result<void> save(const RoomId &room, const QString &text);
    /// @p text, which the draft begins with, is in the queue: what was written behind it stays. In the
    /// transaction that makes the row.
    [[nodiscard]] Result<void> takeAway(const RoomId &room, const QString &text);
    /// Empty: none.
    [[nodiscard]] Result<QString> load(const RoomId &room);
    [[nodiscard]] Result<QHash<RoomId, QString>> all();

private:
    Database &m_keys;
};

} // namespace parvis::store
