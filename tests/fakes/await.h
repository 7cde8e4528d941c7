// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace parvis {

/// Lets the event loop run until the answer is there. For what really waits; fakes answer at once.
template <typename T>
[[nodiscard]] Result<T> await(Task<T> task, int ms = 20'000)
{
    std::optional<Result<T>> answer;
    QEventLoop loop; // not QTest::qWaitFor, which sleeps between two looks
    std::move(task).then(&loop, [&](Result<T> result) {
        answer.emplace(std::move(result));
        loop.quit();
    });
    if (!answer) {
        QTimer::singleShot(ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (!answer)
        return fail(ErrorKind::Bug, QStringLiteral("TEST_NO_ANSWER"));
    return std::move(*answer);
}

} // namespace parvis
