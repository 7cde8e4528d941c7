// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "events/room_facts.h"
#include "store/cache/encryption_latch_p.h"
#include "store/cache/room_writer_p.h"
#include "store/cache/rows_p.h"
#include "store/cache/search_store.h"
#include "store/cache/try_p.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype maxDirectRooms = 10'000;

QHash<RoomId, QString> directUsers(const QJsonObject &content)
{
    QHash<RoomId, QString> users;
    for (auto it = content.begin(); it != content.end(); ++it) {
        if (it.key().isEmpty() || it.key().size() > maxIdLength)
            continue;
        for (const auto &room : it.value().toArray()) {
            if (users.size() < maxDirectRooms && !room.toString().isEmpty())
                users.insert(RoomId(room.toString()), it.key());
        }
    }
    return users;
}

Utf8 utf8(const QByteArray &bytes)
{
    return Utf8{bytes};
}

} // namespace

Result<void> RoomWriter::setText(qint64 row, QByteArrayView column, const QString &text)
{
    return m_database.run("UPDATE rooms SET " + column.toByteArray() + " = ? WHERE id = ?", text, row);
}

Result<void> RoomWriter::setNumber(qint64 row, QByteArrayView column, qint64 number)
{
    return m_database.run("UPDATE rooms SET " + column.toByteArray() + " = ? WHERE id = ?", number, row);
}

Result<qint64> RoomWriter::rowOf(const RoomId &room)
{
    PARVIS_TRY(
        m_database.run("INSERT INTO rooms (room_id) VALUES (?) ON CONFLICT (room_id) DO NOTHING", room));
    if (m_database.changes() > 0)
        m_newRooms.insert(room);
    const auto row = m_database.one(
        "SELECT id FROM rooms WHERE room_id = ?", [](const Statement &s) { return s.get<qint64>(0); }, room);
    if (!row)
        return tl::unexpected(row.error());
    return row->value_or(0);
}

Result<void> RoomWriter::write(qint64 row, const RoomChanges &changes, RoomApplied &applied)
{
    PARVIS_TRY(membership(row, changes, applied));
    if (!changes.state.isEmpty())
        PARVIS_TRY(lookAtMembership(row));
    if (changes.membersComplete.value_or(false))
        // Whoever is not in the list is gone; the names stay for what they wrote.
        PARVIS_TRY(m_database.run("UPDATE members SET membership = ? WHERE room = ? AND membership <> ?",
                                  MemberState::Leave, row, MemberState::Ban));
    for (const Event &event : changes.state)
        PARVIS_TRY(state(row, event, applied));
    PARVIS_TRY(summary(row, changes));
    for (const Receipt &one : changes.receipts) {
        PARVIS_TRY(receipt(row, one));
        applied.receipts = true;
    }
    for (const Event &event : changes.accountData)
        PARVIS_TRY(roomAccountData(row, event));
    return {};
}

Result<void> RoomWriter::membership(qint64 row, const RoomChanges &changes, RoomApplied &applied)
{
    bool replace = changes.replaceState;
    if (changes.membership) {
        const auto before = m_database.one(
            "SELECT membership FROM rooms WHERE id = ?",
            [](const Statement &s) { return s.get<MemberState>(0); }, row);
        if (!before)
            return tl::unexpected(before.error());
        // What an invitation said of the room was never proven: it goes when the room itself comes.
        const bool wasOutside = *before == MemberState::Invite || *before == MemberState::Knock;
        replace = replace || (wasOutside && *changes.membership == MemberState::Join);
        PARVIS_TRY(setNumber(row, "membership", qint64(*changes.membership)));
        applied.links = applied.links || m_newRooms.contains(changes.id) || *before != *changes.membership;
    }
    if (!replace)
        return {};
    applied.members = true;
    applied.links = true;
    return clearState(row);
}

Result<void> RoomWriter::lookAtMembership(qint64 row)
{
    const auto now = m_database.one(
        "SELECT membership FROM rooms WHERE id = ?", [](const Statement &s) { return s.get<MemberState>(0); },
        row);
    if (!now)
        return tl::unexpected(now.error());
    m_outside = *now == MemberState::Invite || *now == MemberState::Knock;
    return {};
}

Result<void> RoomWriter::clearState(qint64 row)
{
    PARVIS_TRY(m_database.run("DELETE FROM state WHERE room = ?", row));
    PARVIS_TRY(m_database.run("DELETE FROM members WHERE room = ?", row));
    // The encryption stays: once on, for ever on.
    return m_database.run(
        "UPDATE rooms SET name = '', alias = '', topic = '', avatar = '', server_name = '',"
        " heroes = '[]', joined_count = 0, invited_count = 0, replaced_by = '', join_rule = '',"
        " history = '', inviter = '', members_complete = 0, predecessor = '', access_rule = '',"
        " access_visibility = '', force_unencrypted = 0, told_encryption = '', retention_ms = 0 WHERE id = ?",
        row);
}

Result<void> RoomWriter::summary(qint64 row, const RoomChanges &changes)
{
    if (changes.recency)
        PARVIS_TRY(setNumber(row, "recency", *changes.recency));
    if (changes.serverName)
        PARVIS_TRY(setText(row, "server_name", *changes.serverName));
    if (changes.serverAvatar)
        PARVIS_TRY(setText(row, "avatar", *changes.serverAvatar));
    if (changes.heroes)
        PARVIS_TRY(setText(row, "heroes", heroesToJson(*changes.heroes)));
    if (changes.joinedCount)
        PARVIS_TRY(setNumber(row, "joined_count", *changes.joinedCount));
    if (changes.invitedCount)
        PARVIS_TRY(setNumber(row, "invited_count", *changes.invitedCount));
    if (changes.inviter)
        PARVIS_TRY(setText(row, "inviter", changes.inviter->toString()));
    if (changes.membersComplete)
        PARVIS_TRY(setNumber(row, "members_complete", *changes.membersComplete));
    if (!changes.encryption.isEmpty())
        PARVIS_TRY(latchEncryption(m_database, row, changes.encryption));
    return {};
}

Result<void> RoomWriter::state(qint64 row, const Event &event, RoomApplied &applied)
{
    if (!event.isState())
        return {};
    if (event.type == event_type::member) {
        const auto member = memberOf(event.content());
        if (!member)
            return {};
        applied.members = true;
        PARVIS_TRY(m_database.run(
            "INSERT INTO members (room, user_id, membership, display_name, avatar) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET membership = excluded.membership, display_name = "
            "excluded.display_name,"
            " avatar = excluded.avatar",
            row, *event.stateKey, member->membership, member->displayName, member->avatarUrl));
        // Who accepts an invitation has to know by whom it was, and whether it was direct.
        if (member->membership != MemberState::Invite)
            return {};
    }
    PARVIS_TRY(m_database.run(
        "INSERT INTO state (room, type, state_key, event_id, sender, raw) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET event_id = excluded.event_id, sender = excluded.sender,"
        " raw = excluded.raw",
        row, event.type, *event.stateKey, event.id, event.sender, utf8(event.raw)));
    // Who may make children decides which parents hold.
    applied.links = applied.links || event.type == event_type::spaceChild
        || event.type == event_type::spaceParent || event.type == event_type::powerLevels
        || event.type == event_type::create || event.type == event_type::tombstone;
    return event.stateKey->isEmpty() ? summaryState(row, event) : Result<void>();
}

Result<void> RoomWriter::pastMember(qint64 row, const Event &event)
{
    const auto member = memberOf(event.content());
    if (!member || event.type != event_type::member || !event.isState())
        return {};
    return m_database.run("INSERT INTO members (room, user_id, membership, display_name, avatar)"
                          " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                          row, *event.stateKey, member->membership, member->displayName, member->avatarUrl);
}

Result<void> RoomWriter::summaryState(qint64 row, const Event &event)
{
    const auto word = [&](QLatin1StringView key) {
        return event.content()[key].toString().left(maxIdLength);
    };
    if (event.type == event_type::name)
        return setText(row, "name", plainLine(event.content()["name"_L1].toString()));
    if (event.type == event_type::topic)
        return setText(row, "topic", event.content()["topic"_L1].toString().left(Event::maxBytes));
    if (event.type == event_type::canonicalAlias)
        return setText(row, "alias", plainLine(word("alias"_L1)));
    if (event.type == event_type::avatar)
        return setText(row, "avatar", event.content()["url"_L1].toString().left(1024));
    if (event.type == event_type::joinRules)
        return setText(row, "join_rule", word("join_rule"_L1));
    if (event.type == event_type::historyVisibility)
        return setText(row, "history", word("history_visibility"_L1));
    if (event.type == event_type::tombstone)
        return setText(row, "replaced_by", word("replacement_room"_L1));
    if (event.type == event_type::encryption)
        return m_outside ? setText(row, "told_encryption", word("algorithm"_L1))
                         : latchEncryption(m_database, row, event);
    if (event.type == event_type::create)
        return creation(row, event.content());
    if (event.type == event_type::retention)
        return setNumber(row, "retention_ms", m_outside ? 0 : lifetimeOf(event.content()));
    return event.type == event_type::accessRules ? accessRules(row, event.content()) : Result<void>();
}

Result<void> RoomWriter::creation(qint64 row, const QJsonObject &content)
{
    const QString version = content["room_version"_L1].toString().left(maxIdLength);
    PARVIS_TRY(setText(row, "room_type", content["type"_L1].toString().left(maxIdLength)));
    PARVIS_TRY(setText(row, "predecessor", predecessorOf(content).toString()));
    return setText(row, "room_version", version.isEmpty() ? u"1"_s : version);
}

Result<void> RoomWriter::accessRules(qint64 row, const QJsonObject &content)
{
    const AccessRules rules = accessRulesOf(content);
    PARVIS_TRY(setText(row, "access_rule", rules.rule));
    PARVIS_TRY(setText(row, "access_visibility", rules.visibility));
    return setNumber(row, "force_unencrypted", rules.forceUnencrypted);
}

Result<void> RoomWriter::receipt(qint64 row, const Receipt &receipt)
{
    return m_database.run(
        "INSERT INTO receipts (room, user_id, type, thread, event_id, ts) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET event_id = excluded.event_id, ts = excluded.ts",
        row, receipt.user, receipt.type, receipt.thread, receipt.event, receipt.ts);
}

Result<void> RoomWriter::roomAccountData(qint64 row, const Event &event)
{
    PARVIS_TRY(m_database.run("INSERT INTO room_account_data (room, type, raw) VALUES (?, ?, ?)"
                              " ON CONFLICT DO UPDATE SET raw = excluded.raw",
                              row, event.type, utf8(event.raw)));
    if (event.type == event_type::markedUnread)
        return setNumber(row, "marked_unread", event.content()["unread"_L1].toBool());
    if (event.type == event_type::tag) {
        const QJsonObject tags = event.content()["tags"_L1].toObject();
        PARVIS_TRY(setNumber(row, "favourite", tags.contains("m.favourite"_L1)));
        return setNumber(row, "low_priority", tags.contains("m.lowpriority"_L1));
    }
    return {};
}

Result<void> RoomWriter::accountData(const Event &event, AppliedChanges &applied)
{
    // A server tells all of it again with each new beginning; what follows from a change reads every unread
    // message.
    const auto same = m_database.one(
        "SELECT 1 FROM account_data WHERE type = ? AND raw = ?", [](const Statement &) { return true; },
        event.type, utf8(event.raw));
    if (!same)
        return tl::unexpected(same.error());
    if (*same)
        return {};
    PARVIS_TRY(m_database.run("INSERT INTO account_data (type, raw) VALUES (?, ?)"
                              " ON CONFLICT DO UPDATE SET raw = excluded.raw",
                              event.type, utf8(event.raw)));
    applied.accountData.append(event.type);
    return event.type == event_type::direct ? directRooms(event.content(), applied) : Result<void>();
}

Result<void> RoomWriter::directRooms(const QJsonObject &content, AppliedChanges &applied)
{
    const auto before = m_database.all("SELECT room_id FROM rooms WHERE direct_user <> ''",
                                       [](const Statement &s) { return s.get<RoomId>(0); });
    if (!before)
        return tl::unexpected(before.error());
    PARVIS_TRY(m_database.run("UPDATE rooms SET direct_user = '' WHERE direct_user <> ''"));
    const QHash<RoomId, QString> direct = directUsers(content);
    for (auto it = direct.begin(); it != direct.end(); ++it)
        PARVIS_TRY(
            m_database.run("UPDATE rooms SET direct_user = ? WHERE room_id = ?", it.value(), it.key()));
    const QList<RoomId> after = direct.keys();
    const QSet<RoomId> touched =
        QSet<RoomId>(before->cbegin(), before->cend()).unite({after.cbegin(), after.cend()});
    for (const RoomId &room : touched)
        applied.rooms.append({.id = room});
    return {};
}

Result<void> RoomWriter::finishNewRooms()
{
    if (m_newRooms.isEmpty())
        return {};
    // m.direct came before the rooms that it names.
    const auto stored = m_database.one("SELECT raw FROM account_data WHERE type = 'm.direct'",
                                       [](const Statement &s) { return s.get<QString>(0).toUtf8(); });
    if (!stored)
        return tl::unexpected(stored.error());
    if (!*stored)
        return {};
    if (**stored != m_direct.raw)
        m_direct = {**stored, directUsers(QJsonDocument::fromJson(**stored)["content"_L1].toObject())};
    for (const RoomId &room : std::as_const(m_newRooms)) {
        if (const auto user = m_direct.users.constFind(room); user != m_direct.users.cend())
            PARVIS_TRY(m_database.run("UPDATE rooms SET direct_user = ? WHERE room_id = ?", *user, room));
    }
    return {};
}

Result<void> RoomWriter::forget(const RoomId &room)
{
    const auto row = m_database.one(
        "SELECT id FROM rooms WHERE room_id = ?", [](const Statement &s) { return s.get<qint64>(0); }, room);
    if (!row || !*row)
        return row ? Result<void>() : tl::unexpected(row.error());
    PARVIS_TRY(SearchStore(m_database).removeRoom(**row));
    for (const QByteArrayView table : {"state", "members", "events", "gaps", "receipts", "room_account_data"})
        PARVIS_TRY(m_database.run("DELETE FROM " + table.toByteArray() + " WHERE room = ?", **row));
    return m_database.run("DELETE FROM rooms WHERE id = ?", **row);
}

} // namespace parvis
