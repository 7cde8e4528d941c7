// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "events/decryptor.h"

namespace parvis {

/// Decrypts what is encrypted among @p events, in one go, and leaves the rest as it is.
[[nodiscard]] Result<QList<RoomEvent>> decryptAll(Decryptor &decryptor, const RoomId &room,
                                                  const QList<Event> &events);
/// The same for several rooms; the answers stand in their order.
[[nodiscard]] Result<QList<QList<RoomEvent>>> decryptAll(Decryptor &decryptor,
                                                         const QList<EncryptedEvents> &rooms);

} // namespace parvis
