// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_loop.h"

#include "net/retry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// True where asking again cannot help, however long after. A certificate, a refusal or a page that is not
/// the homeserver's is none of it: it may come from a portal or a proxy, and goes away with them.
bool isForThePerson(const Error &error)
{
    // Their kind is that of a refusal, with which a proxy may answer for a while.
    if (error.code == "M_USER_DEACTIVATED"_L1 || error.code == "M_USER_LOCKED"_L1)
        return true;
    switch (error.kind) {
    case ErrorKind::Auth:
        return error.code == "M_UNKNOWN_TOKEN"_L1;
    case ErrorKind::Policy:
    case ErrorKind::Crypto:
    case ErrorKind::Usage:
    case ErrorKind::Bug:
        return true;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Server:
    case ErrorKind::Protocol:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::RateLimited:
    case ErrorKind::TooLarge:
    case ErrorKind::Storage: // a full disk is emptied some time: nothing was acknowledged
    case ErrorKind::Keychain:
    case ErrorKind::Cancelled:
        return false;
    }
    Q_UNREACHABLE();
    return true;
}

} // namespace

SyncLoop::SyncLoop(Parts parts, QObject *parent) : QObject(parent), m_parts(parts) {}

void SyncLoop::start()
{
    if (std::exchange(m_started, true))
        return;
    if (!m_dialect)
        return probe();
    for (const auto &poller : m_pollers)
        poller->start();
    refreshStatus();
}

void SyncLoop::stop()
{
    m_started = false;
    ++m_probes;
    for (const auto &poller : m_pollers)
        poller->stop();
    refreshStatus();
}

void SyncLoop::retryNow()
{
    if (!m_started)
        return start();
    if (!m_dialect)
        return probe();
    for (const auto &poller : m_pollers) {
        if (poller->phase() == Poller::Phase::Stopped)
            poller->start();
        else if (poller->phase() == Poller::Phase::Offline)
            poller->poke();
    }
}

void SyncLoop::setOpenRooms(const QList<RoomId> &rooms)
{
    if (std::exchange(m_window.open, rooms) == rooms || m_dialect != SyncDialect::Sliding)
        return;
    m_pollers.back()->poke();
}

Task<void> SyncLoop::waitIdle()
{
    if (!m_dialect) {
        m_beforeProbe.emplace_back();
        return m_beforeProbe.back().task();
    }
    Task<void> all = Task<void>::ready({});
    // One after the other would do as well: each answers for a time after this call.
    std::vector<Task<void>> each;
    for (const auto &poller : m_pollers)
        each.push_back(poller->idle());
    for (Task<void> &one : each) {
        auto rest = std::make_shared<Task<void>>(std::move(one));
        all = std::move(all).andThen(this, [rest] { return std::move(*rest); });
    }
    return all;
}

void SyncLoop::probe()
{
    m_probeRetryAt = 0;
    refreshStatus();
    const int number = ++m_probes;
    m_parts.transport.hasSliding().then(this, [this, number](Result<bool> sliding) {
        if (number != m_probes || !m_started)
            return;
        if (sliding)
            return begin(*sliding ? SyncDialect::Sliding : SyncDialect::Classic);
        m_probeError = sliding.error();
        if (isForThePerson(sliding.error())) {
            m_started = false;
            return refreshStatus();
        }
        const int delay = retry::delayMs(std::min(number, 20), sliding.error());
        m_probeRetryAt = m_parts.clock.nowMs() + delay;
        refreshStatus();
        m_parts.delay.after(delay, this, [this, number] {
            if (number == m_probes && m_started)
                probe();
        });
    });
}

void SyncLoop::begin(SyncDialect dialect)
{
    m_probeError.reset();
    const bool sliding = dialect == SyncDialect::Sliding;
    const auto encryption = load(u"encryption"_s);
    const auto rooms = load(u"room-list"_s);
    const auto since = load(u"classic"_s);
    if (!encryption || !rooms || !since) {
        m_probeError = !encryption ? encryption.error() : !rooms ? rooms.error() : since.error();
        m_started = false;
        return refreshStatus();
    }
    m_dialect = dialect;
    m_encryptionPos = *encryption;
    m_roomPos = *rooms;
    m_since = *since;
    m_fromScratch = sliding ? m_roomPos.isEmpty() : m_since.isEmpty();
    if (!m_roomPos.isEmpty()) {
        // The connection had the whole list before: what changed in it comes with one request.
        if (const auto known = m_parts.cache.rooms().all())
            m_window.end = std::max<qint64>(RoomWindow::firstEnd, known->size() - 1);
    }
    m_pollers.clear();
    const auto add = [this](Poller::Hooks hooks) {
        m_pollers.push_back(std::make_unique<Poller>(std::move(hooks), m_parts.delay));
        connect(m_pollers.back().get(), &Poller::changed, this, &SyncLoop::refreshStatus);
    };
    if (sliding) {
        add(encryptionHooks());
        add(roomHooks());
    } else {
        add(classicHooks());
    }
    for (const auto &poller : m_pollers)
        poller->start();
    refreshStatus();
    for (Promise<void> &promise : std::exchange(m_beforeProbe, {})) {
        auto held = std::make_shared<Promise<void>>(std::move(promise));
        waitIdle().then(this, [held](Result<void> result) { held->resolve(std::move(result)); });
    }
}

Result<QString> SyncLoop::load(const QString &name)
{
    return m_parts.cache.rooms().position(name);
}

Poller::Hooks SyncLoop::encryptionHooks()
{
    return {
        .ask = [this](int timeoutMs, const CancelToken &cancel) -> Task<QByteArray> {
            const auto since = m_parts.crypto.toDeviceSince();
            if (!since)
                return Task<QByteArray>::ready(tl::unexpected(since.error()));
            return m_parts.transport.sliding(m_encryptionPos, timeoutMs, sync_request::encryption(*since),
                                             cancel);
        },
        .take = [this](QByteArray body) { return takeEncryption(std::move(body)); },
        .remedy = [this](const Error &error) { return remedy(error, m_encryptionPos); },
        .mayWait = [this] { return !m_encryptionPos.isEmpty(); },
    };
}

Poller::Hooks SyncLoop::roomHooks()
{
    return {
        .ask =
            [this](int timeoutMs, const CancelToken &cancel) {
                return m_parts.transport.sliding(m_roomPos, timeoutMs, sync_request::roomList(m_window),
                                                 cancel);
            },
        .take = [this](QByteArray body) { return takeRooms(std::move(body)); },
        .remedy =
            [this](const Error &error) {
                const Poller::Remedy answer = remedy(error, m_roomPos);
                if (m_roomPos.isEmpty()) {
                    // The server sends every room anew: what a screen shows comes first.
                    m_window.end = RoomWindow::firstEnd;
                    m_listCount = -1;
                    m_fromScratch = true;
                    m_seen.clear();
                }
                return answer;
            },
        .mayWait = [this] { return m_window.end + 1 >= m_listCount; },
    };
}

Poller::Hooks SyncLoop::classicHooks()
{
    return {
        .ask =
            [this](int timeoutMs, const CancelToken &cancel) {
                return m_parts.transport.classic(m_since, timeoutMs, sync_request::classicFilter(), cancel);
            },
        .take = [this](QByteArray body) { return takeClassic(std::move(body)); },
        .remedy = [this](const Error &error) { return remedy(error, m_since); },
        .mayWait = [this] { return !m_since.isEmpty(); },
    };
}

Poller::Remedy SyncLoop::remedy(const Error &error, QString &position)
{
    if (error.code == "M_UNKNOWN_POS"_L1 && !position.isEmpty()) {
        position.clear(); // a second one in a row backs off
        return Poller::Remedy::Again;
    }
    if (error.code == "M_UNRECOGNIZED"_L1 && m_dialect == SyncDialect::Sliding) {
        // The server lost sliding sync, or has it no longer for this user: ask it again what it can.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_dialect == SyncDialect::Sliding && m_started)
                    begin(SyncDialect::Classic);
            },
            Qt::QueuedConnection);
        return Poller::Remedy::Stop;
    }
    return isForThePerson(error) ? Poller::Remedy::Stop : Poller::Remedy::BackOff;
}

void SyncLoop::refreshStatus()
{
    SyncStatus status;
    status.dialect = m_dialect;
    if (!m_dialect) {
        status.error = m_probeError;
        status.retryAtMs = m_probeRetryAt;
        status.phase = !m_started ? SyncStatus::Phase::Stopped
            : m_probeRetryAt != 0 ? SyncStatus::Phase::Offline
                                  : SyncStatus::Phase::Connecting;
        return m_status.set(status);
    }
    status.caughtUp = m_status.get().caughtUp
        || std::all_of(m_pollers.cbegin(), m_pollers.cend(),
                       [](const auto &p) { return p->phase() == Poller::Phase::Waiting; });
    // The worst of the connections is how the account stands.
    status.phase = SyncStatus::Phase::Online;
    for (const auto &poller : m_pollers) {
        if (poller->phase() == Poller::Phase::Stopped) {
            status.phase = SyncStatus::Phase::Stopped;
            status.error = poller->lastError();
            break;
        }
        if (poller->phase() == Poller::Phase::Offline) {
            status.phase = SyncStatus::Phase::Offline;
            status.error = poller->lastError();
            status.retryAtMs = m_parts.clock.nowMs() + poller->retryInMs();
        } else if (status.phase == SyncStatus::Phase::Online && (m_storedAt == 0 || poller->lastError())) {
            status.phase = SyncStatus::Phase::Connecting;
            status.error = poller->lastError();
        }
    }
    if (!m_started)
        status.phase = SyncStatus::Phase::Stopped;
    m_status.set(status);
}

} // namespace parvis
