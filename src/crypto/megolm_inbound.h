// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>

#include <memory>

namespace parvis::crypto {

/// The reading end of a Megolm session, from some message index on. A value that moves; one thread. Reading
/// changes nothing that has to be stored. It does not know replays: the caller keeps a table of indices.
///
/// Errors are kind Crypto: PARVIS_MEGOLM_BAD_KEY, PARVIS_UNSAFE_KEY, PARVIS_MEGOLM_UNKNOWN_INDEX,
/// PARVIS_MEGOLM_BAD_MESSAGE, PARVIS_MEGOLM_BAD_SIGNATURE, PARVIS_MEGOLM_BAD_MAC, PARVIS_OLM_PICKLE.
class MegolmInbound
{
public:
    struct Decrypted {
        QByteArray plaintext;
        quint32 index = 0;
    };
    /// How another copy of the same session relates to this one.
    enum class Comparison {
        Unconnected, ///< another creator or another ratchet under the same name
        Equal,
        OtherIsBetter, ///< reads from an earlier index on
        OtherIsWorse,
    };

    /// From the session_key of an m.room_key: base64, signed by its creator.
    [[nodiscard]] static Result<MegolmInbound> fromSessionKey(const QByteArray &sessionKey);
    /// From an export, a backup or a forward: base64, unsigned.
    [[nodiscard]] static Result<MegolmInbound> fromExport(const QByteArray &exportedKey);
    [[nodiscard]] static Result<MegolmInbound> fromPickle(const QByteArray &pickle, const Secret &pickleKey);
    MegolmInbound(MegolmInbound &&) noexcept;
    MegolmInbound &operator=(MegolmInbound &&) noexcept;
    ~MegolmInbound();

    [[nodiscard]] Result<QByteArray> pickle(const Secret &pickleKey) const;
    /// The creator's signing key, in base64.
    [[nodiscard]] SessionId id() const;
    [[nodiscard]] quint32 firstKnownIndex() const;
    /// The ratchet at @p index in the export format, base64.
    [[nodiscard]] Result<Secret> exportAt(quint32 index) const;
    [[nodiscard]] Comparison compare(const MegolmInbound &other) const;
    /// @p message: base64. The signature is verified by libolm, and its form strictly besides. A message that
    /// was signed with an index far ahead may spoil this object for earlier ones: open it anew then.
    [[nodiscard]] Result<Decrypted> decrypt(const QByteArray &message) const;

private:
    struct Private;
    explicit MegolmInbound(std::unique_ptr<Private> p);

    std::unique_ptr<Private> m_p;
};

} // namespace parvis::crypto
