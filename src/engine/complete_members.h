// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "send/room_encryptor.h"
#include "store/cache/cache.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace parvis {

/// Answers who is in a room, asking the server where the list was loaded lazily; the answer goes into the
/// cache and makes the crypto machine follow everyone's devices. What the synchronisation says of somebody
/// while the question is on its way is newer than the answer. Core thread.
class CompleteMembers final : public QObject, public MemberSource
{
public:
    CompleteMembers(ApiClient &api, Cache &cache, crypto::CryptoMachine &machine);

    [[nodiscard]] Task<crypto::RoomMembers> completeMembers(const RoomId &room) override;

private:
    /// What the server is being asked about one room.
    struct Question {
        std::vector<Promise<crypto::RoomMembers>> waiting;
        QHash<UserId, MemberState> known; ///< as the cache has it
        QSet<UserId> changed;             ///< since the question left
        bool gap = false;                 ///< changes since then may have gone unseen
    };

    void ask(const RoomId &room);
    void answered(const RoomId &room, const Result<QByteArray> &answer);
    void applied(const AppliedChanges &changes);
    [[nodiscard]] Result<QHash<UserId, MemberState>> known(const RoomId &room) const;
    [[nodiscard]] Result<crypto::RoomMembers> fromCache(const RoomId &room);
    [[nodiscard]] Result<void> take(const RoomId &room, const QByteArray &answer,
                                    const QSet<UserId> &changed);

    ApiClient &m_api;
    Cache &m_cache;
    crypto::CryptoMachine &m_machine;
    QHash<RoomId, std::shared_ptr<Question>> m_asking;
};

} // namespace parvis
