// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "crypto/crypto_machine.h"
#include "engine/complete_members.h"
#include "rooms/room_list.h"

#include <QHash>

namespace parvis {

/// Gives a room a successor: the server makes it and closes the old one; what a server leaves to its clients
/// is done after it. Core thread.
class RoomUpgrade : public QObject
{
    Q_OBJECT

public:
    /// All of them outlive it.
    struct Parts {
        ApiClient &api;
        Cache &cache;
        rooms::RoomList &rooms;
        crypto::CryptoMachine &machine;
        CompleteMembers &members;
    };

    explicit RoomUpgrade(Parts parts) : m_parts(parts) {}

    /// As RoomDetailsPort says. The answer does not wait for the invitations.
    [[nodiscard]] Task<RoomId> upgrade(const RoomId &room, const QString &version);

private:
    [[nodiscard]] Task<RoomId> make(const RoomId &room, const QString &version);
    /// That the new room is encrypted is known here before anything is sent to it. Where the answer is lost,
    /// sending finds it by the links of both rooms (RoomEventPath).
    [[nodiscard]] Result<void> keepEncryption(const RoomId &room, const RoomId &made);
    /// The server has it too, or nobody is invited: whoever comes would write in clear.
    void inviteOnceEncrypted(const RoomId &room, const RoomId &made);
    void keepInSpaces(const RoomId &room, const RoomId &made);
    void inviteMembers(const RoomId &room, const RoomId &made);
    void inviteNext(const RoomId &made);

    Parts m_parts;
    QHash<RoomId, QList<UserId>> m_toInvite; ///< by the new room
};

/// The version that a room gets: @p wanted, or the server's own where that is empty. @p capabilities: as the
/// server has them. PARVIS_BAD_ROOM_VALUE where it does not know the version.
[[nodiscard]] Result<QString> upgradeVersion(const QJsonObject &capabilities, const QString &wanted);

} // namespace parvis
