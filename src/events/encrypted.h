// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/ids.h"

#include <QJsonObject>

#include <optional>

namespace parvis {

/// The readable part of a Megolm event. The sender's key and device are not here on purpose: the
/// specification forbids to rely on them.
struct MegolmEnvelope {
    QString algorithm;
    SessionId session;
    QByteArray ciphertext;
};

/// Empty unless it is m.megolm.v1.aes-sha2 with a session and a ciphertext.
[[nodiscard]] std::optional<MegolmEnvelope> megolmEnvelopeOf(const QJsonObject &content);

} // namespace parvis
