// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "send/room_encryptor.h"
#include "store/cache/cache.h"

#include <QHash>

#include <vector>

namespace parvis {

/// Answers who is in a room, asking the server where the list was loaded lazily; the answer goes into the
/// cache and makes the crypto machine follow everyone's devices. Core thread.
class CompleteMembers final : public QObject, public MemberSource
{
public:
    CompleteMembers(ApiClient &api, Cache &cache, crypto::CryptoMachine &machine);

    [[nodiscard]] Task<crypto::RoomMembers> completeMembers(const RoomId &room) override;

private:
    [[nodiscard]] Result<crypto::RoomMembers> fromCache(const RoomId &room);
    [[nodiscard]] Result<void> take(const RoomId &room, const QByteArray &answer);

    ApiClient &m_api;
    Cache &m_cache;
    crypto::CryptoMachine &m_machine;
    QHash<RoomId, std::shared_ptr<std::vector<Promise<crypto::RoomMembers>>>> m_asking;
};

} // namespace parvis
