// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "api/api_client.h"
#include "crypto/crypto_machine.h"
#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_http.h"
#include "fakes/memory_crypto_store.h"
#include "fakes/temporary_cache.h"

namespace parvis {

using namespace Qt::StringLiterals;

/// What stands around one part of an engine: a server of the test's words, a real cache, a real machine.
struct ApiWorld {
    const RoomId room{u"!r:x"_s};
    FakeHttp http;
    FakeClock clock;
    FakeDelay delay;
    ApiClient api{http, clock, delay};
    TemporaryCache cache;
    crypto::MemoryCryptoStore store;
    std::unique_ptr<crypto::CryptoMachine> machine;

    ApiWorld()
    {
        api.setBaseUrl("https://m.x");
        api.setTokens({.access = Secret(QByteArrayView("token")), .refresh = {}, .expiresAtMs = 0}, nullptr);
        auto opened = crypto::CryptoMachine::open(store, UserId(u"@me:x"_s), DeviceId(u"ME"_s),
                                                  Secret(QByteArray(32, 'p')), clock);
        if (!opened)
            qFatal("the test's machine does not open");
        machine = *std::move(opened);
    }

    void write(const RoomChanges &changes)
    {
        if (!cache->commit({.rooms = {changes}}))
            qFatal("the test's cache does not take it");
    }
    /// Somebody's membership, as a synchronisation brings it.
    void member(const QString &user, const QString &membership)
    {
        static int number = 0;
        write({.id = room, .state = {make::member(u"$m%1"_s.arg(++number), user, membership)}});
    }
    void encrypt()
    {
        if (!machine->setRoomEncryption(room, R"({"algorithm":"m.megolm.v1.aes-sha2"})"))
            qFatal("the test's machine does not take it");
    }
};

} // namespace parvis
