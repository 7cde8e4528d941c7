// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/task.h"
#include "crypto/crypto_machine.h"
#include "send/outgoing_pump.h"

#include <QObject>

#include <optional>

namespace parvis {

/// Answers who is in a room, completely: what was loaded lazily is fetched first. Core thread.
class MemberSource
{
public:
    virtual ~MemberSource() = default;
    [[nodiscard]] virtual Task<crypto::RoomMembers> completeMembers(const RoomId &room) = 0;
};

/// Encrypts one message: waits until the room's key has reached every device that may read it, then turns
/// the ratchet and keeps the ciphertext with the queue's row in one save. Core thread.
class RoomEncryptor : public QObject
{
    Q_OBJECT

public:
    RoomEncryptor(crypto::CryptoMachine &machine, OutgoingPump &pump, MemberSource &members);

    /// The content of the m.room.encrypted event. Fails with the transient error of a request that does not
    /// get through: the same call may be made again. @p before, of an earlier try, is the answer as long as
    /// those who may read the message now are those who can.
    [[nodiscard]] Task<QByteArray> encrypt(const RoomId &room, const QString &type, const QByteArray &content,
                                           const TransactionId &row,
                                           const std::optional<QByteArray> &before = std::nullopt);

private:
    crypto::CryptoMachine &m_machine;
    OutgoingPump &m_pump;
    MemberSource &m_members;
};

} // namespace parvis
