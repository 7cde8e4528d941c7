// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/room_list_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

/// A conversation that the person is about to begin.
class NewRoomModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QStringList people READ people NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    enum Kind { Direct, Private, Public };
    Q_ENUM(Kind)

    explicit NewRoomModel(RoomListPort &port, QObject *parent = nullptr);

    /// Begins anew: what is still under way becomes a room all the same, but opens nothing.
    Q_INVOKABLE void reset();
    /// False, with a sentence in errorText, where this is no Matrix id.
    Q_INVOKABLE bool add(const QString &userId);
    Q_INVOKABLE void remove(const QString &userId);
    Q_INVOKABLE void create(Kind kind, const QString &name);
    void retranslate();

    [[nodiscard]] QStringList people() const { return m_people; }
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] QString errorText() const;

    /// "@local:server" within the limits of the specification.
    [[nodiscard]] static bool isUserId(const QString &text);

Q_SIGNALS:
    void changed();
    /// The server is asked for a room.
    void begun();
    /// It is there, and whoever asked for it still waits.
    void created(const QString &roomId);

private:
    enum class Missing { Nothing, Person, Name };

    void say(ShownError error, Missing missing = Missing::Nothing);

    RoomListPort &m_port;
    QStringList m_people;
    bool m_busy = false;
    int m_turn = 0; ///< an answer to an earlier one is of no interest any more
    ShownError m_error;
    Missing m_missing = Missing::Nothing;
};

} // namespace parvis
