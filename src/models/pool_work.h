// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <memory>

namespace parvis {

/// Runs fn(), which returns a Result and touches nothing of the window, beside the UI thread, and brings its
/// answer back to it. For what a person chose from the disk: the window must not wait for a slow share.
template <typename Fn>
auto besideTheWindow(Fn fn)
{
    using T = typename std::invoke_result_t<Fn>::value_type;
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    auto job = std::make_shared<Fn>(std::move(fn));
    QThreadPool::globalInstance()->start([job = std::move(job), promise = std::move(promise)]() mutable {
        auto box = std::make_shared<Result<T>>((*job)());
        job.reset();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [promise = std::move(promise), box] { promise->resolve(std::move(*box)); }, Qt::QueuedConnection);
    });
    return task;
}

} // namespace parvis
