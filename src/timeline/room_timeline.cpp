// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/room_timeline.h"

#include "timeline/item_reader.h"
#include "timeline/reactions.h"
#include "timeline/received_shield.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parvis::timeline {

namespace {

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr TimelinePlace theEnd = EventStore::theEnd;

} // namespace

RoomTimeline::RoomTimeline(Cache &cache, Decryptor &decryptor, RoomHistory &source, RoomId room,
                           EventId thread, QObject *parent)
    : QObject(parent),
      m_cache(cache),
      m_decryptor(decryptor),
      m_source(source),
      m_room(std::move(room)),
      m_thread(std::move(thread)),
      m_members(cache.rooms(), m_room),
      m_ignored(cache),
      m_factory(cache.own(), m_members, m_ignored),
      m_pagination(cache, decryptor, source, m_room),
      m_excursion(cache, decryptor, source, m_room)
{
    cache.subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
}

Result<void> RoomTimeline::open()
{
    m_rows.clear();
    m_built.clear();
    m_first.reset();
    m_last.reset();
    m_members.invalidate();
    if (const auto read = m_ignored.read(); !read)
        return tl::unexpected(read.error());
    if (const auto done = readEncryption(); !done)
        return done;
    if (const auto done = readReceipts(); !done)
        return done;
    if (!m_thread.isEmpty()) {
        if (const auto done = readThread(); !done)
            return done;
    } else if (const auto added = olderFromCache(firstPage); !added) {
        return tl::unexpected(added.error());
    }
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
    QList<Row> older;
    const auto lines = add(*rows, older);
    if (!lines)
        return lines;
    m_first = rows->first().place;
    m_rows = older + m_rows;
    return lines;
}

Result<int> RoomTimeline::add(const QList<TimelineRow> &rows, QList<Row> &out)
{
    int lines = 0;
    for (const TimelineRow &row : rows) {
        if (const auto done = build(row); !done)
            return tl::unexpected(done.error());
        out.append({row.place, row.event.event.id});
        lines += m_built.value(row.event.event.id).has_value();
    }
    return lines;
}

Result<void> RoomTimeline::build(const TimelineRow &row)
{
    auto item = readItem(m_cache, m_room, m_factory, row);
    if (!item)
        return tl::unexpected(item.error());
    m_built.insert(row.event.event.id, *std::move(item));
    return {};
}

void RoomTimeline::follow(const AppliedChanges &applied)
{
    bool touched = false;
    bool members = false;
    bool receipts = false;
    bool purged = false;
    if (applied.accountData.contains(event_type::ignoredUsers) && m_ignored.read().value_or(false)) {
        m_built.clear();
        touched = receipts = true;
    }
    for (const RoomApplied &one : applied.rooms) {
        if (one.id != m_room)
            continue;
        touched = true;
        members = members || one.members;
        receipts = receipts || one.receipts;
        purged = purged || !one.purged.isEmpty();
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
    if (receipts && !readReceipts())
        return;
    if (!findWindow() || !readEncryption() || !readRows())
        return;
    // What comes back where something went is older than what is loaded, and not a part of it.
    if (purged && m_thread.isEmpty())
        m_first = m_rows.isEmpty() ? std::nullopt : std::optional(m_rows.first().place);
    if (readEdges())
        publish();
}

Result<void> RoomTimeline::readRows()
{
    if (!m_thread.isEmpty())
        return readThread();
    // A gap that came in the middle: only what is behind it is without a hole.
    const auto gap = m_cache.events().newestGap(m_room);
    if (!gap)
        return tl::unexpected(gap.error());
    if (m_first && !m_last && *gap && (*gap)->chunk > m_first->chunk)
        m_first = TimelinePlace{(*gap)->chunk, least};
    if (!m_first) {
        const auto added = olderFromCache(firstPage);
        return added ? Result<void>() : tl::unexpected(added.error());
    }
    const auto ids = m_cache.events().idsFrom(m_room, *m_first, m_last.value_or(theEnd));
    if (!ids)
        return tl::unexpected(ids.error());
    QList<Row> rows;
    for (const auto &[place, id] : *ids)
        rows.append({place, id});
    return setRows(std::move(rows));
}

Result<void> RoomTimeline::setRows(QList<Row> rows)
{
    QSet<EventId> present;
    for (const Row &one : std::as_const(rows)) {
        present.insert(one.id);
        if (m_built.contains(one.id))
            continue;
        const auto row = m_cache.events().event(m_room, one.id);
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
    if (!m_thread.isEmpty()) {
        const auto receipts = m_cache.rooms().receipts(m_room);
        if (!receipts)
            return tl::unexpected(receipts.error());
        EventId read;
        for (const Receipt &one : *receipts) {
            if (one.user == m_cache.own() && one.thread == m_thread.toString())
                read = one.event;
        }
        m_edges.set({.atStart = m_threadKnown, .unsure = false, .atEnd = true, .readUpTo = read});
        return {};
    }
    const auto gap = m_cache.events().gapBefore(m_room, m_first.value_or(theEnd));
    const auto inside = holeInside();
    const auto older = m_first ? m_cache.events().before(m_room, *m_first, 1) : Result<QList<TimelineRow>>();
    const auto room = m_cache.rooms().room(m_room);
    if (!gap || !inside || !older || !room)
        return tl::unexpected(!gap          ? gap.error()
                                  : !inside ? inside.error()
                                  : !older  ? older.error()
                                            : room.error());
    const bool silent = *gap && m_pagination.isSilent(**gap);
    m_edges.set({.atStart = older->isEmpty() && (silent || (m_first && !*gap)),
                 .unsure = inside->has_value() || (silent && older->isEmpty()),
                 .atEnd = !m_last,
                 .readUpTo = *room ? (*room)->readUpTo : EventId()});
    return {};
}

Result<std::optional<Gap>> RoomTimeline::holeInside() const
{
    const auto gap = m_cache.events().gapBefore(m_room, m_first.value_or(theEnd));
    auto hole = m_cache.events().holeBefore(m_room, m_last.value_or(theEnd));
    if (!gap || !hole)
        return tl::unexpected(!gap ? gap.error() : hole.error());
    if (*hole && *gap && (*hole)->chunk <= (*gap)->chunk)
        *hole = std::nullopt;
    return hole;
}

Result<void> RoomTimeline::readEncryption()
{
    const auto since = encryptedSince(m_cache, m_room, m_first.value_or(theEnd));
    if (!since)
        return tl::unexpected(since.error());
    if (m_factory.setEncryptedSince(*since))
        m_built.clear();
    return {};
}

Result<void> RoomTimeline::readReceipts()
{
    const auto receipts = m_cache.rooms().receipts(m_room);
    if (!receipts)
        return tl::unexpected(receipts.error());
    // Of several of one person, the one that was given last.
    QHash<UserId, Receipt> last;
    for (const Receipt &one : *receipts) {
        const bool here = m_thread.isEmpty() ? one.thread.isEmpty() || one.thread == "main"_L1
                                             : one.thread == m_thread.toString();
        if (!here || one.type != "m.read"_L1 || one.user == m_cache.own() || m_ignored.contains(one.user))
            continue;
        const auto known = last.constFind(one.user);
        if (known == last.cend() || known->ts < one.ts)
            last.insert(one.user, one);
    }
    m_readers.clear();
    for (const Receipt &one : std::as_const(last))
        m_readers.insert(one.event, one.user);
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
        const QList<UserId> readers = m_readers.values(row.id);
        if (!item) {
            // What has no line of its own was read with the line before it.
            if (!out.isEmpty())
                out.last().readBy += readers;
            continue;
        }
        item->readBy = readers;
        const auto keys = reactions.values(row.id);
        for (const QString &key : keys)
            m_factory.addEcho(*item, key);
        if (!item->txn.isEmpty())
            arrived.insert(item->txn);
        const auto edit = edits.constFind(row.id);
        out.append(edit == edits.cend() ? *item : m_factory.withEcho(*item, **edit));
    }
    for (Item &item : out) {
        std::sort(item.readBy.begin(), item.readBy.end());
        item.readBy = item.readBy.first(std::min(item.readBy.size(), mostReaders));
    }
    if (m_last)
        return out; // what is being sent comes after the newest, which is elsewhere
    for (const LocalEcho &echo : m_echoes) {
        const bool known = !isHere(echo) || arrived.contains(echo.txn)
            || (!echo.sentAs.isEmpty() && m_built.value(echo.sentAs).has_value());
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
    return m_thread.isEmpty() ? page(count, 0) : threadPage(count, 0);
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
    return fromServer(count, round + 1);
}

Task<int> RoomTimeline::fromServer(int count, int round)
{
    return m_pagination.fill(m_first.value_or(theEnd), count).andThen(this, [this, count, round](bool found) {
        if (found)
            return page(count, round);
        const auto done = readEdges();
        return Task<int>::ready(done ? Result<int>(0) : tl::unexpected(done.error()));
    });
}

Task<int> RoomTimeline::lookAgain()
{
    const auto inside = holeInside();
    if (!inside)
        return Task<int>::ready(tl::unexpected(inside.error()));
    if (!m_edges.get().unsure)
        return Task<int>::ready(0); // somebody else has asked meanwhile
    if (!*inside)
        return lookAgainAtStart();
    return m_pagination.fillHole((*inside)->chunk, int(enoughOverlap)).andThen(this, [this](bool) {
        const auto gap = m_cache.events().gapBefore(m_room, m_first.value_or(theEnd));
        const auto done = readEdges();
        if (!gap || !done)
            return Task<int>::ready(tl::unexpected(!gap ? gap.error() : done.error()));
        return *gap && m_pagination.isSilent(**gap) ? lookAgainAtStart() : Task<int>::ready(0);
    });
}

Task<int> RoomTimeline::lookAgainAtStart()
{
    m_pagination.askAgain();
    return fromServer(firstPage, 0);
}

} // namespace parvis::timeline
