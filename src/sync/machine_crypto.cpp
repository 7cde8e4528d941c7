// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/machine_crypto.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

crypto::Membership toCrypto(MemberState state)
{
    switch (state) {
    case MemberState::Join:
        return crypto::Membership::Join;
    case MemberState::Invite:
        return crypto::Membership::Invite;
    case MemberState::Knock:
        return crypto::Membership::Knock;
    case MemberState::Leave:
        return crypto::Membership::Leave;
    case MemberState::Ban:
        return crypto::Membership::Ban;
    }
    Q_UNREACHABLE();
    return {};
}

Undecryptable fromCrypto(const crypto::Undecryptable &answer)
{
    using Reason = crypto::Undecryptable::Reason;
    switch (answer.reason) {
    case Reason::MissingSession:
    case Reason::UnknownIndex:
    case Reason::MismatchedSender:
        if (answer.withheldCode == "m.unverified"_L1)
            return Undecryptable::WithheldUntrusted;
        if (!answer.withheldCode.isEmpty())
            return Undecryptable::Withheld;
        return answer.reason == Reason::UnknownIndex ? Undecryptable::UnknownIndex
                                                     : Undecryptable::MissingKey;
    case Reason::UnknownAlgorithm:
        return Undecryptable::UnknownAlgorithm;
    case Reason::Malformed:
    case Reason::BadPlaintext:
    case Reason::StateKey:
    case Reason::Nested:
        return Undecryptable::Malformed;
    case Reason::DecryptionFailed:
        return Undecryptable::Failed;
    case Reason::BadRoom:
        return Undecryptable::WrongRoom;
    case Reason::Replay:
        return Undecryptable::Replay;
    }
    Q_UNREACHABLE();
    return Undecryptable::Failed;
}

ShieldColour fromCrypto(crypto::Shield::Colour colour)
{
    switch (colour) {
    case crypto::Shield::Colour::None:
        return ShieldColour::None;
    case crypto::Shield::Colour::Grey:
        return ShieldColour::Grey;
    case crypto::Shield::Colour::Red:
        return ShieldColour::Red;
    }
    Q_UNREACHABLE();
    return ShieldColour::Red;
}

QString fromCrypto(crypto::Shield::Reason reason)
{
    switch (reason) {
    case crypto::Shield::Reason::None:
        return {};
    case crypto::Shield::Reason::UnknownDevice:
        return u"unknown_device"_s;
    case crypto::Shield::Reason::UnsignedDevice:
        return u"unsigned_device"_s;
    case crypto::Shield::Reason::Unauthenticated:
        return u"key_from_elsewhere"_s;
    case crypto::Shield::Reason::Violation:
        return u"identity_changed"_s;
    }
    Q_UNREACHABLE();
    return {};
}

Decryption fromCrypto(const crypto::DecryptionResult &answer)
{
    const auto *clear = std::get_if<crypto::DecryptedEvent>(&answer);
    if (!clear)
        return fromCrypto(std::get<crypto::Undecryptable>(answer));
    return ClearText{.type = clear->type,
                     .content = clear->content,
                     .shield = fromCrypto(clear->shield.colour),
                     .shieldReason = fromCrypto(clear->shield.reason)};
}

std::optional<crypto::HistoryVisibility> visibilityFrom(const QString &word)
{
    if (word == "invited"_L1)
        return crypto::HistoryVisibility::Invited;
    if (word == "joined"_L1)
        return crypto::HistoryVisibility::Joined;
    if (word == "shared"_L1)
        return crypto::HistoryVisibility::Shared;
    if (word == "world_readable"_L1)
        return crypto::HistoryVisibility::WorldReadable;
    return {};
}

} // namespace

MachineCrypto::MachineCrypto(crypto::CryptoMachine &machine, QObject *parent)
    : QObject(parent), m_machine(machine)
{
}

Result<QString> MachineCrypto::toDeviceSince()
{
    return m_machine.toDeviceSince();
}

Result<void> MachineCrypto::receive(const SyncUpdate &update, bool positionLost)
{
    const crypto::SyncCrypto part{
        .toDevice = update.toDevice,
        .changedUsers = update.changedDevices,
        .leftUsers = update.leftDevices,
        .oneTimeKeyCounts = update.oneTimeKeyCounts,
        .absentCountMeansZero = update.dialect == SyncDialect::Classic,
        .unusedFallbackKeyTypes = update.unusedFallbackKeyTypes,
        .toDeviceNextBatch = update.toDeviceNextBatch,
        .positionLost = positionLost,
    };
    const auto outcome = m_machine.receiveSync(part);
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (!outcome->roomKeys.isEmpty())
        Q_EMIT roomKeysArrived(outcome->roomKeys);
    if (!outcome->withheld.isEmpty())
        Q_EMIT roomKeysWithheld(outcome->withheld);
    if (!outcome->toDevice.isEmpty())
        Q_EMIT toDeviceReceived(outcome->toDevice);
    if (!outcome->notes.isEmpty())
        Q_EMIT noted(outcome->notes);
    if (outcome->secretsCame)
        Q_EMIT secretsCame();
    if (outcome->bundleCame)
        Q_EMIT bundleCame();
    Q_EMIT outgoingMayHaveChanged();
    return {};
}

Result<void> MachineCrypto::follow(const QList<RoomNews> &news)
{
    QList<crypto::RoomNews> told;
    told.reserve(news.size());
    bool members = false;
    for (const RoomNews &room : news) {
        crypto::RoomNews one{.room = room.room,
                             .encryption = room.encryption,
                             .visibility = visibilityFrom(room.historyVisibility),
                             .missed = room.missed,
                             .inside = room.inside};
        for (const auto &[user, now] : room.changes)
            one.changes.append({user, toCrypto(now)});
        members = members || !room.inside.isEmpty();
        told.append(std::move(one));
    }
    const auto notes = m_machine.onRooms(told);
    if (!notes)
        return tl::unexpected(notes.error());
    if (!notes->isEmpty())
        Q_EMIT noted(*notes);
    if (members)
        Q_EMIT outgoingMayHaveChanged();
    return {};
}

std::optional<MessageShield> MachineCrypto::shield(const RoomId &room, const SessionId &session,
                                                   const UserId &sender) const
{
    const auto answers = m_machine.shields(room, {{session, sender}});
    if (!answers || !answers->constFirst())
        return {};
    const crypto::Shield &shield = *answers->constFirst();
    return MessageShield{fromCrypto(shield.colour), fromCrypto(shield.reason), shield.sharedBy};
}

Result<QList<Decryption>> MachineCrypto::decrypt(const RoomId &room, const QList<Event> &events)
{
    return decryptRooms({{room, events}}).map([](const auto &answers) { return answers.constFirst(); });
}

Result<QList<QList<Decryption>>> MachineCrypto::decryptRooms(const QList<EncryptedEvents> &rooms)
{
    QList<crypto::RoomCiphertexts> asked;
    for (const EncryptedEvents &room : rooms) {
        crypto::RoomCiphertexts one{room.room, {}};
        for (const Event &event : room.events)
            one.events.append(event.raw);
        asked.append(std::move(one));
    }
    const auto answers = m_machine.decrypt(asked);
    if (!answers)
        return tl::unexpected(answers.error());
    QList<QList<Decryption>> out;
    bool missing = false;
    for (const QList<crypto::DecryptionResult> &room : *answers) {
        QList<Decryption> one;
        for (const crypto::DecryptionResult &answer : room) {
            one.append(fromCrypto(answer));
            const auto *unreadable = std::get_if<crypto::Undecryptable>(&answer);
            missing = missing || (unreadable && isMissingKey(unreadable->reason));
        }
        out.append(std::move(one));
    }
    if (missing)
        Q_EMIT outgoingMayHaveChanged(); // the backup may have the key
    return out;
}

} // namespace parvis
