// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_reader_p.h"

namespace parvis::detail {

template <typename Fn>
bool SyncWalk::eachRoomPart(od::value value, Fn fn)
{
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS || type != od::json_type::object)
        m_update.roomsWhole = false;
    return eachField(value, fn);
}

bool SyncWalk::classic(od::object root)
{
    return eachField(root, [&](std::string_view key, od::value value) {
        if (key == "next_batch")
            return (void)textOf(value, m_update.position), true;
        if (key == "to_device") {
            m_update.hasToDevice = true;
            return eachField(value, [&](std::string_view name, od::value list) {
                return name != "events" || toDevice(list);
            });
        }
        if (key == "device_lists")
            return deviceLists(value);
        if (key == "device_one_time_keys_count")
            return keyCounts(value);
        if (key == "device_unused_fallback_key_types")
            return fallbackTypes(value);
        if (key == "org.matrix.msc2732.device_unused_fallback_key_types")
            return m_update.unusedFallbackKeyTypes || fallbackTypes(value);
        if (key == "account_data")
            return eventsMember(value, m_update.accountData, Envelope::Content);
        if (key == "rooms")
            return eachRoomPart(value, [&](std::string_view section, od::value rooms) {
                const auto name = toQString(section);
                const auto membership = memberStateFrom(name);
                return !membership || *membership == MemberState::Ban || classicRooms(rooms, *membership);
            });
        return true;
    });
}

bool SyncWalk::classicRooms(od::value value, MemberState membership)
{
    return eachRoomPart(value, [&](std::string_view id, od::value content) {
        if (!isId(id) || m_update.rooms.size() >= maxListed)
            return ++m_update.dropped, true;
        RoomUpdate room;
        room.id = RoomId(toQString(id));
        room.membership = membership;
        if (!roomOrLater(content, room))
            return false;
        m_update.rooms.append(std::move(room));
        return true;
    });
}

bool SyncWalk::classicRoom(od::value value, RoomUpdate &room)
{
    return eachField(value, [&](std::string_view key, od::value part) {
        if (key == "state")
            return room.stateIsAfter || stateMember(part, room);
        if (key == "state_after" || key == "org.matrix.msc4222.state_after") {
            room.stateIsAfter = true;
            room.state.clear();
            return stateMember(part, room);
        }
        if (key == "timeline")
            return timeline(part, room);
        if (key == "summary")
            return summary(part, room);
        if (key == "account_data")
            return eventsMember(part, room.accountData, Envelope::Content);
        if (key == "invite_state" || key == "knock_state")
            return eventsMember(part, room.stripped, Envelope::Stripped);
        if (key == "ephemeral")
            return eachField(part, [&](std::string_view name, od::value list) {
                return name != "events"
                    || eachElement(list, [&](od::value event) { return ephemeral(event, room); });
            });
        return true;
    });
}

bool SyncWalk::stateMember(od::value value, RoomUpdate &room)
{
    return eachField(value, [&](std::string_view key, od::value part) {
        return key != "events" || roomEvents(part, room, room.state);
    });
}

bool SyncWalk::timeline(od::value value, RoomUpdate &room)
{
    return eachField(value, [&](std::string_view key, od::value part) {
        if (key == "events")
            return roomEvents(part, room, room.timeline);
        if (key == "limited")
            flagOf(part, room.limited);
        else if (key == "prev_batch")
            (void)textOf(part, room.prevBatch);
        return true;
    });
}

bool SyncWalk::summary(od::value value, RoomUpdate &room)
{
    return eachField(value, [&](std::string_view key, od::value part) {
        if (key == "m.joined_member_count")
            numberOf(part, room.joinedCount);
        else if (key == "m.invited_member_count")
            numberOf(part, room.invitedCount);
        else if (key == "m.heroes") {
            QList<UserId> ids;
            if (!users(part, ids))
                return false;
            room.heroes.emplace();
            for (const UserId &id : ids.mid(0, 20))
                room.heroes->append({id, {}, {}});
        }
        return true;
    });
}

} // namespace parvis::detail
