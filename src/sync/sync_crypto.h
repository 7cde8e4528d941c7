// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "events/member.h"
#include "sync/sync_update.h"

namespace parvis {

/// What synchronising tells the encryption, and asks of it. Core thread. Each call is one save of keys.db,
/// and comes before the cache is written: the keys are never behind the position.
class SyncCrypto : public Decryptor
{
public:
    /// Where the to-device messages continue; empty at first.
    [[nodiscard]] virtual Result<QString> toDeviceSince() = 0;
    /// To-device messages, device lists and key counts of one answer. Taking in the same one twice is
    /// harmless.
    /// @p positionLost: changes of devices may have been missed.
    [[nodiscard]] virtual Result<void> receive(const SyncUpdate &update, bool positionLost) = 0;
    /// The content of an m.room.encryption, first or not.
    [[nodiscard]] virtual Result<void> roomEncrypted(const RoomId &room, const QByteArray &content) = 0;
    [[nodiscard]] virtual Result<void> historyVisibility(const RoomId &room, const QString &visibility) = 0;
    /// These are in the room, or may come in.
    [[nodiscard]] virtual Result<void> membersKnown(const RoomId &room, const QList<UserId> &users) = 0;
    /// Somebody's membership is another than before.
    [[nodiscard]] virtual Result<void> memberChanged(const RoomId &room, const UserId &user,
                                                     MemberState now) = 0;
    /// Events are missing: somebody may have come and gone in between.
    [[nodiscard]] virtual Result<void> timelineLimited(const RoomId &room) = 0;
};

} // namespace parvis
