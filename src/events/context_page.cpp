// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/context_page.h"

#include "events/event_reader_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace od = simdjson::ondemand;

namespace parvis {

namespace {

constexpr qsizetype mostState = 50'000;
constexpr size_t longestToken = 4096;

struct Parts {
    QList<Event> before; ///< newest first
    QList<Event> event;
    QList<Event> after;
    ContextPage page;
};

bool readEvents(od::value value, QList<Event> &out, qsizetype most, detail::StringPool &pool)
{
    od::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS)
        return false;
    for (auto element : list) {
        od::object object;
        const auto error = element.get_object().get(object);
        if (error == simdjson::INCORRECT_TYPE)
            continue;
        if (error != simdjson::SUCCESS || out.size() >= most)
            return false;
        if (auto event = detail::eventFrom(object, Envelope::Room, pool))
            out.append(*std::move(event));
    }
    return true;
}

bool readToken(od::value value, QString &token)
{
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS && text.size() <= longestToken)
        token = detail::toQString(text);
    return true;
}

bool readField(std::string_view key, od::value value, Parts &parts, detail::StringPool &pool)
{
    if (key == "events_before")
        return readEvents(value, parts.before, ContextPage::mostEvents, pool);
    if (key == "events_after")
        return readEvents(value, parts.after, ContextPage::mostEvents, pool);
    if (key == "state")
        return readEvents(value, parts.page.state, mostState, pool);
    if (key == "start")
        return readToken(value, parts.page.start);
    if (key == "end")
        return readToken(value, parts.page.end);
    od::object object;
    if (key != "event" || value.get_object().get(object) != simdjson::SUCCESS)
        return true;
    parts.event.clear(); // of two, the last counts
    if (auto event = detail::eventFrom(object, Envelope::Room, pool))
        parts.event.append(*std::move(event));
    return true;
}

bool readAll(od::object root, Parts &parts)
{
    auto pool = std::make_unique<detail::StringPool>();
    for (auto field : root) {
        std::string_view key;
        od::value value;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(value) != simdjson::SUCCESS || !readField(key, value, parts, *pool))
            return false;
    }
    return true;
}

} // namespace

EventPage olderPart(const ContextPage &page, const EventId &event)
{
    EventPage out{.chunk = {}, .state = page.state, .end = page.start, .dropped = 0};
    for (const Event &one : page.events) {
        if (one.id == event)
            break;
        out.chunk.prepend(one);
    }
    return out;
}

QList<Event> eventsOfRoom(QList<Event> events, const RoomId &room)
{
    events.removeIf([&](const Event &event) {
        const QJsonValue said = event.json().value("room_id"_L1);
        return !said.isUndefined() && said.toString() != room.toString();
    });
    return events;
}

Result<ContextPage> readContextPage(QByteArray body, const RoomId &room, const EventId &event)
{
    const auto size = size_t(body.size());
    body.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    od::parser parser;
    od::document document;
    od::object root;
    Parts parts;
    if (parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING).get(document)
            != simdjson::SUCCESS
        || document.get_object().get(root) != simdjson::SUCCESS || !readAll(root, parts))
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_EVENTS"_s);
    const QList<Event> target = eventsOfRoom(parts.event, room);
    if (target.isEmpty() || target.first().id != event)
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_EVENTS"_s, u"event: another one than was asked for"_s);
    QList<Event> before = eventsOfRoom(std::move(parts.before), room);
    std::reverse(before.begin(), before.end());
    parts.page.events = before + target + eventsOfRoom(std::move(parts.after), room);
    return std::move(parts.page);
}

} // namespace parvis
