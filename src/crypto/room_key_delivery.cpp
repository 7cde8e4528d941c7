// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What goes to the devices about a room's key: the key itself, or why they do not get it.
#include "crypto/megolm_outbound.h"
#include "crypto/olm_plaintext_p.h"
#include "crypto/room_key_sharing_p.h"
#include "crypto/sharing_rule_p.h"

#include <map>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// `m.room_key`, with the ratchet as it stands in @p outbound: whoever gets it reads from there on.
Result<QByteArray> roomKeyContent(const OutboundSessionRecord &session, const MegolmOutbound &outbound)
{
    const auto key = outbound.sessionKey();
    if (!key)
        return tl::unexpected(key.error());
    const bool shareable = session.visibility == HistoryVisibility::Shared
        || session.visibility == HistoryVisibility::WorldReadable;
    // Two names for one flag: that of the specification and that which Element reads. Never the third one as
    // well, with which Element refuses the whole key.
    const QByteArray flag = shareable ? "true" : "false";
    return R"({"algorithm":"m.megolm.v1.aes-sha2","m.shared_history":)" + flag + ",\"room_id\":"
        + jsonString(session.room.toString()) + ",\"session_id\":" + jsonString(session.session.toString())
        + ",\"session_key\":\"" + key->view().toByteArray() + "\",\"shared_history\":" + flag + '}';
}

/// True where the device was promised the key from the share's index on, and may not have it yet.
bool isOwed(const ShareRecord &share, const DeviceRecord &device)
{
    return share.curveKey == device.curveKey
        && (share.withheldCode.isEmpty() || share.withheldCode == RoomKeySharing::noOlm);
}

} // namespace

Result<void> RoomKeySharing::share(CryptoStep &step, const OutboundSessionRecord &session,
                                   const QList<DeviceRecord> &devices, const Shares &shares)
{
    const quint32 now = quint32(session.messageCount);
    std::map<quint32, QList<DeviceRecord>> byIndex;
    for (const DeviceRecord &device : devices) {
        const auto before = shares.constFind({device.user, device.device});
        const bool owed = before != shares.cend() && isOwed(*before, device);
        byIndex[owed ? std::min(before->messageIndex, now) : now].append(device);
    }
    const RatchetRecord present{session.room, session.session, now, session.pickle};
    for (const auto &[index, theirs] : byIndex) {
        const auto earlier = index < now
            ? step.failure.take(step.store().ratchet(session.room, session.session, index))
            : std::nullopt;
        // One that is not what it should be gives nobody more than was promised, and stops nobody.
        const auto opened =
            earlier ? MegolmOutbound::fromPickle(earlier->pickle, step.pickleKey()) : tl::unexpected(Error{});
        const bool sound = opened && opened->index() == index;
        if (auto done = shareFrom(step, session, sound ? *earlier : present, theirs); !done)
            return done;
    }
    return {};
}

Result<void> RoomKeySharing::shareFrom(CryptoStep &step, const OutboundSessionRecord &session,
                                       const RatchetRecord &ratchet, const QList<DeviceRecord> &devices)
{
    const auto outbound = MegolmOutbound::fromPickle(ratchet.pickle, step.pickleKey());
    if (!outbound)
        return tl::unexpected(outbound.error());
    Q_ASSERT(outbound->index() == ratchet.index);
    auto content = roomKeyContent(session, *outbound);
    if (!content)
        return tl::unexpected(content.error());
    QList<std::pair<DeviceRecord, QByteArray>> messages;
    for (const DeviceRecord &device : devices) {
        ShareRecord share{.room = session.room,
                          .session = session.session,
                          .user = device.user,
                          .device = device.device,
                          .curveKey = device.curveKey,
                          .messageIndex = ratchet.index,
                          .wedgingIndex = device.wedgingIndex,
                          .withheldCode = {}};
        if (auto message = encryptForDevice(step, device, u"m.room_key"_s, *content))
            messages.append({device, *message});
        else
            share.withheldCode = unavailable; // a damaged Olm session must not stop the others
        step.changes.shares.append(share);
    }
    wipe(*content);
    step.changes.ratchets.append(ratchet);
    if (!messages.isEmpty())
        step.queueToDevice(u"m.room.encrypted"_s, toDeviceBody(messages), session.room, session.session);
    return {};
}

void RoomKeySharing::noteLeftOut(CryptoStep &step, const OutboundSessionRecord &session,
                                 const QList<DeviceRecord> &devices, const Shares &shares)
{
    const quint32 now = quint32(session.messageCount);
    bool noted = false;
    for (const DeviceRecord &device : devices) {
        const auto before = shares.constFind({device.user, device.device});
        if (before != shares.cend() && isOwed(*before, device))
            continue; // from an earlier index on
        step.changes.shares.append({.room = session.room,
                                    .session = session.session,
                                    .user = device.user,
                                    .device = device.device,
                                    .curveKey = device.curveKey,
                                    .messageIndex = now,
                                    .wedgingIndex = device.wedgingIndex,
                                    .withheldCode = noOlm});
        noted = true;
    }
    if (noted)
        step.changes.ratchets.append({session.room, session.session, now, session.pickle});
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

} // namespace parvis::crypto
