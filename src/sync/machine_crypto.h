// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_machine.h"
#include "sync/sync_crypto.h"

#include <QObject>

namespace parvis {

/// How a message is to be marked, as it is stored and shown.
struct MessageShield {
    ShieldColour colour = ShieldColour::None;
    QString reason;  ///< stable word, empty without a shield
    UserId sharedBy; ///< who passed the key on with an invitation; empty: nobody
};

/// The CryptoMachine as synchronising and the timeline see it. Core thread; the machine outlives it.
class MachineCrypto : public QObject, public SyncCrypto
{
    Q_OBJECT

public:
    explicit MachineCrypto(crypto::CryptoMachine &machine, QObject *parent = nullptr);

    [[nodiscard]] Result<QString> toDeviceSince() override;
    [[nodiscard]] Result<void> receive(const SyncUpdate &update, bool positionLost) override;
    [[nodiscard]] Result<void> follow(const QList<RoomNews> &news) override;
    [[nodiscard]] Result<QList<Decryption>> decrypt(const RoomId &room, const QList<Event> &events) override;
    [[nodiscard]] Result<QList<QList<Decryption>>> decryptRooms(const QList<EncryptedEvents> &rooms) override;

    /// How a message of @p sender's, encrypted with this session, is to be marked by now; empty where the
    /// session is not here, or cannot be read.
    [[nodiscard]] std::optional<MessageShield> shield(const RoomId &room, const SessionId &session,
                                                      const UserId &sender) const;

Q_SIGNALS:
    /// Keys that came: events that waited for them can be read now.
    void roomKeysArrived(const QList<parvis::crypto::RoomKeyNews> &keys);
    /// Senders say that they do not give these keys: what waits for them may be explained otherwise.
    void roomKeysWithheld(const QList<parvis::crypto::RoomKeyNews> &keys);
    /// To-device events that are others' business: verification, requests.
    void toDeviceReceived(const QList<parvis::crypto::ReceivedToDevice> &events);
    void noted(const QList<parvis::crypto::CryptoNote> &notes);
    /// Another device of ours sent a secret that was missing here.
    void secretsCame();
    /// Keys of a room's past came from somebody who invited us there, or will.
    void bundleCame();
    /// There may be requests to send: ask the machine for outgoing().
    void outgoingMayHaveChanged();

private:
    crypto::CryptoMachine &m_machine;
};

} // namespace parvis
