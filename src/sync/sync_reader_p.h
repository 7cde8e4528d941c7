// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event_reader_p.h"
#include "sync/sync_update.h"

namespace parvis::detail {

namespace od = simdjson::ondemand;

/// More of one kind in one answer is no honest server's.
inline constexpr qsizetype maxListed = 200'000;

/// Walks one answer; each function consumes its value and answers false only when the text is not JSON.
class SyncWalk
{
public:
    explicit SyncWalk(SyncUpdate &update, bool roomsLater = false) : m_update(update), m_later(roomsLater) {}

    [[nodiscard]] bool classic(od::object root);
    [[nodiscard]] bool sliding(od::object root);
    /// What the dialect says of one room.
    [[nodiscard]] bool room(od::value value, RoomUpdate &room);

private:
    // Both dialects
    bool roomOrLater(od::value value, RoomUpdate &room);
    bool events(od::value value, QList<Event> &out, Envelope envelope);
    bool eventsMember(od::value value, QList<Event> &out, Envelope envelope); ///< {"events": [...]}
    /// State or timeline: what is left out here may have been somebody who left.
    bool roomEvents(od::value value, RoomUpdate &room, QList<Event> &out);
    bool toDevice(od::value value);
    bool deviceLists(od::value value);
    bool keyCounts(od::value value);
    bool fallbackTypes(od::value value);
    bool users(od::value value, QList<UserId> &out);
    bool ephemeral(od::value value, RoomUpdate &room); ///< one event
    bool receipts(od::value content, RoomUpdate &room);
    bool typing(od::value content, RoomUpdate &room);
    // Classic
    template <typename Fn>
    bool eachRoomPart(od::value value, Fn fn); ///< as eachField, but tells when there are no fields
    bool classicRooms(od::value value, MemberState membership);
    bool classicRoom(od::value value, RoomUpdate &room);
    bool stateMember(od::value value, RoomUpdate &room);
    bool timeline(od::value value, RoomUpdate &room);
    bool summary(od::value value, RoomUpdate &room);
    // Sliding
    bool slidingRoom(od::value value, RoomUpdate &room);
    bool slidingField(std::string_view key, od::value value, RoomUpdate &room);
    bool heroes(od::value value, RoomUpdate &room);
    bool extension(std::string_view name, od::value value);
    bool lists(od::value value);
    RoomUpdate *roomFor(const QString &id);

    SyncUpdate &m_update;
    bool m_later;
    QHash<QString, qsizetype> m_roomIndex; ///< sliding: extensions name rooms again
    StringPool m_pool;
};

inline bool isId(std::string_view text)
{
    return !text.empty() && text.size() <= size_t(maxIdLength);
}

/// Empty, and false, unless the value is a string of at most @p limit bytes.
inline bool textOf(od::value value, QString &out, size_t limit = 4096)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS || text.size() > limit)
        return false;
    out = toQString(text);
    return true;
}

template <typename Number>
void numberOf(od::value value, std::optional<Number> &out)
{
    int64_t number = 0;
    if (value.get_int64().get(number) == simdjson::SUCCESS && number >= 0)
        out = Number(number);
}

inline void flagOf(od::value value, bool &out)
{
    bool flag = false;
    if (value.get_bool().get(flag) == simdjson::SUCCESS)
        out = flag;
}

/// Calls fn(key, value) for each member; something other than an object is passed over.
template <typename Fn>
bool eachField(od::value value, Fn fn)
{
    od::object object;
    const auto error = value.get_object().get(object);
    if (error != simdjson::SUCCESS)
        return error == simdjson::INCORRECT_TYPE;
    return eachField(object, fn);
}

template <typename Fn>
bool eachField(od::object object, Fn fn)
{
    for (auto field : object) {
        std::string_view key;
        const auto error = field.unescaped_key().get(key);
        if (error == simdjson::STRING_ERROR)
            continue; // a key that is no text: nothing of ours
        od::value value;
        if (error != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS || !fn(key, value))
            return false;
    }
    return true;
}

/// Calls fn(value) for each element; something other than a list is passed over.
template <typename Fn>
bool eachElement(od::value value, Fn fn)
{
    od::array array;
    const auto error = value.get_array().get(array);
    if (error != simdjson::SUCCESS)
        return error == simdjson::INCORRECT_TYPE;
    for (auto element : array) {
        od::value item;
        if (element.get(item) != simdjson::SUCCESS || !fn(item))
            return false;
    }
    return true;
}

} // namespace parvis::detail
