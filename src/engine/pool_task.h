// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QThreadPool>

#include <memory>

namespace parvis {

/// Runs fn(), which returns a Result, on the pool, and brings its answer home to the calling thread, which
/// has an event loop. Whoever asked may be gone by then: the answer lands on an object of its own.
template <typename Fn>
auto runOnPool(QThreadPool &pool, Fn fn)
{
    using T = typename std::invoke_result_t<Fn>::value_type;
    // Lives on the calling thread, and is deleted there, after what was sent to it.
    std::shared_ptr<QObject> landing(new QObject, [](QObject *object) { object->deleteLater(); });
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    auto job = std::make_shared<Fn>(std::move(fn));
    pool.start([landing = std::move(landing), job = std::move(job), promise = std::move(promise)]() mutable {
        auto box = std::make_shared<Result<T>>((*job)());
        job.reset();
        // Moved: its last owner is whoever is at home.
        QMetaObject::invokeMethod(
            landing.get(), [promise = std::move(promise), box] { promise->resolve(std::move(*box)); },
            Qt::QueuedConnection);
    });
    return task;
}

} // namespace parvis
