// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/room_list.h"

#include "events/plain_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

/// From here on a view is sorted anew rather than moved about in.
constexpr qsizetype manyAtOnce = 100;

int group(const Summary &room)
{
    if (room.membership == MemberState::Invite)
        return 0;
    if (room.favourite)
        return 1;
    return room.lowPriority ? 3 : 2;
}

bool isPresent(const Summary &room)
{
    return room.membership == MemberState::Join || room.membership == MemberState::Invite
        || room.membership == MemberState::Knock;
}

} // namespace

bool matches(const Summary &room, const Filter &filter, const QString &foldedText)
{
    if (!(isPresent(room) || room.unsent) || room.roomType == "m.space"_L1)
        return false;
    if (!foldedText.isEmpty() && !foldedForSearch(room.name).contains(foldedText))
        return false;
    switch (filter.show) {
    case Filter::Show::All:
        return true;
    case Filter::Show::Unread:
        return room.id == filter.keep || room.isUnread() || room.membership == MemberState::Invite;
    case Filter::Show::People:
        return !room.directUser.isEmpty();
    case Filter::Show::Rooms:
        return room.directUser.isEmpty();
    }
    Q_UNREACHABLE();
    return false;
}

bool goesBefore(const Summary &a, const Summary &b)
{
    if (group(a) != group(b))
        return group(a) < group(b);
    if (a.recency != b.recency)
        return a.recency > b.recency;
    if (const int byName = a.name.localeAwareCompare(b.name); byName != 0)
        return byName < 0;
    return a.id < b.id;
}

RoomView::RoomView(Filter filter, const QHash<RoomId, Summary> &rooms)
    : m_filter(std::move(filter)), m_foldedText(foldedForSearch(m_filter.text.trimmed()))
{
    replace(rooms);
}

void RoomView::replace(const QHash<RoomId, Summary> &rooms)
{
    QList<Summary> items;
    for (const Summary &room : rooms) {
        if (matches(room, m_filter, m_foldedText))
            items.append(room);
    }
    std::sort(items.begin(), items.end(), goesBefore);
    m_items.reset(std::move(items));
}

qsizetype RoomView::indexOf(const RoomId &room) const
{
    const auto &items = m_items.items();
    const auto at =
        std::find_if(items.cbegin(), items.cend(), [&](const Summary &s) { return s.id == room; });
    return at == items.cend() ? -1 : at - items.cbegin();
}

void RoomView::put(const Summary &room)
{
    if (!matches(room, m_filter, m_foldedText))
        return drop(room.id);
    const qsizetype before = indexOf(room.id);
    const auto &items = m_items.items();
    const bool inPlace = before >= 0 && (before == 0 || goesBefore(items.at(before - 1), room))
        && (before + 1 == items.size() || goesBefore(room, items.at(before + 1)));
    if (inPlace)
        return m_items.update(before, room);
    if (before >= 0)
        m_items.remove(before);
    const auto &rest = m_items.items();
    const auto at = std::lower_bound(rest.cbegin(), rest.cend(), room, goesBefore);
    m_items.insert(at - rest.cbegin(), {room});
}

void RoomView::drop(const RoomId &room)
{
    if (const qsizetype at = indexOf(room); at >= 0)
        m_items.remove(at);
}

RoomList::RoomList(Cache &cache, QObject *parent) : QObject(parent), m_cache(cache)
{
    cache.subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
}

Result<void> RoomList::load()
{
    const auto stored = m_cache.rooms().all();
    if (!stored)
        return tl::unexpected(stored.error());
    QHash<RoomId, Summary> rooms;
    rooms.reserve(stored->size());
    for (const StoredRoom &room : *stored) {
        auto summary = summaryOf(m_cache, room);
        if (!summary)
            return tl::unexpected(summary.error());
        summary->unsent = m_unsent.contains(room.id);
        rooms.insert(room.id, *std::move(summary));
    }
    m_rooms = std::move(rooms);
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
    auto view = std::make_shared<RoomView>(filter, allShown());
    m_views.push_back(view);
    return view;
}

std::optional<Summary> RoomList::room(const RoomId &room) const
{
    const auto found = m_rooms.constFind(room);
    return found == m_rooms.cend() ? std::nullopt : std::optional(*found);
}

Totals RoomList::totals() const
{
    Totals totals;
    for (const Summary &room : m_rooms) {
        if (!isPresent(room) || !matches(room, {}, {}))
            continue;
        totals.invites += room.membership == MemberState::Invite;
        totals.rooms += room.isUnread();
        totals.messages += room.unread;
        totals.highlights += room.highlight;
    }
    return totals;
}

void RoomList::follow(const AppliedChanges &applied)
{
    QList<RoomId> touched;
    for (const RoomApplied &one : applied.rooms) {
        if (touched.contains(one.id))
            continue;
        const auto stored = m_cache.rooms().room(one.id);
        auto summary =
            stored && *stored ? summaryOf(m_cache, **stored) : Result<Summary>(fail(ErrorKind::NotFound, {}));
        if (summary) {
            summary->unsent = m_unsent.contains(one.id);
            if (const auto was = m_rooms.constFind(one.id); was != m_rooms.cend() && *was == *summary)
                continue;
            m_rooms.insert(one.id, *summary);
        } else if (!m_rooms.remove(one.id)) {
            continue;
        }
        touched.append(one.id);
    }
    if (touched.isEmpty())
        return;
    showAgain(touched);
    Q_EMIT changed(touched);
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
    auto stranger = summaryOf(m_cache, unknown);
    if (!stranger)
        return std::nullopt;
    stranger->unsent = true;
    return *std::move(stranger);
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
