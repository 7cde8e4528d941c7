// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/opened_sessions_p.h"

namespace parvis::crypto {

Result<MegolmInbound::Decrypted> OpenedSessions::decrypt(const QByteArray &pickle, const Secret &pickleKey,
                                                         const QByteArray &ciphertext)
{
    if (const auto known = m_sessions.find(pickle); known != m_sessions.end()) {
        if (auto plaintext = known->second.decrypt(ciphertext))
            return plaintext;
        // Perhaps only because of how far an earlier message has moved the ratchet.
        m_sessions.erase(known);
    }
    auto session = MegolmInbound::fromPickle(pickle, pickleKey);
    if (!session)
        return tl::unexpected(session.error());
    auto plaintext = session->decrypt(ciphertext);
    if (plaintext)
        m_sessions.emplace(pickle, *std::move(session));
    return plaintext;
}

} // namespace parvis::crypto
