// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/olm_session_table_p.h"

#include <algorithm>

namespace parvis::crypto {

namespace {

qint64 lastSign(const OlmSessionRecord &record)
{
    return std::max(record.createdMs, record.lastReceivedMs);
}

} // namespace

void OlmSessionTable::sort(Sessions &sessions)
{
    std::stable_sort(sessions.begin(), sessions.end(),
                     [](const auto &a, const auto &b) { return lastSign(a->record) > lastSign(b->record); });
}

std::vector<std::unique_ptr<LiveOlmSession>> &OlmSessionTable::of(const Curve25519Key &peer)
{
    const auto known = m_sessions.find(peer);
    if (known != m_sessions.end())
        return known->second;
    Sessions &sessions = m_sessions[peer];
    const auto records = m_failure.take(m_store.olmSessions(peer));
    for (const OlmSessionRecord &record : records) {
        // A pickle that does not open is as good as a lost session: it goes, and a new one is made.
        if (auto olm = OlmSession::fromPickle(record.pickle, m_pickleKey))
            sessions.push_back(
                std::make_unique<LiveOlmSession>(LiveOlmSession{record, std::move(*olm), false}));
        else
            m_dropped.append({peer, record.id});
    }
    sort(sessions);
    return sessions;
}

LiveOlmSession *OlmSessionTable::first(const OlmPeer &peer)
{
    Sessions &sessions = of(peer.key);
    const auto it = std::find_if(sessions.begin(), sessions.end(),
                                 [&](const auto &s) { return s->record.sendsTo(peer.signer); });
    return it == sessions.end() ? nullptr : it->get();
}

LiveOlmSession &OlmSessionTable::add(const Curve25519Key &peer, OlmSession olm, qint64 nowMs,
                                     const Ed25519Key &claimedFor)
{
    Sessions &sessions = of(peer);
    const OlmSessionRecord record{
        .peer = peer, .id = olm.id(), .pickle = {}, .createdMs = nowMs, .claimedFor = claimedFor};
    const auto alike = [&](const auto &s) { return s->record.claimedFor == claimedFor; };
    while (std::count_if(sessions.cbegin(), sessions.cend(), alike) >= maxPerPeer) {
        const auto oldest = std::find_if(sessions.rbegin(), sessions.rend(), alike);
        m_dropped.append({peer, (*oldest)->record.id});
        sessions.erase(std::next(oldest).base());
    }
    // First, also before one that was received on in this very millisecond: it is the newest sign of life.
    sessions.insert(sessions.begin(),
                    std::make_unique<LiveOlmSession>(LiveOlmSession{record, std::move(olm), true}));
    return *sessions.front();
}

void OlmSessionTable::received(const Curve25519Key &peer, const SessionId &id, qint64 nowMs)
{
    Sessions &sessions = of(peer);
    const auto it =
        std::find_if(sessions.begin(), sessions.end(), [&](const auto &s) { return s->record.id == id; });
    if (it == sessions.end())
        return;
    (*it)->record.lastReceivedMs = nowMs;
    (*it)->changed = true;
    std::rotate(sessions.begin(), it, it + 1);
}

bool OlmSessionTable::has(const OlmPeer &peer)
{
    if (m_sessions.contains(peer.key))
        return first(peer);
    loadPresence({peer});
    return m_presence[peer];
}

void OlmSessionTable::loadPresence(const QList<OlmPeer> &peers)
{
    QList<OlmPeer> missing;
    for (const OlmPeer &peer : peers) {
        if (m_presence.emplace(peer, false).second)
            missing.append(peer);
    }
    if (missing.isEmpty())
        return;
    const auto present = m_failure.take(m_store.peersWithOlmSession(missing));
    for (const OlmPeer &peer : present)
        m_presence[peer] = true;
}

bool OlmSessionTable::knowsHash(const QByteArray &hash)
{
    return m_newHashes.contains(hash) || m_failure.take(m_store.hasOlmHash(hash));
}

void OlmSessionTable::addHash(const QByteArray &hash, qint64 nowMs)
{
    m_newHashes.emplace(hash, nowMs);
}

Result<void> OlmSessionTable::collect(CryptoChanges &changes)
{
    for (auto &[peer, sessions] : m_sessions) {
        for (auto &session : sessions) {
            if (!session->changed)
                continue;
            auto pickle = session->olm.pickle(m_pickleKey);
            if (!pickle)
                return tl::unexpected(pickle.error());
            session->record.pickle = *pickle;
            changes.olmSessions.append(session->record);
        }
    }
    changes.deletedOlmSessions.append(m_dropped);
    for (const auto &[hash, seenMs] : m_newHashes)
        changes.olmHashes.append({hash, seenMs});
    return {};
}

} // namespace parvis::crypto
