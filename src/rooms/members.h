// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/room_store.h"

#include <QHash>

namespace parvis::rooms {

/// What of a name the eye sees: compatibility forms, case, invisible characters and letters that only look
/// the same do not tell names apart.
[[nodiscard]] QString confusable(const QString &name);

/// How a person is called: the id where there is no name, both where the name is @p ambiguous or pretends to
/// be an id.
[[nodiscard]] QString personName(const UserId &user, const QString &displayName, bool ambiguous);

/// The members of one room as far as they are known. Core thread. Reads the store when first asked after a
/// change.
class Members
{
public:
    Members(const RoomStore &store, RoomId room) : m_store(store), m_room(std::move(room)) {}

    /// Something about the members is another now.
    void invalidate() { m_loaded = false; }
    /// Told apart from other members of the same name.
    [[nodiscard]] QString nameOf(const UserId &user);
    /// The same; @p otherwise is the name of who is not known, or has gone and left none.
    [[nodiscard]] QString nameOf(const UserId &user, const QString &otherwise);
    [[nodiscard]] std::optional<StoredMember> find(const UserId &user);
    [[nodiscard]] QList<StoredMember> with(MemberState membership);

private:
    void load();

    const RoomStore &m_store;
    RoomId m_room;
    bool m_loaded = false;
    QHash<UserId, StoredMember> m_members;
    QHash<QString, int> m_uses; ///< of a name among those who are, or may come, in
};

} // namespace parvis::rooms
