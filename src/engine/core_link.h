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
    QObject *home;     ///< of the UI thread; outlives the core thread, as a bridge that asks may not

    /// Runs fn(Core &) over there; fn returns a Result or a Task. @p asker, of the UI thread, may be gone
    /// before the answer comes.
    template <typename Fn>
    [[nodiscard]] auto ask([[maybe_unused]] const QObject *asker, Fn fn) const
    {
        Q_ASSERT(asker->thread() == home->thread());
        return runOn(executor, home, [to = core, fn = std::move(fn)]() mutable { return fn(*to); });
    }

    /// Runs fn(Engine &) over there; answers PARVIS_NOT_SIGNED_IN where no account is open.
    template <typename Fn>
    [[nodiscard]] auto askEngine(const QObject *asker, Fn fn) const
    {
        using Returned = std::invoke_result_t<Fn, Engine &>;
        return ask(asker, [fn = std::move(fn)](Core &opened) mutable -> Task<typename Returned::value_type> {
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
