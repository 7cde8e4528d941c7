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
    Peer(FakeKeyServer &keyServer, FakeClock &fakeClock, const QString &userId, const QString &deviceId);

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
    [[nodiscard]] RoomMembers with(const QList<Peer *> &others) const;

    /// As after a start of the program: nothing is left but the store.
    void start();

    /// Sends one request and marks it. @p answered false: the answer gets lost on the way.
    void send(const OutgoingRequest &request, bool answered = true);

    /// Sends until there is nothing left to send.
    void flush();
    void receive(const SyncCrypto &sync);

    /// One sync, its consequences included.
    void sync();

    /// Makes an identity for this user, and everything that follows from it.
    void bootstrap();
    void encryptRoom(const RoomId &room);

    /// Makes the room ready as the send queue does; false if that failed or takes for ever.
    [[nodiscard]] bool prepare(const RoomId &room, const RoomMembers &members);

    /// The whole event as the server would deliver it to the room.
    [[nodiscard]] QByteArray say(const RoomId &room, const RoomMembers &members, const QString &body);
    [[nodiscard]] QByteArray roomEvent(const RoomId &room, const QByteArray &content) const;
    [[nodiscard]] DecryptionResult decrypt(const RoomId &room, const QByteArray &event);

    /// The body of the message; the word for the reason, in brackets, if it cannot be read.
    [[nodiscard]] QString read(const RoomId &room, const QByteArray &event);
    [[nodiscard]] bool noted(CryptoNote::Kind kind, const QString &detail = {}) const;

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
