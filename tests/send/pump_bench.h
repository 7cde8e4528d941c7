// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/peer.h"
#include "send/outgoing_pump.h"

#include <vector>

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Requests wait until the test answers them.
class FakeTransport : public CryptoTransport
{
public:
    struct Sent {
        OutgoingRequest request;
        Promise<CryptoReply> promise;
    };
    std::vector<Sent> sent;

    Task<CryptoReply> send(const OutgoingRequest &request) override
    {
        sent.push_back({request, {}});
        return sent.back().promise.task();
    }

    void answer(std::size_t index, CryptoReply reply)
    {
        auto promise = std::move(sent.at(index).promise);
        promise.resolve(std::move(reply));
    }
};

/// One device with real keys, whose requests go through the pump.
struct PumpBench {
    const RoomId room{u"!room:example.org"_s};
    FakeClock clock;
    FakeKeyServer server;
    Peer bob{server, clock, u"@bob:example.org"_s, u"B"_s};
    Peer alice{server, clock, u"@alice:example.org"_s, u"A"_s};
    FakeTransport transport;
    OutgoingPump pump{*alice.machine, transport, clock};

    PumpBench() { bob.flush(); }

    /// What the server says to the newest request.
    void accept()
    {
        const OutgoingRequest request = transport.sent.back().request;
        CryptoReply reply{"{}", {}};
        if (const auto *upload = std::get_if<KeysUpload>(&request.what))
            reply.body = server.upload(alice.address, upload->body).value();
        else if (const auto *query = std::get_if<KeysQuery>(&request.what))
            reply.body = server.query(query->body);
        else if (const auto *claim = std::get_if<KeysClaim>(&request.what))
            reply.body = server.claim(claim->body);
        else
            server.sendToDevice(alice.address.first, std::get<SendToDevice>(request.what));
        transport.answer(transport.sent.size() - 1, reply);
    }

    /// Of whatever waits.
    [[nodiscard]] std::optional<Error> trouble() const
    {
        QList<RequestId> all;
        const auto requests = alice.machine->outgoing().value();
        for (const OutgoingRequest &request : requests)
            all += request.id;
        return pump.trouble(all);
    }

    void refuse(ErrorKind kind, const char *code, const QByteArray &body = {}, int retryAfterMs = 0)
    {
        transport.answer(transport.sent.size() - 1,
                         {body, Error{kind, QString::fromLatin1(code), {}, retryAfterMs}});
    }

    /// What a message for @p room fails with now; empty: it goes on.
    [[nodiscard]] QString prepareError()
    {
        const auto readiness = alice.machine->prepareSend(room, alice.with({&bob}));
        return readiness ? QString() : readiness.error().code;
    }

    void acceptAll()
    {
        while (!pump.isIdle())
            accept();
    }

    /// Until the key for @p room lies there to be sent to Bob.
    void shareKey()
    {
        acceptAll();
        alice.encryptRoom(room);
        for (int round = 0; round < 20; ++round) {
            QVERIFY(alice.machine->prepareSend(room, alice.with({&bob})));
            pump.kick();
            if (std::holds_alternative<SendToDevice>(transport.sent.back().request.what))
                return;
            acceptUntilToDevice();
        }
        QFAIL("no key is shared");
    }

    void acceptUntilToDevice()
    {
        while (!pump.isIdle() && !std::holds_alternative<SendToDevice>(transport.sent.back().request.what))
            accept();
    }
};

} // namespace parvis::crypto
