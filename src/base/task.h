// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace parvis {

template <typename T>
class Task;

namespace detail {

template <typename>
inline constexpr bool isTask = false;
template <typename T>
inline constexpr bool isTask<Task<T>> = true;

template <typename T>
struct TaskState {
    struct Continuation {
        virtual ~Continuation() = default;
        virtual void run(Result<T> result) = 0;
    };

    std::optional<Result<T>> result;
    std::unique_ptr<Continuation> continuation;
    QThread *const thread = QThread::currentThread();

    void settle(Result<T> value)
    {
        Q_ASSERT(QThread::currentThread() == thread);
        if (auto next = std::move(continuation))
            next->run(std::move(value));
        else
            result.emplace(std::move(value));
    }
};

} // namespace detail

/// The producing end of a Task. Dropped without an answer, it answers Cancelled.
template <typename T>
class Promise
{
public:
    Promise() : m_state(std::make_shared<detail::TaskState<T>>()) {}
    Promise(Promise &&) noexcept = default;
    Promise &operator=(Promise &&) noexcept = default;
    Promise(const Promise &) = delete;
    Promise &operator=(const Promise &) = delete;
    ~Promise()
    {
        if (m_state)
            resolve(fail(ErrorKind::Cancelled, QStringLiteral("abandoned")));
    }

    [[nodiscard]] Task<T> task() { return Task<T>(m_state); }
    void resolve(Result<T> value) { std::exchange(m_state, nullptr)->settle(std::move(value)); }

private:
    std::shared_ptr<detail::TaskState<T>> m_state;
};

/// One asynchronous answer: a Result that arrives later, once, on the thread that asked.
///
/// A Task is moved into exactly one then() or andThen(). Its continuation runs only while
/// the context object lives, so `this` is safe to capture when it is also the context.
template <typename T>
class [[nodiscard]] Task
{
public:
    Task(Task &&) noexcept = default;
    Task &operator=(Task &&) noexcept = default;
    Task(const Task &) = delete;
    Task &operator=(const Task &) = delete;

    static Task ready(Result<T> value)
    {
        Promise<T> promise;
        auto task = promise.task();
        promise.resolve(std::move(value));
        return task;
    }

    /// Calls fn(Result<T>), at once if the answer is already there.
    template <std::invocable<Result<T>> Fn>
    void then(const QObject *context, Fn fn) &&
    {
        struct Call final : detail::TaskState<T>::Continuation {
            Call(const QObject *owner, Fn &&f) : context(owner), fn(std::move(f)) {}
            void run(Result<T> value) override
            {
                if (context)
                    fn(std::move(value));
            }
            QPointer<const QObject> context;
            Fn fn;
        };
        auto state = std::exchange(m_state, nullptr);
        Q_ASSERT(state && QThread::currentThread() == state->thread);
        auto call = std::make_unique<Call>(context, std::move(fn));
        if (state->result)
            call->run(*std::exchange(state->result, std::nullopt));
        else
            state->continuation = std::move(call);
    }

    /// Chains a step that needs the value; an error skips it and goes to the end of the chain.
    /// fn returns a Task<U> or a Result<U>.
    template <typename Fn>
    auto andThen(const QObject *context, Fn fn) &&
    {
        using Step = std::conditional_t<std::is_void_v<T>, std::invoke_result<Fn>,
                                        std::invoke_result<Fn, std::add_rvalue_reference_t<T>>>;
        using Returned = typename Step::type;
        using U = typename Returned::value_type;
        Promise<U> promise;
        auto next = promise.task();
        std::move(*this).then(
            context, [context, fn = std::move(fn), promise = std::move(promise)](Result<T> value) mutable {
                if (!value)
                    return promise.resolve(tl::unexpected(std::move(value.error())));
                Returned returned = [&] {
                    if constexpr (std::is_void_v<T>)
                        return fn();
                    else
                        return fn(*std::move(value));
                }();
                if constexpr (detail::isTask<Returned>)
                    std::move(returned).then(context, [promise = std::move(promise)](Result<U> end) mutable {
                        promise.resolve(std::move(end));
                    });
                else
                    promise.resolve(std::move(returned));
                (void)context;
            });
        return next;
    }

    using value_type = T;

private:
    friend class Promise<T>;
    explicit Task(std::shared_ptr<detail::TaskState<T>> state) : m_state(std::move(state)) {}

    std::shared_ptr<detail::TaskState<T>> m_state;
};

/// Runs fn on the thread of @p worker and brings its answer home, to the calling thread.
///
/// fn returns a Result or a Task. Both executors outlive every call: there is one per thread.
template <typename Fn>
auto runOn(QObject *worker, QObject *home, Fn fn)
{
    using Returned = std::invoke_result_t<Fn>;
    using T = typename Returned::value_type;
    Q_ASSERT(QThread::currentThread() == home->thread());

    // The promise belongs to the home thread: wherever its last owner dies, it is deleted there. What carries
    // it home owns it, so that it does not outlive a home that no longer listens.
    std::shared_ptr<Promise<T>> promise(new Promise<T>, [home](Promise<T> *p) {
        QMetaObject::invokeMethod(home, [last = std::shared_ptr<Promise<T>>(p)] {});
    });
    auto task = promise->task();
    auto deliver = [home, promise = std::move(promise)](Result<T> value) {
        auto box = std::make_shared<Result<T>>(std::move(value));
        QMetaObject::invokeMethod(home, [promise, box] { promise->resolve(std::move(*box)); });
    };
    auto job = std::make_shared<Fn>(std::move(fn));
    QMetaObject::invokeMethod(
        worker,
        [worker, job, deliver = std::move(deliver)] {
            if constexpr (detail::isTask<Returned>)
                (*job)().then(worker, deliver);
            else
                deliver((*job)());
            (void)worker;
        },
        Qt::QueuedConnection);
    return task;
}

} // namespace parvis
