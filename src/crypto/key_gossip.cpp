// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The asking side: what is missing here, and what comes back.
#include "base/base64.h"
#include "crypto/cross_signing_p.h"
#include "crypto/gossip_messages_p.h"
#include "crypto/identity_trust_p.h"
#include "crypto/key_gossip_p.h"
#include "crypto/key_import.h"
#include "crypto/key_import_p.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

constexpr qsizetype secretBytes = 32;

constexpr CrossSigningRole roles[] = {CrossSigningRole::Master, CrossSigningRole::SelfSigning,
                                      CrossSigningRole::UserSigning};

std::optional<CrossSigningRole> roleOf(const QString &name)
{
    for (const CrossSigningRole role : roles) {
        if (secretName(role) == name)
            return role;
    }
    return {};
}

Secret secretIn(const RawObject &content)
{
    QByteArray text = content.text(u"secret"_s).toLatin1();
    auto secret = secretFromBase64(text);
    wipe(text);
    return secret && secret->size() == secretBytes ? *std::move(secret) : Secret();
}

void refuse(CryptoStep &step, const ReceivedOlm &received, const char *why)
{
    step.note(CryptoNote::Kind::ToDeviceRejected, received.message.sender,
              received.device ? received.device->device : DeviceId(), QLatin1StringView(why));
}

} // namespace

// --- Who

bool KeyGossip::isTrusted(CryptoStep &step, const DeviceRecord &device)
{
    return device.user == step.own().user && device.device != step.own().device && !device.dehydrated
        && ownIdentityVerified(step) && deviceTrust(step, device) == DeviceTrust::Verified;
}

QList<DeviceRecord> KeyGossip::trustedDevices(CryptoStep &step)
{
    QList<DeviceRecord> devices = step.devices.of(step.own().user);
    devices.removeIf([&](const DeviceRecord &device) { return !isTrusted(step, device); });
    return devices;
}

std::optional<DeviceRecord> KeyGossip::trustedSender(CryptoStep &step, const ReceivedOlm &received)
{
    return received.device && isTrusted(step, *received.device) ? received.device : std::nullopt;
}

// --- The rows, as the step sees them

QList<GossipRecord> KeyGossip::open(CryptoStep &step)
{
    QList<GossipRecord> rows = step.failure.take(step.store().gossip());
    const auto is = [](const GossipRecord &row, const DeviceId &device, const QString &id) {
        return row.device == device && row.id == id;
    };
    for (const auto &[device, id] : std::as_const(step.changes.deletedGossip))
        rows.removeIf([&, device = device, id = id](const auto &row) { return is(row, device, id); });
    for (const GossipRecord &changed : std::as_const(step.changes.gossip)) {
        rows.removeIf([&](const auto &row) { return is(row, changed.device, changed.id); });
        rows.append(changed);
    }
    return rows;
}

void KeyGossip::put(CryptoStep &step, const GossipRecord &row)
{
    drop(step, row);
    step.changes.deletedGossip.removeAll({row.device, row.id});
    step.changes.gossip.append(row);
}

void KeyGossip::drop(CryptoStep &step, const GossipRecord &row)
{
    step.changes.gossip.removeIf(
        [&](const GossipRecord &one) { return one.device == row.device && one.id == row.id; });
    if (!step.changes.deletedGossip.contains({row.device, row.id}))
        step.changes.deletedGossip.append({row.device, row.id});
}

std::optional<GossipRecord> KeyGossip::ownRequest(CryptoStep &step, const QString &id)
{
    const auto rows = open(step);
    const auto found = std::find_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &row) {
        return row.device == step.own().device && row.id == id;
    });
    return found == rows.cend() ? std::nullopt : std::optional(*found);
}

std::optional<GossipRecord> KeyGossip::ownRequest(CryptoStep &step, const RoomId &room,
                                                  const SessionId &session)
{
    const auto rows = open(step);
    const auto found = std::find_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &row) {
        return row.device == step.own().device && row.secret.isEmpty() && row.room == room
            && row.session == session;
    });
    return found == rows.cend() ? std::nullopt : std::optional(*found);
}

// --- Asking

void KeyGossip::ask(CryptoStep &step, GossipRecord row)
{
    row.createdMs = step.nowMs();
    put(step, row);
    sendToDevices(step, trustedDevices(step), typeOf(row), requestOf(row));
}

void KeyGossip::end(CryptoStep &step, const GossipRecord &row, const DeviceId &except)
{
    drop(step, row);
    QList<DeviceRecord> devices = trustedDevices(step);
    devices.removeIf([&](const DeviceRecord &device) { return device.device == except; });
    sendToDevices(step, devices, typeOf(row), cancellationOf(row));
}

bool KeyGossip::isHere(CryptoStep &step, const QString &name)
{
    const auto role = roleOf(name);
    return role ? CrossSigning::holds(step, *role) : m_backups.holdsKey(step);
}

QStringList KeyGossip::missing(CryptoStep &step)
{
    QStringList names;
    const auto all = secretNames();
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(names), [&](const QString &name) {
        return roleOf(name) ? !isHere(step, name) : m_backups.lacksKey(step);
    });
    return names;
}

void KeyGossip::wantKey(CryptoStep &step, const RoomId &room, const SessionId &session)
{
    if (!step.keyForwarding() || session.isEmpty())
        return;
    const auto rows = open(step);
    const DeviceId own = step.own().device;
    const auto keys = std::count_if(rows.cbegin(), rows.cend(), [&](const GossipRecord &row) {
        return row.device == own && row.secret.isEmpty();
    });
    const bool asked = ownRequest(step, room, session).has_value();
    if (asked || keys >= mostKeys || !isKnownAsOurs(step) || trustedDevices(step).isEmpty())
        return;
    ask(step,
        {.device = own,
         .id = QUuid::createUuid().toString(QUuid::WithoutBraces),
         .room = room,
         .session = session});
}

void KeyGossip::wantKeyNow(CryptoStep &step, const RoomId &room, const SessionId &session)
{
    if (!step.keyForwarding())
        return;
    keysAreHere(step, {{room, session}}); // then under a new id: devices answer a question once
    wantKey(step, room, session);
}

void KeyGossip::keysAreHere(CryptoStep &step, const QList<QPair<RoomId, SessionId>> &sessions)
{
    if (!step.keyForwarding() || sessions.isEmpty())
        return;
    const auto rows = open(step);
    for (const GossipRecord &row : rows) {
        if (row.device == step.own().device && row.secret.isEmpty()
            && sessions.contains({row.room, row.session}))
            end(step, row);
    }
}

void KeyGossip::advance(CryptoStep &step)
{
    QList<GossipRecord> rows = open(step);
    const DeviceId own = step.own().device;
    const QStringList wanted = isKnownAsOurs(step) ? missing(step) : QStringList();
    QStringList asked;
    for (const GossipRecord &row : std::as_const(rows)) {
        const qint64 age = step.nowMs() - row.createdMs;
        const bool old = age < 0 || age > (row.device == own || row.servedMs > 0 ? askAgainMs : patienceMs);
        const bool ours = row.device == own && !row.secret.isEmpty();
        if (ours && isHere(step, row.secret))
            end(step, row); // it came another way
        else if (old)
            drop(step, row);
        else if (ours)
            asked.append(row.secret);
    }
    if (!wanted.isEmpty() && !trustedDevices(step).isEmpty()) {
        for (const QString &name : wanted) {
            if (!asked.contains(name))
                ask(step,
                    {.device = own,
                     .id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                     .secret = name});
        }
    }
    serve(step, open(step));
}

// --- What comes back

bool KeyGossip::keep(CryptoStep &step, const QString &name, const Secret &secret)
{
    const auto role = roleOf(name);
    const auto kept = role ? CrossSigning::take(step, *role, secret) : m_backups.offer(step, secret);
    return kept && *kept;
}

bool KeyGossip::secretCame(CryptoStep &step, const ReceivedOlm &received)
{
    const auto content = RawObject::parse(received.message.content);
    const auto row = content ? ownRequest(step, content->text(u"request_id"_s)) : std::nullopt;
    if (!row || row->secret.isEmpty()) {
        refuse(step, received, "PARVIS_OLM_UNWANTED");
        return false;
    }
    const auto device = trustedSender(step, received);
    if (!device) {
        refuse(step, received, "PARVIS_SECRET_SENDER");
        return false;
    }
    const Secret secret = secretIn(*content);
    if (secret.isEmpty() || !keep(step, row->secret, secret)) {
        refuse(step, received, "PARVIS_SECRET_VALUE"); // another device may have the right one
        return false;
    }
    // A backup's key may wait for the server's word: the question stays open as long.
    if (isHere(step, row->secret))
        end(step, *row, device->device);
    return true;
}

std::optional<RoomKeyNews> KeyGossip::keyCame(CryptoStep &step, const ReceivedOlm &received)
{
    const auto key = step.keyForwarding() ? readForwardedKey(received.message.content) : std::nullopt;
    const auto row = key ? ownRequest(step, key->room, key->session) : std::nullopt;
    if (!row) {
        refuse(step, received, "PARVIS_OLM_UNWANTED");
        return {};
    }
    const auto device = trustedSender(step, received);
    if (!device) {
        refuse(step, received, "PARVIS_KEY_SENDER");
        return {};
    }
    const auto record = KeyImporter(step.pickleKey().clone()).prepare(*key);
    if (!record) {
        refuse(step, received, "PARVIS_KEY_VALUE");
        return {};
    }
    end(step, *row, device->device);
    return importSession(step, *record) ? std::optional(RoomKeyNews{key->room, key->session}) : std::nullopt;
}

} // namespace parvis::crypto
