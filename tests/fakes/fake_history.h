// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "timeline/room_history.h"

#include <functional>
#include <memory>

namespace parvis::timeline {

/// Answers at once by a function that the test gives.
class FakeHistory : public RoomHistory
{
public:
    std::function<Result<EventPage>(const QString &from, int limit)> answer;
    int asked = 0;
    Task<EventPage> older(const RoomId &, const QString &from, int limit) override
    {
        ++asked;
        return Task<EventPage>::ready(answer ? answer(from, limit) : Result<EventPage>(EventPage()));
    }
    Task<EventPage> before(const RoomId &, const EventId &event, int limit) override
    {
        ++askedAround;
        const auto page = answerAround ? answerAround(event, limit)
                                       : fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND"));
        return Task<EventPage>::ready(
            page.map([&](const ContextPage &around) { return olderPart(around, event); }));
    }
    std::function<Result<EventPage>(const QString &from, int limit)> answerNewer;
    Task<EventPage> newer(const RoomId &, const QString &from, int limit) override
    {
        return Task<EventPage>::ready(answerNewer ? answerNewer(from, limit)
                                                  : Result<EventPage>(EventPage()));
    }
    std::function<Result<ContextPage>(const EventId &event, int limit)> answerAround;
    int askedAround = 0;
    std::shared_ptr<Promise<ContextPage>> holdAround; ///< answers instead, when the test wants
    Task<ContextPage> around(const RoomId &, const EventId &event, int limit) override
    {
        ++askedAround;
        if (holdAround)
            return holdAround->task();
        return Task<ContextPage>::ready(answerAround
                                            ? answerAround(event, limit)
                                            : fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND")));
    }
    std::function<Result<EventPage>(const QString &from, int limit)> answerThread;
    Task<EventPage> inThread(const RoomId &, const EventId &, const QString &from, int limit) override
    {
        return Task<EventPage>::ready(answerThread ? answerThread(from, limit)
                                                   : Result<EventPage>(EventPage()));
    }
    std::function<Result<EventPage>(const EventId &event)> answerSingle;
    Task<EventPage> single(const RoomId &, const EventId &event) override
    {
        return Task<EventPage>::ready(answerSingle ? answerSingle(event) : Result<EventPage>(EventPage()));
    }
    std::function<Result<EventId>(qint64 ts)> answerNearest;
    Task<EventId> nearest(const RoomId &, qint64 ts) override
    {
        return Task<EventId>::ready(answerNearest ? answerNearest(ts)
                                                  : fail(ErrorKind::NotFound, QStringLiteral("M_NOT_FOUND")));
    }
};

} // namespace parvis::timeline
