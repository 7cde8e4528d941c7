// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "fakes/await.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_http.h"

namespace parvis::api {

class FakeTokenStore final : public TokenStore
{
public:
    Result<void> save(const Tokens &tokens) override
    {
        saved += tokens.access.view().toByteArray() + '/' + tokens.refresh.view().toByteArray();
        expiresAtMs = tokens.expiresAtMs;
        if (onSave)
            onSave();
        return answer;
    }

    QList<QByteArray> saved;
    qint64 expiresAtMs = -1;
    std::function<void()> onSave;
    Result<void> answer;
};

/// One client with everything around it.
struct World {
    World() : client(http, clock, delay)
    {
        client.setBaseUrl("https://m.x/");
        QObject::connect(&client, &ApiClient::signedOut, &client, [this](const Error &e) { signedOut += e; });
    }
    void signIn(const char *access, const char *refresh)
    {
        client.setTokens(
            {.access = Secret(QByteArrayView(access)), .refresh = Secret(QByteArrayView(refresh))}, &store);
    }

    FakeHttp http;
    FakeClock clock;
    FakeDelay delay;
    FakeTokenStore store;
    ApiClient client;
    QList<Error> signedOut;
};

} // namespace parvis::api
