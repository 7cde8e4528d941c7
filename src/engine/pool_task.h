// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QThreadPool>

#include <memory>

namespace parvis {

/// Runs fn(), which returns a Result, on the pool, and brings its answer home to the calling thread. @p home
/// outlives what runs on the pool.
template <typename Fn>
auto runOnPool(QThreadPool &pool, QObject *home, Fn fn)
{
    using T = typename std::invoke_result_t<Fn>::value_type;
    Q_ASSERT(QThread::currentThread() == home->thread());
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    auto job = std::make_shared<Fn>(std::move(fn));
    pool.start([home, job = std::move(job), promise = std::move(promise)]() mutable {
        auto box = std::make_shared<Result<T>>((*job)());
        job.reset();
        // Moved: its last owner is whoever is at home.
        QMetaObject::invokeMethod(
            home, [promise = std::move(promise), box] { promise->resolve(std::move(*box)); },
            Qt::QueuedConnection);
    });
    return task;
}

} // namespace parvis
