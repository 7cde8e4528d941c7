// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_upkeep.h"

#include "api/account_data.h"
#include "api/room_actions.h"
#include "api/room_upkeep.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

QString nameOf(RoomTag tag)
{
    return tag == RoomTag::Favourite ? u"m.favourite"_s : u"m.lowpriority"_s;
}

RoomTag other(RoomTag tag)
{
    return tag == RoomTag::Favourite ? RoomTag::LowPriority : RoomTag::Favourite;
}

} // namespace

Task<void> RoomUpkeep::moderate(const RoomId &room, const UserId &user, MemberAction action,
                                const QString &reason)
{
    if (!user.toString().startsWith(u'@') || !user.toString().contains(u':'))
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s));
    switch (action) {
    case MemberAction::Remove:
        return m_api.sendWithRetry(api::KickUser{.roomId = room, .userId = user, .reason = reason});
    case MemberAction::Ban:
        return m_api.sendWithRetry(api::BanUser{.roomId = room, .userId = user, .reason = reason});
    case MemberAction::Unban:
        return m_api.sendWithRetry(api::UnbanUser{.roomId = room, .userId = user, .reason = reason});
    }
    Q_UNREACHABLE();
    return Task<void>::ready({});
}

Task<RoomId> RoomUpkeep::knock(const QString &roomOrAlias, const QStringList &via, const QString &reason)
{
    if (!roomOrAlias.startsWith(u'!') && !roomOrAlias.startsWith(u'#'))
        return Task<RoomId>::ready(fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_ADDRESS"_s));
    return m_api.send(api::KnockRoom{.roomIdOrAlias = roomOrAlias, .via = via, .reason = reason});
}

Task<void> RoomUpkeep::forget(const RoomId &room)
{
    const auto known = m_cache.rooms().room(room);
    if (!known)
        return Task<void>::ready(tl::unexpected(known.error()));
    if (*known && (*known)->membership != MemberState::Leave && (*known)->membership != MemberState::Ban)
        return Task<void>::ready(fail(ErrorKind::Usage, u"PARVIS_STILL_IN_ROOM"_s));
    return m_api.sendWithRetry(api::ForgetRoom{.roomId = room}).andThen(this, [this, room] {
        return m_cache.commit({.forgotten = {room}}).map([](const AppliedChanges &) {});
    });
}

Task<void> RoomUpkeep::setTag(const RoomId &room, RoomTag tag, bool on)
{
    const auto known = m_cache.rooms().room(room);
    if (!known)
        return Task<void>::ready(tl::unexpected(known.error()));
    if (!*known)
        return Task<void>::ready(fail(ErrorKind::NotFound, u"PARVIS_NO_SUCH_ROOM"_s));
    const bool hasOther = tag == RoomTag::Favourite ? (*known)->lowPriority : (*known)->favourite;
    if (!on || !hasOther)
        return put(room, nameOf(tag), on);
    return put(room, nameOf(other(tag)), false).andThen(this, [this, room, tag] {
        return put(room, nameOf(tag), true);
    });
}

Task<void> RoomUpkeep::put(const RoomId &room, const QString &tag, bool on)
{
    auto done = on ? m_api.sendWithRetry(api::SetTag{.userId = m_cache.own(), .roomId = room, .tag = tag})
                   : m_api.sendWithRetry(api::RemoveTag{.userId = m_cache.own(), .roomId = room, .tag = tag});
    return std::move(done).andThen(this, [this, room, tag, on] { return keepTag(room, tag, on); });
}

Result<void> RoomUpkeep::keepTag(const RoomId &room, const QString &tag, bool on)
{
    const auto stored = m_cache.rooms().roomAccountData(room, event_type::tag);
    if (!stored)
        return tl::unexpected(stored.error());
    QJsonObject tags = QJsonDocument::fromJson(*stored)["content"_L1]["tags"_L1].toObject();
    if (on)
        tags[tag] = QJsonObject();
    else
        tags.remove(tag);
    return keep(room, event_type::tag, {{"tags"_L1, tags}});
}

Task<void> RoomUpkeep::setMarkedUnread(const RoomId &room, bool on)
{
    const QJsonObject content{{"unread"_L1, on}};
    return m_api
        .sendWithRetry(api::SetAccountData{
            .userId = m_cache.own(), .type = event_type::markedUnread, .content = content, .roomId = room})
        .andThen(this, [this, room, content] { return keep(room, event_type::markedUnread, content); });
}

Result<void> RoomUpkeep::keep(const RoomId &room, const QString &type, const QJsonObject &content)
{
    Event event;
    event.type = type;
    event.raw =
        QJsonDocument(QJsonObject{{"type"_L1, type}, {"content"_L1, content}}).toJson(QJsonDocument::Compact);
    return m_cache.commit({.rooms = {{.id = room, .accountData = {event}}}}).map([](const AppliedChanges &) {
    });
}

} // namespace parvis
