// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/key_gossip_p.h"

namespace parvis::crypto {

/// Takes in the to-device events of one sync answer, in their order: decrypts, keeps room keys, hands on the
/// rest.
class ToDeviceHandler
{
public:
    ToDeviceHandler(CryptoStep &step, KeyGossip &gossip) : m_step(step), m_gossip(gossip), m_receiver(step) {}

    void handle(const QByteArray &event, SyncCryptoOutcome &outcome);

private:
    void handleClear(const UserId &sender, const QString &type, const RawObject &event,
                     SyncCryptoOutcome &outcome);
    void handleDecrypted(const ReceivedOlm &received, SyncCryptoOutcome &outcome);

    CryptoStep &m_step;
    KeyGossip &m_gossip;
    OlmReceiver m_receiver;
};

} // namespace parvis::crypto
