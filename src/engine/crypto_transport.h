// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "send/outgoing_pump.h"

namespace parvis {

/// The crypto machine's requests over the account's ApiClient. Core thread.
class ApiCryptoTransport final : public QObject, public CryptoTransport
{
public:
    ApiCryptoTransport(ApiClient &api, const Clock &clock) : m_api(api), m_clock(clock) {}

    [[nodiscard]] Task<CryptoReply> send(const crypto::OutgoingRequest &request) override;

private:
    ApiClient &m_api;
    const Clock &m_clock;
};

} // namespace parvis
