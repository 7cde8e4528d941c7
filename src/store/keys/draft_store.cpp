// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/draft_store.h"

#include "store/database.h"

namespace parvis::store {

Result<void> DraftStore::save(const RoomId &room, const QString &text)
{
    if (text.isEmpty())
        return m_keys.run("DELETE FROM draft WHERE room_id = ?", room);
    return m_keys.run("INSERT OR REPLACE INTO draft (room_id, body) VALUES (?, ?)", room, text);
}

Result<void> DraftStore::takeAway(const RoomId &room, const QString &text)
{
    const auto draft = load(room);
    if (!draft)
        return tl::unexpected(draft.error());
    if (text.isEmpty() || !draft->startsWith(text))
        return {};
    const QString behind = draft->sliced(text.size());
    if (behind.isEmpty())
        return save(room, {});
    return behind.startsWith(u'\n') ? save(room, behind.sliced(1)) : Result<void>();
}

Result<QString> DraftStore::load(const RoomId &room)
{
    auto text = m_keys.one(
        "SELECT body FROM draft WHERE room_id = ?", [](const Statement &row) { return row.get<QString>(0); },
        room);
    if (!text)
        return tl::unexpected(text.error());
    return text->value_or(QString());
}

Result<QHash<RoomId, QString>> DraftStore::all()
{
    const auto rows = m_keys.all("SELECT room_id, body FROM draft", [](const Statement &row) {
        return std::pair(row.get<RoomId>(0), row.get<QString>(1));
    });
    if (!rows)
        return tl::unexpected(rows.error());
    return QHash<RoomId, QString>(rows->cbegin(), rows->cend());
}

} // namespace parvis::store
