// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/olm_plaintext_p.h"

namespace parvis::crypto {

/// An Olm message that passed all checks, and what is known about its sender.
struct ReceivedOlm {
    OlmPlaintext message;
    std::optional<DeviceRecord>
        device; ///< the stored device that owns the keys; none: only the message's own word
};

/// Decrypts the Olm messages of one sync answer, in their order.
class OlmReceiver
{
public:
    /// Failed decryptions of one device within one answer; what follows is not tried any more. Bounds what a
    /// flood of made-up messages costs.
    static constexpr int maxFailuresPerDevice = 200;
    /// Between two new sessions made because a device's messages cannot be read.
    static constexpr qint64 unwedgeIntervalMs = 3'600'000;

    explicit OlmReceiver(CryptoStep &step) : m_step(step) {}

    /// Empty: not for us, a harmless replay, or refused; the step's notes say what matters of it.
    [[nodiscard]] std::optional<ReceivedOlm> receive(const UserId &sender, const RawObject &content);

private:
    struct Envelope {
        UserId sender;
        Curve25519Key senderKey;
        OlmMessage message;
        QByteArray hash;
    };
    [[nodiscard]] std::optional<Envelope> readEnvelope(const UserId &sender, const RawObject &content) const;
    /// The plaintext; remembers whether a new session came about.
    [[nodiscard]] std::optional<QByteArray> decrypt(const Envelope &envelope, bool &newSession);
    [[nodiscard]] std::optional<QByteArray> decryptPreKey(const Envelope &envelope, bool &newSession);
    [[nodiscard]] std::optional<ReceivedOlm> identify(OlmPlaintext message, bool newSession);
    void failed(const Envelope &envelope);

    CryptoStep &m_step;
    QHash<QPair<UserId, Curve25519Key>, int> m_failures;
};

/// A new session and an `m.dummy` are owed to the device, unless there was one within the hour.
void oweSession(CryptoStep &step, const DeviceRecord &device);

} // namespace parvis::crypto
