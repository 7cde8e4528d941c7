// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/timeline_port.h"
#include "engine/core_link.h"

namespace parvis {

/// TimelinePort over the core. UI thread.
class TimelineBridge final : public TimelinePort
{
public:
    explicit TimelineBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] std::unique_ptr<Timeline> open(const RoomId &room) override;

private:
    CoreLink m_link;
};

} // namespace parvis
