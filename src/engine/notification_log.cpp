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

bool isCorrection(const RoomEvent &event)
{
    // The search is quick, and spares reading most of them.
    const QByteArray &json = event.clear ? event.clear->content : event.event.raw;
    return (json.contains("m.replace") || event.event.raw.contains("m.replace"))
        && relationOf(event.content()).kind == RelationKind::Replace;
}

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
    look(room, events, true);
}

void NotificationLog::readable(const RoomId &room, const QList<RoomEvent> &events)
{
    QList<RoomEvent> live;
    for (const RoomEvent &event : events) {
        if (m_waiting.removeOne(std::pair(room, event.event.id)))
            live.append(event);
    }
    look(room, live, false);
}

void NotificationLog::look(const RoomId &room, const QList<RoomEvent> &events, bool fresh)
{
    const auto row = m_engine.rooms().room(room);
    if (!row || events.isEmpty())
        return;
    QSet<EventId> changed; // by what came with them
    QList<Standing> standings;
    const auto read = readPlace(*row);
    for (const RoomEvent &event : events) {
        if (event.event.sender == m_engine.user() || event.event.redacted)
            continue;
        if (isCorrection(event)) {
            changed.insert(relationOf(event.content()).target);
            continue;
        }
        const auto standing = m_engine.cache().events().standingOf(room, event.event.id);
        // What is not here any more is not told of either: it has expired. And the redaction may have been
        // here first.
        if (!standing || !*standing || (*standing)->redacted || (read && (*standing)->place <= *read))
            continue;
        standings.append({{(*standing)->place, event}, (*standing)->attention});
    }
    judge(room, standings);
    for (const Standing &one : std::as_const(standings))
        remove(room, one.row.event.event.id); // as long as it could not be read, other rules spoke for it
    standings.removeIf([](const Standing &one) {
        return one.attention != Attention::Notify && one.attention != Attention::Highlight;
    });
    EventLines lines(m_engine, room);
    const auto first =
        std::max<qsizetype>(0, standings.size() - NotificationPort::mostCards); // older ones would go again
    for (const Standing &one : std::as_const(standings).sliced(first)) {
        const EventId &id = one.row.event.event.id;
        const bool plain = fresh && !changed.contains(id);
        if (auto card = cardOf(*row, plain ? lines.plainLine(one.row) : lines.line(id))) {
            card->highlight = one.attention == Attention::Highlight;
            add(*std::move(card));
        }
    }
}

void NotificationLog::judge(const RoomId &room, QList<Standing> &standings) const
{
    // Most were judged when they were counted, just now.
    QList<RoomEvent> events;
    QList<qsizetype> where;
    for (qsizetype i = 0; i < standings.size(); ++i) {
        if (standings.at(i).attention == Attention::Unjudged) {
            events.append(standings.at(i).row.event);
            where.append(i);
        }
    }
    if (events.isEmpty())
        return;
    const auto judged = m_judge.judge(room, events);
    for (qsizetype i = 0; judged && i < where.size(); ++i)
        standings[where.at(i)].attention = judged->at(i);
}

std::optional<NotificationCard> NotificationLog::cardOf(const rooms::Summary &room,
                                                        const Result<std::optional<TimelineItem>> &line)
{
    if (!line || !*line)
        return {};
    const TimelineItem &item = **line;
    return NotificationCard{.roomId = room.id,
                            .roomName = shownName(room),
                            .direct = !room.directUser.isEmpty(),
                            .eventId = item.eventId,
                            .sender = item.sender,
                            .senderName = item.senderName,
                            .kind = item.kind,
                            .body = plainLine(item.body).left(longestBody),
                            .ts = item.ts};
}

std::optional<TimelinePlace> NotificationLog::readPlace(const rooms::Summary &room) const
{
    if (room.readUpTo.isEmpty())
        return {};
    return m_engine.cache().events().placeOf(room.id, room.readUpTo).value_or(std::nullopt);
}

void NotificationLog::forgetIgnored()
{
    rooms::IgnoredPeople ignored(m_engine.cache());
    if (!ignored.read())
        return;
    for (qsizetype at = m_cards.size(); at > 0; --at) {
        if (ignored.contains(m_cards.at(at - 1).sender))
            m_cards.remove(at - 1);
    }
}

void NotificationLog::follow(const AppliedChanges &applied)
{
    if (applied.accountData.contains(event_type::ignoredUsers))
        forgetIgnored();
    for (const RoomApplied &one : applied.rooms) {
        for (const EventId &id : one.purged)
            remove(one.id, id);
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
