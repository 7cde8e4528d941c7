// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/timeline_port.h"
#include "engine/core_link.h"

namespace parvis {

/// TimelinePort over the core. UI thread.
class TimelineBridge final : public QObject, public TimelinePort
{
public:
    explicit TimelineBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] std::unique_ptr<Timeline> open(const RoomId &room, const EventId &thread = {}) override;
    [[nodiscard]] Task<QList<ThreadCard>> threads(const RoomId &room) override;
    [[nodiscard]] Task<QList<TimelineItem>> pinned(const RoomId &room) override;
    [[nodiscard]] Task<void> setPinned(const RoomId &room, const EventId &event, bool on) override;

private:
    CoreLink m_link;
};

} // namespace parvis
