// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/state_changes.h"
#include "store/database.h"

#include <QHash>

namespace parvis {

/// Who is whose only companion by m.direct, read once for every text of it: a first synchronisation has a
/// commit for each few rooms.
struct DirectRooms {
    QByteArray raw;
    QHash<RoomId, QString> users;
};

/// Writes rooms, state, members, receipts and account data inside the transaction of a commit.
class RoomWriter
{
public:
    /// @p direct outlives it, and may have been filled by another one.
    RoomWriter(Database &database, DirectRooms &direct) : m_database(database), m_direct(direct) {}

    /// The row of the room, made if it is not there.
    [[nodiscard]] Result<qint64> rowOf(const RoomId &room);
    [[nodiscard]] Result<void> write(qint64 row, const RoomChanges &changes, RoomApplied &applied);
    [[nodiscard]] Result<void> accountData(const Event &event, AppliedChanges &applied);
    /// Direct rooms among those that this commit made.
    [[nodiscard]] Result<void> finishNewRooms();
    [[nodiscard]] Result<void> forget(const RoomId &room);
    /// Lazily loaded members of history: says nothing about now, so it never overwrites.
    [[nodiscard]] Result<void> pastMember(qint64 row, const Event &event);

private:
    [[nodiscard]] Result<void> membership(qint64 row, const RoomChanges &changes, RoomApplied &applied);
    [[nodiscard]] Result<void> lookAtMembership(qint64 row);
    [[nodiscard]] Result<void> summary(qint64 row, const RoomChanges &changes);
    [[nodiscard]] Result<void> state(qint64 row, const Event &event, RoomApplied &applied);
    [[nodiscard]] Result<void> creation(qint64 row, const QJsonObject &content);
    [[nodiscard]] Result<void> accessRules(qint64 row, const QJsonObject &content);
    [[nodiscard]] Result<void> summaryState(qint64 row, const Event &event);
    [[nodiscard]] Result<void> receipt(qint64 row, const Receipt &receipt);
    [[nodiscard]] Result<void> roomAccountData(qint64 row, const Event &event);
    [[nodiscard]] Result<void> clearState(qint64 row);
    [[nodiscard]] Result<void> directRooms(const QJsonObject &content, AppliedChanges &applied);
    [[nodiscard]] Result<void> setText(qint64 row, QByteArrayView column, const QString &text);
    [[nodiscard]] Result<void> setNumber(qint64 row, QByteArrayView column, qint64 number);

    Database &m_database;
    DirectRooms &m_direct;
    QSet<RoomId> m_newRooms;
    bool m_outside = false; ///< what is written now is of an invitation or a knock: nobody has proven it
};

} // namespace parvis
