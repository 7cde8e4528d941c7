// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The answering side: who asks, and whether and when an answer goes out.
#include "base/base64.h"
#include "crypto/gossip_messages_p.h"
#include "crypto/key_gossip_p.h"
#include "crypto/megolm_inbound.h"
#include "crypto/secrets_p.h"
#include "crypto/session_choice_p.h"
#include "crypto/sizes_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// Of all devices together: the server can name any.
constexpr qsizetype mostRows = 500;
/// Looked at of one synchronisation: a flood of them would hold up everything else for its whole length. Who
/// is not heard asks again.
constexpr int mostRequests = 200;
/// A device that got a secret may have lost it in a crash; one that asks again and again is broken.
constexpr qsizetype mostRepeats = 3;

/// The question, in the form of a row; nothing for one that we never answer.
std::optional<GossipRecord> readRequest(const CryptoStep &step, const QString &type, const RawObject &content)
{
    GossipRecord row{.device = DeviceId(content.text(u"requesting_device_id"_s)),
                     .id = content.text(u"request_id"_s),
                     .createdMs = step.nowMs()};
    if (type == "m.secret.request"_L1) {
        row.secret = content.text(u"name"_s);
        return secretNames().contains(row.secret) ? std::optional(row) : std::nullopt;
    }
    const RawObject body = content.object(u"body"_s);
    row.room = RoomId(body.text(u"room_id"_s));
    row.session = SessionId(body.text(u"session_id"_s));
    const bool fits = body.text(u"algorithm"_s) == QLatin1StringView(megolmAlgorithm)
        && isIdSized(row.room.toString()) && isIdSized(row.session.toString());
    return fits && step.keyForwarding() ? std::optional(row) : std::nullopt;
}

} // namespace

void KeyGossip::requested(CryptoStep &step, const UserId &sender, const QString &type,
                          const RawObject &content, const ReceivedOlm *received)
{
    const DeviceId device(content.text(u"requesting_device_id"_s));
    const QString id = content.text(u"request_id"_s);
    if (sender != step.own().user || !isIdSized(device.toString()) || !isIdSized(id)
        || device == step.own().device)
        return;
    // Over Olm it is known who speaks, and nobody asks in another's name.
    if (received && (!received->device || received->device->device != device))
        return;
    if (++step.gossipRequests > mostRequests)
        return;
    const auto rows = open(step);
    const auto same = std::find_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &row) {
        return row.device == device && row.id == id;
    });
    if (content.text(u"action"_s) == "request_cancellation"_L1) {
        if (same != rows.cend() && same->servedMs == 0)
            drop(step, *same);
        return;
    }
    const auto row = readRequest(step, type, content);
    if (same != rows.cend() || !row || content.text(u"action"_s) != "request"_L1)
        return;
    const auto waiting = std::count_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &one) {
        return one.device == device && one.servedMs == 0 && one.secret.isEmpty() == row->secret.isEmpty();
    });
    if (waiting >= (row->secret.isEmpty() ? mostKeys : mostWaiting) || rows.size() >= mostRows)
        return;
    put(step, *row);
    // It may be new here: whose it is, is asked of the server, and seen by its owner's signature.
    if (!step.devices.find(sender, device))
        m_tracker.invalidate(step, {sender});
}

void KeyGossip::serve(CryptoStep &step, QList<GossipRecord> rows)
{
    for (GossipRecord &row : rows) {
        if (row.device == step.own().device || row.servedMs > 0)
            continue;
        const auto device = step.devices.find(step.own().user, row.device);
        if (!device || !isTrusted(step, *device))
            continue; // it may become so
        const auto answers = [&](bool same) {
            return std::count_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &one) {
                return one.device == row.device && one.servedMs > 0
                    && one.secret.isEmpty() == row.secret.isEmpty()
                    && (!same
                        || (one.secret == row.secret && one.room == row.room && one.session == row.session));
            });
        };
        if (answers(false) >= (row.secret.isEmpty() ? mostKeys : mostAnswers)
            || answers(true) >= mostRepeats) {
            drop(step, row);
        } else if (answer(step, row, *device)) {
            row.servedMs = std::max<qint64>(step.nowMs(), 1);
            put(step, row);
        }
    }
}

bool KeyGossip::answer(CryptoStep &step, const GossipRecord &row, const DeviceRecord &device)
{
    auto [type, content] = answerTo(step, row);
    if (content.isEmpty())
        return false;
    bool done = false;
    if (step.sessions.has({device.curveKey, device.signingKey})) {
        if (const auto message = encryptForDevice(step, device, type, content)) {
            step.queueToDevice(u"m.room.encrypted"_s, toDeviceBody({{device, *message}}));
            done = true;
        }
    } else {
        m_claims.want({device}, step.nowMs());
    }
    wipe(content);
    return done;
}

std::pair<QString, QByteArray> KeyGossip::answerTo(CryptoStep &step, const GossipRecord &row)
{
    if (row.secret.isEmpty())
        return {u"m.forwarded_room_key"_s, step.keyForwarding() ? forwardedKey(step, row) : QByteArray()};
    // One that is not that of the identity or backup which the server shows helps nobody.
    const Secret secret = isHere(step, row.secret) ? readSecret(step, row.secret) : Secret();
    if (secret.isEmpty())
        return {};
    QByteArray text = toBase64(secret.view());
    const std::pair<QString, QByteArray> message{
        u"m.secret.send"_s, "{\"request_id\":" + jsonString(row.id) + ",\"secret\":\"" + text + "\"}"};
    wipe(text);
    return message;
}

QByteArray KeyGossip::forwardedKey(CryptoStep &step, const GossipRecord &row)
{
    const auto best = bestCopy(step.rooms.inbound(row.room, row.session), step.pickleKey());
    const auto key = best ? exportedSession(*best, step.pickleKey()) : std::nullopt;
    return key ? crypto::forwardedKey(*key) : QByteArray();
}

} // namespace parvis::crypto
