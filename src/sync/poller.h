// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "net/cancel.h"
#include "net/delay.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <vector>

namespace parvis {

/// One connection that asks again and again: at once while there is more, else by long polls, after an error
/// with a growing delay. One request at a time; what comes late is dropped. Core thread.
class Poller : public QObject
{
    Q_OBJECT

public:
    static constexpr int longPollMs = 30'000;
    /// So many long polls in a row may come back at once with nothing; then a pause is made before each.
    static constexpr int mostHasty = 20;
    static constexpr int hastyMs = 200;
    static constexpr int pauseMs = 1000;

    enum class Phase { Stopped, Asking, Waiting, Offline };

    /// What came of an answer.
    enum class Taken {
        Nothing, ///< nothing was waiting: a long poll may follow
        Some,    ///< there may be more
    };
    /// What to do after an error.
    enum class Remedy {
        BackOff, ///< the same again, later
        Again,   ///< the cause is removed: at once
        Stop,    ///< only the person can help
    };
    struct Hooks {
        std::function<Task<QByteArray>(int timeoutMs, const CancelToken &)> ask;
        std::function<Task<Taken>(QByteArray)> take;
        std::function<Remedy(const Error &)> remedy;
        std::function<bool()> mayWait; ///< false: ask with no time to wait, because there is more to fetch
    };

    Poller(Hooks hooks, Delay &delay, QObject *parent = nullptr);
    /// Ends the request under way, and hears nothing of it.
    ~Poller() override;

    void start();
    /// Drops the request in flight. An answer that is being taken in is taken in to its end.
    void stop();
    /// The parameters are others now, or the person is impatient: what waits is asked anew at once.
    void poke();
    /// Answers when a request that was made after this call, without time to wait, brought nothing.
    [[nodiscard]] Task<void> idle();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::optional<Error> &lastError() const { return m_error; }
    /// Of the next try, while Offline: in how many milliseconds.
    [[nodiscard]] int retryInMs() const { return m_retryInMs; }

Q_SIGNALS:
    /// Phase or error are others now.
    void changed();

private:
    void ask();
    void answered(quint64 turn, Result<QByteArray> body);
    void taken(quint64 turn, bool withoutWait, Result<Taken> result);
    void failed(const Error &error);
    void setPhase(Phase phase);
    void next();
    void nextLater(int ms);

    Hooks m_hooks;
    Delay &m_delay;
    Phase m_phase = Phase::Stopped;
    CancelSource m_cancel;
    quint64 m_turn = 0;      ///< of the request in flight: tells a late answer
    bool m_inFlight = false; ///< a request, or its answer being taken in
    bool m_taking = false;
    bool m_withoutWait = true;
    bool m_posted = false;
    int m_attempt = 0;
    QElapsedTimer m_asked; ///< since the request in flight
    int m_hasty = 0;
    int m_retryInMs = 0;
    std::optional<Error> m_error;
    struct Waiter {
        quint64 since; ///< turn at the time of asking
        Promise<void> promise;
    };
    std::vector<Waiter> m_waiters;
};

} // namespace parvis
