// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_step_p.h"
#include "crypto/exported_session.h"

namespace parvis::crypto {

/// The secrets that devices of one person give each other.
[[nodiscard]] QStringList secretNames();

/// The type of the question.
[[nodiscard]] QString typeOf(const GossipRecord &row);
/// The content of the question, and that which takes it back.
[[nodiscard]] QByteArray requestOf(const GossipRecord &row);
[[nodiscard]] QByteArray cancellationOf(const GossipRecord &row);

/// The content of an `m.forwarded_room_key`. Holds the key: wipe() it.
[[nodiscard]] QByteArray forwardedKey(const ExportedSession &key);
/// Nothing for what is none.
[[nodiscard]] std::optional<ExportedSession> readForwardedKey(const QByteArray &content);

/// Queues one message, in clear, for each of these devices.
void sendToDevices(CryptoStep &step, const QList<DeviceRecord> &devices, const QString &type,
                   const QByteArray &content);

} // namespace parvis::crypto
