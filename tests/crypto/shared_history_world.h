// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "crypto/attachment_encryption.h"
#include "crypto/shared_history.h"

#include "attacker.h"

namespace parvis::crypto {

using namespace Qt::StringLiterals;

/// Alice, who has said something in a room, and Bob, whom she invites; both have an identity.
class SharedHistoryWorld : public QObject
{
protected:
    void begin()
    {
        clock.ms = 1'700'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        bob = std::make_unique<Peer>(*server, clock, u"@bob:two"_s, u"B"_s);
        for (Peer *peer : {alice.get(), bob.get()}) {
            peer->flush();
            peer->bootstrap();
            peer->encryptRoom(room);
        }
        past = alice->say(room, alice->with({}), u"avant"_s);
        QVERIFY(!past.isEmpty());
    }

    const RoomId room{u"!r:one"_s};
    const RoomId other{u"!other:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    QByteArray past;

    [[nodiscard]] static QByteArray file()
    {
        auto cipher = *AttachmentEncryptor::start();
        QByteArray piece("bundle");
        if (!cipher.apply(piece))
            return {};
        EncryptedFile made = cipher.finish();
        made.url = u"mxc://one/abc"_s;
        return made.toJson();
    }
    [[nodiscard]] static QString sessionOf(const QByteArray &event)
    {
        return FakeKeyServer::parse(event)[u"content"_s].toObject()[u"session_id"_s].toString();
    }
    [[nodiscard]] QJsonObject content() const
    {
        return {{u"room_id"_s, room.toString()}, {u"file"_s, FakeKeyServer::parse(file())}};
    }
    /// What the pool makes of Alice's keys.
    [[nodiscard]] QByteArray sealed() const
    {
        return makeBundle(alice->store, Secret(QByteArrayView("0123456789abcdef0123456789abcdef")), room)
            .value_or(QByteArray());
    }
    /// Alice tells the devices of @p user; how many.
    qsizetype give(const UserId &user = UserId(u"@bob:two"_s)) { return give(*alice, user); }
    qsizetype give(Peer &inviter, const UserId &user)
    {
        if (!inviter.machine->sharedHistory().refreshDevices(user))
            return -1;
        const QByteArray made = file();
        for (int round = 0; round < 20; ++round) {
            const auto giving = inviter.machine->sharedHistory().give(room, user, made);
            if (!giving)
                return -1;
            inviter.flush();
            if (giving->done)
                return *inviter.machine->sharedHistory().isPending(giving->waitingFor) ? -1 : giving->devices;
        }
        return -1;
    }
    void invite()
    {
        QCOMPARE(give(), 1);
        bob->sync();
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        bob->flush();
    }
    [[nodiscard]] std::optional<BundleRecord> wanted() const
    {
        const auto found = bob->machine->sharedHistory().wanted();
        return found && found->size() == 1 ? std::optional(found->first()) : std::nullopt;
    }
    [[nodiscard]] bool wantedNow() const { return wanted().has_value(); }
    void takeIn(const BundleRecord &bundle, const QByteArray &json)
    {
        const auto opened = openBundle(json, bundle.room, bundle.sender, bob->machine->recovery().importer());
        QVERIFY(opened);
        QVERIFY(bob->machine->sharedHistory().take(opened->keys));
        QVERIFY(bob->machine->sharedHistory().done(bundle, opened->withheld));
    }
};

} // namespace parvis::crypto
