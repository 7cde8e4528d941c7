// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_reader.h"

#include "events/plain_text.h"
#include "sync/sync_reader_p.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace detail {

bool SyncWalk::room(od::value value, RoomUpdate &room)
{
    return m_update.dialect == SyncDialect::Sliding ? slidingRoom(value, room) : classicRoom(value, room);
}

bool SyncWalk::roomOrLater(od::value value, RoomUpdate &room)
{
    if (!m_later)
        return this->room(value, room);
    od::object object;
    std::string_view raw;
    const auto error = value.get_object().get(object);
    if (error != simdjson::SUCCESS)
        return error == simdjson::INCORRECT_TYPE;
    if (object.raw_json().get(raw) != simdjson::SUCCESS)
        return false;
    room.unread = QByteArrayView(raw.data(), qsizetype(raw.size()));
    return true;
}

bool SyncWalk::events(od::value value, QList<Event> &out, Envelope envelope)
{
    return eachElement(value, [&](od::value item) {
        od::object object;
        const auto error = item.get_object().get(object);
        if (error != simdjson::SUCCESS)
            return ++m_update.dropped, error == simdjson::INCORRECT_TYPE;
        auto event = eventFrom(object, envelope, m_pool);
        if (event && out.size() < maxListed)
            out.append(*std::move(event));
        else
            ++m_update.dropped;
        return true;
    });
}

bool SyncWalk::roomEvents(od::value value, RoomUpdate &room, QList<Event> &out)
{
    const int before = m_update.dropped;
    const bool read = events(value, out, Envelope::Room);
    room.incomplete = room.incomplete || m_update.dropped != before;
    return read;
}

bool SyncWalk::eventsMember(od::value value, QList<Event> &out, Envelope envelope)
{
    return eachField(value, [&](std::string_view key, od::value member) {
        return key != "events" || events(member, out, envelope);
    });
}

bool SyncWalk::toDevice(od::value value)
{
    return eachElement(value, [&](od::value item) {
        od::object object;
        std::string_view raw;
        const auto error = item.get_object().get(object);
        if (error == simdjson::SUCCESS && object.raw_json().get(raw) == simdjson::SUCCESS
            && raw.size() <= size_t(Event::maxBytes) && m_update.toDevice.size() < maxListed)
            m_update.toDevice.append(QByteArray(raw.data(), qsizetype(raw.size())));
        else
            ++m_update.dropped;
        return error == simdjson::SUCCESS || error == simdjson::INCORRECT_TYPE;
    });
}

bool SyncWalk::users(od::value value, QList<UserId> &out)
{
    return eachElement(value, [&](od::value item) {
        std::string_view id;
        if (item.get_string().get(id) == simdjson::SUCCESS && isId(id) && out.size() < maxListed)
            out.append(UserId(m_pool.intern(id)));
        else
            ++m_update.dropped;
        return true;
    });
}

bool SyncWalk::deviceLists(od::value value)
{
    return eachField(value, [&](std::string_view key, od::value list) {
        if (key == "changed")
            return users(list, m_update.changedDevices);
        return key != "left" || users(list, m_update.leftDevices);
    });
}

bool SyncWalk::keyCounts(od::value value)
{
    QHash<QString, qint64> counts;
    const bool read = eachField(value, [&](std::string_view key, od::value count) {
        std::optional<qint64> number;
        numberOf(count, number);
        if (number && counts.size() < 100)
            counts.insert(m_pool.intern(key), *number);
        return true;
    });
    m_update.oneTimeKeyCounts = std::move(counts);
    return read;
}

bool SyncWalk::fallbackTypes(od::value value)
{
    QStringList types;
    const bool read = eachElement(value, [&](od::value item) {
        QString type;
        if (textOf(item, type, 255) && types.size() < 100)
            types.append(type);
        return true;
    });
    m_update.unusedFallbackKeyTypes = std::move(types);
    return read;
}

bool SyncWalk::receipts(od::value content, RoomUpdate &room)
{
    return eachField(content, [&](std::string_view eventId, od::value byType) {
        const bool good = isId(eventId);
        const EventId event(good ? toQString(eventId) : QString());
        return eachField(byType, [&](std::string_view type, od::value byUser) {
            if (!good || (type != "m.read" && type != "m.read.private"))
                return true;
            const QString typeName = m_pool.intern(type);
            return eachField(byUser, [&](std::string_view user, od::value data) {
                if (!isId(user) || room.receipts.size() >= maxListed)
                    return ++m_update.dropped, true;
                ReceiptUpdate receipt{UserId(m_pool.intern(user)), event, typeName, {}, 0};
                const bool read = eachField(data, [&](std::string_view key, od::value value) {
                    std::optional<qint64> ts;
                    if (key == "ts")
                        numberOf(value, ts);
                    else if (key == "thread_id")
                        (void)textOf(value, receipt.thread, 255);
                    receipt.ts = ts.value_or(receipt.ts);
                    return true;
                });
                room.receipts.append(std::move(receipt));
                return read;
            });
        });
    });
}

bool SyncWalk::typing(od::value content, RoomUpdate &room)
{
    return eachField(content, [&](std::string_view key, od::value list) {
        if (key != "user_ids")
            return true;
        QList<UserId> ids;
        const bool read = users(list, ids);
        room.typing = ids.mid(0, 100);
        return read;
    });
}

bool SyncWalk::ephemeral(od::value value, RoomUpdate &room)
{
    // The type may stand behind the content: the object is read twice, its strings are decoded once each.
    od::object object;
    const auto error = value.get_object().get(object);
    if (error != simdjson::SUCCESS)
        return ++m_update.dropped, error == simdjson::INCORRECT_TYPE;
    QString type;
    od::value member;
    if (object.find_field_unordered("type").get(member) == simdjson::SUCCESS)
        (void)textOf(member, type, 255);
    if (type != "m.receipt"_L1 && type != "m.typing"_L1)
        return true;
    if (object.find_field_unordered("content").get(member) != simdjson::SUCCESS)
        return ++m_update.dropped, true;
    return type == "m.receipt"_L1 ? receipts(member, room) : typing(member, room);
}

} // namespace detail

namespace {

tl::unexpected<Error> badSync(const QString &detail)
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_SYNC"_s, detail);
}

} // namespace

Result<SyncUpdate> readSync(QByteArray body, SyncDialect dialect, RoomReading rooms)
{
    const auto size = size_t(body.size());
    body.reserve(body.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    detail::od::parser parser;
    detail::od::document document;
    detail::od::object root;
    SyncUpdate update;
    update.dialect = dialect;
    detail::SyncWalk walk(update, rooms == RoomReading::Later);
    const bool read = parser.iterate(body.constData(), size, size + simdjson::SIMDJSON_PADDING).get(document)
            == simdjson::SUCCESS
        && document.get_object().get(root) == simdjson::SUCCESS
        && (dialect == SyncDialect::Sliding ? walk.sliding(root) : walk.classic(root))
        && document.current_location().error() == simdjson::OUT_OF_BOUNDS; // nothing behind it
    if (!read)
        return badSync(u"not a JSON object"_s);
    if (update.position.isEmpty())
        return badSync(u"no position"_s);
    if (rooms == RoomReading::Later)
        update.body = std::move(body);
    return update;
}

struct RoomReader::Parser {
    detail::od::parser parser;
};

RoomReader::RoomReader() : m_parser(std::make_unique<Parser>()) {}
RoomReader::~RoomReader() = default;
RoomReader::RoomReader(RoomReader &&) noexcept = default;

Result<void> RoomReader::read(RoomUpdate &room, const SyncUpdate &answer)
{
    const QByteArrayView unread = std::exchange(room.unread, {});
    if (unread.isEmpty())
        return {};
    // Whatever follows in the body, or the room that it has to spare, lies behind it.
    const auto size = size_t(unread.size());
    SyncUpdate scratch;
    scratch.dialect = answer.dialect;
    detail::od::document document;
    detail::od::value value;
    const bool read =
        m_parser->parser.iterate(unread.data(), size, size + simdjson::SIMDJSON_PADDING).get(document)
            == simdjson::SUCCESS
        && document.get_value().get(value) == simdjson::SUCCESS
        && detail::SyncWalk(scratch).room(value, room);
    return read ? Result<void>() : badSync(u"a room is not JSON"_s);
}

} // namespace parvis
