// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>

#include <memory>

namespace parvis::crypto {

/// The writing end of a Megolm session. A value that moves; one thread. After encrypt() the pickle has to be
/// stored before the ciphertext leaves: an index is never used twice.
///
/// Errors are kind Crypto: PARVIS_OLM_RANDOM, PARVIS_OLM_PICKLE, PARVIS_OLM_FAILED; and TooLarge:
/// PARVIS_OLM_TOO_LARGE for a text of more than 64 KiB.
class MegolmOutbound
{
public:
    [[nodiscard]] static Result<MegolmOutbound> create();
    [[nodiscard]] static Result<MegolmOutbound> fromPickle(const QByteArray &pickle, const Secret &pickleKey);
    MegolmOutbound(MegolmOutbound &&) noexcept;
    MegolmOutbound &operator=(MegolmOutbound &&) noexcept;
    ~MegolmOutbound();

    [[nodiscard]] Result<QByteArray> pickle(const Secret &pickleKey) const;
    [[nodiscard]] SessionId id() const;
    /// Of the next message.
    [[nodiscard]] quint32 index() const;
    /// What others need to read from the next message on: base64, signed.
    [[nodiscard]] Result<Secret> sessionKey() const;
    /// Base64.
    [[nodiscard]] Result<QByteArray> encrypt(QByteArrayView plaintext);

private:
    struct Private;
    explicit MegolmOutbound(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

} // namespace parvis::crypto
