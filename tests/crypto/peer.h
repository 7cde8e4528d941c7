// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/crypto_machine.h"
#include "fakes/fake_clock.h"
#include "fakes/memory_crypto_store.h"

#include <QtTest/QTest>

#include "fake_key_server.h"

namespace parvis::crypto {

/// One device with its machine and its store, talking to the fake server as an engine would.
class Peer
{
public:
    Peer(FakeKeyServer &keyServer, FakeClock &fakeClock, const QString &userId, const QString &deviceId)
        : server(keyServer), clock(fakeClock), address(userId, deviceId)
    {
        start();
    }

    FakeKeyServer &server;
    FakeClock &clock;
    FakeKeyServer::Address address;
    MemoryCryptoStore store;
    std::unique_ptr<CryptoMachine> machine;
    QList<CryptoNote> notes;
    QList<RoomKeyNews> roomKeys;
    QList<ReceivedToDevice> received;

    [[nodiscard]] UserId user() const { return UserId(address.first); }
    [[nodiscard]] DeviceId device() const { return DeviceId(address.second); }
    [[nodiscard]] RoomMembers with(const QList<Peer *> &others) const
    {
        RoomMembers members{.joined = {user()}, .invited = {}};
        for (const Peer *other : others)
            members.joined.append(other->user());
        return members;
    }

    /// As after a start of the program: nothing is left but the store.
    void start()
    {
        machine.reset();
        auto opened = CryptoMachine::open(store, user(), device(), Secret(pickleKey), clock);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().code));
        machine = std::move(*opened);
    }

    /// Sends one request and marks it. @p answered false: the answer gets lost on the way.
    void send(const OutgoingRequest &request, bool answered = true)
    {
        Result<QByteArray> answer;
        if (const auto *upload = std::get_if<KeysUpload>(&request.what))
            answer = server.upload(address, upload->body);
        else if (const auto *query = std::get_if<KeysQuery>(&request.what))
            answer = server.query(query->body);
        else if (const auto *claim = std::get_if<KeysClaim>(&request.what))
            answer = server.claim(claim->body);
        else if (const auto *signatures = std::get_if<SignaturesUpload>(&request.what))
            answer = server.uploadSignatures(address.first, signatures->body);
        else if (std::holds_alternative<BackupVersionQuery>(request.what))
            answer = server.backups[address.first].version();
        else if (const auto *keys = std::get_if<BackupUpload>(&request.what))
            answer = server.backups[address.first].upload(*keys);
        else if (const auto *key = std::get_if<BackupDownload>(&request.what))
            answer = server.backups[address.first].download(*key);
        else
            server.sendToDevice(address.first, std::get<SendToDevice>(request.what));
        if (!answered)
            return;
        const auto outcome =
            answer ? machine->markSent(request.id, *answer) : machine->markFailed(request.id, answer.error());
        if (outcome) {
            notes += outcome->notes;
            roomKeys += outcome->roomKeys;
        }
    }

    /// Sends until there is nothing left to send.
    void flush()
    {
        for (int round = 0; round < 200; ++round) {
            const auto requests = machine->outgoing();
            if (!requests || requests->isEmpty())
                return;
            for (const OutgoingRequest &request : *requests)
                send(request);
        }
        QFAIL("the machine never runs out of requests");
    }

    void receive(const SyncCrypto &sync)
    {
        const auto outcome = machine->receiveSync(sync);
        QVERIFY(outcome);
        notes += outcome->notes;
        roomKeys += outcome->roomKeys;
        received += outcome->toDevice;
    }

    /// One sync, its consequences included.
    void sync()
    {
        const SyncCrypto answer = server.sync(address);
        receive(answer);
        server.acknowledge(address, answer);
        flush();
    }

    /// Makes an identity for this user, and everything that follows from it.
    void bootstrap()
    {
        const auto body = machine->newIdentity();
        QVERIFY(body);
        server.uploadIdentity(address.first, *body);
        QVERIFY(machine->newIdentityAccepted());
        flush();
        sync();
    }

    void encryptRoom(const RoomId &room)
    {
        QVERIFY(machine->setRoomEncryption(room, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
    }

    /// Makes the room ready as the send queue does; false if that failed or takes for ever.
    [[nodiscard]] bool prepare(const RoomId &room, const RoomMembers &members)
    {
        for (int round = 0; round < 100; ++round) {
            const auto readiness = machine->prepareSend(room, members);
            if (!readiness)
                return false;
            if (readiness->ready)
                return true;
            flush();
        }
        return false;
    }

    /// The whole event as the server would deliver it to the room.
    [[nodiscard]] QByteArray say(const RoomId &room, const RoomMembers &members, const QString &body)
    {
        if (!prepare(room, members))
            return {};
        const QJsonObject content{{QLatin1String("msgtype"), QLatin1String("m.text")},
                                  {QLatin1String("body"), body}};
        const auto encrypted = machine->encrypt(room, QStringLiteral("m.room.message"),
                                                FakeKeyServer::text(content), TransactionId());
        return encrypted ? roomEvent(room, *encrypted) : QByteArray();
    }

    [[nodiscard]] QByteArray roomEvent(const RoomId &room, const QByteArray &content) const
    {
        static int number = 0;
        return FakeKeyServer::text({{QLatin1String("type"), QLatin1String("m.room.encrypted")},
                                    {QLatin1String("event_id"), QStringLiteral("$e%1").arg(++number)},
                                    {QLatin1String("sender"), address.first},
                                    {QLatin1String("room_id"), room.toString()},
                                    {QLatin1String("origin_server_ts"), 1000 + number},
                                    {QLatin1String("content"), FakeKeyServer::parse(content)}});
    }

    [[nodiscard]] DecryptionResult decrypt(const RoomId &room, const QByteArray &event)
    {
        const auto results = machine->decrypt(room, {event});
        if (!results || results->size() != 1)
            qFatal("decrypt answered nothing");
        return results->first();
    }

    /// The body of the message; the word for the reason, in brackets, if it cannot be read.
    [[nodiscard]] QString read(const RoomId &room, const QByteArray &event)
    {
        const DecryptionResult result = decrypt(room, event);
        if (const auto *failed = std::get_if<Undecryptable>(&result))
            return QLatin1Char('[') + Undecryptable::name(failed->reason) + QLatin1Char(']');
        return FakeKeyServer::parse(std::get<DecryptedEvent>(result).content)[QLatin1String("body")]
            .toString();
    }

    [[nodiscard]] bool noted(CryptoNote::Kind kind, const QString &detail = {}) const
    {
        return std::any_of(notes.cbegin(), notes.cend(), [&](const CryptoNote &note) {
            return note.kind == kind && (detail.isEmpty() || note.detail == detail);
        });
    }

private:
    static constexpr auto pickleKey = "0123456789abcdef0123456789abcdef";
};

/// The query that the machine wants sent, if there is one.
[[nodiscard]] inline std::optional<KeysQuery> queryOf(const Peer &peer, RequestId *id = nullptr)
{
    const auto requests = peer.machine->outgoing();
    for (const OutgoingRequest &request : *requests) {
        if (const auto *query = std::get_if<KeysQuery>(&request.what)) {
            if (id)
                *id = request.id;
            return *query;
        }
    }
    return {};
}

} // namespace parvis::crypto
