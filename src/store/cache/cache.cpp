// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/cache.h"

#include "base/log.h"
#include "store/cache/cache_commit_p.h"
#include "store/cache/try_p.h"

namespace parvis {

Cache::Cache(Database &database, UserId own)
    : m_database(database),
      m_own(std::move(own)),
      m_rooms(database),
      m_events(database),
      m_direct(std::make_unique<DirectRooms>())
{
    m_database.onTransactionWanted([this] { (void)settle(); });
}

Cache::~Cache()
{
    m_together.reset(); // who is asked at its end may be gone already; what is lost is fetched again
    m_database.onTransactionWanted({});
}

Result<std::unique_ptr<CacheCommit>> Cache::begin()
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    qCDebug(log::store) << "cache begins";
    return std::make_unique<CacheCommit>(m_database, *std::move(transaction), m_own,
                                         CacheCommit::Asked{m_judge, m_documents, m_clock}, *m_direct);
}

Result<AppliedChanges> Cache::commit(const StateChanges &changes)
{
    // What this was made of may be among what was written together before.
    if (auto settled = settle(); !settled)
        return tl::unexpected(settled.error());
    auto commit = begin();
    if (!commit)
        return tl::unexpected(commit.error());
    ++m_generation;
    auto written = (*commit)->write(changes);
    auto applied = written ? (*commit)->finish() : tl::unexpected(written.error());
    commit->reset();
    qCDebug(log::store) << "cache ends";
    if (applied)
        publish(*applied);
    else
        ++m_generation;
    return applied;
}

Result<void> Cache::commitTogether(const StateChanges &changes, std::function<void(Result<void>)> settled)
{
    if (!m_together) {
        auto commit = begin();
        if (!commit)
            return tl::unexpected(commit.error());
        m_together = *std::move(commit);
    }
    ++m_generation;
    if (auto written = m_together->write(changes); !written) {
        dropTogether(written.error());
        return written;
    }
    m_settled.push_back(std::move(settled));
    return {};
}

Result<void> Cache::settle()
{
    if (!m_together)
        return {};
    // Gone before anybody hears of it: whoever does may write as well.
    auto commit = std::move(m_together);
    const auto waiting = std::exchange(m_settled, {});
    const auto applied = commit->finish();
    commit.reset();
    qCDebug(log::store) << "cache ends";
    const auto done = applied ? Result<void>() : tl::unexpected(applied.error());
    if (applied)
        publish(*applied);
    else
        ++m_generation;
    for (const auto &settled : waiting)
        settled(done);
    return done;
}

void Cache::dropTogether(const Error &error)
{
    m_together.reset();
    ++m_generation;
    qCDebug(log::store) << "cache ends";
    for (const auto &settled : std::exchange(m_settled, {}))
        settled(tl::unexpected(error));
}

Result<void> Cache::keepDerived(const QList<std::pair<RoomId, QByteArray>> &rows)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return tl::unexpected(transaction.error());
    for (const auto &[room, derived] : rows)
        PARVIS_TRY(m_database.run("UPDATE rooms SET derived = ? WHERE room_id = ?", derived, room));
    return transaction->commit();
}

qsizetype Cache::unsettled() const
{
    return m_together ? m_together->events() : 0;
}

void Cache::subscribe(const QObject *context, Sink sink)
{
    std::erase_if(m_sinks, [](const Subscriber &s) { return s.context.isNull(); });
    m_sinks.push_back({context, std::move(sink)});
}

void Cache::publish(const AppliedChanges &applied)
{
    if (applied.rooms.isEmpty() && applied.accountData.isEmpty())
        return;
    const auto sinks = m_sinks; // a sink may subscribe or die while we tell
    for (const Subscriber &sink : sinks) {
        if (sink.context)
            sink.call(applied);
    }
}

} // namespace parvis
