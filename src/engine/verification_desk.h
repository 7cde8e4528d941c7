// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_value.h"
#include "client/verification_port.h"
#include "crypto/crypto_machine.h"
#include "rooms/ignored_people.h"
#include "send/outgoing_pump.h"
#include "send/send_queue.h"
#include "sync/machine_crypto.h"
#include "sync/sync_apply.h"
#include "timeline/late_keys.h"

#include <functional>

namespace parvis {

/// Brings the verifications of the machine together with the world: their messages from the synchronisation,
/// what they say to the send queue and the pump, the time, and the list that can be shown. Core thread.
class VerificationDesk : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        crypto::CryptoMachine &machine;
        MachineCrypto &crypto;
        OutgoingPump &pump;
        SendQueue &queue;
        SyncApply &apply;
        timeline::LateKeys &lateKeys;
        const Cache &cache;
    };
    explicit VerificationDesk(Parts parts);

    [[nodiscard]] ObservableValue<QList<VerificationInfo>> &all() { return m_all; }

    /// What an earlier run wanted to say in rooms is of no verification any more.
    void dropLeftovers();
    /// An empty room: a device of ours. In a room the answer comes once the server has the request; the
    /// devices of the person must be known.
    [[nodiscard]] Task<QString> request(const UserId &user, const DeviceId &device, const RoomId &room);
    using Call = Result<crypto::VerificationOutcome> (crypto::Verifications::*)(const QString &);
    [[nodiscard]] Result<void> act(Call call, const QString &txn);
    [[nodiscard]] Result<QByteArray> qr(const QString &txn);
    [[nodiscard]] Result<void> scan(const QString &txn, const QByteArray &bytes);

Q_SIGNALS:
    /// Our own identity is known as ours now: secrets that are missing can be asked for.
    void ownVerified();

private:
    /// A request on its way to a room.
    struct Asked {
        QString handle;
        Promise<QString> promise;
    };

    void connectParts();
    [[nodiscard]] bool isIgnored(const UserId &user);
    void takeRoomEvents(const RoomId &room, const QList<RoomEvent> &events);
    [[nodiscard]] Result<void> take(const Result<crypto::VerificationOutcome> &outcome);
    void say(const crypto::OutgoingRoomVerification &message);
    void requestSent(const TransactionId &txn, const EventId &event);
    void requestsFailed(const RoomId &room);
    void publish();

    crypto::Verifications &m_flows;
    Parts m_parts;
    rooms::IgnoredPeople m_ignored;
    ObservableValue<QList<VerificationInfo>> m_all;
    std::map<TransactionId, Asked> m_asked;
    TransactionId m_lastRequest; ///< the row of the request that was made last
    QTimer m_clock;
};

} // namespace parvis
