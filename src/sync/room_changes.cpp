// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/room_changes.h"

#include "events/decrypt_all.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QByteArray contentOf(const Event &event)
{
    return QJsonDocument(event.content()).toJson(QJsonDocument::Compact);
}

bool isMember(const Event &event)
{
    return event.type == event_type::member && event.isState();
}

std::optional<MemberState> membershipIn(const QList<Event> &events, const UserId &user)
{
    std::optional<MemberState> found;
    for (const Event &event : events) {
        if (!isMember(event) || *event.stateKey != user.toString())
            continue;
        if (const auto member = memberOf(event.content()))
            found = member->membership;
    }
    return found;
}

qsizetype weight(const RoomChanges &changes, const QList<Event> &timeline)
{
    return 1 + changes.state.size() + timeline.size();
}

/// Somebody may have come or gone unseen.
bool mayHaveMissed(const RoomUpdate &room, const RoomChanges &changes)
{
    return changes.limited || room.initial || room.incomplete;
}

/// What orders rooms in sliding sync as well: what is said, that there is a room, and that we came into it. A
/// reaction or a new topic moves nothing.
bool movesToTheFront(const Event &event, const UserId &own)
{
    if (!event.isState())
        return event.type != event_type::reaction && event.type != event_type::redaction;
    return event.type == event_type::create || (isMember(event) && *event.stateKey == own.toString());
}

/// The clocks of others are all there is, but none of them is ahead of ours.
qint64 timeOf(const Event &event, const Clock &clock)
{
    return std::clamp<qint64>(event.originServerTs, 0, clock.nowMs());
}

bool isVisibility(const QString &word)
{
    return word == "invited"_L1 || word == "joined"_L1 || word == "shared"_L1 || word == "world_readable"_L1;
}

bool isInside(MemberState membership)
{
    return membership == MemberState::Join || membership == MemberState::Invite;
}

} // namespace

RoomChangesMaker::RoomChangesMaker(const Cache &cache, SyncCrypto &crypto, const Clock &clock)
    : m_cache(cache), m_crypto(crypto), m_clock(clock)
{
}

Result<bool> RoomChangesMaker::add(const RoomUpdate &room, SyncDialect dialect)
{
    const auto known = m_cache.rooms().room(room.id);
    if (!known)
        return tl::unexpected(known.error());
    const bool substance = room.membership || room.initial || !room.state.isEmpty()
        || !room.timeline.isEmpty() || !room.stripped.isEmpty();
    if (!*known && !substance)
        return false;
    RoomChanges changes{.id = room.id};
    changes.membership = membershipOf(room, *known);
    changes.replaceState = room.initial;
    changes.limited = room.limited || (room.initial && !room.prevBatch.isEmpty());
    changes.prevBatch = room.prevBatch;
    changes.state = room.state;
    if (!room.stateIsAfter) {
        for (const Event &event : room.timeline) {
            if (event.isState())
                changes.state.append(event);
        }
    }
    if (mayHaveMissed(room, changes))
        changes.membersComplete = false;
    invitation(room, changes);
    changes.serverName = room.name;
    changes.serverAvatar = room.avatar;
    changes.joinedCount = room.joinedCount;
    changes.invitedCount = room.invitedCount;
    if (room.heroes) {
        changes.heroes.emplace();
        for (const HeroUpdate &hero : *room.heroes)
            changes.heroes->append({hero.user, hero.displayName, hero.avatarUrl});
    }
    if (room.bumpStamp)
        changes.recency = room.bumpStamp;
    else if (dialect == SyncDialect::Classic && (!room.timeline.isEmpty() || !room.stripped.isEmpty()))
        changes.recency = std::max(recencyOf(room), *known && !room.initial ? (*known)->recency : 0);
    for (const ReceiptUpdate &one : room.receipts)
        changes.receipts.append({one.user, one.event, one.type, one.thread, one.ts});
    changes.accountData = room.accountData;
    if (auto added = addNews(room, changes, *known); !added)
        return tl::unexpected(added.error());
    m_events += weight(changes, room.timeline);
    m_changes.append(std::move(changes));
    m_timelines.append({room.id, room.timeline});
    return true;
}

Result<void> RoomChangesMaker::tell()
{
    const auto news = std::exchange(m_news, {});
    return news.isEmpty() ? Result<void>() : m_crypto.follow(news);
}

Result<QList<RoomChanges>> RoomChangesMaker::take(qsizetype most)
{
    const qsizetype first = m_taken;
    for (qsizetype events = 0; m_taken < m_changes.size() && events < most; ++m_taken)
        events += weight(m_changes.at(m_taken), m_timelines.at(m_taken).events);
    const auto readable = decryptAll(m_crypto, m_timelines.mid(first, m_taken - first));
    if (!readable)
        return tl::unexpected(readable.error());
    QList<RoomChanges> out;
    out.reserve(m_taken - first);
    for (qsizetype i = first; i < m_taken; ++i) {
        out.append(std::exchange(m_changes[i], {}));
        out.last().timeline = readable->at(i - first);
        m_timelines[i] = {};
    }
    return out;
}

MemberState RoomChangesMaker::membershipOf(const RoomUpdate &room,
                                           const std::optional<StoredRoom> &known) const
{
    if (room.membership)
        return *room.membership;
    if (!room.stripped.isEmpty())
        return membershipIn(room.stripped, m_cache.own()).value_or(MemberState::Invite);
    if (const auto now = membershipIn(room.state, m_cache.own()))
        return *now;
    if (const auto now = membershipIn(room.timeline, m_cache.own()))
        return *now;
    // Receipts alone, for example, say nothing of it.
    return known ? known->membership : MemberState::Join;
}

void RoomChangesMaker::invitation(const RoomUpdate &room, RoomChanges &changes) const
{
    if (room.stripped.isEmpty())
        return;
    changes.replaceState = true;
    changes.state = room.stripped;
    for (const Event &event : room.stripped) {
        if (isMember(event) && *event.stateKey == m_cache.own().toString())
            changes.inviter = event.sender;
    }
}

Result<void> RoomChangesMaker::addNews(const RoomUpdate &room, const RoomChanges &changes,
                                       const std::optional<StoredRoom> &known)
{
    bool encrypted = known && !known->encryption.isEmpty();
    RoomNews news{.room = room.id};
    QList<Event> members;
    // The timeline as well, whatever the dialect says of its state: an event that was there counts here.
    for (const QList<Event> *list : {&room.state, &room.timeline}) {
        for (const Event &event : *list) {
            if (!event.isState())
                continue;
            if (event.type == event_type::encryption && event.stateKey->isEmpty()) {
                encrypted = true;
                news.encryption.append(contentOf(event));
            } else if (event.type == event_type::historyVisibility && event.stateKey->isEmpty()) {
                const QString word = event.content()["history_visibility"_L1].toString();
                if (isVisibility(word)) // another one leaves it as it was
                    news.historyVisibility = word;
            } else if (event.type == event_type::member) {
                members.append(event);
            }
        }
    }
    if (encrypted && changes.membership && *changes.membership != MemberState::Invite) {
        // Whatever the answer shows of members: those who do not speak are not in it (lazy loading), and
        // nothing tells somebody who stayed from somebody who left and came back.
        news.missed = mayHaveMissed(room, changes) && known;
        if (auto added = addMembers(members, known && !room.initial, news); !added)
            return added;
    }
    if (!news.isEmpty())
        m_news.append(std::move(news));
    return {};
}

Result<void> RoomChangesMaker::addMembers(const QList<Event> &members, bool known, RoomNews &news) const
{
    QHash<UserId, MemberState> now;
    for (const Event &event : members) {
        const auto member = memberOf(event.content());
        const UserId user(*event.stateKey);
        if (!member || user.isEmpty())
            continue;
        if (isInside(member->membership))
            news.inside.append(user);
        if (!known)
            continue;
        auto before = now.constFind(user) != now.cend() ? std::optional(now.value(user)) : std::nullopt;
        if (!before) {
            const auto stored = m_cache.rooms().member(news.room, user);
            if (!stored)
                return tl::unexpected(stored.error());
            if (*stored)
                before = (*stored)->membership;
        }
        now.insert(user, member->membership);
        // One of whom nothing is known who is gone now was there before: lazily loaded lists do not tell.
        if (before ? *before != member->membership : !isInside(member->membership))
            news.changes.append({user, member->membership});
    }
    return {};
}

qint64 RoomChangesMaker::recencyOf(const RoomUpdate &room) const
{
    if (room.timeline.isEmpty())
        return m_clock.nowMs();
    // When an answer comes says nothing of when things happened: it may hold a whole day, and come twice.
    const auto newest =
        std::find_if(room.timeline.crbegin(), room.timeline.crend(),
                     [this](const Event &event) { return movesToTheFront(event, m_cache.own()); });
    if (newest != room.timeline.crend())
        return timeOf(*newest, m_clock);
    return room.initial ? timeOf(room.timeline.last(), m_clock) : 0; // it stays where it is
}

} // namespace parvis
