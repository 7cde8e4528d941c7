// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// A cache that cannot be read is set aside, and an engine with a new one takes over: at once, or as soon as
// the disk lets it.
#include "base/log.h"
#include "engine/core.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

// A disk that damages every new file is not fed for ever: the connection then says what is wrong.
constexpr int mostRenewals = 3;

constexpr int firstPauseMs = 2'000;
constexpr int longestPauseMs = 60'000;

} // namespace

bool Core::isRenewing() const
{
    return m_renewal != nullptr;
}

void Core::renewCache()
{
    if (!m_engine || !m_engine->files().cache().isDamaged() || m_renewals >= mostRenewals)
        return;
    ++m_renewals;
    qCWarning(log::store) << "the cache is damaged: it is set aside and fetched anew";
    m_renewal = std::make_unique<Renewal>(
        Renewal{.reopen = m_engine->files().withNewCache(), .wasStarted = m_engine->isStarted()});
    std::unique_ptr<Engine> old = std::move(m_engine);
    Q_EMIT engineChanged();
    old.reset();
    tryRenewal();
}

void Core::tryRenewal()
{
    // begin() ends the renewal where it succeeds; what was shared outlives that.
    const bool wasStarted = m_renewal->wasStarted;
    const int tries = ++m_renewal->tries;
    const auto reopen = m_renewal->reopen;
    const auto begun = reopen(m_clock.nowMs()).and_then([this](std::unique_ptr<session::AccountFiles> files) {
        return begin(std::move(files));
    });
    if (begun) {
        if (wasStarted)
            m_engine->start();
        return;
    }
    qCCritical(log::store) << "the cache cannot be begun anew:" << begun.error().code;
    const int pauseMs = std::min(firstPauseMs << std::min(tries - 1, 8), longestPauseMs);
    m_renewal->problem = begun.error();
    m_renewal->retryAtMs = m_clock.nowMs() + pauseMs;
    Q_EMIT engineChanged();
    m_delay.after(pauseMs, this, [this, tries] {
        if (m_renewal && m_renewal->tries == tries)
            tryRenewal();
    });
}

void Core::retryNow()
{
    if (m_renewal)
        tryRenewal();
    else if (m_engine)
        m_engine->retryNow();
}

std::optional<StorageState> Core::storageWhileRenewing() const
{
    if (!m_renewal || !m_renewal->problem)
        return std::nullopt;
    if (m_renewal->problem->code == "PARVIS_DISK_FULL"_L1)
        return StorageState::DiskFull;
    return m_renewal->problem->code == "PARVIS_KEYS_DAMAGED"_L1 ? StorageState::KeysDamaged
                                                                : StorageState::Failing;
}

std::optional<Connection> Core::connectionWhileRenewing() const
{
    if (!m_renewal || !m_renewal->problem)
        return std::nullopt;
    return Connection{
        .state = Connection::State::Offline, .reason = m_renewal->problem, .retryAtMs = m_renewal->retryAtMs};
}

Result<Engine *> Core::needEngine()
{
    if (m_engine)
        return m_engine.get();
    if (m_renewal && m_renewal->problem)
        return tl::unexpected(*m_renewal->problem);
    return fail(ErrorKind::Auth, u"PARVIS_NOT_SIGNED_IN"_s);
}

Result<void> Core::needNobody() const
{
    if (m_engine || m_renewal)
        return fail(ErrorKind::Usage, u"PARVIS_ALREADY_SIGNED_IN"_s);
    return {};
}

} // namespace parvis
