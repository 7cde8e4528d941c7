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

constexpr QLatin1StringView noOlm("m.no_olm");
constexpr QLatin1StringView unavailable("m.unavailable");

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
    if (m_tracker.awaited(step, users).isEmpty()) {
        m_waitingSince.remove(room);
        return false;
    }
    if (!m_waitingSince.contains(room))
        m_waitingSince.insert(room, step.nowMs());
    const qint64 waited = step.nowMs() - m_waitingSince.value(room);
    if (waited < 0 || waited >= longestWaitMs)
        return false;
    progress.needsQuery = true;
    progress.callAgainMs = int(longestWaitMs - waited);
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
    m_claims.want(recipients.toClaim, step.nowMs());
    progress.needsClaim = !recipients.toClaim.isEmpty();
    progress.moreToShare = recipients.toShare.size() > devicesPerRequest;
    if (progress.moreToShare)
        progress.callAgainMs = 0;
    const bool leftOut = recipients.someLeftOut || DeviceTracker::anyOutdated(step, users);
    m_ready.insert(room.room,
                   Memo{.session = {},
                        .generation = 0,
                        .members = memberHash(users, strategy),
                        .checkAgainMs = leftOut ? step.nowMs() + leftOutMs : 0});
    return share(step, *session, recipients.toShare.mid(0, devicesPerRequest));
}

bool RoomKeySharing::someoneLost(CryptoStep &step, const Shares &shares, const QList<UserId> &users,
                                 SharingStrategy strategy)
{
    const QSet<UserId> present(users.cbegin(), users.cend());
    return std::any_of(shares.cbegin(), shares.cend(), [&](const ShareRecord &share) {
        if (!share.withheldCode.isEmpty())
            return false; // it never had the key
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
            recipients.someLeftOut = true;
            if (!device.noOlmSent)
                recipients.toWithhold.append({device, noOlm});
        }
    }
    return recipients;
}

Result<void> RoomKeySharing::share(CryptoStep &step, const OutboundSessionRecord &session,
                                   const QList<DeviceRecord> &devices)
{
    if (devices.isEmpty())
        return {};
    const auto outbound = MegolmOutbound::fromPickle(session.pickle, step.pickleKey());
    if (!outbound)
        return tl::unexpected(outbound.error());
    // The ratchet as it is now: whoever comes late reads from here on.
    const auto key = outbound->sessionKey();
    if (!key)
        return tl::unexpected(key.error());
    const quint32 index = outbound->index();
    const bool shareable = session.visibility == HistoryVisibility::Shared
        || session.visibility == HistoryVisibility::WorldReadable;
    // Two names for one flag: that of the specification and that which Element reads. Never the third one as
    // well, with which Element refuses the whole key.
    const QByteArray flag = shareable ? "true" : "false";
    QByteArray content = R"({"algorithm":"m.megolm.v1.aes-sha2","m.shared_history":)" + flag + ",\"room_id\":"
        + jsonString(session.room.toString()) + ",\"session_id\":" + jsonString(session.session.toString())
        + ",\"session_key\":\"" + key->view().toByteArray() + "\",\"shared_history\":" + flag + '}';
    QList<std::pair<DeviceRecord, QByteArray>> messages;
    for (const DeviceRecord &device : devices) {
        ShareRecord share{.room = session.room,
                          .session = session.session,
                          .user = device.user,
                          .device = device.device,
                          .curveKey = device.curveKey,
                          .messageIndex = index,
                          .wedgingIndex = device.wedgingIndex,
                          .withheldCode = {}};
        if (auto message = encryptForDevice(step, device, u"m.room_key"_s, content))
            messages.append({device, *message});
        else
            share.withheldCode = unavailable; // a damaged Olm session must not stop the others
        step.changes.shares.append(share);
    }
    wipe(content);
    if (!messages.isEmpty())
        step.queueToDevice(u"m.room.encrypted"_s, toDeviceBody(messages), session.room, session.session);
    return {};
}

void RoomKeySharing::withhold(CryptoStep &step, const OutboundSessionRecord &session,
                              const QList<std::pair<DeviceRecord, QString>> &devices)
{
    QList<std::pair<DeviceRecord, QByteArray>> messages;
    for (auto [device, code] : devices) {
        if (messages.size() >= devicesPerRequest)
            break; // the rest with the next message
        QByteArray content = R"({"algorithm":"m.megolm.v1.aes-sha2","code":)" + jsonString(code)
            + ",\"from_device\":" + jsonString(step.own().device.toString())
            + ",\"sender_key\":" + jsonString(step.own().keys.curve.toString());
        if (code == noOlm) {
            // Without room and session, and once: it says something about the device, not about a key.
            device.noOlmSent = true;
            step.devices.put(device);
            content += ",\"reason\":" + jsonString(withheldReason(code));
        } else {
            step.changes.shares.append({.room = session.room,
                                        .session = session.session,
                                        .user = device.user,
                                        .device = device.device,
                                        .curveKey = device.curveKey,
                                        .wedgingIndex = device.wedgingIndex,
                                        .withheldCode = code});
            content += ",\"reason\":" + jsonString(withheldReason(code))
                + ",\"room_id\":" + jsonString(session.room.toString())
                + ",\"session_id\":" + jsonString(session.session.toString());
        }
        messages.append({device, content + '}'});
    }
    if (!messages.isEmpty())
        step.queueToDevice(u"m.room_key.withheld"_s, toDeviceBody(messages));
}

void RoomKeySharing::remember(const RoomId &room, const SessionId &session, quint64 generation)
{
    Memo &memo = m_ready[room];
    memo.session = session;
    memo.generation = generation;
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
