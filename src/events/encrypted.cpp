// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "events/encrypted.h"

#include "events/event.h"

using namespace Qt::StringLiterals;

namespace parvis {

std::optional<MegolmEnvelope> megolmEnvelopeOf(const QJsonObject &content)
{
    MegolmEnvelope envelope{
        .algorithm = content["algorithm"_L1].toString(),
        .session = SessionId(content["session_id"_L1].toString()),
        .ciphertext = content["ciphertext"_L1].toString().toUtf8(),
    };
    if (envelope.algorithm != "m.megolm.v1.aes-sha2"_L1 || envelope.session.isEmpty()
        || envelope.session.toString().size() > maxIdLength || envelope.ciphertext.isEmpty())
        return {};
    return envelope;
}

} // namespace parvis
