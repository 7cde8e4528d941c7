// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/notification_bridge.h"

#include "engine/engine_follow.h"
#include "engine/notification_log.h"

namespace parvis {

NotificationBridge::NotificationBridge(CoreLink link)
    : m_cards(link.executor, [core = link.core](QObject *owner) {
          auto *cards = new EngineList<NotificationCard>(
              *core,
              [](Engine &engine) {
                  return ListSource<NotificationCard>{.list = &engine.notifications().cards()};
              },
              owner);
          return &cards->items();
      })
{
}

} // namespace parvis
