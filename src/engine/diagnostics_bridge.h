// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/diagnostics_port.h"
#include "engine/core_link.h"

namespace parvis {

/// DiagnosticsPort over the core. UI thread.
class DiagnosticsBridge final : public QObject, public DiagnosticsPort
{
public:
    explicit DiagnosticsBridge(CoreLink link) : m_link(link) {}

    [[nodiscard]] Task<EngineStatus> status() override;
    [[nodiscard]] Task<EngineStatus> waitIdle() override;
    [[nodiscard]] Task<SessionInfo> attach(const AttachAccount &account, Secret accessToken,
                                           Secret refreshToken) override;
    [[nodiscard]] Task<bool> knowsRoom(const RoomId &room) override;
    [[nodiscard]] Task<RawAnswer> raw(const RawRequest &request) override;

private:
    CoreLink m_link;
};

} // namespace parvis
