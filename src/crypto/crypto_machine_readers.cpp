// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Who reads what is sent, and how far what is read is to be believed.
#include "crypto/crypto_machine.h"
#include "crypto/identity_trust_p.h"
#include "crypto/machine_parts_p.h"
#include "crypto/room_decryptor_p.h"
#include "crypto/sharing_rule_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

void CryptoMachine::setSharingStrategy(SharingStrategy strategy)
{
    if (m_parts->context.strategy == strategy)
        return;
    m_parts->context.strategy = strategy;
    ++m_parts->context.generation;
}

Result<void> CryptoMachine::setOnlyVerified(const RoomId &room, bool on)
{
    CryptoStep step(m_parts->context);
    RoomEncryptionRecord record = step.rooms.room(room);
    if (record.onlyVerified != on) {
        record.onlyVerified = on;
        step.rooms.put(record);
        step.somethingChanged();
    }
    return step.commit();
}

Result<bool> CryptoMachine::onlyVerified(const RoomId &room) const
{
    return m_parts->context.store.roomEncryption(room).map(
        [](const auto &row) { return row && row->onlyVerified; });
}

Result<SharingStrategy> CryptoMachine::ruleFor(const RoomId &room) const
{
    CryptoStep step(m_parts->context);
    const SharingStrategy rule = step.strategyFor(room);
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return rule;
}

Result<QList<UserId>> CryptoMachine::readingUsers(const RoomId &room, const RoomMembers &members) const
{
    CryptoStep step(m_parts->context);
    const QList<UserId> users = RoomKeySharing::usersToShareWith(step, step.rooms.room(room), members);
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return users;
}

Result<QList<UserId>> CryptoMachine::violatedAmong(const QList<UserId> &users) const
{
    CryptoStep step(m_parts->context);
    const QList<UserId> violated = crypto::violatedAmong(step, users);
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return violated;
}

Result<QList<Reader>> CryptoMachine::readers(const RoomId &room, const RoomMembers &members) const
{
    CryptoStep step(m_parts->context);
    const QList<UserId> users = RoomKeySharing::usersToShareWith(step, step.rooms.room(room), members);
    const SharingStrategy strategy = step.strategyFor(room);
    step.devices.load(users);
    step.identities.load(users);
    QList<Reader> readers;
    for (const UserId &user : users) {
        const auto devices = step.devices.of(user);
        for (const DeviceRecord &device : devices) {
            if (user != step.own().user || device.device != step.own().device)
                readers.append({device, deviceTrust(step, device), exclusionOf(step, device, strategy)});
        }
    }
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return readers;
}

Result<QList<std::optional<Shield>>>
CryptoMachine::shields(const RoomId &room, const QList<std::pair<SessionId, UserId>> &messages) const
{
    CryptoStep step(m_parts->context);
    QList<std::optional<Shield>> answers;
    answers.reserve(messages.size());
    for (const auto &[session, sender] : messages) {
        const auto copies = copiesFor(step, step.rooms.inbound(room, session), sender);
        answers.append(copies.isEmpty() ? std::nullopt : std::optional(shieldFor(step, copies.constFirst())));
    }
    if (step.failure.first)
        return tl::unexpected(*step.failure.first);
    return answers;
}

} // namespace parvis::crypto
