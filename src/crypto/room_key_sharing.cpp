// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/identity_trust_p.h"
#include "crypto/megolm_inbound.h"
#include "crypto/olm_plaintext_p.h"
#include "crypto/room_key_sharing_p.h"
#include "crypto/sharing_rule_p.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// After this long, devices that were left out of a ready room are looked at again.
constexpr qint64 leftOutMs = 15'000;

bool isOwnDevice(const CryptoStep &step, const DeviceRecord &device)
{
    return device.user == step.own().user && device.device == step.own().device;
}

/// True where the device needs nothing (more) of the session.
bool hasKey(const ShareRecord &share, const DeviceRecord &device)
{
    if (!share.withheldCode.isEmpty())
        return false;
    // With another Curve25519 key it counts as served: a key is not handed twice to a device that changed its
    // own.
    return share.curveKey != device.curveKey || share.wedgingIndex >= device.wedgingIndex;
}

size_t memberHash(const QList<UserId> &users, SharingStrategy strategy)
{
    return qHashRange(users.cbegin(), users.cend(), size_t(strategy));
}

bool isPending(CryptoStep &step, const OutboundSessionRecord &session)
{
    const auto &queued = step.changes.toDevice;
    return std::any_of(queued.cbegin(), queued.cend(),
                       [&](const ToDeviceRecord &r) {
                           return r.room == session.room && r.session == session.session;
                       })
        || !step.failure.take(step.store().pendingShares(session.room, session.session)).isEmpty();
}

/// PARVIS_IDENTITY_VIOLATED where one of them was verified and is another one now; of ourselves
/// PARVIS_OWN_IDENTITY_CHANGED: a device that somebody else's identity signed in our name would read.
/// PARVIS_VERIFICATION_LAPSED where they are who they were, and the identity that vouched for them was ours.
Result<void> checkIdentities(CryptoStep &step, const QList<UserId> &users)
{
    const auto violated = violatedAmong(step, users);
    if (violated.isEmpty())
        return {};
    if (violated.contains(step.own().user))
        return fail(ErrorKind::Crypto, u"PARVIS_OWN_IDENTITY_CHANGED"_s);
    QStringList names;
    bool changed = false;
    for (const UserId &user : violated) {
        names.append(user.toString());
        changed = changed || identityView(step, user).changed;
    }
    return fail(ErrorKind::Crypto, changed ? u"PARVIS_IDENTITY_VIOLATED"_s : u"PARVIS_VERIFICATION_LAPSED"_s,
                names.join(u' '));
}

} // namespace

bool RoomKeySharing::isSpent(const OutboundSessionRecord &session, const RoomEncryptionRecord &room,
                             qint64 nowMs)
{
    const qint64 age = nowMs - session.createdMs;
    return session.invalidated || session.messageCount >= room.rotationMessages || age < 0
        || age >= room.rotationPeriodMs || session.visibility != room.visibility;
}

QList<UserId> RoomKeySharing::usersToShareWith(const CryptoStep &step, const RoomEncryptionRecord &room,
                                               const RoomMembers &members)
{
    QSet<UserId> seen;
    QList<UserId> users;
    const auto add = [&](const UserId &user) {
        if (user.isEmpty() || seen.contains(user))
            return;
        seen.insert(user);
        users.append(user);
    };
    add(step.own().user);
    std::for_each(members.joined.cbegin(), members.joined.cend(), add);
    // Those invited will see what is sent from now on, unless the room says that they will not.
    if (room.visibility != HistoryVisibility::Joined)
        std::for_each(members.invited.cbegin(), members.invited.cend(), add);
    return users;
}

Result<RoomKeySharing::Progress> RoomKeySharing::prepare(CryptoStep &step, const RoomId &roomId,
                                                         const RoomMembers &members, SharingStrategy strategy,
                                                         bool evenViolated)
{
    const RoomEncryptionRecord room = step.rooms.room(roomId);
    if (!room.encrypted)
        return fail(ErrorKind::Usage, u"PARVIS_ROOM_NOT_ENCRYPTED"_s);
    if (!room.supported)
        return fail(ErrorKind::Crypto, u"PARVIS_UNKNOWN_ENCRYPTION"_s);
    if (step.account().identityConflict)
        return fail(ErrorKind::Crypto, u"PARVIS_DEVICE_REUSED"_s);
    if (m_refused.contains(roomId))
        return tl::unexpected(m_refused.take(roomId));

    const QList<UserId> users = usersToShareWith(step, room, members);
    m_tracker.track(step, users);
    std::optional<OutboundSessionRecord> session = step.rooms.outbound(roomId);
    if (session && isSpent(*session, room, step.nowMs()))
        session.reset();

    Progress progress;
    const Memo memo = m_ready.value(roomId);
    const bool asBefore = session && isReady(roomId, session->session, step.generation())
        && memo.members == memberHash(users, strategy) && (evenViolated || !memo.unchecked)
        && (memo.checkAgainMs == 0 || step.nowMs() < memo.checkAgainMs);
    if (!asBefore) {
        if (auto fine = evenViolated ? Result<void>() : checkIdentities(step, users); !fine)
            return tl::unexpected(fine.error());
        if (waitsForDevices(step, roomId, users, progress))
            return progress;
        step.devices.load(users);
        if (auto done = advance(step, room, users, strategy, session, progress); !done)
            return tl::unexpected(done.error());
        m_ready[roomId].unchecked = evenViolated;
    }
    progress.ready = !progress.needsClaim && !progress.moreToShare && !isPending(step, *session);
    progress.session = session->session;
    return progress;
}

bool RoomKeySharing::waitsForDevices(CryptoStep &step, const RoomId &room, const QList<UserId> &users,
                                     Progress &progress)
{
    const qint64 left = m_waits.leftMs(
        room, m_tracker.awaited(step, users),
        [&](const UserId &user) { return step.devices.of(user).isEmpty(); }, step.nowMs());
    if (left == 0)
        return false;
    progress.needsQuery = true;
    progress.callAgainMs = int(left);
    return true;
}

Result<void> RoomKeySharing::advance(CryptoStep &step, const RoomEncryptionRecord &room,
                                     const QList<UserId> &users, SharingStrategy strategy,
                                     std::optional<OutboundSessionRecord> &session, Progress &progress)
{
    Shares shares;
    if (session) {
        const auto records = step.failure.take(step.store().shares(room.room, session->session));
        for (const ShareRecord &share : records)
            shares.insert({share.user, share.device}, share);
        if (someoneLost(step, shares, users, strategy))
            session.reset();
    }
    if (!session) {
        if (const auto old = step.rooms.outbound(room.room))
            step.changes.deletedShares.append({room.room, old->session});
        shares.clear();
        auto made = makeSession(step, room);
        if (!made)
            return tl::unexpected(made.error());
        session = *made;
    }
    Recipients recipients = sort(step, users, shares, strategy);
    withhold(step, *session, recipients.toWithhold);
    noteLeftOut(step, *session, recipients.leftOut, shares);
    m_claims.want(recipients.toClaim, step.nowMs());
    progress.needsClaim = !recipients.toClaim.isEmpty();
    progress.moreToShare = recipients.toShare.size() > devicesPerRequest;
    if (progress.moreToShare)
        progress.callAgainMs = 0;
    const bool leftOut = !recipients.leftOut.isEmpty() || DeviceTracker::anyOutdated(step, users);
    m_ready.insert(room.room,
                   Memo{.session = {},
                        .generation = 0,
                        .members = memberHash(users, strategy),
                        .checkAgainMs = leftOut ? step.nowMs() + leftOutMs : 0});
    return share(step, *session, recipients.toShare.mid(0, devicesPerRequest), shares);
}

bool RoomKeySharing::someoneLost(CryptoStep &step, const Shares &shares, const QList<UserId> &users,
                                 SharingStrategy strategy)
{
    const QSet<UserId> present(users.cbegin(), users.cend());
    return std::any_of(shares.cbegin(), shares.cend(), [&](const ShareRecord &share) {
        if (!share.withheldCode.isEmpty() && share.withheldCode != noOlm)
            return false; // it never had the key, nor is it owed
        const auto device = step.devices.find(share.user, share.device);
        return !present.contains(share.user) || !device
            || exclusionOf(step, *device, strategy) != Exclusion::None;
    });
}

Result<OutboundSessionRecord> RoomKeySharing::makeSession(CryptoStep &step, const RoomEncryptionRecord &room)
{
    const auto outbound = MegolmOutbound::create();
    if (!outbound)
        return tl::unexpected(outbound.error());
    const auto inbound = outbound->sessionKey().and_then(
        [](const Secret &key) { return MegolmInbound::fromSessionKey(key.view().toByteArray()); });
    if (!inbound)
        return tl::unexpected(inbound.error());
    const auto outPickle = outbound->pickle(step.pickleKey());
    const auto inPickle = inbound->pickle(step.pickleKey());
    if (!outPickle || !inPickle)
        return tl::unexpected(outPickle ? inPickle.error() : outPickle.error());
    const bool shareable =
        room.visibility == HistoryVisibility::Shared || room.visibility == HistoryVisibility::WorldReadable;
    step.rooms.put(InboundSessionRecord{.room = room.room,
                                        .session = outbound->id(),
                                        .pickle = *inPickle,
                                        .senderKey = step.own().keys.curve,
                                        .claimedKey = step.own().keys.signing,
                                        .sender = step.own().user,
                                        .senderDevice = step.own().device,
                                        .trust = SenderTrust::VerifiedUser,
                                        .sharedHistory = shareable,
                                        .receivedMs = step.nowMs()});
    const OutboundSessionRecord record{.room = room.room,
                                       .session = outbound->id(),
                                       .pickle = *outPickle,
                                       .createdMs = step.nowMs(),
                                       .visibility = room.visibility};
    step.rooms.put(record);
    return record;
}

RoomKeySharing::Recipients RoomKeySharing::sort(CryptoStep &step, const QList<UserId> &users,
                                                const Shares &shares, SharingStrategy strategy) const
{
    Recipients recipients;
    QList<DeviceRecord> lacking;
    QList<OlmPeer> peers;
    for (const UserId &user : users) {
        const auto devices = step.devices.of(user);
        for (const DeviceRecord &device : devices) {
            const auto share = shares.constFind({device.user, device.device});
            if (isOwnDevice(step, device) || !speaksOlm(device)
                || (share != shares.cend() && hasKey(*share, device)))
                continue;
            const QString told = share == shares.cend() ? QString() : share->withheldCode;
            const QString code = withheldCode(exclusionOf(step, device, strategy));
            if (code.isEmpty() && told != unavailable) {
                lacking.append(device);
                peers.append({device.curveKey, device.signingKey});
            } else if (!code.isEmpty() && told != code) {
                recipients.toWithhold.append({device, code});
            }
        }
    }
    step.sessions.loadPresence(peers);
    for (const DeviceRecord &device : std::as_const(lacking)) {
        if (step.sessions.has({device.curveKey, device.signingKey})) {
            recipients.toShare.append(device);
        } else if (!m_claims.leavesAlone(device, step.nowMs())) {
            recipients.toClaim.append(device);
        } else {
            recipients.leftOut.append(device);
            if (!device.noOlmSent)
                recipients.toWithhold.append({device, noOlm});
        }
    }
    return recipients;
}

void RoomKeySharing::remember(const RoomId &room, const SessionId &session, quint64 generation)
{
    Memo &memo = m_ready[room];
    memo.session = session;
    memo.generation = generation;
    m_waits.ready(room);
}

void RoomKeySharing::devicesAnswered(CryptoStep &step)
{
    m_waits.forget([&](const UserId &user) { return !step.devices.isOutdated(user); });
}

bool RoomKeySharing::isReady(const RoomId &room, const SessionId &session, quint64 generation) const
{
    const auto it = m_ready.constFind(room);
    return it != m_ready.cend() && it->session == session && it->generation == generation;
}

void RoomKeySharing::shareRefused(CryptoStep &step, const RoomId &room, const Error &error)
{
    step.rooms.invalidate(room);
    step.somethingChanged();
    m_refused.insert(room, error);
}

} // namespace parvis::crypto
