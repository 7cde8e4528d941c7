// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/crypto_machine.h"
#include "crypto/machine_parts_p.h"
#include "crypto/room_settings_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

void applyEncryption(CryptoStep &step, const RoomId &room, const QByteArray &content)
{
    const RoomEncryptionRecord before = step.rooms.room(room);
    const EncryptionUpdate update = applyEncryptionEvent(before, content);
    if (update.refused)
        step.note(CryptoNote::Kind::EncryptionDowngrade, {}, {}, {});
    if (update.record != before) {
        step.rooms.put(update.record);
        step.somethingChanged();
    }
}

void applyVisibility(CryptoStep &step, const RoomId &room, HistoryVisibility visibility)
{
    RoomEncryptionRecord record = step.rooms.room(room);
    if (record.visibility != visibility) {
        record.visibility = visibility;
        step.rooms.put(record);
        step.somethingChanged();
    }
}

void followMembers(CryptoStep &step, DeviceTracker &tracker, const RoomId &room, const QList<UserId> &members)
{
    if (!members.isEmpty() && step.rooms.room(room).encrypted)
        tracker.track(step, members);
}

void applyMembership(CryptoStep &step, DeviceTracker &tracker, const RoomId &room, const UserId &user,
                     Membership membership)
{
    switch (membership) {
    case Membership::Join:
        // Whatever was sent while we were away went to a room that we did not see.
        if (user == step.own().user)
            step.rooms.invalidate(room);
        [[fallthrough]];
    case Membership::Invite:
        followMembers(step, tracker, room, {user});
        break;
    case Membership::Leave:
    case Membership::Ban:
        step.rooms.invalidate(room);
        break;
    case Membership::Knock:
        return;
    }
    step.somethingChanged();
}

} // namespace

Result<QList<CryptoNote>> CryptoMachine::setRoomEncryption(const RoomId &room, const QByteArray &content)
{
    return onRooms({{.room = room, .encryption = {content}}});
}

Result<bool> CryptoMachine::isEncrypted(const RoomId &room) const
{
    return m_parts->context.store.roomEncryption(room).map(
        [](const auto &row) { return row && row->encrypted; });
}

Result<void> CryptoMachine::setHistoryVisibility(const RoomId &room, HistoryVisibility visibility)
{
    CryptoStep step(m_parts->context);
    applyVisibility(step, room, visibility);
    return step.commit();
}

Result<void> CryptoMachine::onMembers(const RoomId &room, const QList<UserId> &members)
{
    CryptoStep step(m_parts->context);
    followMembers(step, m_parts->tracker, room, members);
    return step.commit();
}

Result<void> CryptoMachine::onMembershipChange(const RoomId &room, const UserId &user, Membership membership)
{
    CryptoStep step(m_parts->context);
    applyMembership(step, m_parts->tracker, room, user, membership);
    return step.commit();
}

Result<void> CryptoMachine::discardSession(const RoomId &room)
{
    CryptoStep step(m_parts->context);
    step.rooms.invalidate(room);
    step.somethingChanged();
    return step.commit();
}

Result<QList<CryptoNote>> CryptoMachine::onRooms(const QList<RoomNews> &news)
{
    CryptoStep step(m_parts->context);
    for (const RoomNews &room : news) {
        for (const QByteArray &content : room.encryption)
            applyEncryption(step, room.room, content);
        if (room.visibility)
            applyVisibility(step, room.room, *room.visibility);
        if (room.missed) {
            step.rooms.invalidate(room.room);
            step.somethingChanged();
        }
        for (const auto &[user, membership] : room.changes)
            applyMembership(step, m_parts->tracker, room.room, user, membership);
        followMembers(step, m_parts->tracker, room.room, room.inside);
    }
    return committed(step, step.notes);
}

} // namespace parvis::crypto
