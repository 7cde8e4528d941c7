// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/megolm_inbound.h"

#include <map>

namespace parvis::crypto {

/// The inbound Megolm sessions that one step has opened. A page of a conversation is read with a few of them:
/// each is unpickled once, and its ratchet goes on from the last message instead of from the first index.
class OpenedSessions
{
public:
    /// Decrypts with the session of this pickle. PARVIS_OLM_PICKLE: it does not open; else as
    /// MegolmInbound::decrypt().
    [[nodiscard]] Result<MegolmInbound::Decrypted> decrypt(const QByteArray &pickle, const Secret &pickleKey,
                                                           const QByteArray &ciphertext);

private:
    std::map<QByteArray, MegolmInbound> m_sessions; ///< by their pickles, so that none can be out of date
};

} // namespace parvis::crypto
