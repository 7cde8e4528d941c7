// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "peer.h"

namespace parvis::crypto {

Peer::Peer(FakeKeyServer &keyServer, FakeClock &fakeClock, const QString &userId, const QString &deviceId)
    : server(keyServer), clock(fakeClock), address(userId, deviceId)
{
    start();
}

RoomMembers Peer::with(const QList<Peer *> &others) const
{
    RoomMembers members{.joined = {user()}, .invited = {}};
    for (const Peer *other : others)
        members.joined.append(other->user());
    return members;
}

void Peer::start()
{
    machine.reset();
    auto opened = CryptoMachine::open(store, user(), device(), Secret(pickleKey), clock);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().code));
    machine = std::move(*opened);
}

void Peer::send(const OutgoingRequest &request, bool answered)
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
    const bool bounded =
        std::holds_alternative<KeysQuery>(request.what) || std::holds_alternative<KeysClaim>(request.what);
    if (bounded && server.largestAnswer > 0 && answer && answer->size() > server.largestAnswer)
        answer = fail(ErrorKind::TooLarge, QStringLiteral("PARVIS_REPLY_TOO_LARGE"));
    const auto outcome =
        answer ? machine->markSent(request.id, *answer) : machine->markFailed(request.id, answer.error());
    if (outcome) {
        notes += outcome->notes;
        roomKeys += outcome->roomKeys;
    }
}

void Peer::flush()
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

void Peer::receive(const SyncCrypto &sync)
{
    const auto outcome = machine->receiveSync(sync);
    QVERIFY(outcome);
    notes += outcome->notes;
    roomKeys += outcome->roomKeys;
    received += outcome->toDevice;
}

void Peer::sync()
{
    const SyncCrypto answer = server.sync(address);
    receive(answer);
    server.acknowledge(address, answer);
    flush();
}

void Peer::bootstrap()
{
    const auto body = machine->newIdentity();
    QVERIFY(body);
    server.uploadIdentity(address.first, *body);
    QVERIFY(machine->newIdentityAccepted(false));
    flush();
    sync();
}

void Peer::encryptRoom(const RoomId &room)
{
    QVERIFY(machine->setRoomEncryption(room, R"({"algorithm":"m.megolm.v1.aes-sha2"})"));
}

bool Peer::prepare(const RoomId &room, const RoomMembers &members)
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

QByteArray Peer::say(const RoomId &room, const RoomMembers &members, const QString &body)
{
    if (!prepare(room, members))
        return {};
    const QJsonObject content{{QLatin1String("msgtype"), QLatin1String("m.text")},
                              {QLatin1String("body"), body}};
    const auto encrypted = machine->encrypt(room, QStringLiteral("m.room.message"),
                                            FakeKeyServer::text(content), TransactionId());
    return encrypted ? roomEvent(room, *encrypted) : QByteArray();
}

QByteArray Peer::roomEvent(const RoomId &room, const QByteArray &content) const
{
    static int number = 0;
    return FakeKeyServer::text({{QLatin1String("type"), QLatin1String("m.room.encrypted")},
                                {QLatin1String("event_id"), QStringLiteral("$e%1").arg(++number)},
                                {QLatin1String("sender"), address.first},
                                {QLatin1String("room_id"), room.toString()},
                                {QLatin1String("origin_server_ts"), 1000 + number},
                                {QLatin1String("content"), FakeKeyServer::parse(content)}});
}

DecryptionResult Peer::decrypt(const RoomId &room, const QByteArray &event)
{
    const auto results = machine->decrypt(room, {event});
    if (!results || results->size() != 1)
        qFatal("decrypt answered nothing");
    return results->first();
}

QString Peer::read(const RoomId &room, const QByteArray &event)
{
    const DecryptionResult result = decrypt(room, event);
    if (const auto *failed = std::get_if<Undecryptable>(&result))
        return QLatin1Char('[') + Undecryptable::name(failed->reason) + QLatin1Char(']');
    return FakeKeyServer::parse(std::get<DecryptedEvent>(result).content)[QLatin1String("body")].toString();
}

bool Peer::noted(CryptoNote::Kind kind, const QString &detail) const
{
    return std::any_of(notes.cbegin(), notes.cend(), [&](const CryptoNote &note) {
        return note.kind == kind && (detail.isEmpty() || note.detail == detail);
    });
}

} // namespace parvis::crypto
