// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/canonical_json.h"
#include "crypto/device_keys.h"
#include "crypto/megolm_outbound.h"
#include "crypto/olm_account.h"
#include "crypto/olm_session.h"

#include "peer.h"

namespace parvis::crypto {

/// A device whose every message a test can bend: its own account, no machine.
class Attacker
{
public:
    using Bend = std::function<void(QJsonObject &)>;
    Attacker(FakeKeyServer &keyServer, QString userId, QString deviceId);

    FakeKeyServer &server;
    QString user;
    QString device;
    OlmAccount account;
    std::optional<OlmSession> session;

    /// Signs as this device, whatever the object says.
    [[nodiscard]] QJsonObject sign(QJsonObject object) const;
    [[nodiscard]] QJsonObject keys(const Bend &bend = {}) const;

    /// Puts the keys on the server, as they are or bent.
    void publish(const Bend &bend = {});

    /// One-time keys for others to claim.
    void publishOneTimeKeys(int count);

    /// A new Olm session to the victim, made with one of its keys at the server.
    void open(const Peer &victim);

    /// The plaintext of an honest message.
    [[nodiscard]] QJsonObject plaintext(const Peer &victim, const QString &type,
                                        const QJsonObject &content) const;
    [[nodiscard]] QJsonObject envelope(const Peer &victim, const OlmMessage &message) const;

    /// A whole to-device event; opens a session if there is none.
    [[nodiscard]] QByteArray message(const Peer &victim, const QString &type, const QJsonObject &content,
                                     const Bend &bendPlaintext = {}, const Bend &bendEnvelope = {});

    /// The content of an honest m.room_key.
    [[nodiscard]] static QJsonObject roomKey(const RoomId &room, const MegolmOutbound &session);

    /// An event of the room, from this device's user, with any plaintext.
    [[nodiscard]] QByteArray roomEvent(MegolmOutbound &megolm, const QJsonObject &inside,
                                       const QString &eventId, const Bend &bend = {}) const;
    [[nodiscard]] static QJsonObject roomMessage(const RoomId &room, const QString &body);
};

/// A sync answer with nothing but these to-device events.
[[nodiscard]] inline SyncCrypto toDevice(const QList<QByteArray> &events)
{
    SyncCrypto sync;
    sync.toDevice = events;
    return sync;
}

} // namespace parvis::crypto
