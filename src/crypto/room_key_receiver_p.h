// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/megolm_inbound.h"
#include "crypto/olm_receiver_p.h"

namespace parvis::crypto {

/// Takes in an `m.room_key`. Answers with the session if it is new or reads further back or is better known
/// now; empty if the key is refused (with a note) or brings nothing.
[[nodiscard]] std::optional<RoomKeyNews> receiveRoomKey(CryptoStep &step, const ReceivedOlm &received);

/// Takes in an `m.room_key.withheld`, from whomever.
void receiveWithheld(CryptoStep &step, const UserId &sender, const RawObject &content);

/// Joins what is stored with what came for the same session. Empty: the stored record stays as it is.
///
/// Sessions that are not the same ratchet, or not of the same sender, are never joined; only a stored session
/// that nothing authenticates gives way then: to one that came over Olm; and, as long as it has opened no
/// event, to another import that comes by no lesser way (KeyOrigin). Of two that are the same, the longer
/// ratchet, the higher trust and the better way are kept.
[[nodiscard]] std::optional<InboundSessionRecord> mergeSessions(const InboundSessionRecord &stored,
                                                                const InboundSessionRecord &offered,
                                                                const Secret &pickleKey);

/// Who owns a session, after looking at the devices that @p user has now: fills in owner and trust where the
/// device with the session's keys is known. True if the record changed.
bool identifyOwner(CryptoStep &step, InboundSessionRecord &record, const UserId &user);

/// The `shared_history` flag under any of its three names.
[[nodiscard]] bool readSharedHistory(const RawObject &content);

} // namespace parvis::crypto
