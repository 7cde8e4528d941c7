// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What an engine does about its files: a full disk, damaged pages, a cache that was begun anew.
#include "base/log.h"
#include "engine/api_history_source.h"
#include "engine/engine.h"
#include "engine/history_crawl.h"
#include "engine/search_desk.h"
#include "session/profile_generation.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int catchUpAfterMs = 2'000;
constexpr int checkAfterMs = 120'000; // starting goes first
constexpr qint64 checkedForMs = 7LL * 24 * 3600 * 1000;
const QString checkedPosition = u"cache-checked"_s;

/// Nothing is fetched that would go at once.
HistoryCrawl::Rules crawlRules(const Engine::SearchRules &search, const RetentionDesk::Rules &keep)
{
    HistoryCrawl::Rules rules{.days = search.days, .maxBytes = qint64(search.cacheMegabytes) * 1024 * 1024};
    if (keep.keptDays > 0)
        rules.days = std::min(rules.days, keep.keptDays);
    const qint64 room = keep.maxBytes / 1000 * RetentionDesk::perMilleToFill;
    if (room > 0)
        rules.maxBytes = rules.maxBytes > 0 ? std::min(rules.maxBytes, room) : room;
    return rules;
}

} // namespace

void Engine::watchFiles()
{
    // Told inside a read or write: what follows from it comes after it.
    const auto refresh = [this] {
        QMetaObject::invokeMethod(this, &Engine::refreshStorage, Qt::QueuedConnection);
    };
    m_files->keys().onDiskFullChanged([refresh](bool) { refresh(); });
    m_files->cache().onDiskFullChanged([refresh](bool) { refresh(); });
    m_files->keys().onDamaged([this, refresh] {
        m_keysDamaged = true;
        refresh();
    });
    m_files->cache().onDamaged(
        [this] { QMetaObject::invokeMethod(this, &Engine::cacheDamaged, Qt::QueuedConnection); });
}

void Engine::makeSearch()
{
    m_history = std::make_unique<ApiHistorySource>(m_api);
    m_crawl = std::make_unique<HistoryCrawl>(HistoryCrawl::Parts{.cache = m_cache,
                                                                 .database = m_files->cache(),
                                                                 .decryptor = *m_crypto,
                                                                 .source = *m_history,
                                                                 .clock = m_clock,
                                                                 .delay = m_delay,
                                                                 .onBattery = m_searchRules.onBattery},
                                             crawlRules(m_searchRules, m_retention.rules()));
    m_search = std::make_unique<SearchDesk>(SearchDesk::Parts{.cache = m_cache,
                                                              .database = m_files->cache(),
                                                              .openReader = m_files->cacheReader(),
                                                              .clock = m_clock});
    m_loaded.subscribe(this, [this](bool loaded) {
        if (!loaded)
            return;
        m_search->start();
        m_crawl->start();
        m_retention.start();
        m_delay.after(checkAfterMs, this, [this] { checkCache(); });
    });
}

void Engine::refreshStorage()
{
    const bool full = m_files->keys().isDiskFull() || m_files->cache().isDiskFull();
    m_storage.set(m_keysDamaged ? StorageState::KeysDamaged
                      : full    ? StorageState::DiskFull
                                : StorageState::Good);
}

void Engine::catchUp()
{
    if (std::exchange(m_caughtUp, true))
        return;
    // After the list of rooms, which the person waits for.
    QTimer::singleShot(catchUpAfterMs, this, [this] {
        checkKeys();
        m_lateKeys->retryWaiting([this](const RoomId &room, const SessionId &session) {
            const auto keys = m_cryptoStore.inboundSessions(room, session);
            return keys && !keys->isEmpty();
        });
    });
}

void Engine::checkKeys()
{
    m_pool.start([this, open = m_files->keysReader()] {
        const auto reader = open();
        const auto checked = reader ? (*reader)->checkIntegrity() : tl::unexpected(reader.error());
        if (checked || checked.error().code != "PARVIS_KEYS_DAMAGED"_L1)
            return; // what else may be wrong shows where it is in the way
        QMetaObject::invokeMethod(
            this,
            [this] {
                qCCritical(log::store) << "keys.db is damaged; it stays as it is";
                m_keysDamaged = true;
                refreshStorage();
            },
            Qt::QueuedConnection);
    });
}

void Engine::checkCache()
{
    const qint64 now = m_clock.nowMs();
    const auto last = m_cache.rooms().position(checkedPosition);
    const bool onBattery = m_searchRules.onBattery && m_searchRules.onBattery();
    if (!last || onBattery || (last->toLongLong() <= now && now - last->toLongLong() < checkedForMs))
        return;
    m_pool.start([this, now, open = m_files->cacheReader()] {
        const auto reader = open();
        if (reader)
            (*reader)->interruptWhen(&m_ending);
        const auto checked = reader ? (*reader)->checkIntegrity() : tl::unexpected(reader.error());
        if (reader)
            (*reader)->interruptWhen(nullptr);
        if (!checked && !isCacheDamaged(checked.error()))
            return; // interrupted, or it shows where it is in the way
        QMetaObject::invokeMethod(
            this,
            [this, now, damaged = !checked] {
                if (damaged)
                    return m_files->cache().noteDamaged();
                (void)m_cache.commit({.positions = {{checkedPosition, QString::number(now)}}});
            },
            Qt::QueuedConnection);
    });
}

Result<void> Engine::answerOldCopy()
{
    const auto old = session::ProfileGeneration::isOldCopy(m_files->keys(), m_files->openingsInVault());
    if (!old || !*old)
        return old.map([](bool) {});
    qCWarning(log::store) << "an older copy of this account was put back";
    if (auto told = m_machine->onPutBack(); !told)
        return told;
    // What waited when the copy was made may have been sent since, and not so lately that the server would
    // know it again.
    const auto rooms = m_queueStore.rooms();
    if (!rooms)
        return tl::unexpected(rooms.error());
    for (const RoomId &room : *rooms) {
        const auto rows = m_queueStore.list(room);
        if (!rows)
            return tl::unexpected(rows.error());
        for (const store::QueueRow &row : *rows) {
            if (row.state != store::QueueState::Queued && row.state != store::QueueState::Sending)
                continue;
            if (auto held = m_queueStore.markFailed(row.txnId, u"PARVIS_PUT_BACK"_s); !held)
                return held;
        }
    }
    return {};
}

Result<void> Engine::distrustOutboundSessions()
{
    for (const auto &name : {u"room-list"_s, u"classic"_s}) {
        const auto position = m_cache.rooms().position(name);
        if (!position)
            return tl::unexpected(position.error());
        if (!position->isEmpty())
            return {};
    }
    // A cache that begins has seen nobody come and go: whoever left meanwhile may hold the key.
    const auto rooms = m_files->keys().all("SELECT room_id FROM outbound_session WHERE invalidated = 0",
                                           [](const Statement &row) { return row.get<RoomId>(0); });
    if (!rooms)
        return tl::unexpected(rooms.error());
    for (const RoomId &room : *rooms) {
        if (auto discarded = m_machine->discardSession(room); !discarded)
            return discarded;
    }
    return {};
}

} // namespace parvis
