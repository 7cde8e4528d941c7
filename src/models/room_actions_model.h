// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "client/room_upkeep_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

#include <functional>

namespace parvis {

/// What is done with a conversation from the list, whichever is open: read, filed, left. The list shows it
/// once the server has done it; what it refuses is said with the conversation's name, until the next thing is
/// done.
class RoomActionsModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    RoomActionsModel(RoomListPort &rooms, RoomUpkeepPort &upkeep, QObject *parent = nullptr);

    /// Everything in it, and the person's own mark.
    Q_INVOKABLE void markRead(const QString &roomId, const QString &name);
    Q_INVOKABLE void markUnread(const QString &roomId, const QString &name);
    Q_INVOKABLE void setFavourite(const QString &roomId, const QString &name, bool on);
    Q_INVOKABLE void setLowPriority(const QString &roomId, const QString &name, bool on);
    Q_INVOKABLE void leave(const QString &roomId, const QString &name);
    /// The error was read.
    Q_INVOKABLE void dismiss();

    [[nodiscard]] QString errorText() const;
    void retranslate() { Q_EMIT changed(); }
    /// Somebody else signs in.
    void forget();

Q_SIGNALS:
    void changed();
    void left(const QString &roomId);

private:
    /// Begins something with a conversation: what went wrong before is no longer said.
    void begin();
    /// What shows how it ended, unless somebody else has signed in since.
    [[nodiscard]] std::function<void(const Result<void> &)> ending(const QString &name);
    void end(const QString &name, const Result<void> &done);

    RoomListPort &m_rooms;
    RoomUpkeepPort &m_upkeep;
    QString m_name; ///< of the conversation that the error is about
    ShownError m_error;
    int m_person = 0; ///< another number for each who signs in
};

} // namespace parvis
