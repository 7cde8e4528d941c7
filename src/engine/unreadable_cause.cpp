// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/unreadable_cause.h"

namespace parvis {

namespace {

/// What makes the backup readable here; none where nothing does.
UnreadableRemedy key(const KeyWays &ways)
{
    if (!ways.deviceVerified && ways.canVerify)
        return UnreadableRemedy::VerifyThisDevice;
    return ways.hasRecovery ? UnreadableRemedy::EnterRecoveryKey : UnreadableRemedy::None;
}

/// What may still bring a key: what opens the backup where it is shut, else another try.
UnreadableRemedy stillPossible(const KeyWays &ways)
{
    const bool shut = ways.backupExists && !ways.backupReadable;
    const UnreadableRemedy remedy = shut ? key(ways) : UnreadableRemedy::None;
    return remedy == UnreadableRemedy::None ? UnreadableRemedy::AskAgain : remedy;
}

UnreadableCause missingKey(const timeline::Item &item, const KeyWays &ways)
{
    if (item.ts >= ways.deviceCreatedMs)
        return {item.reason == Undecryptable::UnknownIndex ? UnreadableReason::KeyStartsLater
                                                           : UnreadableReason::KeyNotArrived,
                stillPossible(ways)};
    if (!ways.backupExists)
        return {UnreadableReason::SentBeforeDevice, UnreadableRemedy::None};
    if (!ways.backupReadable)
        return {UnreadableReason::BackupLocked, key(ways)};
    return {UnreadableReason::NotInBackup, UnreadableRemedy::AskAgain};
}

/// The sender said that this device does not get the key. Anyone can say so: it takes no way away.
UnreadableCause withheld(const timeline::Item &item, const KeyWays &ways)
{
    if (item.reason == Undecryptable::Withheld)
        return {UnreadableReason::NotForThisDevice, stillPossible(ways)};
    if (ways.deviceVerified)
        return {UnreadableReason::UntrustedDevice, UnreadableRemedy::AskAgain};
    const UnreadableRemedy remedy = key(ways);
    return {UnreadableReason::UntrustedDevice,
            remedy == UnreadableRemedy::None ? UnreadableRemedy::VerifyThisDevice : remedy};
}

} // namespace

KeyWays keyWays(const CryptoStatus &status, qint64 deviceCreatedMs)
{
    return {.deviceCreatedMs = deviceCreatedMs,
            .backupExists = !status.backupVersion.isEmpty(),
            .backupReadable = status.backupReadable,
            .deviceVerified = status.verified,
            .canVerify = status.canVerify,
            .hasRecovery = status.secretStorage};
}

UnreadableCause causeOf(const timeline::Item &item, const KeyWays &ways, const KeyHope &hope)
{
    switch (item.reason) {
    case Undecryptable::None:
        return {};
    case Undecryptable::MissingKey:
    case Undecryptable::UnknownIndex:
    case Undecryptable::Withheld:
    case Undecryptable::WithheldUntrusted:
        break;
    case Undecryptable::UnknownAlgorithm:
        return {UnreadableReason::UnknownAlgorithm, UnreadableRemedy::None};
    case Undecryptable::Malformed:
    case Undecryptable::Failed:
        return {UnreadableReason::Damaged, UnreadableRemedy::None};
    case Undecryptable::WrongRoom:
    case Undecryptable::Replay:
        return {UnreadableReason::Replayed, UnreadableRemedy::None};
    case Undecryptable::WrongSender:
        return {UnreadableReason::BadSignature, UnreadableRemedy::None};
    }
    if (hope.beingFetched && ways.backupReadable)
        return {UnreadableReason::BeingFetched, UnreadableRemedy::Wait};
    if (item.beforeJoining)
        return {UnreadableReason::SentBeforeJoining, UnreadableRemedy::None};
    if (item.reason == Undecryptable::Withheld || item.reason == Undecryptable::WithheldUntrusted)
        return withheld(item, ways);
    if (hope.justCame)
        return {UnreadableReason::KeyNotArrived, UnreadableRemedy::Wait};
    return missingKey(item, ways);
}

} // namespace parvis
