// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/memory_crypto_store.h"

#include "fakes/find_row.h"

#include <QSet>

#include <algorithm>

namespace parvis::crypto {

namespace {

/// The oldest first.
template <typename Map>
QList<typename Map::mapped_type> valuesOf(const Map &map, qint64 Map::mapped_type::*time)
{
    QList<typename Map::mapped_type> values;
    for (const auto &[key, row] : map)
        values.append(row);
    std::stable_sort(values.begin(), values.end(),
                     [time](const auto &a, const auto &b) { return a.*time < b.*time; });
    return values;
}

bool mayLeave(const InboundSessionRecord &row)
{
    return !row.imported || row.sharedBy.isEmpty() || row.opened;
}

} // namespace

Result<std::optional<AccountRecord>> MemoryCryptoStore::account()
{
    return tables.account;
}

Result<QString> MemoryCryptoStore::toDeviceSince()
{
    return tables.toDeviceSince;
}

Result<bool> MemoryCryptoStore::hasOlmHash(const QByteArray &hash)
{
    return tables.olmHashes.contains(hash);
}

Result<RecoveryRecord> MemoryCryptoStore::recovery()
{
    return tables.recovery;
}

Result<void> MemoryCryptoStore::save(const CryptoChanges &changes)
{
    if (failFrom > 0 && saves + 1 >= failFrom)
        return fail(ErrorKind::Storage, QStringLiteral("PARVIS_TEST_DISK_FULL"));
    if (changes.queuedCiphertext && !tables.queue.contains(changes.queuedCiphertext->row))
        return fail(ErrorKind::NotFound, QStringLiteral("PARVIS_NO_QUEUE_ROW"));
    ++saves;
    removeRows(changes);
    putRows(changes);
    return {};
}

Result<QList<OlmSessionRecord>> MemoryCryptoStore::olmSessions(const Curve25519Key &peer)
{
    QList<OlmSessionRecord> found;
    for (auto it = tables.olmSessions.lower_bound({peer, SessionId()});
         it != tables.olmSessions.end() && it->first.first == peer; ++it)
        found.append(it->second);
    return found;
}

Result<QList<OlmPeer>> MemoryCryptoStore::peersWithOlmSession(const QList<OlmPeer> &peers)
{
    QList<OlmPeer> found;
    std::copy_if(peers.cbegin(), peers.cend(), std::back_inserter(found), [&](const OlmPeer &peer) {
        return std::any_of(tables.olmSessions.cbegin(), tables.olmSessions.cend(), [&](const auto &row) {
            return row.first.first == peer.key && row.second.sendsTo(peer.signer);
        });
    });
    return found;
}

Result<QList<InboundSessionRecord>> MemoryCryptoStore::inboundSessions(const RoomId &room,
                                                                       const SessionId &session)
{
    QList<InboundSessionRecord> found;
    for (auto it = tables.inbound.lower_bound({room, session, Curve25519Key()});
         it != tables.inbound.end() && it->first.room == room && it->first.session == session; ++it)
        found.append(it->second);
    return found;
}

Result<QList<ReplayRecord>> MemoryCryptoStore::replays(const RoomId &room, const SessionId &session,
                                                       quint32 index)
{
    QList<ReplayRecord> found;
    for (auto it = tables.replays.lower_bound({{room, session, Curve25519Key()}, UserId(), 0});
         it != tables.replays.end() && it->second.key.room == room && it->second.key.session == session;
         ++it) {
        if (it->second.index == index)
            found.append(it->second);
    }
    return found;
}

Result<std::optional<WithheldRecord>> MemoryCryptoStore::withheld(const RoomId &room,
                                                                  const SessionId &session)
{
    return find(tables.withheld, std::pair(room, session));
}

Result<QList<WithheldRecord>> MemoryCryptoStore::withheldBy(const UserId &sender, const QString &code)
{
    QList<WithheldRecord> found;
    for (const auto &[key, row] : tables.withheld) {
        if (row.sender == sender && row.code == code)
            found.append(row);
    }
    return found;
}

Result<qsizetype> MemoryCryptoStore::withheldCount(const RoomId &room, const UserId &sender, qint64 sinceMs)
{
    const bool anybody = room.isEmpty() && sender.isEmpty();
    return std::count_if(tables.withheld.cbegin(), tables.withheld.cend(), [&](const auto &row) {
        return (room.isEmpty() ? isStray(row.second) : row.second.room == room)
            && (anybody || row.second.sender == sender) && row.second.receivedMs >= sinceMs;
    });
}

bool MemoryCryptoStore::isStray(const crypto::WithheldRecord &hint) const
{
    const auto known = tables.rooms.find(hint.room);
    return known == tables.rooms.end() || !known->second.encrypted;
}

Result<QList<InboundKey>> MemoryCryptoStore::straySessions(const UserId &sender)
{
    return oldestFirst([&](const InboundSessionRecord &row) {
        const auto room = tables.rooms.find(row.room);
        return row.sender == sender && (room == tables.rooms.end() || !room->second.encrypted);
    });
}

Result<QList<InboundKey>> MemoryCryptoStore::unopenedSessions(const RoomId &room, const UserId &sender,
                                                              SenderTrust most)
{
    return oldestFirst([&](const InboundSessionRecord &row) {
        return row.room == room && row.sender == sender && !row.opened && !row.imported && row.trust <= most;
    });
}

QList<InboundKey>
MemoryCryptoStore::oldestFirst(const std::function<bool(const InboundSessionRecord &)> &fits)
{
    std::map<std::pair<qint64, InboundKey>, InboundKey> found;
    for (const auto &[key, row] : tables.inbound) {
        if (fits(row))
            found[{row.receivedMs, key}] = key;
    }
    QList<InboundKey> keys;
    for (const auto &[order, key] : found)
        keys.append(key);
    return keys;
}

Result<QList<QPair<RoomId, SessionId>>> MemoryCryptoStore::sessionsToBackUp(const QString &version,
                                                                            qsizetype limit)
{
    QList<QPair<RoomId, SessionId>> found;
    for (const auto &[key, row] : tables.inbound) {
        if (mayLeave(row) && row.backupVersion != version && found.size() < limit
            && (found.isEmpty() || found.constLast() != qMakePair(key.room, key.session)))
            found.append({key.room, key.session});
    }
    return found;
}

Result<qsizetype> MemoryCryptoStore::sessionsToBackUpCount(const QString &version)
{
    QSet<QPair<RoomId, SessionId>> found;
    for (const auto &[key, row] : tables.inbound) {
        if (mayLeave(row) && (version.isEmpty() || row.backupVersion != version))
            found.insert({key.room, key.session});
    }
    return found.size();
}

Result<QList<InboundSessionRecord>> MemoryCryptoStore::inboundSessionsAfter(const InboundKey &key,
                                                                            qsizetype limit)
{
    QList<InboundSessionRecord> found;
    for (auto it = tables.inbound.upper_bound(key); it != tables.inbound.end() && found.size() < limit; ++it)
        found.append(it->second);
    return found;
}

Result<QList<GossipRecord>> MemoryCryptoStore::gossip()
{
    return valuesOf(tables.gossip, &GossipRecord::createdMs);
}

Result<QList<BundleRecord>> MemoryCryptoStore::bundles()
{
    return valuesOf(tables.bundles, &BundleRecord::receivedMs);
}

Result<QList<InvitationRecord>> MemoryCryptoStore::invitations()
{
    return valuesOf(tables.invitations, &InvitationRecord::acceptedMs);
}

Result<std::optional<RoomEncryptionRecord>> MemoryCryptoStore::roomEncryption(const RoomId &room)
{
    return find(tables.rooms, room);
}

Result<std::optional<OutboundSessionRecord>> MemoryCryptoStore::outboundSession(const RoomId &room)
{
    return find(tables.outbound, room);
}

Result<std::optional<RatchetRecord>> MemoryCryptoStore::ratchet(const RoomId &room, const SessionId &session,
                                                                quint32 index)
{
    const auto it = tables.ratchets.find({room, session, index});
    return it == tables.ratchets.end() ? std::nullopt : std::optional(it->second);
}

Result<QList<ShareRecord>> MemoryCryptoStore::shares(const RoomId &room, const SessionId &session)
{
    QList<ShareRecord> found;
    for (auto it = tables.shares.lower_bound({room, session, UserId(), DeviceId()});
         it != tables.shares.end() && std::get<0>(it->first) == room && std::get<1>(it->first) == session;
         ++it)
        found.append(it->second);
    return found;
}

Result<QList<ToDeviceRecord>> MemoryCryptoStore::pendingToDevice(qsizetype limit)
{
    QList<ToDeviceRecord> found;
    for (const auto &[seq, record] : tables.toDevice) {
        if (found.size() < limit)
            found.append(record);
    }
    return found;
}

Result<QList<TransactionId>> MemoryCryptoStore::pendingShares(const RoomId &room, const SessionId &session)
{
    QList<TransactionId> found;
    for (const auto &[seq, record] : tables.toDevice) {
        if (record.room == room && record.session == session)
            found.append(record.txnId);
    }
    return found;
}

Result<quint64> MemoryCryptoStore::lastToDeviceSeq()
{
    return tables.toDevice.empty() ? 0 : tables.toDevice.rbegin()->first;
}

void MemoryCryptoStore::removeRows(const CryptoChanges &changes)
{
    for (const UserId &user : changes.untrackedUsers)
        tables.users.erase(user);
    for (const auto &[user, device] : changes.deletedDevices)
        tables.devices.erase({user, device});
    for (const auto &[peer, id] : changes.deletedOlmSessions)
        tables.olmSessions.erase({peer, id});
    for (const InboundKey &key : changes.deletedInboundSessions)
        tables.inbound.erase(key);
    std::erase_if(tables.olmHashes,
                  [&](const auto &row) { return row.second < changes.forgetOlmHashesBeforeMs; });
    std::erase_if(tables.withheld,
                  [&](const auto &row) { return row.second.receivedMs < changes.forgetWithheldBeforeMs; });
    std::erase_if(tables.withheld, [&](const auto &row) {
        return row.second.receivedMs < changes.forgetStrayWithheldBeforeMs && isStray(row.second);
    });
    if (changes.ratchetsRetired) {
        for (auto &[key, session] : tables.olmSessions)
            session.retired = true;
        for (auto &[room, session] : tables.outbound)
            session.invalidated = true;
    }
    for (const auto &deleted : changes.deletedShares) {
        std::erase_if(tables.shares, [&](const auto &row) {
            return std::get<0>(row.first) == deleted.first && std::get<1>(row.first) == deleted.second;
        });
        std::erase_if(tables.ratchets, [&](const auto &row) {
            return std::get<0>(row.first) == deleted.first && std::get<1>(row.first) == deleted.second;
        });
    }
    for (const auto &[device, id] : changes.deletedGossip)
        tables.gossip.erase({device, id});
    for (const auto &[room, sender] : changes.deletedBundles)
        tables.bundles.erase({room, sender});
    std::erase_if(tables.invitations,
                  [&](const auto &row) { return row.second.acceptedMs < changes.forgetInvitationsBeforeMs; });
    for (const quint64 seq : changes.deletedToDevice)
        tables.toDevice.erase(seq);
    if (changes.allUsersOutdated) {
        for (auto &[id, user] : tables.users)
            user.outdated = true;
    }
}

void MemoryCryptoStore::putRows(const CryptoChanges &changes)
{
    if (changes.account)
        tables.account = changes.account;
    if (changes.toDeviceSince)
        tables.toDeviceSince = *changes.toDeviceSince;
    for (const auto &row : changes.users)
        tables.users[row.user] = row;
    for (const auto &row : changes.devices)
        tables.devices[{row.user, row.device}] = row;
    for (const auto &row : changes.identities)
        tables.identities[row.user] = row;
    for (const auto &row : changes.secrets) {
        if (row.sealed.isEmpty())
            tables.secrets.erase(row.name);
        else
            tables.secrets[row.name] = row.sealed;
    }
    for (const auto &row : changes.olmSessions)
        tables.olmSessions[{row.peer, row.id}] = row;
    for (const auto &row : changes.olmHashes)
        tables.olmHashes[row.hash] = row.seenMs;
    for (const auto &row : changes.inboundSessions)
        tables.inbound[row.key()] = row;
    for (const auto &row : changes.replays)
        tables.replays.emplace(std::tuple(row.key, row.sender, row.index), row);
    for (const auto &row : changes.withheld)
        tables.withheld[{row.room, row.session}] = row;
    for (const auto &row : changes.rooms)
        tables.rooms[row.room] = row;
    for (const auto &row : changes.outboundSessions)
        tables.outbound[row.room] = row;
    for (const auto &row : changes.shares)
        tables.shares[{row.room, row.session, row.user, row.device}] = row;
    for (const auto &row : changes.ratchets)
        tables.ratchets[{row.room, row.session, row.index}] = row;
    for (const auto &row : changes.toDevice)
        tables.toDevice[row.seq] = row;
    for (const auto &row : changes.gossip)
        tables.gossip[{row.device, row.id}] = row;
    for (const auto &row : changes.bundles)
        tables.bundles[{row.room, row.sender}] = row;
    for (const auto &row : changes.invitations)
        tables.invitations[{row.room, row.inviter}] = row;
    if (changes.recovery)
        tables.recovery = *changes.recovery;
    if (changes.queuedCiphertext)
        tables.queue[changes.queuedCiphertext->row] = changes.queuedCiphertext->content;
}

} // namespace parvis::crypto
