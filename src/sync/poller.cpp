// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/poller.h"

#include "net/retry.h"

namespace parvis {

Poller::Poller(Hooks hooks, Delay &delay, QObject *parent)
    : QObject(parent), m_hooks(std::move(hooks)), m_delay(delay)
{
}

Poller::~Poller()
{
    // The cancelled request answers while we are being taken apart.
    ++m_turn;
    m_phase = Phase::Stopped;
    m_cancel.cancel();
}

void Poller::setPhase(Phase phase)
{
    if (std::exchange(m_phase, phase) != phase)
        Q_EMIT changed();
}

void Poller::start()
{
    if (m_phase != Phase::Stopped)
        return;
    m_attempt = 0;
    m_withoutWait = true; // what came since the last time comes at once
    setPhase(Phase::Asking);
    next();
}

void Poller::stop()
{
    setPhase(Phase::Stopped);
    if (!m_taking) {
        ++m_turn;
        m_inFlight = false;
    }
    m_cancel.cancel();
}

void Poller::poke()
{
    if (m_phase == Phase::Stopped || m_taking)
        return;
    ++m_turn; // the answer to the old question is not wanted
    m_inFlight = false;
    m_withoutWait = true;
    m_cancel.cancel();
    setPhase(Phase::Asking);
    next();
}

Task<void> Poller::idle()
{
    m_waiters.push_back({m_turn, {}});
    Task<void> task = m_waiters.back().promise.task();
    poke();
    return task;
}

void Poller::next()
{
    // Never from inside an answer: a fake, or a cache, may answer at once.
    if (!std::exchange(m_posted, true))
        QMetaObject::invokeMethod(this, &Poller::ask, Qt::QueuedConnection);
}

void Poller::ask()
{
    m_posted = false;
    if (m_phase == Phase::Stopped || m_inFlight)
        return;
    m_inFlight = true;
    const quint64 turn = ++m_turn;
    m_withoutWait = m_withoutWait || !m_hooks.mayWait() || !m_waiters.empty();
    setPhase(m_withoutWait || m_error ? Phase::Asking : Phase::Waiting);
    m_cancel = CancelSource();
    m_asked.start();
    m_hooks.ask(m_withoutWait ? 0 : longPollMs, m_cancel.token())
        .then(this, [this, turn](Result<QByteArray> body) { answered(turn, std::move(body)); });
}

void Poller::answered(quint64 turn, Result<QByteArray> body)
{
    if (turn != m_turn || m_phase == Phase::Stopped)
        return;
    if (!body) {
        m_inFlight = false;
        return failed(body.error());
    }
    m_taking = true;
    m_hooks.take(*std::move(body)).then(this, [this, turn, quick = m_withoutWait](Result<Taken> result) {
        taken(turn, quick, std::move(result));
    });
}

void Poller::taken(quint64 turn, bool withoutWait, Result<Taken> result)
{
    m_taking = false;
    m_inFlight = false;
    if (m_phase == Phase::Stopped)
        return;
    if (!result)
        return failed(result.error());
    m_attempt = 0;
    m_retryInMs = 0;
    const bool wasBad = m_error.has_value();
    m_error.reset();
    m_withoutWait = *result == Taken::Some;
    if (withoutWait && *result == Taken::Nothing && m_hooks.mayWait()) {
        std::vector<Waiter> rest;
        std::vector<Waiter> done;
        for (Waiter &waiter : m_waiters)
            (waiter.since < turn ? done : rest).push_back(std::move(waiter));
        m_waiters = std::move(rest);
        for (Waiter &waiter : done)
            waiter.promise.resolve({});
    }
    if (wasBad)
        Q_EMIT changed();
    // A server that does not wait when it is asked to would be asked without end.
    const bool hasty = !withoutWait && *result == Taken::Nothing && m_asked.elapsed() < hastyMs;
    m_hasty = hasty ? m_hasty + 1 : 0;
    if (m_hasty > mostHasty)
        return nextLater(pauseMs);
    next();
}

void Poller::failed(const Error &error)
{
    const Remedy remedy = m_hooks.remedy(error);
    m_error = error;
    m_withoutWait = true; // the first sign of life comes at once
    switch (remedy) {
    case Remedy::Again:
        m_error.reset();
        return next();
    case Remedy::Stop:
        m_phase = Phase::Stopped;
        Q_EMIT changed();
        return;
    case Remedy::BackOff:
        break;
    }
    m_retryInMs = retry::delayMs(++m_attempt, error);
    m_phase = Phase::Offline;
    Q_EMIT changed();
    nextLater(m_retryInMs);
}

void Poller::nextLater(int ms)
{
    m_delay.after(ms, this, [this, turn = m_turn, phase = m_phase] {
        if (turn == m_turn && m_phase == phase)
            next();
    });
}

} // namespace parvis
