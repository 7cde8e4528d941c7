// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "engine/core.h"

#include <QObject>

namespace parvis {

/// How a bridge on the UI thread asks the core. UI thread.
struct CoreLink {
    QObject *executor; ///< of the core thread
    Core *core;        ///< only to be touched there

    /// Runs fn(Core &) over there; fn returns a Result or a Task.
    template <typename Fn>
    [[nodiscard]] auto ask(QObject *home, Fn fn) const
    {
        return runOn(executor, home, [to = core, fn = std::move(fn)]() mutable { return fn(*to); });
    }

    /// Runs fn(Engine &) over there; answers PARVIS_NOT_SIGNED_IN where no account is open.
    template <typename Fn>
    [[nodiscard]] auto askEngine(QObject *home, Fn fn) const
    {
        using Returned = std::invoke_result_t<Fn, Engine &>;
        return ask(home, [fn = std::move(fn)](Core &opened) mutable -> Task<typename Returned::value_type> {
            using T = typename Returned::value_type;
            const auto engine = opened.needEngine();
            if (!engine)
                return Task<T>::ready(tl::unexpected(engine.error()));
            if constexpr (detail::isTask<Returned>)
                return fn(**engine);
            else
                return Task<T>::ready(fn(**engine));
        });
    }
};

} // namespace parvis
