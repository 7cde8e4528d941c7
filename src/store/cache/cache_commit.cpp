// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/log.h"
#include "store/cache/cache_commit_p.h"
#include "store/cache/try_p.h"

#include <algorithm>

namespace parvis {

QList<SearchPending> FreshEvents::takeAll()
{
    QList<SearchPending> all = std::exchange(m_events, {}).values();
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.row < b.row; });
    return all;
}

CacheCommit::CacheCommit(Database &database, Transaction transaction, const UserId &own, Asked asked,
                         DirectRooms &direct)
    : m_database(database),
      m_transaction(std::move(transaction)),
      m_documents(asked.documents),
      m_rooms(database, direct),
      m_expired(database, asked.clock),
      m_timelines(database, own, m_fresh),
      m_purge(database, own),
      m_summaries(database, own, asked.judge)
{
}

Result<void> CacheCommit::write(const StateChanges &changes)
{
    PARVIS_TRY(checkOpen());
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
    for (const RoomId &room : changes.forgotten)
        PARVIS_TRY(forget(room));
    for (const auto &[name, value] : changes.positions)
        PARVIS_TRY(position(name, value));
    return {};
}

Result<void> CacheCommit::checkOpen() const
{
    // Where somebody else's statement failed in between, SQLite may have taken all of it back: without a
    // transaction the rest would be written line by line, the position with it.
    return m_database.inTransaction() ? Result<void>()
                                      : fail(ErrorKind::Storage, QStringLiteral("PARVIS_STORE_FAILED"),
                                             QStringLiteral("taken back in between"));
}

Result<AppliedChanges> CacheCommit::finish()
{
    PARVIS_TRY(checkOpen());
    if (m_applied.accountData.contains(event_type::pushRules)
        || m_applied.accountData.contains(event_type::ignoredUsers))
        PARVIS_TRY(judgeAgain());
    PARVIS_TRY(m_rooms.finishNewRooms());
    PARVIS_TRY(refreshTouched());
    PARVIS_TRY(writeIndex());
    PARVIS_TRY(m_transaction.commit());
    return std::move(m_applied);
}

Result<void> CacheCommit::write(const RoomChanges &room)
{
    const auto row = m_rooms.rowOf(room.id);
    if (!row)
        return tl::unexpected(row.error());
    m_events += 1 + room.state.size() + room.timeline.size();
    RoomApplied &applied = touch(*row, room.id);
    applied.limited = applied.limited || room.limited || room.replaceState;
    const auto encryptedMs = room.timeline.isEmpty() ? Result<std::optional<qint64>>() : encryptedSince(*row);
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

Result<std::optional<qint64>> CacheCommit::encryptedSince(qint64 row)
{
    return m_database.one(
        "SELECT encrypted_ms FROM rooms WHERE id = ? AND encryption <> ''",
        [](const Statement &s) { return s.get<qint64>(0); }, row);
}

template <typename Page>
Result<void> CacheCommit::write(const Page &page,
                                Result<void> (TimelineWriter::*put)(qint64, const Page &, RoomApplied &))
{
    const auto row = m_rooms.rowOf(page.room);
    if (!row)
        return tl::unexpected(row.error());
    m_events += page.events.size();
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

Result<void> CacheCommit::write(const PurgedRows &gone)
{
    const auto row = m_rooms.rowOf(gone.room);
    if (!row)
        return tl::unexpected(row.error());
    return m_purge.remove(*row, gone, touch(*row, gone.room));
}

Result<void> CacheCommit::write(const LateDecryption &late)
{
    const auto row = m_rooms.rowOf(late.room);
    if (!row)
        return tl::unexpected(row.error());
    return m_timelines.decrypted(*row, late, touch(*row, late.room));
}

Result<void> CacheCommit::forget(const RoomId &room)
{
    const auto row = m_rooms.rowOf(room);
    if (!row)
        return tl::unexpected(row.error());
    m_fresh.dropRoom(*row);
    m_touched.remove(*row);
    m_applied.rooms.append({.id = room, .gone = true});
    return m_rooms.forget(room);
}

RoomApplied &CacheCommit::touch(qint64 row, const RoomId &room)
{
    RoomApplied &applied = m_touched[row];
    applied.id = room;
    return applied;
}

Result<void> CacheCommit::judgeAgain()
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

Result<void> CacheCommit::refreshTouched()
{
    for (auto it = m_touched.cbegin(); it != m_touched.cend(); ++it) {
        PARVIS_TRY(m_summaries.refresh(it.key()));
        m_applied.rooms.append(it.value());
    }
    return {};
}

Result<void> CacheCommit::writeIndex()
{
    const QList<SearchPending> fresh = m_fresh.takeAll();
    if (fresh.isEmpty())
        return {};
    SearchStore search(m_database);
    if (m_documents) {
        // What cannot be indexed is no reason to lose what was said.
        PARVIS_TRY(m_database.run("SAVEPOINT search"));
        const auto documents = m_documents->documentsOf(fresh);
        const auto written = documents ? search.writeNew(*documents) : tl::unexpected(documents.error());
        if (written)
            return m_database.run("RELEASE search");
        qCWarning(log::store) << "the index was not written:" << written.error().code;
        if (!m_database.inTransaction())
            return written; // a full disk takes the whole transaction back
        PARVIS_TRY(m_database.run("ROLLBACK TO search"));
        PARVIS_TRY(m_database.run("RELEASE search"));
    }
    for (const SearchPending &one : fresh)
        PARVIS_TRY(search.lookAt(one.row));
    return {};
}

Result<void> CacheCommit::position(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return m_database.run("DELETE FROM positions WHERE name = ?", name);
    return m_database.run("INSERT INTO positions (name, value) VALUES (?, ?)"
                          " ON CONFLICT DO UPDATE SET value = excluded.value",
                          name, value);
}

} // namespace parvis
