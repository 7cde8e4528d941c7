// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/new_room_model.h"

#include "models/error_text.h"

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
    m_people.clear();
    m_busy = false;
    setError({});
}

void NewRoomModel::setError(const QString &errorText)
{
    m_errorText = errorText;
    Q_EMIT changed();
}

bool NewRoomModel::add(const QString &userId)
{
    const auto id = userId.trimmed();
    if (!isUserId(id)) {
        setError(ErrorText::of({ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s, {}}));
        return false;
    }
    if (!m_people.contains(id))
        m_people += id;
    setError({});
    return true;
}

void NewRoomModel::remove(const QString &userId)
{
    m_people.removeAll(userId);
    setError({});
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
        return setError(tr("Name the person you want to write to."));
    if (kind != Direct && room.name.isEmpty())
        return setError(tr("Give the room a name, so that its members recognise it."));
    m_busy = true;
    setError({});
    m_port.create(room).then(this, [this](Result<RoomId> id) {
        m_busy = false;
        setError(id ? QString() : ErrorText::of(id.error(), ErrorText::During::Inviting));
        if (id)
            Q_EMIT created(id->toString());
    });
}

} // namespace parvis
