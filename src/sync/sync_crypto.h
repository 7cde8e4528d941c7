// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"
#include "events/member.h"
#include "sync/sync_update.h"

namespace parvis {

/// What one answer says of a room, as far as its encryption goes.
struct RoomNews {
    RoomId room{};
    QList<QByteArray> encryption{}; ///< contents of m.room.encryption, in their order
    QString historyVisibility{};    ///< as the answer leaves it; empty: it says nothing
    bool missed = false;            ///< events are missing: somebody may have come and gone in between
    QList<std::pair<UserId, MemberState>> changes{}; ///< whose membership is another than before
    QList<UserId> inside{};                          ///< who is in the room, or may come in

    [[nodiscard]] bool isEmpty() const
    {
        return encryption.isEmpty() && historyVisibility.isEmpty() && !missed && changes.isEmpty()
            && inside.isEmpty();
    }
};

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
    /// What some rooms of an answer say, before anything of them is read.
    [[nodiscard]] virtual Result<void> follow(const QList<RoomNews> &news) = 0;
};

} // namespace parvis
