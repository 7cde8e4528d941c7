// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/shared_history.h"

#include "crypto/identity_keeper_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/key_import_p.h"
#include "crypto/machine_parts_p.h"
#include "crypto/sharing_rule_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype devicesPerRequest = 250;
constexpr qsizetype mostPending = 10'000;

bool isOpen(HistoryVisibility visibility)
{
    return visibility == HistoryVisibility::Shared || visibility == HistoryVisibility::WorldReadable;
}

/// The devices of @p user that get keys of the past: signed by their owner, of whom nothing bad is known, and
/// good enough for what is said in the room.
QList<DeviceRecord> recipients(CryptoStep &step, const RoomId &room, const UserId &user)
{
    const SharingStrategy rule = step.strategyFor(room);
    QList<DeviceRecord> devices = step.devices.of(user);
    devices.removeIf([&](const DeviceRecord &device) {
        const bool ownOne = device.user == step.own().user && device.device == step.own().device;
        const auto identity = step.identities.find(user);
        return ownOne || !speaksOlm(device) || !identity || !device.isSignedBy(identity->selfSigning.key)
            || deviceTrust(step, device) < DeviceTrust::Signed
            || exclusionOf(step, device, rule) != Exclusion::None;
    });
    return devices;
}

/// The device that sent the bundle is one that its owner signed. Where it is gone by now, what it said of
/// itself when it wrote decides: the owner's signature under it holds on.
bool isFromSignedDevice(CryptoStep &step, const BundleRecord &bundle)
{
    const auto identity = step.identities.find(bundle.sender);
    if (!identity)
        return false;
    const auto device = step.devices.find(bundle.sender, bundle.senderKey);
    if (!device)
        return isSignedByOwner(step, bundle.sender, bundle.deviceKeys)
            && !identityView(step, bundle.sender).violated;
    return device->signingKey == bundle.signingKey && device->isSignedBy(identity->selfSigning.key)
        && deviceTrust(step, *device) >= DeviceTrust::Signed;
}

} // namespace

// --- Giving

Result<bool> SharedHistory::mayGive(const RoomId &room) const
{
    CryptoStep step(m_parts.context);
    const RoomEncryptionRecord record = step.rooms.room(room);
    const bool may = record.encrypted && record.supported && isOpen(record.visibility) && isKnownAsOurs(step);
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return may;
}

Result<QString> SharedHistory::backupToFetch(const RoomId &room) const
{
    CryptoStep step(m_parts.context);
    const auto target = m_parts.backup.versions.target(step);
    const bool here =
        !target || !target->holdsPrivateKey || step.rooms.room(room).historyFrom == target->version;
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return here ? QString() : target->version;
}

Result<void> SharedHistory::backupFetched(const RoomId &room, const QString &version)
{
    CryptoStep step(m_parts.context);
    RoomEncryptionRecord record = step.rooms.room(room);
    record.historyFrom = version;
    step.rooms.put(record);
    return step.commit();
}

Result<void> SharedHistory::refreshDevices(const UserId &user)
{
    CryptoStep step(m_parts.context);
    m_parts.tracker.track(step, {user});
    m_parts.tracker.invalidate(step, {user});
    return step.commit();
}

Result<SharedHistory::Giving> SharedHistory::give(const RoomId &room, const UserId &user,
                                                  const QByteArray &file)
{
    CryptoStep step(m_parts.context);
    Giving giving;
    if (!m_parts.tracker.awaited(step, {user}).isEmpty()) {
        if (const auto query = m_parts.tracker.request(step))
            giving.waitingFor.append(query->id);
        return committed(step, giving);
    }
    // Their server does not answer: what was known of their devices yesterday gets no past (CVE-2024-47080).
    if (step.devices.isOutdated(user)) {
        giving.done = true;
        return committed(step, giving);
    }
    // What is said now goes to whoever answers by that name, and a warning says so. The past cannot be taken
    // back: it waits for the person's answer.
    if (identityView(step, user).changed) {
        giving.done = giving.otherIdentity = true;
        return committed(step, giving);
    }
    const auto devices = recipients(step, room, user);
    QList<DeviceRecord> lacking;
    for (const DeviceRecord &device : devices) {
        if (!step.sessions.has({device.curveKey, device.signingKey})
            && !m_parts.claims.leavesAlone(device, step.nowMs()))
            lacking.append(device);
    }
    if (!lacking.isEmpty()) {
        m_parts.claims.want(lacking, step.nowMs());
        if (const auto claim = m_parts.claims.request(step))
            giving.waitingFor.append(claim->id);
        return committed(step, giving);
    }
    if (file.isEmpty()) {
        giving.devices = devices.size();
        return committed(step, giving);
    }
    const QByteArray content = "{\"file\":" + file + ",\"room_id\":" + jsonString(room.toString()) + '}';
    QList<std::pair<DeviceRecord, QByteArray>> messages;
    const auto flush = [&] {
        if (!messages.isEmpty())
            giving.waitingFor.append(
                RequestId(step.queueToDevice(u"m.room.encrypted"_s, toDeviceBody(messages)).toString()));
        messages.clear();
    };
    for (const DeviceRecord &device : devices) {
        const auto message = encryptForDevice(step, device, u"m.room_key_bundle"_s, content);
        if (!message)
            continue; // no key of it was to be had
        messages.append({device, *message});
        ++giving.devices;
        if (messages.size() == devicesPerRequest)
            flush();
    }
    flush();
    if (giving.devices > 0) {
        // The room's session is among what they get, and no row says so. Who does not come, is blocked or
        // leaves would read on with it.
        step.rooms.invalidate(room);
        step.somethingChanged();
    }
    giving.done = true;
    return committed(step, giving);
}

Result<bool> SharedHistory::isPending(const QList<RequestId> &requests) const
{
    const auto pending = m_parts.context.store.pendingToDevice(mostPending);
    if (!pending)
        return tl::unexpected(pending.error());
    return std::any_of(pending->cbegin(), pending->cend(), [&](const ToDeviceRecord &row) {
        return requests.contains(RequestId(row.txnId.toString()));
    });
}

// --- Taking

void SharedHistory::invited(const RoomId &room, const UserId &inviter)
{
    if (inviter.isEmpty()) {
        m_parts.context.invitations.remove(room);
        return;
    }
    // A second invitation takes nothing from the first one's.
    QSet<UserId> &inviters = m_parts.context.invitations[room];
    if (inviters.size() < mostInviters)
        inviters.insert(inviter);
}

Result<void> SharedHistory::invitationAccepted(const RoomId &room, const UserId &inviter)
{
    CryptoStep step(m_parts.context);
    QSet<UserId> inviters = m_parts.context.invitations.value(room);
    inviters.insert(inviter);
    for (const UserId &one : std::as_const(inviters))
        step.changes.invitations.append({room, one, step.nowMs()});
    // As long as anything that came with one may be kept.
    step.changes.forgetInvitationsBeforeMs = std::max<qint64>(step.nowMs() - welcomeMs - keptMs, 0);
    // Whose devices these are has to be known before anything of theirs is believed.
    m_parts.tracker.track(step, inviters.values());
    return step.commit();
}

Result<QList<BundleRecord>> SharedHistory::wanted() const
{
    CryptoStep step(m_parts.context);
    const auto invitations = step.failure.take(step.store().invitations());
    QList<BundleRecord> bundles =
        invitations.isEmpty() ? QList<BundleRecord>() : step.failure.take(step.store().bundles());
    bundles.removeIf([&](const BundleRecord &bundle) {
        // The media server may be away for days: only what comes too late is not welcome.
        const bool invited =
            std::any_of(invitations.cbegin(), invitations.cend(), [&](const InvitationRecord &one) {
                return one.room == bundle.room && one.inviter == bundle.sender
                    && bundle.receivedMs - one.acceptedMs <= welcomeMs;
            });
        return !invited || step.nowMs() - bundle.receivedMs > keptMs || !isFromSignedDevice(step, bundle);
    });
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return bundles;
}

Result<ImportOutcome> SharedHistory::take(const QList<InboundSessionRecord> &keys)
{
    CryptoStep step(m_parts.context);
    ImportOutcome outcome;
    for (const InboundSessionRecord &key : keys) {
        if (!importSession(step, key))
            continue;
        ++outcome.imported;
        outcome.sessions.append({key.room, key.session});
    }
    KeyGossip::keysAreHere(step, outcome.sessions);
    return committed(step, outcome);
}

Result<void> SharedHistory::done(const BundleRecord &bundle, const QList<SessionId> &withheld)
{
    CryptoStep step(m_parts.context);
    const auto waiting = step.failure.take(step.store().bundles());
    if (waiting.contains(bundle))
        step.changes.deletedBundles.append({bundle.room, bundle.sender});
    for (const SessionId &session : withheld)
        step.changes.withheld.append(
            {bundle.room, session, u"m.history_not_shared"_s, bundle.sender, step.nowMs()});
    return step.commit();
}

} // namespace parvis::crypto
