// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/room_list.h"

#include "rooms/derived_row.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

/// From here on a view is sorted anew rather than moved about in.
constexpr qsizetype manyAtOnce = 100;
/// Long enough that a conversation is kept once and not with each message.
constexpr int keepAfterMs = 10'000;
constexpr qsizetype keptAtOnce = 500;

} // namespace

RoomList::RoomList(Cache &cache, QObject *parent) : QObject(parent), m_cache(cache), m_ignored(cache)
{
    m_keepTimer.setSingleShot(true);
    connect(&m_keepTimer, &QTimer::timeout, this, &RoomList::keepSome);
    cache.subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
}

Result<Summary> RoomList::rowOf(const StoredRoom &room)
{
    m_unkept.remove(room.id); // what was made before is of before
    std::optional<DerivedRow> derived = keptRow(room);
    if (!derived) {
        auto made = deriveRow(m_cache, room);
        if (!made)
            return tl::unexpected(made.error());
        derived = *std::move(made);
        m_unkept.insert(room.id, toBytes(*derived));
        keepSoon();
    }
    Summary summary = summaryOf(room, *derived);
    summary.unsent = m_unsent.contains(room.id);
    summary.unwanted = room.membership == MemberState::Invite && m_ignored.contains(room.inviter);
    if (m_ignored.contains(summary.last.sender))
        summary.last = {};
    return summary;
}

void RoomList::keepSoon()
{
    if (!m_keepTimer.isActive())
        m_keepTimer.start(keepAfterMs);
}

void RoomList::keepSome()
{
    // What is written together but not settled yet has made rows old of which nobody has heard.
    if (m_cache.isOpen() || !keep(keptAtOnce))
        return keepSoon();
    if (!m_unkept.isEmpty())
        m_keepTimer.start(0);
}

void RoomList::keepAll()
{
    // What is open at the end is not taken: it comes again, and so do the rows that it would have made.
    if (!m_cache.isOpen())
        (void)keep(m_unkept.size());
}

/// A store that cannot be written is reported by whoever has something to lose.
bool RoomList::keep(qsizetype most)
{
    QList<std::pair<RoomId, QByteArray>> rows;
    for (auto it = m_unkept.cbegin(); it != m_unkept.cend() && rows.size() < most; ++it)
        rows.append({it.key(), it.value()});
    if (!rows.isEmpty() && !m_cache.keepDerived(rows))
        return false;
    for (const auto &[room, derived] : std::as_const(rows))
        m_unkept.remove(room);
    return true;
}

Result<void> RoomList::load()
{
    if (const auto settled = m_cache.settle(); !settled)
        return settled;
    if (const auto ignored = m_ignored.read(); !ignored)
        return tl::unexpected(ignored.error());
    const auto stored = m_cache.rooms().all();
    if (!stored)
        return tl::unexpected(stored.error());
    QHash<RoomId, Summary> rooms;
    rooms.reserve(stored->size());
    for (const StoredRoom &room : *stored) {
        auto summary = rowOf(room);
        if (!summary)
            return tl::unexpected(summary.error());
        rooms.insert(room.id, *std::move(summary));
    }
    m_rooms = std::move(rooms);
    m_totals = {};
    const QList<RoomId> ids = m_rooms.keys();
    for (const RoomId &id : ids) {
        (void)checkReplaced(id);
        count(m_rooms[id], 1);
    }
    lookAtSpacesSoon();
    for (const auto &weak : m_views) {
        if (const auto view = weak.lock())
            view->replace(allShown());
    }
    Q_EMIT changed(m_rooms.keys());
    return {};
}

std::shared_ptr<RoomView> RoomList::view(const Filter &filter)
{
    std::erase_if(m_views, [](const auto &weak) { return weak.expired(); });
    QSet<RoomId> inside;
    if (!filter.space.isEmpty())
        inside = spaces().below(filter.space);
    auto view = std::make_shared<RoomView>(filter, allShown(), std::move(inside));
    m_views.push_back(view);
    return view;
}

std::optional<Summary> RoomList::room(const RoomId &room) const
{
    const auto found = m_rooms.constFind(room);
    return found == m_rooms.cend() ? std::nullopt : std::optional(*found);
}

void RoomList::count(const Summary &room, int sign)
{
    if (!isPresent(room) || !matches(room, {}, {}))
        return;
    m_totals.invites += room.membership == MemberState::Invite ? sign : 0;
    m_totals.rooms += room.notifications > 0 || room.markedUnread ? sign : 0;
    m_totals.messages += sign * room.notifications;
    m_totals.highlights += sign * room.highlight;
}

bool RoomList::take(const RoomId &id, const Result<Summary> &now)
{
    const auto was = m_rooms.constFind(id);
    const bool known = was != m_rooms.cend();
    if (known ? now && *was == *now : !now)
        return false;
    if (known)
        count(*was, -1);
    if (now) {
        count(*now, 1);
        m_rooms.insert(id, *now);
    } else {
        m_rooms.remove(id);
    }
    return true;
}

void RoomList::follow(const AppliedChanges &applied)
{
    // Another list of whom the person ignores may touch every row.
    if (applied.accountData.contains(event_type::ignoredUsers)) {
        const auto another = m_ignored.read();
        if (another && *another && load())
            return;
    }
    QList<RoomId> touched;
    QSet<RoomId> predecessors;
    bool spaces = false;
    for (const RoomApplied &one : applied.rooms) {
        m_unkept.remove(one.id);
        if (touched.contains(one.id))
            continue;
        const auto stored = m_cache.rooms().room(one.id);
        auto summary = stored && *stored ? rowOf(**stored) : Result<Summary>(fail(ErrorKind::NotFound, {}));
        predecessors.insert(m_rooms.value(one.id).predecessor);
        if (summary) {
            summary->replaced = isReplaced(*summary);
            predecessors.insert(summary->predecessor);
        }
        if (take(one.id, summary))
            touched.append(one.id);
        spaces = spaces || one.links || one.gone;
    }
    for (const RoomId &id : std::as_const(predecessors)) {
        if (checkReplaced(id) && !touched.contains(id))
            touched.append(id);
    }
    if (spaces)
        lookAtSpacesSoon();
    if (touched.isEmpty())
        return;
    showAgain(touched);
    Q_EMIT changed(touched);
}

bool RoomList::isReplaced(const Summary &room) const
{
    // Each of them has to say so: otherwise any room could put another one out of sight.
    const auto next = m_rooms.constFind(room.replacedBy);
    return next != m_rooms.cend() && next->id != room.id && next->predecessor == room.id
        && next->membership == MemberState::Join;
}

bool RoomList::checkReplaced(const RoomId &room)
{
    const auto old = m_rooms.find(room);
    if (old == m_rooms.end())
        return false;
    const bool replaced = isReplaced(*old);
    return std::exchange(old->replaced, replaced) != replaced;
}

const SpaceTree &RoomList::spaces()
{
    if (m_spacesRead)
        return m_spaces;
    m_spacesRead = true;
    if (auto tree = readSpaceTree(m_cache.rooms(), m_rooms))
        m_spaces = *std::move(tree);
    return m_spaces;
}

void RoomList::lookAtSpacesSoon()
{
    m_spacesRead = false;
    if (std::exchange(m_lookingAtSpaces, true))
        return;
    // A first synchronisation touches every room: the tree is made once for many of them.
    QMetaObject::invokeMethod(
        this, [this] { lookAtSpaces(); }, Qt::QueuedConnection);
}

void RoomList::lookAtSpaces()
{
    m_lookingAtSpaces = false;
    for (const auto &weak : m_views) {
        const auto view = weak.lock();
        if (!view || view->m_filter.space.isEmpty())
            continue;
        const QSet<RoomId> inside = spaces().below(view->m_filter.space);
        if (view->m_inside == inside)
            continue;
        view->m_inside = inside;
        view->replace(allShown());
    }
    Q_EMIT spacesChanged();
}

void RoomList::setUnsent(const QSet<RoomId> &rooms)
{
    const QSet<RoomId> touched = (m_unsent - rooms) + (rooms - m_unsent);
    if (touched.isEmpty())
        return;
    m_unsent = rooms;
    for (const RoomId &id : touched) {
        if (const auto room = m_rooms.find(id); room != m_rooms.end())
            room->unsent = rooms.contains(id);
    }
    showAgain(touched.values());
}

std::optional<Summary> RoomList::shown(const RoomId &room) const
{
    if (const auto known = m_rooms.constFind(room); known != m_rooms.cend())
        return *known;
    if (!m_unsent.contains(room))
        return std::nullopt;
    StoredRoom unknown;
    unknown.id = room;
    unknown.membership = MemberState::Leave;
    Summary stranger = summaryOf(unknown, {});
    stranger.unsent = true;
    return stranger;
}

QHash<RoomId, Summary> RoomList::allShown() const
{
    QHash<RoomId, Summary> all = m_rooms;
    for (const RoomId &id : m_unsent) {
        if (const auto room = shown(id); room && !all.contains(id))
            all.insert(id, *room);
    }
    return all;
}

void RoomList::showAgain(const QList<RoomId> &rooms)
{
    for (const auto &weak : m_views) {
        const auto view = weak.lock();
        if (!view)
            continue;
        if (rooms.size() > manyAtOnce) {
            view->replace(allShown());
            continue;
        }
        for (const RoomId &id : rooms) {
            if (const auto room = shown(id))
                view->put(*room);
            else
                view->drop(id);
        }
    }
}

} // namespace parvis::rooms
