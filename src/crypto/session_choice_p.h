// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_records.h"
#include "crypto/exported_session.h"

#include <optional>

namespace parvis::crypto {

/// The way by which a key came; the order is how far it is believed before it has opened anything.
enum class KeyOrigin {
    Invitation, ///< somebody else passed it on with an invitation
    OwnImport,  ///< the person's own: of a file, the backup, another device
    Olm,        ///< from who says to have made it
};
[[nodiscard]] KeyOrigin originOf(const InboundSessionRecord &record);

/// Whether the key may leave this device again. What somebody passed on with an invitation has to open an
/// event first: until then it may be nothing, and would take the place of what is right wherever it went.
[[nodiscard]] bool mayLeave(const InboundSessionRecord &record);

/// Of some copies of one session, the one to keep where there is place for one only: of the ratchet of which
/// most is known, the copy that reaches back furthest. Empty: none of them may leave, or can be read.
[[nodiscard]] std::optional<InboundSessionRecord> bestCopy(const QList<InboundSessionRecord> &copies,
                                                           const Secret &pickleKey);

/// The key of a stored session, from its first index on; empty where its pickle cannot be read.
[[nodiscard]] std::optional<ExportedSession> exportedSession(const InboundSessionRecord &record,
                                                             const Secret &pickleKey);

} // namespace parvis::crypto
