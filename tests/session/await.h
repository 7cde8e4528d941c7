// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTest>

namespace parvis {

/// Runs the event loop until the answer is there; after @p seconds the answer is a Timeout.
template <typename T>
Result<T> await(Task<T> task, int seconds = 30)
{
    QObject context;
    QEventLoop loop;
    std::optional<Result<T>> answer;
    std::move(task).then(&context, [&](Result<T> result) {
        answer = std::move(result);
        loop.quit();
    });
    const QDeadlineTimer deadline(seconds * 1000);
    while (!answer && !deadline.hasExpired())
        loop.processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 100);
    if (!answer)
        return fail(ErrorKind::Timeout, QStringLiteral("no answer"));
    return *std::move(answer);
}

} // namespace parvis
