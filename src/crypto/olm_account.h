// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QHash>

#include <memory>

namespace parvis::crypto {

class OlmSession;

/// The long-lived keys of one device: identity, one-time and fallback keys. A value that moves; one thread.
/// Errors are kind Crypto: PARVIS_OLM_PICKLE, PARVIS_OLM_RANDOM, PARVIS_OLM_TOO_MANY_KEYS, PARVIS_OLM_FAILED.
class OlmAccount
{
public:
    /// The library keeps so many private one-time keys, published or not, and silently forgets the oldest
    /// above.
    static constexpr int maxOneTimeKeys = 100;
    /// At most so many wait for their upload: then the other half is the keys published last, so that a
    /// server that holds no more than this many never holds one whose private half is gone.
    static constexpr int maxUnpublishedKeys = maxOneTimeKeys / 2;

    [[nodiscard]] static Result<OlmAccount> create();
    [[nodiscard]] static Result<OlmAccount> fromPickle(const QByteArray &pickle, const Secret &pickleKey);
    OlmAccount(OlmAccount &&) noexcept;
    OlmAccount &operator=(OlmAccount &&) noexcept;
    ~OlmAccount();

    /// libolm's own format, encrypted with the key.
    [[nodiscard]] Result<QByteArray> pickle(const Secret &pickleKey) const;

    [[nodiscard]] const Curve25519Key &curveKey() const;
    [[nodiscard]] const Ed25519Key &signingKey() const;
    /// Base64 of the Ed25519 signature.
    [[nodiscard]] Result<QByteArray> sign(QByteArrayView message) const;

    /// Makes @p count more. PARVIS_OLM_TOO_MANY_KEYS if more than maxUnpublishedKeys were unpublished then.
    ///
    /// Keys that were claimed and never used make room for new ones, oldest first. To refuse instead would
    /// let a stranger who claims a hundred keys and uses none keep this device from ever making another.
    [[nodiscard]] Result<void> generateOneTimeKeys(int count);
    /// By key id, as libolm numbers them.
    [[nodiscard]] Result<QHash<QString, Curve25519Key>> unpublishedOneTimeKeys() const;
    /// Does nothing while one is unpublished: the library keeps two, and a third would push out the one that
    /// peers know.
    [[nodiscard]] Result<void> generateFallbackKey();
    /// One entry or none.
    [[nodiscard]] Result<QHash<QString, Curve25519Key>> unpublishedFallbackKey() const;
    /// The one-time and the fallback keys alike.
    void markKeysAsPublished();
    void forgetPreviousFallbackKey();
    /// Forgets the private one-time key that an inbound session was made with. A fallback key stays.
    void removeOneTimeKey(const OlmSession &session);

private:
    friend class OlmSession;
    struct Private;
    explicit OlmAccount(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

} // namespace parvis::crypto
