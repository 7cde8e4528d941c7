// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/plain_text.h"
#include "rooms/room_list.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

int group(const Summary &room)
{
    if (room.membership == MemberState::Invite)
        return 0;
    if (room.replaced)
        return 4;
    if (room.favourite)
        return 1;
    return room.lowPriority ? 3 : 2;
}

} // namespace

bool isPresent(const Summary &room)
{
    return room.membership == MemberState::Join || room.membership == MemberState::Invite
        || room.membership == MemberState::Knock;
}

bool matches(const Summary &room, const Filter &filter, const QString &foldedText)
{
    const bool space = room.roomType == "m.space"_L1;
    if (room.unwanted || !(isPresent(room) || room.unsent) || space != (filter.show == Filter::Show::Spaces))
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
    case Filter::Show::Favourites:
        return room.favourite;
    case Filter::Show::LowPriority:
        return room.lowPriority;
    case Filter::Show::Mentions:
        return room.id == filter.keep || room.highlight > 0;
    case Filter::Show::Invitations:
        return room.membership == MemberState::Invite;
    case Filter::Show::Knocks:
        return room.membership == MemberState::Knock;
    case Filter::Show::Spaces:
        return true;
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

RoomView::RoomView(Filter filter, const QHash<RoomId, Summary> &rooms, QSet<RoomId> inside)
    : m_filter(std::move(filter)),
      m_foldedText(foldedForSearch(m_filter.text.trimmed())),
      m_inside(std::move(inside))
{
    replace(rooms);
}

bool RoomView::shows(const Summary &room) const
{
    return (m_filter.space.isEmpty() || m_inside.contains(room.id)) && matches(room, m_filter, m_foldedText);
}

void RoomView::replace(const QHash<RoomId, Summary> &rooms)
{
    QList<Summary> items;
    for (const Summary &room : rooms) {
        if (shows(room))
            items.append(room);
    }
    std::sort(items.begin(), items.end(), goesBefore);
    m_items.reset(std::move(items));
    m_shown.clear();
    m_shown.reserve(m_items.size());
    for (const Summary &room : m_items.items())
        m_shown.insert(room.id, &room);
}

qsizetype RoomView::indexOf(const RoomId &room) const
{
    const Summary *shown = m_shown.value(room);
    if (!shown)
        return -1;
    const auto &items = m_items.items();
    const qsizetype at = std::lower_bound(items.cbegin(), items.cend(), *shown, goesBefore) - items.cbegin();
    Q_ASSERT(&items.at(at) == shown);
    return at;
}

void RoomView::put(const Summary &room)
{
    if (!shows(room))
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
    const qsizetype at = std::lower_bound(rest.cbegin(), rest.cend(), room, goesBefore) - rest.cbegin();
    m_items.insert(at, {room});
    m_shown.insert(room.id, &m_items.at(at));
}

void RoomView::drop(const RoomId &room)
{
    const qsizetype at = indexOf(room);
    if (at < 0)
        return;
    m_shown.remove(room);
    m_items.remove(at);
}

} // namespace parvis::rooms
