// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "timeline/history_source.h"

#include <functional>

namespace parvis::timeline {

/// Answers at once by a function that the test gives.
class FakeHistory : public HistorySource
{
public:
    std::function<Result<EventPage>(const QString &from, int limit)> answer;
    int asked = 0;
    Task<EventPage> older(const RoomId &, const QString &from, int limit) override
    {
        ++asked;
        return Task<EventPage>::ready(answer ? answer(from, limit) : Result<EventPage>(EventPage()));
    }
};

} // namespace parvis::timeline
