// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/cache/cache.h"

#include "base/log.h"
#include "store/cache/expired_events_p.h"
#include "store/cache/room_writer_p.h"
#include "store/cache/summary_writer_p.h"
#include "store/cache/timeline_purge_p.h"
#include "store/cache/timeline_writer_p.h"
#include "store/cache/try_p.h"
#include "store/transaction.h"

#include <QMap>

namespace parvis {

namespace {

/// One commit, while its transaction is open.
class Commit
{
public:
    Commit(Database &database, const UserId &own, AttentionJudge *judge, const Clock *clock,
           DirectRooms &direct)
        : m_database(database),
          m_rooms(database, direct),
          m_expired(database, clock),
          m_timelines(database, own),
          m_purge(database, own),
          m_summaries(database, own, judge)
    {
    }

    Result<void> run(const StateChanges &changes)
    {
        for (const RoomChanges &room : changes.rooms)
            PARVIS_TRY(write(room));
        for (const BackfillPage &page : changes.backfills)
            PARVIS_TRY(write(page, &TimelineWriter::backfill));
        for (const IslandPage &page : changes.islands)
            PARVIS_TRY(write(page, &TimelineWriter::island));
        for (const ForwardPage &page : changes.forwards)
            PARVIS_TRY(write(page, &TimelineWriter::forward));
        for (const LooseEvents &page : changes.loose)
            PARVIS_TRY(write(page, &TimelineWriter::loose));
        for (const LateDecryption &late : changes.decryptions)
            PARVIS_TRY(write(late));
        for (const PurgedRows &gone : changes.purges)
            PARVIS_TRY(write(gone));
        for (const Event &event : changes.accountData)
            PARVIS_TRY(m_rooms.accountData(event, m_applied));
        if (m_applied.accountData.contains(event_type::pushRules)
            || m_applied.accountData.contains(event_type::ignoredUsers))
            PARVIS_TRY(judgeAgain());
        PARVIS_TRY(m_rooms.finishNewRooms());
        PARVIS_TRY(refreshTouched());
        for (const RoomId &room : changes.forgotten) {
            PARVIS_TRY(m_rooms.forget(room));
            m_applied.rooms.append({.id = room, .gone = true});
        }
        for (const auto &[name, value] : changes.positions)
            PARVIS_TRY(position(name, value));
        return {};
    }

    [[nodiscard]] AppliedChanges takeApplied() { return std::move(m_applied); }

private:
    Result<void> write(const RoomChanges &room)
    {
        const auto row = m_rooms.rowOf(room.id);
        if (!row)
            return tl::unexpected(row.error());
        RoomApplied &applied = touch(*row, room.id);
        applied.limited = applied.limited || room.limited || room.replaceState;
        const auto encryptedMs =
            room.timeline.isEmpty() ? Result<std::optional<qint64>>() : encryptedSince(*row);
        if (!encryptedMs)
            return tl::unexpected(encryptedMs.error());
        PARVIS_TRY(m_rooms.write(*row, room, applied));
        const auto left = m_expired.without(*row, room.timeline);
        if (!left)
            return tl::unexpected(left.error());
        if (!*left)
            return m_timelines.append(*row, room, *encryptedMs, applied);
        RoomChanges rest = room;
        rest.timeline = **left;
        return m_timelines.append(*row, rest, *encryptedMs, applied);
    }

    Result<std::optional<qint64>> encryptedSince(qint64 row)
    {
        return m_database.one(
            "SELECT encrypted_ms FROM rooms WHERE id = ? AND encryption <> ''",
            [](const Statement &s) { return s.get<qint64>(0); }, row);
    }

    template <typename Page>
    Result<void> write(const Page &page,
                       Result<void> (TimelineWriter::*put)(qint64, const Page &, RoomApplied &))
    {
        const auto row = m_rooms.rowOf(page.room);
        if (!row)
            return tl::unexpected(row.error());
        RoomApplied &applied = touch(*row, page.room);
        for (const Event &member : page.members)
            PARVIS_TRY(m_rooms.pastMember(*row, member));
        const auto left = m_expired.without(*row, page.events);
        if (!left)
            return tl::unexpected(left.error());
        if (!*left)
            return (m_timelines.*put)(*row, page, applied);
        Page rest = page;
        rest.events = **left;
        return (m_timelines.*put)(*row, rest, applied);
    }

    Result<void> write(const PurgedRows &gone)
    {
        const auto row = m_rooms.rowOf(gone.room);
        if (!row)
            return tl::unexpected(row.error());
        return m_purge.remove(*row, gone, touch(*row, gone.room));
    }

    Result<void> write(const LateDecryption &late)
    {
        const auto row = m_rooms.rowOf(late.room);
        if (!row)
            return tl::unexpected(row.error());
        return m_timelines.decrypted(*row, late, touch(*row, late.room));
    }

    RoomApplied &touch(qint64 row, const RoomId &room)
    {
        RoomApplied &applied = m_touched[row];
        applied.id = room;
        return applied;
    }

    Result<void> judgeAgain()
    {
        const auto rows = m_summaries.judgeAgain();
        if (!rows)
            return tl::unexpected(rows.error());
        for (const qint64 row : *rows) {
            const auto room = m_database.one(
                "SELECT room_id FROM rooms WHERE id = ?", [](const Statement &s) { return s.get<RoomId>(0); },
                row);
            if (!room)
                return tl::unexpected(room.error());
            touch(row, room->value_or(RoomId()));
        }
        return {};
    }

    Result<void> refreshTouched()
    {
        for (auto it = m_touched.cbegin(); it != m_touched.cend(); ++it) {
            PARVIS_TRY(m_summaries.refresh(it.key()));
            m_applied.rooms.append(it.value());
        }
        return {};
    }

    Result<void> position(const QString &name, const QString &value)
    {
        if (value.isEmpty())
            return m_database.run("DELETE FROM positions WHERE name = ?", name);
        return m_database.run("INSERT INTO positions (name, value) VALUES (?, ?)"
                              " ON CONFLICT DO UPDATE SET value = excluded.value",
                              name, value);
    }

    Database &m_database;
    RoomWriter m_rooms;
    ExpiredEvents m_expired;
    TimelineWriter m_timelines;
    TimelinePurge m_purge;
    SummaryWriter m_summaries;
    QMap<qint64, RoomApplied> m_touched; ///< by row; each once, however often it is written
    AppliedChanges m_applied;
};

} // namespace

Cache::Cache(Database &database, UserId own)
    : m_database(database),
      m_own(std::move(own)),
      m_rooms(database),
      m_events(database),
      m_direct(std::make_unique<DirectRooms>())
{
}

Cache::~Cache() = default;

Result<AppliedChanges> Cache::commit(const StateChanges &changes)
{
    Commit commit(m_database, m_own, m_judge, m_clock, *m_direct);
    qCDebug(log::store) << "cache begins";
    const auto done = transact(m_database, [&] { return commit.run(changes); });
    qCDebug(log::store) << "cache ends";
    if (!done)
        return tl::unexpected(done.error());
    AppliedChanges applied = commit.takeApplied();
    publish(applied);
    return applied;
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
