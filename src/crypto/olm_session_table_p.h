// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/secret.h"
#include "crypto/crypto_store.h"
#include "crypto/olm_session.h"
#include "crypto/record_cache_p.h"

#include <map>
#include <memory>
#include <vector>

namespace parvis::crypto {

/// An Olm session while a step works with it.
struct LiveOlmSession {
    OlmSessionRecord record;
    OlmSession olm;
    bool changed = false; ///< to be pickled again at the end of the step
};

/// Olm sessions by peer key, and the hashes of messages that were read, as one step sees them.
class OlmSessionTable
{
public:
    /// A peer that opens session after session pushes out its own oldest, nobody else's. Those that it made
    /// and those that we made for a device count apart.
    static constexpr qsizetype maxPerPeer = 10;

    OlmSessionTable(CryptoStore &store, const Secret &pickleKey, ReadFailure &failure)
        : m_store(store), m_pickleKey(pickleKey), m_failure(failure)
    {
    }

    /// The sessions with a peer, the one to send with first: the last one received on, or made.
    [[nodiscard]] std::vector<std::unique_ptr<LiveOlmSession>> &of(const Curve25519Key &peer);
    /// The first of them that reaches the device with this signing key and may be sent with; null: none does.
    [[nodiscard]] LiveOlmSession *first(const OlmPeer &peer);
    /// @p claimedFor as in the record.
    LiveOlmSession &add(const Curve25519Key &peer, OlmSession olm, qint64 nowMs,
                        const Ed25519Key &claimedFor = {});
    /// Moves a session to the front, since a message came on it.
    void received(const Curve25519Key &peer, const SessionId &id, qint64 nowMs);
    /// True where first() has an answer; does not open it.
    [[nodiscard]] bool has(const OlmPeer &peer);
    /// Asks for many peers at once; has() then answers from memory.
    void loadPresence(const QList<OlmPeer> &peers);

    [[nodiscard]] bool knowsHash(const QByteArray &hash);
    void addHash(const QByteArray &hash, qint64 nowMs);

    /// Pickles what changed.
    [[nodiscard]] Result<void> collect(CryptoChanges &changes);

private:
    using Sessions = std::vector<std::unique_ptr<LiveOlmSession>>;
    static void sort(Sessions &sessions);

    CryptoStore &m_store;
    const Secret &m_pickleKey;
    ReadFailure &m_failure;
    std::map<Curve25519Key, Sessions> m_sessions;
    std::map<OlmPeer, bool> m_presence;
    QList<QPair<Curve25519Key, SessionId>> m_dropped;
    std::map<QByteArray, qint64> m_newHashes;
};

} // namespace parvis::crypto
