// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/result.h"
#include "events/room_event.h"

#include <QList>

#include <variant>

namespace parvis {

/// What became of one event: its clear text, or why there is none.
using Decryption = std::variant<ClearText, Undecryptable>;

/// Encrypted events of one room.
struct EncryptedEvents {
    RoomId room;
    QList<Event> events;
};

/// Turns the ciphertext of room events into clear text. Core thread.
///
/// Every check (sender, room, replay) is the decryptor's; who calls it stores what it answers.
class Decryptor
{
public:
    virtual ~Decryptor() = default;
    /// The answers stand in the order of @p events. Fails only when what it learnt cannot be stored.
    [[nodiscard]] virtual Result<QList<Decryption>> decrypt(const RoomId &room,
                                                            const QList<Event> &events) = 0;
    /// The same for several rooms, in one save.
    [[nodiscard]] virtual Result<QList<QList<Decryption>>>
    decryptRooms(const QList<EncryptedEvents> &rooms) = 0;
};

} // namespace parvis
