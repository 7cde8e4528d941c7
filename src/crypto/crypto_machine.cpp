// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/crypto_machine.h"

#include "crypto/machine_parts_p.h"
#include "crypto/own_keys_json_p.h"
#include "crypto/room_decryptor_p.h"
#include "crypto/room_encryptor_p.h"
#include "crypto/to_device_handler_p.h"

using namespace Qt::StringLiterals;

namespace parvis::crypto {

namespace {

/// Replays of messages older than this fail in the ratchet all the same, only not silently.
constexpr qint64 olmHashLifeMs = 90 * 24 * 3'600'000LL;

/// The row of a new account, with its first keys; not saved yet.
Result<AccountRecord> makeAccount(const UserId &user, const DeviceId &device, const Secret &pickleKey,
                                  qint64 nowMs)
{
    auto account = OlmAccount::create();
    if (!account)
        return tl::unexpected(account.error());
    if (auto done = account->generateOneTimeKeys(OneTimeKeys::target); !done)
        return tl::unexpected(done.error());
    const auto pickle = account->pickle(pickleKey);
    if (!pickle)
        return tl::unexpected(pickle.error());
    return AccountRecord{.user = user, .device = device, .pickle = *pickle, .createdMs = nowMs};
}

} // namespace

CryptoMachine::CryptoMachine(std::unique_ptr<MachineParts> parts) : m_parts(std::move(parts)) {}
CryptoMachine::~CryptoMachine() = default;

KeyRecovery CryptoMachine::recovery()
{
    return KeyRecovery(*m_parts);
}

SharedHistory CryptoMachine::sharedHistory()
{
    return SharedHistory(*m_parts);
}

Result<std::unique_ptr<CryptoMachine>> CryptoMachine::open(CryptoStore &store, const UserId &user,
                                                           const DeviceId &device, Secret pickleKey,
                                                           const Clock &clock)
{
    auto stored = store.account();
    if (!stored)
        return tl::unexpected(stored.error());
    if (!*stored) {
        const auto made = makeAccount(user, device, pickleKey, clock.nowMs());
        if (!made)
            return tl::unexpected(made.error());
        CryptoChanges changes;
        changes.account = *made;
        // We are the first user whose devices we follow.
        changes.users.append({.user = user, .outdated = true});
        if (auto done = store.save(changes); !done)
            return tl::unexpected(done.error());
        *stored = *made;
    }
    if ((*stored)->user != user || (*stored)->device != device)
        return fail(ErrorKind::Usage, u"PARVIS_CRYPTO_OTHER_ACCOUNT"_s);
    const auto account = OlmAccount::fromPickle((*stored)->pickle, pickleKey);
    if (!account)
        return fail(ErrorKind::Crypto, u"PARVIS_CRYPTO_PICKLE"_s, account.error().code);
    OwnDevice own{.user = user,
                  .device = device,
                  .keys = {account->curveKey(), account->signingKey()},
                  .signedJson = {}};
    const auto json = signedDeviceKeys(*account, user, device, own.keys);
    if (!json)
        return tl::unexpected(json.error());
    own.signedJson = *json;
    auto parts =
        std::make_unique<MachineParts>(StepContext{store, clock, std::move(pickleKey), std::move(own)});
    return std::unique_ptr<CryptoMachine>(new CryptoMachine(std::move(parts)));
}

const OwnKeys &CryptoMachine::ownKeys() const
{
    return m_parts->context.own.keys;
}

Result<QString> CryptoMachine::toDeviceSince() const
{
    return m_parts->context.store.toDeviceSince();
}

Result<bool> CryptoMachine::identityConflict() const
{
    return m_parts->context.store.account().map([](const auto &row) { return row && row->identityConflict; });
}

Result<void> CryptoMachine::onPutBack()
{
    CryptoStep step(m_parts->context);
    m_parts->tracker.invalidateAll(step);
    AccountRecord &account = step.account();
    account.putBackMs = step.nowMs();
    step.changes.ratchetsRetired = true;
    account.serverChecked = false;
    account.fallbackPublishedMs = 0; // long ago: with the next sync there is a new one
    step.accountChanged();
    return step.commit();
}

Result<qint64> CryptoMachine::putBackMs() const
{
    return m_parts->context.store.account().map([](const auto &row) { return row ? row->putBackMs : 0; });
}

Result<void> CryptoMachine::onSignedInAgain()
{
    CryptoStep step(m_parts->context);
    m_parts->tracker.invalidate(step, {step.own().user});
    step.account().serverChecked = false;
    step.accountChanged();
    return step.commit();
}

Result<SyncCryptoOutcome> CryptoMachine::receiveSync(const SyncCrypto &sync)
{
    CryptoStep step(m_parts->context);
    SyncCryptoOutcome outcome;
    // Devices first: a to-device message may come from a device that has just changed.
    if (sync.positionLost)
        m_parts->tracker.invalidateAll(step);
    m_parts->tracker.invalidate(step, sync.changedUsers);
    ToDeviceHandler handler(step, m_parts->gossip);
    for (const QByteArray &event : sync.toDevice)
        handler.handle(event, outcome);
    for (const WithheldRecord &hint : std::as_const(step.changes.withheld))
        outcome.withheld.append({hint.room, hint.session});
    if (!sync.toDevice.isEmpty())
        m_parts->gossip.advance(step);
    if (auto done = m_parts->oneTimeKeys.replenish(step, sync); !done)
        return tl::unexpected(done.error());
    if (!sync.toDeviceNextBatch.isEmpty())
        step.changes.toDeviceSince = sync.toDeviceNextBatch;
    if (!sync.toDevice.isEmpty())
        step.changes.forgetOlmHashesBeforeMs = step.nowMs() - olmHashLifeMs;
    outcome.notes = step.takeNotes();
    return committed(step, outcome);
}

Result<void> CryptoMachine::onDevicesChanged(const QList<UserId> &users)
{
    CryptoStep step(m_parts->context);
    m_parts->tracker.invalidate(step, users);
    return step.commit();
}

Result<void> CryptoMachine::trackUsers(const QList<UserId> &users)
{
    CryptoStep step(m_parts->context);
    m_parts->tracker.track(step, users);
    return step.commit();
}

Result<QList<DeviceRecord>> CryptoMachine::devicesOf(const UserId &user) const
{
    return m_parts->context.store.devices({user}).map([&](const auto &found) { return found.value(user); });
}

Result<void> CryptoMachine::setLocalTrust(const UserId &user, const DeviceId &device, LocalTrust trust)
{
    CryptoStep step(m_parts->context);
    auto record = step.devices.find(user, device);
    if (!record)
        return step.failure.first ? step.commit() : fail(ErrorKind::NotFound, u"PARVIS_UNKNOWN_DEVICE"_s);
    record->trust = trust;
    step.devices.put(*record);
    step.somethingChanged();
    return step.commit();
}

Result<SendReadiness> CryptoMachine::prepareSend(const RoomId &room, const RoomMembers &members,
                                                 std::optional<SharingStrategy> instead)
{
    RoomKeySharing::Progress progress;
    {
        CryptoStep step(m_parts->context);
        auto found = m_parts->sharing.prepare(step, room, members, instead.value_or(step.strategyFor(room)),
                                              instead.has_value());
        if (!found)
            return tl::unexpected(step.failure.first.value_or(found.error()));
        if (auto done = step.commit(); !done)
            return tl::unexpected(done.error());
        progress = *found;
    }
    SendReadiness readiness{.ready = progress.ready, .waitingFor = {}, .callAgainMs = progress.callAgainMs};
    if (progress.ready) {
        m_parts->sharing.remember(room, *progress.session, m_parts->context.generation);
        return readiness;
    }
    CryptoStep step(m_parts->context);
    if (progress.needsQuery) {
        if (const auto query = m_parts->tracker.request(step))
            readiness.waitingFor.append(query->id);
    }
    if (progress.needsClaim) {
        if (const auto claim = m_parts->claims.request(step))
            readiness.waitingFor.append(claim->id);
    }
    if (progress.session) {
        const auto pending = step.failure.take(step.store().pendingShares(room, *progress.session));
        for (const TransactionId &txnId : pending)
            readiness.waitingFor.append(RequestId(txnId.toString()));
    }
    return committed(step, readiness);
}

Result<QByteArray> CryptoMachine::encrypt(const RoomId &room, const QString &eventType,
                                          const QByteArray &content, const TransactionId &queueRow)
{
    CryptoStep step(m_parts->context);
    const auto session = step.rooms.outbound(room);
    const bool ready = session && m_parts->sharing.isReady(room, session->session, step.generation())
        && !RoomKeySharing::isSpent(*session, step.rooms.room(room), step.nowMs())
        && step.failure.take(step.store().pendingShares(room, session->session)).isEmpty();
    if (!ready)
        return tl::unexpected(
            step.failure.first.value_or(Error{ErrorKind::Usage, u"PARVIS_ROOM_NOT_READY"_s, {}, 0}));
    const auto event = encryptForRoom(step, *session, eventType, content);
    if (!event)
        return event;
    if (!queueRow.isEmpty())
        step.changes.queuedCiphertext = QueuedCiphertext{queueRow, *event};
    return committed(step, *event);
}

Result<QList<DecryptionResult>> CryptoMachine::decrypt(const RoomId &room, const QList<QByteArray> &events)
{
    return decrypt({{room, events}}).map([](const auto &answers) { return answers.constFirst(); });
}

Result<QList<QList<DecryptionResult>>> CryptoMachine::decrypt(const QList<RoomCiphertexts> &rooms)
{
    CryptoStep step(m_parts->context);
    QList<QList<DecryptionResult>> results;
    results.reserve(rooms.size());
    for (const RoomCiphertexts &room : rooms) {
        QList<DecryptionResult> one;
        one.reserve(room.events.size());
        for (const QByteArray &event : room.events)
            one.append(decryptRoomEvent(step, room.room, event));
        for (const DecryptionResult &result : std::as_const(one)) {
            const auto *unreadable = std::get_if<Undecryptable>(&result);
            if (!unreadable || !isMissingKey(unreadable->reason))
                continue;
            m_parts->backup.downloads.want(room.room, unreadable->session);
            m_parts->gossip.wantKey(step, room.room, unreadable->session);
        }
        results.append(std::move(one));
    }
    return committed(step, results);
}

} // namespace parvis::crypto
