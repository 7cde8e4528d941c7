// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/fake_account_port.h"
#include "fakes/fake_composer_port.h"
#include "fakes/fake_encryption_port.h"
#include "fakes/fake_login_port.h"
#include "fakes/fake_media_port.h"
#include "fakes/fake_notification_port.h"
#include "fakes/fake_room_list_port.h"
#include "fakes/fake_room_upkeep_port.h"
#include "fakes/fake_search_port.h"
#include "fakes/fake_settings_port.h"
#include "fakes/fake_timeline_port.h"
#include "fakes/fake_verification_port.h"
#include "models/app_model.h"

namespace parvis {

/// All ports of the window with an invented administration behind them, on Thursday 19 November 2026 at
/// 14:05.
class SampleWorld
{
public:
    SampleWorld();

    /// Somebody is signed in, with rooms and conversations.
    void signIn();
    [[nodiscard]] Ports ports();
    static RoomId crisisRoom();
    static RoomId directRoom();
    /// With whom that conversation is.
    static UserId claireId();
    /// What is known of her identity, wherever it is shown. After signIn().
    void identify(const PersonIdentity &identity);
    static RoomId invitation();
    static RoomId emptyRoom();
    static RoomId readOnlyRoom();

    FakeAccountPort account;
    FakeLoginPort login{account};
    FakeRoomListPort rooms;
    FakeTimelinePort timeline;
    FakeComposerPort composer;
    FakeMediaPort media;
    FakeSettingsPort settings;
    FakeEncryptionPort encryption;
    FakeVerificationPort verifications;
    FakeSearchPort search;
    FakeRoomUpkeepPort upkeep;
    FakeNotificationPort notifications;
    DesktopPort *desktop = nullptr;
    FixedClock clock;

private:
    void fillRooms();
    void fillCrisis();
    void fillDirect();
    void fillOthers();
    void fillDevices();
    void fillSearch();
};

} // namespace parvis
