// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/event_page.h"

#include "events/event_reader_p.h"

using namespace Qt::StringLiterals;

namespace od = simdjson::ondemand;

namespace parvis {

namespace {

constexpr qsizetype maxEvents = 200'000; // members of the largest rooms

bool readList(od::value value, EventPage &page, QList<Event> &out, detail::StringPool &pool)
{
    od::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS)
        return false;
    for (auto element : list) {
        od::object object;
        const auto error = element.get_object().get(object);
        if (error != simdjson::SUCCESS && error != simdjson::INCORRECT_TYPE)
            return false;
        auto event =
            error == simdjson::SUCCESS ? detail::eventFrom(object, Envelope::Room, pool) : std::nullopt;
        if (event && out.size() < maxEvents)
            out.append(*std::move(event));
        else
            ++page.dropped;
    }
    return true;
}

bool readPage(od::object root, EventPage &page)
{
    auto pool = std::make_unique<detail::StringPool>();
    bool hasChunk = false;
    for (auto field : root) {
        std::string_view key;
        od::value value;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS
            || field.value().get(value) != simdjson::SUCCESS)
            return false;
        if (key == "chunk") {
            hasChunk = readList(value, page, page.chunk, *pool);
            if (!hasChunk)
                return false;
        } else if (key == "state") {
            if (!readList(value, page, page.state, *pool))
                return false;
        } else if (key == "end" || key == "next_batch") {
            std::string_view end;
            if (value.get_string().get(end) == simdjson::SUCCESS && end.size() <= 4096)
                page.end = detail::toQString(end);
        }
    }
    return hasChunk;
}

} // namespace

Result<EventPage> readEventPage(QByteArray body)
{
    const auto size = size_t(body.size());
    body.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    od::parser parser;
    od::document document;
    od::object root;
    EventPage page;
    if (parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING).get(document)
            != simdjson::SUCCESS
        || document.get_object().get(root) != simdjson::SUCCESS || !readPage(root, page))
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_EVENTS"_s);
    return page;
}

} // namespace parvis
