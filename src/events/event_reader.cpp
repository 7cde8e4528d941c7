// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/event_reader.h"

#include "events/event_reader_p.h"

using namespace Qt::StringLiterals;

namespace od = simdjson::ondemand;

namespace parvis {

namespace detail {

namespace {

using Text = std::string_view;

/// A string no longer than an id may be. UTF-16 units are never more than UTF-8 bytes.
bool takeText(od::value value, Text &out)
{
    return value.get_string().get(out) == simdjson::SUCCESS && out.size() <= size_t(maxIdLength) * 4;
}

void readUnsigned(od::value value, Event &event)
{
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return;
    for (auto field : object) {
        Text key;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS)
            return;
        if (key == "transaction_id") {
            Text id;
            if (takeText(field.value(), id))
                event.transactionId = TransactionId(toQString(id));
        } else if (key == "redacted_because") {
            event.redacted = true;
        }
    }
}

struct Fields {
    bool type = false, sender = false, id = false, ts = false, content = false;

    [[nodiscard]] bool satisfy(Envelope envelope) const
    {
        switch (envelope) {
        case Envelope::Room:
            return type && sender && id && ts && content;
        case Envelope::Stripped:
            return type && sender && content;
        case Envelope::Content:
            return type && content;
        }
        return false;
    }
};

/// False when a field has a type that makes the whole event worthless.
bool readField(Text key, od::value value, Event &event, Fields &seen, StringPool &pool)
{
    Text text;
    if (key == "type")
        return (seen.type = takeText(value, text)) && (event.type = pool.intern(text), !event.type.isEmpty());
    if (key == "sender")
        return (seen.sender = takeText(value, text)) && (event.sender = UserId(pool.intern(text)), true);
    if (key == "event_id")
        return (seen.id = takeText(value, text) && !text.empty())
            && (event.id = EventId(toQString(text)), true);
    if (key == "state_key")
        return takeText(value, text) && (event.stateKey = pool.intern(text), true);
    if (key == "origin_server_ts") {
        int64_t ts = 0;
        double lenient = 0; // very old rooms hold floats
        if (value.get_int64().get(ts) == simdjson::SUCCESS)
            event.originServerTs = ts;
        else if (value.get_double().get(lenient) == simdjson::SUCCESS && lenient > -9e15 && lenient < 9e15)
            event.originServerTs = qint64(lenient);
        seen.ts = true; // a nonsensical time is a display matter
        return true;
    }
    if (key == "content") {
        od::json_type type{};
        return seen.content = value.type().get(type) == simdjson::SUCCESS && type == od::json_type::object;
    }
    if (key == "unsigned")
        readUnsigned(value, event);
    return true;
}

bool withinLimits(const Event &event)
{
    return event.type.size() <= maxIdLength && event.sender.toString().size() <= maxIdLength
        && event.id.toString().size() <= maxIdLength
        && (!event.stateKey || event.stateKey->size() <= maxIdLength);
}

} // namespace

QString StringPool::intern(std::string_view text)
{
    Slot &slot = m_slots[std::hash<std::string_view>{}(text) % slots_];
    if (slot.key != text || slot.value.isNull()) {
        slot.key = text;
        slot.value = text.empty() ? u""_s : toQString(text);
    }
    return slot.value;
}

static qsizetype maxBytes(Envelope envelope)
{
    // Account data is one event for a whole list: m.direct, push rules.
    return envelope == Envelope::Content ? 4 * 1024 * 1024 : Event::maxBytes;
}

std::optional<Event> eventFrom(od::object object, Envelope envelope, StringPool &pool)
{
    Text raw;
    if (object.raw_json().get(raw) != simdjson::SUCCESS || qsizetype(raw.size()) > maxBytes(envelope))
        return {};
    bool filled = false;
    if (object.reset().get(filled) != simdjson::SUCCESS || !filled)
        return {};
    Event event;
    Fields seen;
    for (auto field : object) {
        Text key;
        od::value value;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(value) != simdjson::SUCCESS || !readField(key, value, event, seen, pool))
            return {};
    }
    if (!seen.satisfy(envelope) || !withinLimits(event))
        return {};
    event.raw = QByteArray(raw.data(), qsizetype(raw.size()));
    return event;
}

} // namespace detail

Result<Event> readEvent(QByteArrayView json, Envelope envelope)
{
    if (json.size() > detail::maxBytes(envelope))
        return fail(ErrorKind::TooLarge, u"PARVIS_EVENT_TOO_LARGE"_s);
    const simdjson::padded_string padded(json.data(), size_t(json.size()));
    od::parser parser;
    od::document document;
    od::object object;
    if (parser.iterate(padded).get(document) == simdjson::SUCCESS
        && document.get_object().get(object) == simdjson::SUCCESS) {
        detail::StringPool pool;
        if (auto event = detail::eventFrom(object, envelope, pool))
            return *std::move(event);
    }
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_EVENT"_s);
}

} // namespace parvis
