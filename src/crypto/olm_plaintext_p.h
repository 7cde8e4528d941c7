// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"
#include "crypto/device_keys.h"

namespace parvis::crypto {

/// The inside of an Olm message, after every check that needs no knowledge of devices.
struct OlmPlaintext {
    UserId sender;
    Curve25519Key senderKey; ///< of the Olm session: certain
    Ed25519Key claimedKey;   ///< what the sender says its signing key is; certain once a device confirms it
    QString type;
    QByteArray content;          ///< a JSON object
    QByteArray senderDeviceJson; ///< the object that they were read from; empty: there was none
    std::optional<DeviceKeys> senderDeviceKeys; ///< self-signed, of this sender and with both keys above
};

/// Checks what was decrypted from a message of @p sender's that came on a session with @p senderKey. The
/// error's code names the check that failed.
[[nodiscard]] Result<OlmPlaintext> readOlmPlaintext(const QByteArray &plaintext, const UserId &sender,
                                                    const Curve25519Key &senderKey, const OwnDevice &own);

/// The content of a to-device `m.room.encrypted` event for one device. Advances its newest Olm session in @p
/// step. Fails with PARVIS_NO_OLM_SESSION where there is none.
[[nodiscard]] Result<QByteArray> encryptForDevice(CryptoStep &step, const DeviceRecord &device,
                                                  const QString &type, const QByteArray &content);

} // namespace parvis::crypto
