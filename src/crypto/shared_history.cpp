// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/shared_history.h"

#include "crypto/attachment_encryption.h"
#include "crypto/identity_trust_p.h"
#include "crypto/key_import_p.h"
#include "crypto/machine_parts_p.h"
#include "crypto/shared_history_p.h"
#include "crypto/sharing_rule_p.h"
#include "crypto/sizes_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype maxFile = 4096;
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

} // namespace

void receiveBundle(CryptoStep &step, const ReceivedOlm &received)
{
    const OlmPlaintext &message = received.message;
    const auto content = RawObject::parse(message.content);
    const RoomId room(content ? content->text(u"room_id"_s) : QString());
    const QByteArray file = content ? content->raw(u"file"_s) : QByteArray();
    const auto parsed = file.size() > maxFile
        ? Result<EncryptedFile>(fail(ErrorKind::TooLarge, u"PARVIS_KEY_BUNDLE"_s))
        : EncryptedFile::parse(file);
    if (room.isEmpty() || room.toString().size() > maxIdLetters || !parsed || parsed->url.isEmpty()) {
        step.note(CryptoNote::Kind::ToDeviceRejected, message.sender, {}, u"PARVIS_KEY_BUNDLE"_s);
        return;
    }
    QList<BundleRecord> rows = step.failure.take(step.store().bundles());
    rows += step.changes.bundles;
    const auto drop = [&](const BundleRecord &row) {
        step.changes.bundles.removeAll(row);
        step.changes.deletedBundles.append({row.room, row.sender});
        rows.removeAll(BundleRecord(row));
    };
    const auto first = [&](const auto &which) { return std::find_if(rows.cbegin(), rows.cend(), which); };
    const auto dropFirst = [&](const auto &which) {
        if (const auto row = first(which); row != rows.cend())
            drop(BundleRecord(*row));
    };
    const qint64 oldest = step.nowMs() - SharedHistory::keptMs;
    while (first([&](const auto &row) { return row.receivedMs < oldest; }) != rows.cend())
        dropFirst([&](const auto &row) { return row.receivedMs < oldest; });
    dropFirst([&](const auto &row) { return row.room == room && row.sender == message.sender; });
    const auto ofSender = [&](const BundleRecord &row) { return row.sender == message.sender; };
    if (std::count_if(rows.cbegin(), rows.cend(), ofSender) >= SharedHistory::mostOfOneSender)
        dropFirst(ofSender);
    if (rows.size() >= SharedHistory::mostBundles)
        dropFirst([](const auto &) { return true; });
    step.changes.bundles.append({.room = room,
                                 .sender = message.sender,
                                 .senderKey = message.senderKey,
                                 .signingKey = message.claimedKey,
                                 .file = file,
                                 .receivedMs = step.nowMs()});
}

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

Result<void> SharedHistory::invitationAccepted(const RoomId &room, const UserId &inviter)
{
    CryptoStep step(m_parts.context);
    step.changes.invitations.append({room, inviter, step.nowMs()});
    step.changes.forgetInvitationsBeforeMs = std::max<qint64>(step.nowMs() - welcomeMs, 0);
    // Whose devices these are has to be known before anything of theirs is believed.
    m_parts.tracker.track(step, {inviter});
    return step.commit();
}

Result<QList<BundleRecord>> SharedHistory::wanted() const
{
    CryptoStep step(m_parts.context);
    const auto invitations = step.failure.take(step.store().invitations());
    QList<BundleRecord> bundles =
        invitations.isEmpty() ? QList<BundleRecord>() : step.failure.take(step.store().bundles());
    bundles.removeIf([&](const BundleRecord &bundle) {
        const bool invited =
            std::any_of(invitations.cbegin(), invitations.cend(), [&](const InvitationRecord &one) {
                const qint64 age = step.nowMs() - one.acceptedMs;
                return one.room == bundle.room && one.inviter == bundle.sender && age >= 0
                    && age <= welcomeMs;
            });
        const auto device =
            invited ? step.devices.find(bundle.sender, bundle.senderKey) : std::optional<DeviceRecord>();
        const auto identity = device ? step.identities.find(bundle.sender) : std::optional<IdentityRecord>();
        return !identity || device->signingKey != bundle.signingKey
            || !device->isSignedBy(identity->selfSigning.key)
            || deviceTrust(step, *device) < DeviceTrust::Signed;
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
    step.changes.deletedBundles.append({bundle.room, bundle.sender});
    for (const SessionId &session : withheld)
        step.changes.withheld.append(
            {bundle.room, session, u"m.history_not_shared"_s, bundle.sender, step.nowMs()});
    return step.commit();
}

} // namespace parvis::crypto
