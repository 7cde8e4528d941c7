// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "client/composer_port.h"
#include "client/diagnostics_port.h"
#include "client/encryption_port.h"
#include "client/login_port.h"
#include "client/media_port.h"
#include "client/notification_port.h"
#include "client/room_details_port.h"
#include "client/room_finder_port.h"
#include "client/room_list_port.h"
#include "client/room_upkeep_port.h"
#include "client/search_port.h"
#include "client/settings_port.h"
#include "client/storage_port.h"
#include "client/timeline_port.h"
#include "client/verification_port.h"
#include "engine/core.h"
#include "engine/core_thread.h"
#include "engine/settings_bridge.h"

#include <memory>

namespace parvis {

/// The whole client behind its ports: what the window and the driver are built on. UI thread; the work is
/// done on a core thread that it owns. Its death ends that work in order.
class ClientCore
{
public:
    explicit ClientCore(CoreConfig config);
    ~ClientCore();
    ClientCore(const ClientCore &) = delete;
    ClientCore &operator=(const ClientCore &) = delete;

    /// To be called once, before the ports. Takes the profile folder; waits for it, once, before there is a
    /// window. PARVIS_PROFILE_IN_USE.
    [[nodiscard]] Result<void> open();

    [[nodiscard]] LoginPort &login();
    [[nodiscard]] AccountPort &account();
    [[nodiscard]] RoomListPort &rooms();
    [[nodiscard]] TimelinePort &timelines();
    [[nodiscard]] ComposerPort &composer();
    [[nodiscard]] MediaPort &media();
    [[nodiscard]] EncryptionPort &encryption();
    [[nodiscard]] VerificationPort &verifications();
    [[nodiscard]] RoomUpkeepPort &upkeep();
    [[nodiscard]] RoomDetailsPort &details();
    [[nodiscard]] RoomFinderPort &finder();
    [[nodiscard]] SearchPort &search();
    [[nodiscard]] StoragePort &storage();
    [[nodiscard]] NotificationPort &notifications();
    [[nodiscard]] DiagnosticsPort &diagnostics();
    [[nodiscard]] SettingsBridge &settings() { return *m_settings; }

private:
    struct Bridges;

    void endCore();

    CoreThread m_thread;
    std::unique_ptr<QObject> m_home; ///< where answers of the core arrive
    std::unique_ptr<SettingsBridge> m_settings;
    CoreConfig m_config;
    Core *m_core = nullptr; ///< lives on the core thread
    std::unique_ptr<Bridges> m_bridges;
};

} // namespace parvis
