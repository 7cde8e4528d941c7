// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/subscription.h"
#include "client/values.h"

#include <QObject>

namespace parvis {

/// What the desktop is to tell the person: one message of somebody else's, or an invitation.
struct NotificationCard {
    RoomId roomId;
    QString roomName;
    bool direct = false;
    bool invitation = false;
    EventId eventId; ///< empty for an invitation
    UserId sender;
    QString senderName;
    ItemKind kind = ItemKind::Text;
    QString body;           ///< one line of plain text; empty while it cannot be read
    bool highlight = false; ///< for the person by name, or by one of their words
    qint64 ts = 0;

    [[nodiscard]] bool readable() const { return kind != ItemKind::Unreadable; }
    bool operator==(const NotificationCard &) const = default;
};

/// What came while the program ran and the push rules tell of, decided on what was decrypted. UI thread.
class NotificationPort
{
public:
    virtual ~NotificationPort() = default;

    /// Older ones are forgotten.
    static constexpr qsizetype mostCards = 200;

    /// Newest first. One that could not be read changes when its key comes; one that was taken back goes.
    virtual void subscribeNotifications(const QObject *context, ListSink<NotificationCard> sink) = 0;
};

} // namespace parvis
