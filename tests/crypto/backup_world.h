// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/megolm_inbound.h"

#include "recovery_world.h"

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Alice with a device and a recovery, Bob who writes to her, and a server that both talk to.
class BackupWorld
{
public:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    QByteArray recoveryKey;
    const QString user = u"@alice:one"_s;
    const RoomId room{u"!r:one"_s};

    [[nodiscard]] FakeBackups &backups() { return server->backups[user]; }
    [[nodiscard]] BackupView view(Peer &peer) const { return *peer.machine->recovery().backup(); }
    [[nodiscard]] auto &stored(int version = 1) { return backups().versions[version].sessions; }

    void setUp()
    {
        SetupPlayer setup(*alice, false);
        setup.run();
        if (setup.error)
            qFatal("%s", qPrintable(setup.error->code));
        recoveryKey = setup.recoveryKey;
        alice->flush();
        alice->sync();
    }
    /// What Bob says next is under another key.
    void newSession()
    {
        if (!bob->machine->discardSession(room))
            qFatal("no store");
    }
    /// Bob says something that Alice gets the key of.
    QByteArray bobSays(const QString &text)
    {
        const QByteArray event = bob->say(room, bob->with({alice.get()}), text);
        alice->sync();
        return event;
    }
    [[nodiscard]] std::unique_ptr<Peer> newDevice(const QString &device = u"A2"_s)
    {
        auto peer = std::make_unique<Peer>(*server, clock, user, device);
        peer->flush();
        peer->sync();
        peer->encryptRoom(room);
        return peer;
    }
    [[nodiscard]] std::unique_ptr<Peer> recovered()
    {
        auto peer = newDevice();
        const auto outcome = recoverWith(*peer, recoveryKey);
        if (!outcome || !outcome->backup)
            qFatal("not recovered");
        peer->flush();
        return peer;
    }
    template <typename Request>
    [[nodiscard]] static std::optional<std::pair<OutgoingRequest, Request>> wanted(Peer &peer)
    {
        const auto requests = peer.machine->outgoing();
        for (const OutgoingRequest &request : *requests) {
            if (const auto *found = std::get_if<Request>(&request.what))
                return std::pair(request, *found);
        }
        return {};
    }
    /// A record as the importer makes it, at a later index.
    [[nodiscard]] InboundSessionRecord exportedAt(Peer &peer, const InboundSessionRecord &record,
                                                  quint32 index, const Curve25519Key &senderKey = {})
    {
        const auto megolm = MegolmInbound::fromPickle(
            record.pickle, Secret(QByteArrayView("0123456789abcdef0123456789abcdef")));
        ExportedSession key{.room = record.room,
                            .session = record.session,
                            .senderKey = senderKey.isEmpty() ? record.senderKey : senderKey,
                            .claimedKey = record.claimedKey,
                            .sessionKey = *megolm->exportAt(index)};
        return *peer.machine->recovery().importer().prepare(key);
    }

    /// A new world, for each test.
    void begin()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
        bob = std::make_unique<Peer>(*server, clock, u"@bob:two"_s, u"B"_s);
        for (Peer *peer : {alice.get(), bob.get()}) {
            peer->flush();
            peer->encryptRoom(room);
        }
        if (!alice->machine->trackUsers({bob->user()}))
            qFatal("not followed");
        if (!bob->machine->trackUsers({alice->user()}))
            qFatal("not followed");
        alice->flush();
        bob->flush();
    }
};

} // namespace parvis::crypto
