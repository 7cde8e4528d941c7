// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/notification_log.h"

#include "engine/engine.h"
#include "engine/event_lines.h"
#include "engine/person_name.h"
#include "engine/summaries.h"
#include "events/plain_text.h"
#include "events/relation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qsizetype longestBody = 300; // UTF-16 units: more fits into no notification

} // namespace

NotificationLog::NotificationLog(Engine &engine, AttentionJudge &judge) : m_engine(engine), m_judge(judge)
{
    const auto rooms = engine.rooms().all();
    for (const rooms::Summary &room : rooms) {
        if (room.membership == MemberState::Invite)
            m_invited.insert(room.id);
    }
    connect(&engine.syncApply(), &SyncApply::liveEventsCame, this, &NotificationLog::came);
    connect(&engine.lateKeys(), &timeline::LateKeys::becameReadable, this, &NotificationLog::readable);
    connect(&engine.rooms(), &rooms::RoomList::changed, this, &NotificationLog::lookForInvitations);
    engine.cache().subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
}

void NotificationLog::came(const RoomId &room, const QList<RoomEvent> &events)
{
    for (const RoomEvent &event : events) {
        if (!event.isReadable())
            m_waiting.append({room, event.event.id});
    }
    if (m_waiting.size() > mostWaiting)
        m_waiting.remove(0, m_waiting.size() - mostWaiting);
    look(room, events);
}

void NotificationLog::readable(const RoomId &room, const QList<RoomEvent> &events)
{
    QList<RoomEvent> live;
    for (const RoomEvent &event : events) {
        if (m_waiting.removeOne(std::pair(room, event.event.id)))
            live.append(event);
    }
    look(room, live);
}

void NotificationLog::look(const RoomId &room, const QList<RoomEvent> &events)
{
    QList<RoomEvent> others;
    for (const RoomEvent &event : events) {
        const bool edit = relationOf(event.content()).kind == RelationKind::Replace;
        if (event.event.sender != m_engine.user() && !event.event.redacted && !edit
            && !isRead(room, event.event.id))
            others.append(event);
    }
    const auto judged = m_judge.judge(room, others);
    if (!judged || others.isEmpty())
        return;
    for (qsizetype i = 0; i < others.size(); ++i) {
        const EventId &id = others.at(i).event.id;
        const Attention attention = judged->at(i);
        remove(room, id); // as long as it could not be read, other rules spoke for it
        if (attention != Attention::Notify && attention != Attention::Highlight)
            continue;
        if (auto card = cardOf(room, id)) {
            card->highlight = attention == Attention::Highlight;
            add(*std::move(card));
        }
    }
}

std::optional<NotificationCard> NotificationLog::cardOf(const RoomId &room, const EventId &event) const
{
    const auto line = EventLines(m_engine, room).line(event);
    const auto row = m_engine.rooms().room(room);
    if (!line || !*line || !row)
        return {};
    const TimelineItem &item = **line;
    return NotificationCard{.roomId = room,
                            .roomName = shownName(*row),
                            .direct = !row->directUser.isEmpty(),
                            .eventId = event,
                            .sender = item.sender,
                            .senderName = item.senderName,
                            .kind = item.kind,
                            .body = plainLine(item.body).left(longestBody),
                            .ts = item.ts};
}

bool NotificationLog::isRead(const RoomId &room, const EventId &event) const
{
    const auto row = m_engine.rooms().room(room);
    if (!row || row->readUpTo.isEmpty())
        return false;
    const auto read = m_engine.cache().events().placeOf(room, row->readUpTo);
    const auto place = m_engine.cache().events().placeOf(room, event);
    return read && *read && place && *place && **place <= **read;
}

void NotificationLog::follow(const AppliedChanges &applied)
{
    for (const RoomApplied &one : applied.rooms) {
        for (const EventId &id : one.events) {
            if (indexOf(one.id, id) < 0)
                continue;
            const auto row = m_engine.cache().events().event(one.id, id);
            if (row && *row && (*row)->event.event.redacted)
                remove(one.id, id);
        }
    }
}

void NotificationLog::lookForInvitations(const QList<RoomId> &rooms)
{
    for (const RoomId &id : rooms) {
        const auto room = m_engine.rooms().room(id);
        if (!room || room->membership != MemberState::Invite) {
            m_invited.remove(id);
            remove(id, {});
        } else if (!room->unwanted && !m_invited.contains(id)) {
            m_invited.insert(id);
            if (!m_engine.loaded().get())
                continue; // it is older than this sign-in
            add({.roomId = id,
                 .roomName = shownName(*room),
                 .direct = !room->directUser.isEmpty(),
                 .invitation = true,
                 .eventId = {},
                 .sender = room->inviter,
                 .senderName = splitPersonName(room->inviterName).name,
                 .kind = ItemKind::State,
                 .body = {},
                 .ts = m_engine.clock().nowMs()});
        }
    }
}

qsizetype NotificationLog::indexOf(const RoomId &room, const EventId &event) const
{
    const auto &all = m_cards.items();
    const auto it = std::find_if(all.cbegin(), all.cend(), [&](const NotificationCard &card) {
        return card.roomId == room && card.eventId == event;
    });
    return it == all.cend() ? -1 : it - all.cbegin();
}

void NotificationLog::add(NotificationCard card)
{
    m_cards.insert(0, {std::move(card)});
    const qsizetype over = m_cards.size() - NotificationPort::mostCards;
    if (over > 0)
        m_cards.remove(NotificationPort::mostCards, over);
}

void NotificationLog::remove(const RoomId &room, const EventId &event)
{
    if (const qsizetype at = indexOf(room, event); at >= 0)
        m_cards.remove(at);
}

} // namespace parvis
