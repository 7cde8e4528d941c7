// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/encryption_port.h"
#include "client/room_list_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>
#include <QTimer>

namespace parvis {

/// Whose identity in the open conversation is another one than before: one person at a time, those first to
/// whom nothing is sent until it is answered.
class IdentityChangesModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString userId READ userId NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(bool violated READ violated NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)

public:
    /// More people than these are not looked through one by one: each is a question to the core.
    static constexpr qsizetype mostPeople = 100;

    IdentityChangesModel(EncryptionPort &port, RoomListPort &rooms, QObject *parent = nullptr);

    /// @p encrypted: else nothing depends on it. An empty id forgets.
    void setRoom(const RoomId &room, bool encrypted);
    /// So many people keep the open conversation from being written to, whoever they are.
    void setViolated(int people);
    /// Looks anew at everybody.
    Q_INVOKABLE void refresh();
    /// Takes the identity of the person who is shown as it is.
    Q_INVOKABLE void accept();
    void retranslate() { Q_EMIT changed(); }

    /// Whom it is about; empty: nobody.
    [[nodiscard]] QString userId() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] bool violated() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool busy() const { return m_busy; }

Q_SIGNALS:
    void changed();
    void accepted();

private:
    struct Found {
        UserId user;
        QString name;
        bool violated = false;
        bool changed = false; ///< the person's own; else it is ours that changed

        bool operator==(const Found &) const = default;
    };

    void look(qsizetype at);
    void lookFurther();
    void finish();

    EncryptionPort &m_port;
    RoomListPort &m_rooms;
    RoomId m_room;
    bool m_encrypted = false;
    bool m_more = false; ///< people than are looked at one by one
    int m_violated = 0;
    int m_turn = 0; ///< each look has its own; what an earlier one finds is dropped
    QList<MemberCard> m_people;
    QList<Found> m_finding;
    QList<Found> m_found;
    bool m_busy = false;
    ShownError m_error;
    QTimer m_timer; ///< the port tells nothing by itself
};

} // namespace parvis
