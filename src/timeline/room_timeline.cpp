// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/room_timeline.h"

#include "timeline/reactions.h"

#include <algorithm>
#include <limits>

namespace parvis::timeline {

namespace {

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr TimelinePlace theEnd{std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()};

} // namespace

RoomTimeline::RoomTimeline(Cache &cache, Decryptor &decryptor, HistorySource &source, RoomId room,
                           QObject *parent)
    : QObject(parent),
      m_cache(cache),
      m_room(std::move(room)),
      m_members(cache.rooms(), m_room),
      m_factory(cache.own(), m_members),
      m_pagination(cache, decryptor, source, m_room)
{
    cache.subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
}

Result<void> RoomTimeline::open()
{
    m_rows.clear();
    m_built.clear();
    m_first.reset();
    m_members.invalidate();
    if (const auto done = readEncryption(); !done)
        return done;
    const auto added = olderFromCache(firstPage);
    if (!added)
        return tl::unexpected(added.error());
    if (const auto done = readEdges(); !done)
        return done;
    m_items.reset(lines());
    return {};
}

Result<int> RoomTimeline::olderFromCache(int count)
{
    const auto rows = m_cache.events().before(m_room, m_first.value_or(theEnd), count);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return 0;
    int lines = 0;
    QList<Row> older;
    for (const TimelineRow &row : *rows) {
        if (const auto done = build(row); !done)
            return tl::unexpected(done.error());
        older.append({row.place, row.event.event.id});
        lines += m_built.value(row.event.event.id).has_value();
    }
    m_first = rows->first().place;
    m_rows = older + m_rows;
    return lines;
}

Result<void> RoomTimeline::build(const TimelineRow &row)
{
    const EventId &id = row.event.event.id;
    auto edits = m_cache.events().edits(m_room, id);
    if (!edits)
        return tl::unexpected(edits.error());
    auto annotations = m_cache.events().annotations(m_room, id, mostReactions);
    if (!annotations)
        return tl::unexpected(annotations.error());
    m_built.insert(id,
                   m_factory.item(row, {.edits = *std::move(edits), .annotations = *std::move(annotations)}));
    return {};
}

void RoomTimeline::follow(const AppliedChanges &applied)
{
    bool touched = false;
    bool members = false;
    for (const RoomApplied &one : applied.rooms) {
        if (one.id != m_room)
            continue;
        touched = true;
        members = members || one.members;
        for (const EventId &id : one.events)
            m_built.remove(id);
    }
    if (!touched)
        return;
    if (members) {
        m_members.invalidate();
        renameAll();
    }
    // A store that fails now fails for the next reader as well, who has somebody to tell.
    if (readEncryption() && readRows() && readEdges())
        publish();
}

Result<void> RoomTimeline::readRows()
{
    // A gap that came in the middle: only what is behind it is without a hole.
    const auto gap = m_cache.events().newestGap(m_room);
    if (!gap)
        return tl::unexpected(gap.error());
    if (m_first && *gap && (*gap)->chunk > m_first->chunk)
        m_first = TimelinePlace{(*gap)->chunk, least};
    if (!m_first) {
        const auto added = olderFromCache(firstPage);
        return added ? Result<void>() : tl::unexpected(added.error());
    }
    const auto ids = m_cache.events().idsFrom(m_room, *m_first);
    if (!ids)
        return tl::unexpected(ids.error());
    QList<Row> rows;
    QSet<EventId> present;
    for (const auto &[place, id] : *ids) {
        rows.append({place, id});
        present.insert(id);
        if (m_built.contains(id))
            continue;
        const auto row = m_cache.events().event(m_room, id);
        if (!row)
            return tl::unexpected(row.error());
        if (*row) {
            if (const auto done = build(**row); !done)
                return done;
        }
    }
    m_rows = std::move(rows);
    m_built.removeIf([&](const auto &entry) { return !present.contains(entry.key()); });
    return {};
}

Result<void> RoomTimeline::readEdges()
{
    const auto gap = m_cache.events().gapBefore(m_room, m_first.value_or(theEnd));
    const auto older = m_first ? m_cache.events().before(m_room, *m_first, 1) : Result<QList<TimelineRow>>();
    const auto room = m_cache.rooms().room(m_room);
    if (!gap || !older || !room)
        return tl::unexpected(!gap ? gap.error() : !older ? older.error() : room.error());
    m_edges.set(
        {.atStart = m_first && !*gap && older->isEmpty(), .readUpTo = *room ? (*room)->readUpTo : EventId()});
    return {};
}

Result<void> RoomTimeline::readEncryption()
{
    // The latch and the first event: neither a room's state sent anew nor a second event takes marks away.
    const auto stored = m_cache.rooms().room(m_room);
    if (!stored)
        return tl::unexpected(stored.error());
    std::optional<TimelinePlace> since;
    if (*stored && !(*stored)->encryption.isEmpty()) {
        const auto row = m_cache.events().event(m_room, (*stored)->encryptionEvent);
        if (!row)
            return tl::unexpected(row.error());
        // Older than anything here: then all that is here came after it.
        since = *row ? (*row)->place : TimelinePlace{least, least};
    }
    if (m_factory.setEncryptedSince(since))
        m_built.clear();
    return {};
}

void RoomTimeline::renameAll()
{
    for (auto &item : m_built) {
        if (item)
            m_factory.rename(*item);
    }
}

void RoomTimeline::setEchoes(QList<LocalEcho> echoes)
{
    m_echoes = std::move(echoes);
    publish();
}

QList<Item> RoomTimeline::lines() const
{
    QHash<EventId, const LocalEcho *> edits;
    QMultiHash<EventId, QString> reactions;
    QSet<TransactionId> arrived;
    for (const LocalEcho &echo : m_echoes) {
        if (const EventId target = editedBy(echo); !target.isEmpty())
            edits.insert(target, &echo); // the last one counts
        if (const ReactionEcho reaction = reactionOf(echo); !reaction.target.isEmpty())
            reactions.insert(reaction.target, reaction.key);
    }
    QList<Item> out;
    for (const Row &row : m_rows) {
        std::optional<Item> item = m_built.value(row.id);
        if (!item)
            continue;
        const auto keys = reactions.values(row.id);
        for (const QString &key : keys)
            m_factory.addEcho(*item, key);
        if (!item->txn.isEmpty())
            arrived.insert(item->txn);
        const auto edit = edits.constFind(row.id);
        out.append(edit == edits.cend() ? *item : m_factory.withEcho(*item, **edit));
    }
    for (const LocalEcho &echo : m_echoes) {
        const bool known =
            arrived.contains(echo.txn) || (!echo.sentAs.isEmpty() && m_built.value(echo.sentAs).has_value());
        if (const auto item = known ? std::nullopt : m_factory.item(echo))
            out.append(*item);
    }
    return out;
}

void RoomTimeline::publish()
{
    show(lines());
}

void RoomTimeline::show(QList<Item> lines)
{
    // What is the same at both ends stays; a change is almost always at one of them.
    const auto &old = m_items.items();
    const qsizetype most = std::min(old.size(), lines.size());
    qsizetype front = 0;
    while (front < most && old.at(front).key == lines.at(front).key)
        ++front;
    qsizetype back = 0;
    while (back < most - front && old.at(old.size() - 1 - back).key == lines.at(lines.size() - 1 - back).key)
        ++back;
    m_items.remove(front, old.size() - front - back);
    m_items.insert(front, lines.mid(front, lines.size() - front - back));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i < front || i >= lines.size() - back)
            m_items.update(i, lines.at(i));
    }
}

Task<int> RoomTimeline::paginateBack(int count)
{
    return page(count, 0);
}

Task<int> RoomTimeline::page(int count, int round)
{
    const auto lines = olderFromCache(count);
    if (!lines)
        return Task<int>::ready(tl::unexpected(lines.error()));
    if (const auto done = readEdges(); !done)
        return Task<int>::ready(tl::unexpected(done.error()));
    if (*lines > 0)
        publish();
    // Pages may hold nothing but what has no line of its own: then on, but not for ever.
    if (*lines > 0 || m_edges.get().atStart || round >= mostRounds)
        return Task<int>::ready(*lines);
    return m_pagination.fill(m_first.value_or(theEnd), count).andThen(this, [this, count, round](bool found) {
        return found ? page(count, round + 1) : Task<int>::ready(0);
    });
}

} // namespace parvis::timeline
