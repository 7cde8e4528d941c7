// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/room_actions_model.h"

namespace parvis {

RoomActionsModel::RoomActionsModel(RoomListPort &rooms, RoomUpkeepPort &upkeep, QObject *parent)
    : QObject(parent), m_rooms(rooms), m_upkeep(upkeep)
{
}

void RoomActionsModel::begin()
{
    if (!m_error.isEmpty())
        dismiss();
}

void RoomActionsModel::end(const QString &name, const Result<void> &done)
{
    if (done)
        return;
    m_name = name;
    m_error = ShownError(done.error());
    Q_EMIT changed();
}

std::function<void(const Result<void> &)> RoomActionsModel::ending(const QString &name)
{
    return [this, name, person = m_person](const Result<void> &done) {
        if (person == m_person)
            end(name, done);
    };
}

void RoomActionsModel::forget()
{
    ++m_person;
    dismiss();
}

void RoomActionsModel::dismiss()
{
    m_error = {};
    m_name.clear();
    Q_EMIT changed();
}

QString RoomActionsModel::errorText() const
{
    //: 1: the name of a conversation, 2: what went wrong
    return m_error.isEmpty() ? QString() : tr("%1: %2").arg(m_name, m_error.text());
}

void RoomActionsModel::markRead(const QString &roomId, const QString &name)
{
    begin();
    const RoomId room(roomId);
    m_rooms.markRead(room).then(this, ending(name));
    m_upkeep.setMarkedUnread(room, false).then(this, ending(name));
}

void RoomActionsModel::markUnread(const QString &roomId, const QString &name)
{
    begin();
    m_upkeep.setMarkedUnread(RoomId(roomId), true).then(this, ending(name));
}

void RoomActionsModel::setFavourite(const QString &roomId, const QString &name, bool on)
{
    begin();
    m_upkeep.setTag(RoomId(roomId), RoomTag::Favourite, on).then(this, ending(name));
}

void RoomActionsModel::setLowPriority(const QString &roomId, const QString &name, bool on)
{
    begin();
    m_upkeep.setTag(RoomId(roomId), RoomTag::LowPriority, on).then(this, ending(name));
}

void RoomActionsModel::leave(const QString &roomId, const QString &name)
{
    begin();
    m_rooms.leave(RoomId(roomId)).then(this, [this, roomId, end = ending(name)](const Result<void> &done) {
        end(done);
        if (done)
            Q_EMIT left(roomId);
    });
}

} // namespace parvis
