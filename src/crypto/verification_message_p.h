// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/raw_object.h"
#include "crypto/crypto_values.h"
#include "crypto/verification_values.h"

#include <QStringList>

#include <optional>

namespace parvis::crypto {

/// One message of a verification, whichever way it came.
struct VerificationMessage {
    enum class Kind { Request, Ready, Start, Accept, Key, Mac, Done, Cancel };

    Kind kind = Kind::Request;
    QString flow;
    UserId sender;
    DeviceId fromDevice; ///< what it says itself; empty in kinds that do not
    RoomId room;         ///< empty: to-device
    EventId event;       ///< in a room
    qint64 sentMs = 0;   ///< of a request
    RawObject content;
    QByteArray raw; ///< the content as it came: commitments are made over it
};

/// Nothing where it is none, breaks a rule that no verification can be blamed for, or contradicts who
/// encrypted it.
[[nodiscard]] std::optional<VerificationMessage> readMessage(const ReceivedToDevice &event);
[[nodiscard]] std::optional<VerificationMessage> readMessage(const RoomVerificationEvent &event);

/// "m.key.verification.ready"
[[nodiscard]] QString typeOf(VerificationMessage::Kind kind);

/// The strings of an array; nothing where it is none, holds something else, or is longer than any honest one.
[[nodiscard]] std::optional<QStringList> shortStrings(const RawObject &content, const QString &name);

inline constexpr qsizetype maxVerificationContent = 64 * 1024;

} // namespace parvis::crypto
