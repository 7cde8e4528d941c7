// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/room_upgrade.h"

#include "api/direct_rooms.h"
#include "api/discovery.h"
#include "api/room_actions.h"
#include "api/room_finding.h"
#include "api/room_state.h"
#include "engine/room_details.h"
#include "events/room_facts.h"
#include "rooms/room_state.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

/// More are told by the old room, which names the new one.
constexpr qsizetype mostInvitations = 500;
constexpr qsizetype longestVersion = 64;

} // namespace

Result<QString> upgradeVersion(const QJsonObject &capabilities, const QString &wanted)
{
    const QJsonObject versions = capabilities["m.room_versions"_L1].toObject();
    const QJsonObject available = versions["available"_L1].toObject();
    const QString version = wanted.isEmpty() ? versions["default"_L1].toString() : wanted;
    const bool known = available.isEmpty() ? !wanted.isEmpty() : available.contains(version);
    if (version.isEmpty() || version.size() > longestVersion || !known)
        return fail(ErrorKind::Usage, u"PARVIS_BAD_ROOM_VALUE"_s,
                    u"version: the server has "_s + available.keys().join(u' '));
    return version;
}

Task<RoomId> RoomUpgrade::upgrade(const RoomId &room, const QString &version)
{
    const auto now = roomDetails(m_parts.cache, m_parts.rooms, room);
    if (!now)
        return Task<RoomId>::ready(tl::unexpected(now.error()));
    if (!now->rights.upgrade)
        return Task<RoomId>::ready(fail(ErrorKind::Forbidden, u"PARVIS_RIGHTS_NOT_ENOUGH"_s, u"upgrade"_s));
    if (!now->replacedBy.room.isEmpty())
        return Task<RoomId>::ready(fail(ErrorKind::Usage, u"PARVIS_ROOM_REPLACED"_s));
    return m_parts.api.sendWithRetry(api::Capabilities{})
        .andThen(this, [this, room, version](const QJsonObject &capabilities) {
            const auto chosen = upgradeVersion(capabilities, version);
            return chosen ? make(room, *chosen) : Task<RoomId>::ready(tl::unexpected(chosen.error()));
        });
}

Task<RoomId> RoomUpgrade::make(const RoomId &room, const QString &version)
{
    const auto known = m_parts.rooms.all();
    QSet<RoomId> before;
    for (const rooms::Summary &one : known)
        before.insert(one.id);
    return m_parts.api.send(api::UpgradeRoom{.roomId = room, .newVersion = version})
        .andThen(this, [this, room, before](const RoomId &made) -> Result<RoomId> {
            // A room that was there before is no successor: people would be invited to it, and given its
            // keys.
            if (!isRoomId(made.toString()) || before.contains(made))
                return fail(ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s, u"replacement_room"_s);
            if (const auto kept = keepEncryption(room, made); !kept)
                return tl::unexpected(kept.error());
            if (const auto old = m_parts.rooms.room(room); old && !old->directUser.isEmpty())
                api::markDirect(m_parts.api, m_parts.cache.own(), old->directUser, made)
                    .then(this, [](const Result<void> &) {}); // without the mark it is shown as a room
            keepInSpaces(room, made);
            inviteOnceEncrypted(room, made);
            return made;
        });
}

Result<void> RoomUpgrade::keepEncryption(const RoomId &room, const RoomId &made)
{
    const auto encrypted = m_parts.machine.isEncrypted(room);
    if (!encrypted)
        return tl::unexpected(encrypted.error());
    if (!*encrypted)
        return {};
    const auto content = rooms::RoomState(m_parts.cache.rooms(), room).content(event_type::encryption);
    if (!content)
        return tl::unexpected(content.error());
    QJsonObject encryption = *content;
    if (!encryption["algorithm"_L1].isString()) // the event is gone; that it was there is not
        encryption["algorithm"_L1] = QLatin1StringView(crypto::megolmAlgorithm);
    return m_parts.machine.setRoomEncryption(made, QJsonDocument(encryption).toJson(QJsonDocument::Compact))
        .map([](const QList<crypto::CryptoNote> &) {});
}

void RoomUpgrade::inviteOnceEncrypted(const RoomId &room, const RoomId &made)
{
    const auto encrypted = m_parts.machine.isEncrypted(made);
    if (!encrypted)
        return;
    if (!*encrypted)
        return inviteMembers(room, made);
    m_parts.api.sendWithRetry(api::GetState{.roomId = made, .eventType = event_type::encryption})
        .then(this, [this, room, made](const Result<QJsonObject> &there) {
            if (there && (*there)["algorithm"_L1].isString())
                return inviteMembers(room, made);
            if (!there && there.error().code != "M_NOT_FOUND"_L1)
                return;
            m_parts.api
                .sendWithRetry(
                    api::SetState{.roomId = made,
                                  .eventType = event_type::encryption,
                                  .content = {{"algorithm"_L1, QLatin1StringView(crypto::megolmAlgorithm)}}})
                .then(this, [this, room, made](const Result<EventId> &put) {
                    if (put)
                        inviteMembers(room, made);
                });
        });
}

void RoomUpgrade::keepInSpaces(const RoomId &room, const RoomId &made)
{
    const auto parents = m_parts.rooms.spaces().parentsOf(room);
    for (const RoomId &space : parents) {
        const rooms::RoomState state(m_parts.cache.rooms(), space);
        const auto levels = state.powerLevels();
        const auto before = state.content(event_type::spaceChild, room.toString());
        if (!levels || !before || !levels->maySetState(m_parts.cache.own(), event_type::spaceChild))
            continue;
        const bool named = !before->isEmpty(); // else the room alone says that it is there
        QJsonObject content = *before;
        content["via"_L1] = QJsonArray{m_parts.cache.own().toString().section(u':', 1)};
        const auto put = [this, space](const RoomId &child, const QJsonObject &what) {
            return m_parts.api.sendWithRetry(api::SetState{.roomId = space,
                                                           .eventType = event_type::spaceChild,
                                                           .stateKey = child.toString(),
                                                           .content = what});
        };
        // The old one goes once the new one is there; what fails leaves the space as it was.
        put(made, content)
            .andThen(this,
                     [put, room, named](const EventId &id) {
                         return named ? put(room, {}) : Task<EventId>::ready(id);
                     })
            .then(this, [](const Result<EventId> &) {});
    }
}

void RoomUpgrade::inviteMembers(const RoomId &room, const RoomId &made)
{
    const auto old = m_parts.rooms.room(room);
    if (old && old->joinRule == "public"_L1)
        return; // whoever reads the old room can come
    m_parts.members.completeMembers(room).then(this,
                                               [this, made](const Result<crypto::RoomMembers> &members) {
                                                   if (!members)
                                                       return;
                                                   QList<UserId> others = members->joined;
                                                   others.removeAll(m_parts.cache.own());
                                                   m_toInvite.insert(made, others.mid(0, mostInvitations));
                                                   inviteNext(made);
                                               });
}

void RoomUpgrade::inviteNext(const RoomId &made)
{
    auto &left = m_toInvite[made];
    if (left.isEmpty()) {
        m_toInvite.remove(made);
        return;
    }
    const UserId user = left.takeFirst();
    // One after the other, in turns of their own: who cannot be invited does not keep the next one out.
    // Without keys of the past, which a room that begins does not have.
    m_parts.api.sendWithRetry(api::InviteUser{.roomId = made, .userId = user})
        .then(this, [this, made](const Result<void> &) {
            QMetaObject::invokeMethod(
                this, [this, made] { inviteNext(made); }, Qt::QueuedConnection);
        });
}

} // namespace parvis
