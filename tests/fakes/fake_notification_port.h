// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "client/notification_port.h"

namespace parvis {

/// What a test lets come, newest first.
class FakeNotificationPort : public NotificationPort
{
public:
    void subscribeNotifications(const QObject *context, ListSink<NotificationCard> sink) override
    {
        cards.subscribe(context, std::move(sink));
    }
    void come(const NotificationCard &card)
    {
        cards.insert(0, {card});
        cards.flush();
    }

    ObservableList<NotificationCard> cards;
};

} // namespace parvis
