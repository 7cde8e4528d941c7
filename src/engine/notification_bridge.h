// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/notification_port.h"
#include "engine/core_link.h"
#include "engine/list_bridge.h"

namespace parvis {

/// NotificationPort over the core. UI thread.
class NotificationBridge final : public NotificationPort
{
public:
    explicit NotificationBridge(CoreLink link);

    void subscribeNotifications(const QObject *context, ListSink<NotificationCard> sink) override
    {
        m_cards.list().subscribe(context, std::move(sink));
    }

private:
    ListBridge<NotificationCard> m_cards;
};

} // namespace parvis
