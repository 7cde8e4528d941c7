// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "sync/machine_crypto.h"
#include "timeline/item.h"

#include <QHash>

namespace parvis {

/// How the encrypted lines of one room are to be marked by now: what was known when they were decrypted may
/// be out of date. Core thread.
class RoomShields
{
public:
    RoomShields(MachineCrypto &crypto, RoomId room) : m_crypto(crypto), m_room(std::move(room)) {}

    /// @p item as it is to be marked now. A line whose session is no longer here stays as it is.
    [[nodiscard]] timeline::Item marked(timeline::Item item);
    /// Something changed about these users' devices or identities; an empty list: about anybody's.
    void forget(const QList<UserId> &users);
    /// Whether @p item can be marked otherwise after forget() with these users.
    [[nodiscard]] static bool concerns(const timeline::Item &item, const QList<UserId> &users);

private:
    using Message = std::pair<SessionId, UserId>;

    MachineCrypto &m_crypto;
    RoomId m_room;
    QHash<Message, std::optional<MessageShield>> m_known;
};

} // namespace parvis
