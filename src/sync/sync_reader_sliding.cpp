// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "sync/sync_reader_p.h"

namespace parvis::detail {

bool SyncWalk::sliding(od::object root)
{
    return eachField(root, [&](std::string_view key, od::value value) {
        if (key == "pos")
            return (void)textOf(value, m_update.position), true;
        if (key == "lists")
            return lists(value);
        if (key == "rooms")
            return eachField(value, [&](std::string_view id, od::value content) {
                if (!isId(id) || m_update.rooms.size() >= maxListed)
                    return ++m_update.dropped, true;
                return roomOrLater(content, *roomFor(toQString(id)));
            });
        if (key == "extensions")
            return eachField(
                value, [&](std::string_view name, od::value content) { return extension(name, content); });
        return true;
    });
}

RoomUpdate *SyncWalk::roomFor(const QString &id)
{
    auto at = m_roomIndex.find(id);
    if (at == m_roomIndex.end()) {
        at = m_roomIndex.insert(id, m_update.rooms.size());
        RoomUpdate room;
        room.id = RoomId(id);
        room.stateIsAfter = true;
        m_update.rooms.append(std::move(room));
    }
    return &m_update.rooms[*at];
}

bool SyncWalk::lists(od::value value)
{
    return eachField(value, [&](std::string_view name, od::value list) {
        const QString listName = m_pool.intern(name);
        return eachField(list, [&](std::string_view key, od::value part) {
            std::optional<qint64> count;
            if (key == "count")
                numberOf(part, count);
            if (count && m_update.listCounts.size() < 100)
                m_update.listCounts.insert(listName, *count);
            return true;
        });
    });
}

bool SyncWalk::slidingRoom(od::value value, RoomUpdate &room)
{
    return eachField(value,
                     [&](std::string_view key, od::value part) { return slidingField(key, part, room); });
}

bool SyncWalk::slidingField(std::string_view key, od::value value, RoomUpdate &room)
{
    QString text;
    if (key == "initial")
        flagOf(value, room.initial);
    else if (key == "limited")
        flagOf(value, room.limited);
    else if (key == "prev_batch")
        (void)textOf(value, room.prevBatch);
    else if (key == "required_state")
        return roomEvents(value, room, room.state);
    else if (key == "timeline")
        return roomEvents(value, room, room.timeline);
    else if (key == "invite_state" || key == "stripped_state")
        return events(value, room.stripped, Envelope::Stripped);
    else if (key == "num_live")
        numberOf(value, room.numLive);
    else if (key == "joined_count")
        numberOf(value, room.joinedCount);
    else if (key == "invited_count")
        numberOf(value, room.invitedCount);
    else if (key == "bump_stamp") {
        int64_t stamp = 0;
        if (value.get_int64().get(stamp) == simdjson::SUCCESS)
            room.bumpStamp = std::max<qint64>(stamp, 0);
    } else if (key == "name" && textOf(value, text, 64 * 1024))
        room.name = plainLine(text);
    else if (key == "avatar" && textOf(value, text))
        room.avatar = text;
    else if (key == "heroes")
        return heroes(value, room);
    else if (key == "membership" && textOf(value, text))
        room.membership = memberStateFrom(text);
    return true;
}

bool SyncWalk::heroes(od::value value, RoomUpdate &room)
{
    QList<HeroUpdate> list;
    const bool read = eachElement(value, [&](od::value item) {
        HeroUpdate hero;
        const bool whole = eachField(item, [&](std::string_view key, od::value part) {
            QString text;
            if (key == "user_id" && textOf(part, text, size_t(maxIdLength)))
                hero.user = UserId(text);
            else if (key == "displayname" && textOf(part, text, 64 * 1024))
                hero.displayName = plainLine(text);
            else if (key == "avatar_url" && textOf(part, text))
                hero.avatarUrl = text;
            return true;
        });
        if (!hero.user.isEmpty() && list.size() < 20)
            list.append(std::move(hero));
        return whole;
    });
    room.heroes = std::move(list);
    return read;
}

bool SyncWalk::extension(std::string_view name, od::value value)
{
    const auto perRoom = [&](auto read) {
        return [this, read](std::string_view id, od::value part) {
            if (!isId(id) || m_update.rooms.size() >= maxListed)
                return ++m_update.dropped, true;
            return read(part, *roomFor(toQString(id)));
        };
    };
    return eachField(value, [&](std::string_view key, od::value part) {
        if (name == "to_device") {
            m_update.hasToDevice = true;
            if (key == "next_batch")
                (void)textOf(part, m_update.toDeviceNextBatch);
            return key != "events" || toDevice(part);
        }
        if (name == "e2ee") {
            if (key == "device_one_time_keys_count")
                return keyCounts(part);
            if (key == "device_unused_fallback_key_types")
                return fallbackTypes(part);
            return key != "device_lists" || deviceLists(part);
        }
        if (name == "account_data") {
            if (key == "global")
                return events(part, m_update.accountData, Envelope::Content);
            return key != "rooms" || eachField(part, perRoom([&](od::value list, RoomUpdate &room) {
                                                   return events(list, room.accountData, Envelope::Content);
                                               }));
        }
        if ((name == "receipts" || name == "typing") && key == "rooms")
            return eachField(
                part, perRoom([&](od::value event, RoomUpdate &room) { return ephemeral(event, room); }));
        return true;
    });
}

} // namespace parvis::detail
