// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "rooms/derived_row.h"

#include "events/edit.h"
#include "events/plain_text.h"
#include "rooms/members.h"
#include "rooms/room_state.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::rooms {

namespace {

constexpr qsizetype previewLength = 200;
constexpr quint8 keptVersion = 1;

bool isInside(MemberState membership)
{
    return membership == MemberState::Join || membership == MemberState::Invite;
}

/// The others after whom a room without a name is called, as complete as they are known.
Result<NameParts> namePartsOf(const Cache &cache, const StoredRoom &room)
{
    NameParts parts{{}, {}, {}, room.joinedCount, room.invitedCount};
    if (!room.name.isEmpty() || !room.alias.isEmpty())
        return parts;
    const auto service = RoomState(cache.rooms(), room.id).serviceMembers();
    if (!service)
        return tl::unexpected(service.error());
    QList<Hero> heroes = room.heroes;
    if (heroes.isEmpty()) {
        auto members = cache.rooms().members(room.id);
        if (!members)
            return tl::unexpected(members.error());
        std::sort(members->begin(), members->end(),
                  [](const auto &a, const auto &b) { return a.user < b.user; });
        for (const StoredMember &member : std::as_const(*members)) {
            if (heroes.size() < 5 && isInside(member.membership) && !service->contains(member.user)
                && member.user != cache.own())
                heroes.append({member.user, member.displayName, member.avatarUrl});
        }
    }
    for (Hero &hero : heroes) {
        if (hero.user == cache.own())
            continue;
        if (service->contains(hero.user)) {
            --parts.joined;
            continue;
        }
        if (hero.displayName.isEmpty()) {
            const auto member = cache.rooms().member(room.id, hero.user);
            if (!member)
                return tl::unexpected(member.error());
            hero.displayName = *member ? (*member)->displayName : QString();
        }
        parts.heroes.append(hero);
    }
    if (room.membership == MemberState::Invite && parts.joined + parts.invited == 0)
        parts.joined = parts.heroes.size() + 1; // an invitation counts nobody
    return parts;
}

Result<QString> personIn(const Cache &cache, const RoomId &room, const UserId &user)
{
    if (user.isEmpty())
        return QString();
    const auto member = cache.rooms().member(room, user);
    if (!member)
        return tl::unexpected(member.error());
    return personName(user, *member ? (*member)->displayName : QString(), false);
}

Result<Preview> previewOf(const Cache &cache, const StoredRoom &room)
{
    Preview preview;
    if (room.lastEvent.isEmpty())
        return preview;
    const auto row = cache.events().event(room.id, room.lastEvent);
    const auto edits = cache.events().edits(room.id, room.lastEvent);
    if (!row || !edits)
        return tl::unexpected(!row ? row.error() : edits.error());
    if (!*row)
        return preview;
    const RoomEvent &event = (*row)->event;
    const RoomEvent *newest = nullptr;
    for (const RoomEvent &edit : *edits) {
        if (checkEdit(event, edit) == EditVerdict::Valid
            && (!newest || isNewerEdit(edit.event, newest->event)))
            newest = &edit;
    }
    const auto name = personIn(cache, room.id, event.event.sender);
    if (!name)
        return tl::unexpected(name.error());
    const Message message = messageOf(newest ? editedContent(event, *newest) : event.content());
    preview.event = event.event.id;
    preview.sender = event.event.sender;
    preview.senderName = *name;
    preview.own = preview.sender == cache.own();
    preview.readable = event.isReadable();
    preview.type = event.type();
    preview.kind = message.kind;
    preview.text = preview.readable ? plainLine(message.body, previewLength) : QString();
    preview.ts = event.event.originServerTs;
    return preview;
}

} // namespace

Result<DerivedRow> deriveRow(const Cache &cache, const StoredRoom &room)
{
    auto parts = namePartsOf(cache, room);
    auto last = previewOf(cache, room);
    auto inviterName = personIn(cache, room.id, room.inviter);
    if (!parts || !last || !inviterName)
        return tl::unexpected(!parts ? parts.error() : !last ? last.error() : inviterName.error());
    return DerivedRow{std::move(parts->heroes), parts->joined, parts->invited, *std::move(inviterName),
                      *std::move(last)};
}

QByteArray toBytes(const DerivedRow &row)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << keptVersion << qint32(row.heroes.size());
    for (const Hero &hero : row.heroes)
        out << hero.user.toString().toUtf8() << hero.displayName.toUtf8() << hero.avatarUrl.toUtf8();
    const Preview &last = row.last;
    out << row.joined << row.invited << row.inviterName.toUtf8() << last.event.toString().toUtf8()
        << last.sender.toString().toUtf8() << last.senderName.toUtf8() << last.own << last.readable
        << last.type.toUtf8() << qint32(last.kind) << last.text.toUtf8() << last.ts;
    return bytes;
}

std::optional<DerivedRow> keptRow(const StoredRoom &room)
{
    QDataStream in(room.derived);
    in.setVersion(QDataStream::Qt_6_4);
    quint8 version = 0;
    qint32 heroes = 0;
    in >> version >> heroes;
    if (version != keptVersion || heroes < 0 || heroes > room.derived.size())
        return std::nullopt;
    QByteArray bytes;
    const auto text = [&] {
        in >> bytes;
        return QString::fromUtf8(bytes);
    };
    DerivedRow row;
    for (qint32 i = 0; i < heroes; ++i) {
        Hero hero{UserId(text()), text(), text()};
        row.heroes.append(std::move(hero));
    }
    Preview &last = row.last;
    qint32 kind = 0;
    in >> row.joined >> row.invited;
    row.inviterName = text();
    last.event = EventId(text());
    last.sender = UserId(text());
    last.senderName = text();
    in >> last.own >> last.readable;
    last.type = text();
    in >> kind;
    last.kind = MessageKind(kind);
    last.text = text();
    in >> last.ts;
    const bool whole =
        in.status() == QDataStream::Ok && in.atEnd() && kind >= 0 && kind <= int(MessageKind::Other);
    return whole && (last.event.isEmpty() || last.event == room.lastEvent) ? std::optional(std::move(row))
                                                                           : std::nullopt;
}

} // namespace parvis::rooms
