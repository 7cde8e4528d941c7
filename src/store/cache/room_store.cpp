// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/room_store.h"

#include "events/event_reader.h"
#include "store/cache/rows_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr QByteArrayView roomColumns =
    "room_id, membership, recency, name, alias, topic, avatar, server_name, heroes, joined_count, "
    "invited_count,"
    " room_type, room_version, replaced_by, join_rule, history,"
    // An invitation shows what it tells of; who joined sees what the room itself says.
    " CASE WHEN encryption = '' AND membership IN (1, 2) THEN told_encryption ELSE encryption END,"
    " encryption_event, inviter, "
    "direct_user,"
    " members_complete, favourite, low_priority, marked_unread, unread, notifications, highlight, "
    "read_up_to, last_event, predecessor, access_rule, access_visibility, force_unencrypted, encrypted_ms, "
    "derived";

StoredRoom readRoom(const Statement &row)
{
    StoredRoom room;
    int at = 0;
    const auto text = [&] { return row.get<QString>(at++); };
    const auto flag = [&] { return row.get<bool>(at++); };
    room.id = RoomId(text());
    room.membership = row.get<MemberState>(at++);
    room.recency = row.get<qint64>(at++);
    room.name = text();
    room.alias = text();
    room.topic = text();
    room.avatar = text();
    room.serverName = text();
    room.heroes = heroesFromJson(row.get<QString>(at++));
    room.joinedCount = row.get<qint64>(at++);
    room.invitedCount = row.get<qint64>(at++);
    room.roomType = text();
    room.roomVersion = text();
    room.replacedBy = text();
    room.joinRule = text();
    room.history = text();
    room.encryption = text();
    room.encryptionEvent = EventId(text());
    room.inviter = UserId(text());
    room.directUser = UserId(text());
    room.membersComplete = flag();
    room.favourite = flag();
    room.lowPriority = flag();
    room.markedUnread = flag();
    room.unread = row.get<int>(at++);
    room.notifications = row.get<int>(at++);
    room.highlight = row.get<int>(at++);
    room.readUpTo = EventId(text());
    room.lastEvent = EventId(text());
    room.predecessor = RoomId(text());
    room.access.rule = text();
    room.access.visibility = text();
    room.access.forceUnencrypted = flag();
    room.encryptedMs = row.get<qint64>(at++);
    room.derived = row.get<QByteArray>(at++);
    return room;
}

QByteArray sql(std::initializer_list<QByteArrayView> parts)
{
    QByteArray text;
    for (const QByteArrayView part : parts)
        text.append(part);
    return text;
}

Event readState(const Statement &row, int column)
{
    const QByteArray raw = row.get<QString>(column).toUtf8();
    return readEvent(raw, Envelope::Stripped).value_or(Event());
}

StoredMember readMember(const Statement &row)
{
    return {row.get<UserId>(0), row.get<MemberState>(1), row.get<QString>(2), row.get<QString>(3)};
}

Receipt readReceipt(const Statement &row)
{
    return {row.get<UserId>(0), row.get<EventId>(1), row.get<QString>(2), row.get<QString>(3),
            row.get<qint64>(4)};
}

constexpr QByteArrayView inThatRoom = "room = (SELECT id FROM rooms WHERE room_id = ?)";

template <typename T>
Result<T> orEmpty(Result<std::optional<T>> found)
{
    if (!found)
        return tl::unexpected(found.error());
    return found->value_or(T());
}

} // namespace

QString heroesToJson(const QList<Hero> &heroes)
{
    QJsonArray list;
    for (const Hero &hero : heroes)
        list.append(QJsonArray{hero.user.toString(), hero.displayName, hero.avatarUrl});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<Hero> heroesFromJson(const QString &json)
{
    QList<Hero> heroes;
    if (json == "[]"_L1) // most rooms have a name
        return heroes;
    const QJsonArray list = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const auto &hero : list)
        heroes.append({UserId(hero[0].toString()), hero[1].toString(), hero[2].toString()});
    return heroes;
}

Result<QList<StoredRoom>> RoomStore::all() const
{
    return m_database.all(sql({"SELECT ", roomColumns, " FROM rooms ORDER BY recency DESC"}), readRoom);
}

Result<std::optional<StoredRoom>> RoomStore::room(const RoomId &room) const
{
    return m_database.one(sql({"SELECT ", roomColumns, " FROM rooms WHERE room_id = ?"}), readRoom, room);
}

Result<std::optional<Event>> RoomStore::state(const RoomId &room, const QString &type,
                                              const QString &stateKey) const
{
    return m_database.one(
        sql({"SELECT raw FROM state WHERE ", inThatRoom, " AND type = ? AND state_key = ?"}),
        [](const Statement &row) { return readState(row, 0); }, room, type, stateKey);
}

Result<QList<Event>> RoomStore::childrenOf(const RoomId &space, qsizetype most) const
{
    return m_database.all(
        sql({"SELECT raw FROM state WHERE type = 'm.space.child' AND ", inThatRoom, " LIMIT ?"}),
        [](const Statement &row) { return readState(row, 0); }, space, qint64(most));
}

Result<QList<Event>> RoomStore::knownChildrenOf(const RoomId &space, qsizetype most) const
{
    return m_database.all(
        sql({"SELECT raw FROM state JOIN rooms AS child ON child.room_id = state_key"
             " WHERE type = 'm.space.child' AND ",
             inThatRoom, " LIMIT ?"}),
        [](const Statement &row) { return readState(row, 0); }, space, qint64(most));
}

Result<QList<std::pair<RoomId, Event>>> RoomStore::parentClaims(qsizetype most) const
{
    return m_database.all(
        "SELECT child.room_id, state.raw FROM state JOIN rooms AS child ON child.id = state.room"
        " JOIN rooms AS space ON space.room_id = state.state_key"
        " WHERE state.type = 'm.space.parent' AND space.room_type = 'm.space' LIMIT ?",
        [](const Statement &row) { return std::pair(row.get<RoomId>(0), readState(row, 1)); }, qint64(most));
}

Result<QList<StoredMember>> RoomStore::members(const RoomId &room) const
{
    return m_database.all(
        sql({"SELECT user_id, membership, display_name, avatar FROM members WHERE ", inThatRoom}), readMember,
        room);
}

Result<std::optional<StoredMember>> RoomStore::member(const RoomId &room, const UserId &user) const
{
    return m_database.one(sql({"SELECT user_id, membership, display_name, avatar FROM members WHERE ",
                               inThatRoom, " AND user_id = ?"}),
                          readMember, room, user);
}

Result<QList<Receipt>> RoomStore::receipts(const RoomId &room) const
{
    return m_database.all(
        sql({"SELECT user_id, event_id, type, thread, ts FROM receipts WHERE ", inThatRoom}), readReceipt,
        room);
}

Result<std::optional<Receipt>> RoomStore::receiptOf(const RoomId &room, const UserId &user,
                                                    const QString &type) const
{
    return m_database.one(sql({"SELECT user_id, event_id, type, thread, ts FROM receipts WHERE ", inThatRoom,
                               " AND user_id = ? AND type = ? AND thread IN ('', 'main') ORDER BY ts DESC"}),
                          readReceipt, room, user, type);
}

Result<QByteArray> RoomStore::accountData(const QString &type) const
{
    return orEmpty(m_database.one(
        "SELECT raw FROM account_data WHERE type = ?",
        [](const Statement &row) { return row.get<QString>(0).toUtf8(); }, type));
}

Result<QByteArray> RoomStore::roomAccountData(const RoomId &room, const QString &type) const
{
    return orEmpty(m_database.one(
        sql({"SELECT raw FROM room_account_data WHERE ", inThatRoom, " AND type = ?"}),
        [](const Statement &row) { return row.get<QString>(0).toUtf8(); }, room, type));
}

Result<QString> RoomStore::position(const QString &name) const
{
    return orEmpty(m_database.one(
        "SELECT value FROM positions WHERE name = ?",
        [](const Statement &row) { return row.get<QString>(0); }, name));
}

} // namespace parvis
