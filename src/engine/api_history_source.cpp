// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/api_history_source.h"

#include "api/messages.h"
#include "events/event_reader.h"

using namespace Qt::StringLiterals;

namespace parvis {

Task<EventPage> ApiHistorySource::older(const RoomId &room, const QString &from, int limit)
{
    return m_api.sendWithRetry(api::Messages{.roomId = room, .from = from, .limit = limit})
        .andThen(this, [](const QByteArray &body) { return readEventPage(body); });
}

Task<EventPage> ApiHistorySource::before(const RoomId &room, const EventId &event, int limit)
{
    // Half of it is on the other side.
    return around(room, event, 2 * limit).andThen(this, [event](const ContextPage &page) {
        return Result<EventPage>(olderPart(page, event));
    });
}

Task<EventPage> ApiHistorySource::newer(const RoomId &room, const QString &from, int limit)
{
    return m_api
        .sendWithRetry(api::Messages{
            .roomId = room, .from = from, .direction = api::Messages::Direction::Forward, .limit = limit})
        .andThen(this, [](const QByteArray &body) { return readEventPage(body); });
}

Task<ContextPage> ApiHistorySource::around(const RoomId &room, const EventId &event, int limit)
{
    return m_api.sendWithRetry(api::EventContext{.roomId = room, .eventId = event, .limit = limit})
        .andThen(this, [room, event](const QByteArray &body) { return readContextPage(body, room, event); });
}

Task<EventPage> ApiHistorySource::inThread(const RoomId &room, const EventId &root, const QString &from,
                                           int limit)
{
    return m_api
        .sendWithRetry(api::Relations{
            .roomId = room, .eventId = root, .relType = u"m.thread"_s, .from = from, .limit = limit})
        .andThen(this, [](const QByteArray &body) { return readEventPage(body); });
}

Task<EventPage> ApiHistorySource::single(const RoomId &room, const EventId &event)
{
    return m_api.sendWithRetry(api::GetEvent{.roomId = room, .eventId = event})
        .andThen(this, [event](const QByteArray &body) {
            EventPage page;
            auto read = readEvent(body, Envelope::Room);
            if (read && read->id == event)
                page.chunk.append(*std::move(read));
            return Result<EventPage>(page);
        });
}

Task<EventId> ApiHistorySource::nearest(const RoomId &room, qint64 ts)
{
    // Nothing that late: then the last there is. As a new question, for a Task has no other way back.
    auto promise = std::make_shared<Promise<EventId>>();
    auto task = promise->task();
    m_api.sendWithRetry(api::TimestampToEvent{.roomId = room, .ts = ts})
        .then(this, [this, room, ts, promise](const Result<EventId> &found) {
            if (found || found.error().kind != ErrorKind::NotFound)
                return promise->resolve(found);
            m_api
                .sendWithRetry(api::TimestampToEvent{
                    .roomId = room, .ts = ts, .direction = api::Messages::Direction::Back})
                .then(this, [promise](const Result<EventId> &last) { promise->resolve(last); });
        });
    return task;
}

} // namespace parvis
