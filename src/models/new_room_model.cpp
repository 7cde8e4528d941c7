// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/new_room_model.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parvis {

NewRoomModel::NewRoomModel(RoomListPort &port, QObject *parent) : QObject(parent), m_port(port) {}

bool NewRoomModel::isUserId(const QString &text)
{
    static const QRegularExpression form(u"^@[^:\\s\\x00]+:[A-Za-z0-9.\\-\\[\\]:]+$"_s);
    return text.toUtf8().size() <= 255 && form.match(text).hasMatch();
}

void NewRoomModel::reset()
{
    ++m_turn;
    m_people.clear();
    m_busy = false;
    say({});
}

void NewRoomModel::say(ShownError error, Missing missing)
{
    m_error = std::move(error);
    m_missing = missing;
    Q_EMIT changed();
}

QString NewRoomModel::errorText() const
{
    switch (m_missing) {
    case Missing::Nothing:
        return m_error.text();
    case Missing::Person:
        return tr("Name the person you want to write to.");
    case Missing::Name:
        return tr("Give the room a name, so that its members recognise it.");
    }
    Q_UNREACHABLE();
    return {};
}

void NewRoomModel::retranslate()
{
    Q_EMIT changed();
}

bool NewRoomModel::add(const QString &userId)
{
    const auto id = userId.trimmed();
    if (!isUserId(id)) {
        say(ShownError({ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s, {}}));
        return false;
    }
    if (!m_people.contains(id))
        m_people += id;
    say({});
    return true;
}

void NewRoomModel::remove(const QString &userId)
{
    m_people.removeAll(userId);
    say({});
}

void NewRoomModel::create(Kind kind, const QString &name)
{
    if (m_busy)
        return;
    NewRoom room;
    room.name = kind == Direct ? QString() : name.trimmed();
    room.kind = kind == Direct ? RoomKind::Direct : kind == Public ? RoomKind::Public : RoomKind::Private;
    for (const auto &person : std::as_const(m_people))
        room.invite += UserId(person);
    if (kind == Direct && room.invite.size() != 1)
        return say({}, Missing::Person);
    if (kind != Direct && room.name.isEmpty())
        return say({}, Missing::Name);
    m_busy = true;
    say({});
    Q_EMIT begun();
    m_port.create(room).then(this, [this, turn = m_turn](Result<RoomId> id) {
        if (turn != m_turn)
            return;
        m_busy = false;
        say(ShownError::of(id, ErrorText::During::Inviting));
        if (id)
            Q_EMIT created(id->toString());
    });
}

} // namespace parvis
