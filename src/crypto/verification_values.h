// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"
#include "crypto/sas.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// What goes into and comes out of Verifications (specification, "Key verification framework").
namespace parvis::crypto {

/// Where one verification stands.
enum class VerificationState {
    Requested, ///< asked for, by us or by them
    Ready,     ///< both sides want it; the way of comparing is to be chosen
    Started,   ///< the devices exchange keys for the comparison of emoji
    Comparing, ///< emoji are shown: the person has to say whether they are the same
    Scanned,   ///< the other device says that it read our QR code: the person has to confirm it
    Waiting,   ///< our part is done; the other side's is not
    Done,      ///< trust is saved on both sides
    Cancelled,
    Passive, ///< another device of ours takes care of it
};

/// Why a verification ended without success.
enum class CancelCode {
    User,
    Timeout,
    UnknownTransaction,
    UnknownMethod,
    UnexpectedMessage,
    KeyMismatch,
    UserMismatch,
    InvalidMessage,
    Accepted, ///< another device answered
    MismatchedCommitment,
    MismatchedSas,
};

/// The word in `code`: "m.user".
[[nodiscard]] QString word(CancelCode code);
/// English, for the `reason` that goes with it; the code alone is meant for programs.
[[nodiscard]] QString sentence(CancelCode code);

/// One verification, as it can be shown.
struct VerificationInfo {
    QString flow;      ///< its id: transaction or event id
    UserId user;       ///< the other side; ourselves where a device of ours is verified
    DeviceId device;   ///< empty: not known yet
    RoomId room;       ///< empty: by to-device messages
    bool byUs = false; ///< we asked
    VerificationState state = VerificationState::Requested;
    QByteArray sas;       ///< six bytes for sasEmojis() and sasDecimals(); empty: nothing to compare
    bool emoji = false;   ///< both sides can show emoji; else only the numbers are to be compared
    bool canSas = false;  ///< what can be chosen now
    bool canShow = false; ///< our QR code
    bool canScan = false; ///< theirs
    QString cancelCode;   ///< the word, as it was sent or received, at most 255 characters
    QString reason;       ///< what came with it: another's text, bounded; never shown as if it were ours
    bool cancelledByUs = false;

    bool operator==(const VerificationInfo &) const = default;
};

/// A message of a verification in a room, decrypted where it was encrypted; from the live timeline only.
struct RoomVerificationEvent {
    RoomId room;
    EventId event;
    UserId sender;
    DeviceId senderDevice; ///< who encrypted it; empty: nobody knows
    qint64 originServerTs = 0;
    QString type;
    QByteArray content;
};

/// A message to be sent to a room, encrypted where the room is.
struct OutgoingRoomVerification {
    RoomId room;
    QString type;
    QByteArray content;
    QString handle; ///< of a request: for Verifications::roomRequestSent()

    bool operator==(const OutgoingRoomVerification &) const = default;
};

/// What one call did. To-device messages are in the machine's queue already.
struct VerificationOutcome {
    QList<OutgoingRoomVerification> toRooms;
    QString flow;             ///< of the request that the call made; in a room: its handle
    bool ownVerified = false; ///< our own identity is known as ours now: missing secrets can be asked for
};

/// Whether an event belongs to a verification: its room key goes to every device of the other side, verified
/// or not, since it is what makes them so.
[[nodiscard]] bool isVerificationEvent(const QString &type, const QByteArray &content);

} // namespace parvis::crypto
