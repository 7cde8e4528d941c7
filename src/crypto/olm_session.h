// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/olm_message.h"

#include <QByteArray>

#include <memory>

namespace parvis::crypto {

class OlmAccount;

/// One double ratchet with one device. A value that moves; one thread. After decrypt() or encrypt() the
/// pickle has to be stored before the result is used.
///
/// Errors are kind Crypto: PARVIS_OLM_BAD_MAC (corrupt, a replay, or a gap above 2000: libolm does not tell
/// them apart), PARVIS_OLM_BAD_MESSAGE, PARVIS_OLM_UNKNOWN_KEY (its one-time key is not ours, or was used
/// before), PARVIS_UNSAFE_KEY, PARVIS_OLM_PICKLE, PARVIS_OLM_RANDOM, PARVIS_OLM_FAILED; and
/// TooLarge: PARVIS_OLM_TOO_LARGE for a text of more than 64 KiB.
class OlmSession
{
public:
    /// Starts a session to a device with one of its one-time or fallback keys.
    [[nodiscard]] static Result<OlmSession>
    outbound(const OlmAccount &account, const Curve25519Key &identityKey, const Curve25519Key &oneTimeKey);
    /// Opens the session that a pre-key message starts. The identity key is the one that the sender claims: a
    /// message that names another fails.
    [[nodiscard]] static Result<OlmSession>
    inbound(const OlmAccount &account, const Curve25519Key &identityKey, const OlmMessage &preKey);
    [[nodiscard]] static Result<OlmSession> fromPickle(const QByteArray &pickle, const Secret &pickleKey);
    OlmSession(OlmSession &&) noexcept;
    OlmSession &operator=(OlmSession &&) noexcept;
    ~OlmSession();

    [[nodiscard]] Result<QByteArray> pickle(const Secret &pickleKey) const;
    [[nodiscard]] SessionId id() const;
    /// True once a message of the other side was decrypted: from then on messages are of type 1.
    [[nodiscard]] bool hasReceived() const;
    /// True where @p preKey opens this very session.
    [[nodiscard]] bool matches(const Curve25519Key &identityKey, const OlmMessage &preKey) const;

    [[nodiscard]] Result<OlmMessage> encrypt(QByteArrayView plaintext);
    /// A failure leaves the session as it was.
    [[nodiscard]] Result<QByteArray> decrypt(const OlmMessage &message);

private:
    friend class OlmAccount;
    struct Private;
    explicit OlmSession(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

} // namespace parvis::crypto
