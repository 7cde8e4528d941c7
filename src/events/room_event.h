// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/event.h"

namespace parvis {

/// Why an event cannot be read (matrix-client 3.11). The value is stored: new ones go to the end.
enum class Undecryptable {
    None,             ///< it can
    MissingKey,       ///< no session: repaired when the key comes
    UnknownIndex,     ///< the session starts later than the message
    UnknownAlgorithm, ///< a method of which this program knows nothing
    Malformed,        ///< the envelope or the plaintext breaks the specification
    WrongRoom,        ///< encrypted for another room
    WrongSender,      ///< only others' keys came; such lines are from before that counted as a missing key
    Replay,           ///< the same message index in another event
    Failed,           ///< the ratchet refuses the ciphertext
    Withheld,         ///< the sender's device says that it will not share the key
    WithheldUntrusted ///< the same, because this device is not verified
};

/// What the person is shown about the origin of a message.
enum class ShieldColour { None, Grey, Red };

/// The result of a decryption, as it is stored beside the ciphertext.
struct ClearText {
    QString type;
    QByteArray content; ///< a JSON object
    ShieldColour shield = ShieldColour::None;
    QString shieldReason = {}; ///< stable word, empty without a shield

    bool operator==(const ClearText &) const = default;
};

/// An event of a timeline with its clear text, if it was encrypted and could be read. A value, any thread.
struct RoomEvent {
    Event event;
    std::optional<ClearText> clear = {};
    Undecryptable reason = Undecryptable::None;
    SessionId session = {}; ///< of an encrypted event: whose key would repair it

    /// True as well for what could be decrypted.
    [[nodiscard]] bool isEncrypted() const { return event.isEncrypted(); }
    [[nodiscard]] bool isReadable() const { return !isEncrypted() || clear || event.redacted; }
    /// Of the clear text where there is one.
    [[nodiscard]] const QString &type() const { return clear ? clear->type : event.type; }
    /// Of the clear text where there is one; the relation of the clear part is copied in if the inner has
    /// none.
    [[nodiscard]] QJsonObject content() const;

    bool operator==(const RoomEvent &) const = default;
};

} // namespace parvis

// As with Event.
Q_DECLARE_TYPEINFO(parvis::ClearText, Q_RELOCATABLE_TYPE);
Q_DECLARE_TYPEINFO(parvis::RoomEvent, Q_RELOCATABLE_TYPE);
