// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// Who gets a room's key, and that nothing is encrypted before they have it.
class RoomSharingTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;

    [[nodiscard]] std::unique_ptr<Peer> peer(const QString &user, const QString &device)
    {
        auto made = std::make_unique<Peer>(*server, clock, user, device);
        made->flush();
        made->encryptRoom(room);
        return made;
    }
    [[nodiscard]] QString session(const QByteArray &event) const
    {
        return FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString();
    }
    [[nodiscard]] std::optional<SendToDevice> pending() const
    {
        const auto requests = *alice->machine->outgoing();
        for (const OutgoingRequest &request : requests) {
            if (const auto *found = std::get_if<SendToDevice>(&request.what))
                return *found;
        }
        return {};
    }
    void sendAllButToDevice()
    {
        const auto requests = *alice->machine->outgoing();
        for (const OutgoingRequest &request : requests) {
            if (!std::holds_alternative<SendToDevice>(request.what))
                alice->send(request);
        }
    }
    [[nodiscard]] QStringList withheldCodes(const FakeKeyServer::Address &who) const
    {
        QStringList codes;
        for (const QByteArray &event : server->devices[who].inbox) {
            const QJsonObject object = FakeKeyServer::parse(event);
            if (object["type"_L1].toString() == "m.room_key.withheld"_L1)
                codes.append(object["content"_L1].toObject()["code"_L1].toString());
        }
        return codes;
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = peer(u"@alice:one"_s, u"A"_s);
        bob = peer(u"@bob:two"_s, u"B"_s);
    }

    void aRoomThatIsNotEncryptedIsNotEncryptedFor()
    {
        const auto readiness = alice->machine->prepareSend(RoomId(u"!plain:one"_s), alice->with({}));
        QVERIFY(!readiness);
        QCOMPARE(readiness.error().code, u"PARVIS_ROOM_NOT_ENCRYPTED"_s);
    }

    void nothingIsEncryptedBeforeTheKeyIsAccepted()
    {
        const RoomMembers members = alice->with({bob.get()});
        const auto refused = [&] {
            const auto result = alice->machine->encrypt(room, u"m.room.message"_s, "{}", {});
            return !result && result.error().code == u"PARVIS_ROOM_NOT_READY"_s;
        };
        QVERIFY(refused());
        auto readiness = alice->machine->prepareSend(room, members);
        QVERIFY(!readiness->ready);
        QVERIFY(!readiness->waitingFor.isEmpty());
        while (!pending()) {
            sendAllButToDevice();
            QVERIFY(!alice->machine->prepareSend(room, members)->ready);
            QVERIFY(refused());
        }
        readiness = alice->machine->prepareSend(room, members);
        QVERIFY(!readiness->ready);
        QCOMPARE(readiness->waitingFor, QList<RequestId>{RequestId(pending()->txnId.toString())});

        alice->flush();
        QVERIFY(refused()); // accepted, but nobody has looked at the room since
        QVERIFY(alice->machine->prepareSend(room, members)->ready);

        QVERIFY(alice->machine->encrypt(room, u"m.room.message"_s, "{}", {}));
    }

    void aFailingShareBlocksUntilItWorks()
    {
        const RoomMembers members = alice->with({bob.get()});
        while (!pending()) {
            QVERIFY(alice->machine->prepareSend(room, members));
            sendAllButToDevice();
        }
        const SendToDevice first = *pending();
        QVERIFY(alice->machine->markFailed(RequestId(first.txnId.toString()),
                                           {ErrorKind::Server, u"M_UNKNOWN"_s, {}, 0}));

        QVERIFY(!alice->machine->prepareSend(room, members)->ready);
        QCOMPARE(pending()->body, first.body);
        alice->start();
        QCOMPARE(pending()->txnId, first.txnId);
        QCOMPARE(pending()->body, first.body);
    }

    void aRefusedShareFailsTheMessageOnceAndDropsTheSession()
    {
        const RoomMembers members = alice->with({bob.get()});
        while (!pending()) {
            QVERIFY(alice->machine->prepareSend(room, members));
            sendAllButToDevice();
        }
        QVERIFY(alice->machine->markFailed(RequestId(pending()->txnId.toString()),
                                           {ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0}));

        const auto failed = alice->machine->prepareSend(room, members);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, u"M_FORBIDDEN"_s);
        QVERIFY(alice->store.tables.outbound[room].invalidated);
        const QByteArray event = alice->say(room, members, u"again"_s);
        bob->sync();
        QCOMPARE(bob->read(room, event), u"again"_s);
    }

    void allDevicesAndOurOwnOthersButNotThisOne()
    {
        const auto bob2 = peer(u"@bob:two"_s, u"B2"_s);
        const auto alice2 = peer(u"@alice:one"_s, u"A2"_s);
        alice->sync();
        server->devices[alice->address].inbox.clear();

        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"hi"_s);
        for (Peer *other : {bob.get(), bob2.get(), alice2.get()}) {
            QCOMPARE(server->devices[other->address].inbox.size(), 1);
            other->sync();
            QCOMPARE(other->read(room, event), u"hi"_s);
        }
        QVERIFY(server->devices[alice->address].inbox.isEmpty());
    }

    void invitedPeopleGetTheKeyUnlessTheRoomSaysNo()
    {
        const RoomMembers members{.joined = {alice->user()}, .invited = {bob->user()}};
        const QByteArray first = alice->say(room, members, u"one"_s);
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::Joined));
        const QByteArray second = alice->say(room, members, u"two"_s);
        bob->sync();

        QCOMPARE(bob->read(room, first), u"one"_s);
        QCOMPARE(bob->read(room, second), u"[missing_session]"_s);
    }

    void aLateDeviceReadsFromThereOn()
    {
        const QByteArray early = alice->say(room, alice->with({bob.get()}), u"early"_s);
        const auto bob2 = peer(u"@bob:two"_s, u"B2"_s);
        alice->sync();
        const QByteArray late = alice->say(room, alice->with({bob.get()}), u"late"_s);
        bob2->sync();

        QCOMPARE(session(late), session(early));
        QCOMPARE(bob2->read(room, late), u"late"_s);
        QCOMPARE(bob2->read(room, early), u"[unknown_index]"_s);
    }

    void theKeyIsNotSentTwice()
    {
        (void)alice->say(room, alice->with({bob.get()}), u"1"_s);
        const int sent = server->sentToDevice;
        alice->start();
        (void)alice->say(room, alice->with({bob.get()}), u"2"_s);
        alice->sync();
        (void)alice->say(room, alice->with({bob.get()}), u"3"_s);

        QCOMPARE(server->sentToDevice, sent);
    }

    void aNewOlmSessionFromTheDeviceBringsTheKeyAgain()
    {
        (void)alice->say(room, alice->with({bob.get()}), u"lost"_s);
        // Bob restored an old state: the key and the Olm session are gone, the account is there.
        server->devices[bob->address].inbox.clear();
        bob->store.tables.olmSessions.clear();
        (void)bob->say(room, bob->with({alice.get()}), u"hello?"_s);
        alice->sync();
        QCOMPARE((alice->store.tables.devices[{bob->user(), bob->device()}].wedgingIndex), 1U);

        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"found"_s);
        bob->sync();

        QCOMPARE(bob->read(room, event), u"found"_s);
    }

    void aDeviceWithoutKeysIsToldOnceAndServedLater()
    {
        server->devices[bob->address].oneTimeKeys.clear();
        QVERIFY(!alice->say(room, alice->with({bob.get()}), u"1"_s).isEmpty());
        QVERIFY(!alice->say(room, alice->with({bob.get()}), u"2"_s).isEmpty());
        clock.advance(20'000);
        QVERIFY(!alice->say(room, alice->with({bob.get()}), u"3"_s).isEmpty());
        QCOMPARE(withheldCodes(bob->address), QStringList{u"m.no_olm"_s});

        bob->sync(); // makes new keys
        clock.advance(60'000);
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"4"_s);
        bob->sync();

        QCOMPARE(bob->read(room, event), u"4"_s);
        QVERIFY((!alice->store.tables.devices[{bob->user(), bob->device()}].noOlmSent));
    }

    void aBlacklistedDeviceIsToldOnceForASession()
    {
        const RoomMembers members = alice->with({bob.get()});
        bob->encryptRoom(room);
        (void)alice->say(room, members, u"1"_s);
        QVERIFY(alice->machine->setLocalTrust(bob->user(), bob->device(), LocalTrust::Blacklisted));

        const QByteArray second = alice->say(room, members, u"2"_s);
        const QByteArray third = alice->say(room, members, u"3"_s);

        QCOMPARE(session(second), session(third)); // withheld is not shared: no rotation at each message
        alice->flush();                            // no message waits for this one
        QCOMPARE(withheldCodes(bob->address), QStringList{u"m.blacklisted"_s});
        bob->sync();
        const DecryptionResult result = bob->decrypt(room, third);
        QCOMPARE(std::get<Undecryptable>(result).withheldCode, u"m.blacklisted"_s);
        QVERIFY(alice->machine->setLocalTrust(bob->user(), bob->device(), LocalTrust::Unset));
        const QByteArray fourth = alice->say(room, members, u"4"_s);
        bob->sync();
        QCOMPARE(bob->read(room, fourth), u"4"_s);
    }

    void aServerThatIsDownDelaysNobodyForLong()
    {
        server->silentServers = {u"two"_s};
        const QByteArray first = alice->say(room, alice->with({bob.get()}), u"1"_s);
        QVERIFY(!first.isEmpty());
        server->silentServers.clear();
        clock.advance(16'000);
        const QByteArray second = alice->say(room, alice->with({bob.get()}), u"2"_s);
        bob->sync();

        QCOMPARE(bob->read(room, first), u"[unknown_index]"_s);
        QCOMPARE(bob->read(room, second), u"2"_s);
    }

    void aKnownSessionServesWhileTheServerIsDown()
    {
        (void)alice->say(room, alice->with({bob.get()}), u"1"_s);
        server->silentServers = {u"two"_s};
        const RoomId other(u"!other:one"_s);
        alice->encryptRoom(other);

        const QByteArray event = alice->say(other, alice->with({bob.get()}), u"2"_s);
        bob->sync();

        QCOMPARE(bob->read(other, event), u"2"_s);
    }

    void deviceListsThatDoNotComeAreNotWaitedForLongerThanFiveSeconds()
    {
        (void)alice->say(room, alice->with({bob.get()}), u"1"_s);
        QVERIFY(alice->machine->onDevicesChanged({bob->user()}));

        const auto waiting = *alice->machine->prepareSend(room, alice->with({bob.get()}));
        QVERIFY(!waiting.ready);
        QCOMPARE(waiting.callAgainMs, 5000);
        clock.advance(5000);

        QVERIFY(alice->machine->prepareSend(room, alice->with({bob.get()}))->ready);
    }

    /// Without the key at the first message's index it would never be read.
    void whoWasNeverAskedForIsWaitedForAsLongAsTheQuestionTakes()
    {
        const auto waiting = *alice->machine->prepareSend(room, alice->with({bob.get()}));
        QVERIFY(!waiting.ready);
        QCOMPARE(waiting.callAgainMs, 15'000);
        clock.advance(14'000);
        QVERIFY(!alice->machine->prepareSend(room, alice->with({bob.get()}))->ready);
        clock.advance(1'000);
        QVERIFY(alice->machine->prepareSend(room, alice->with({bob.get()}))->ready);
    }

    void aLargeRoomIsServedInPieces()
    {
        std::vector<std::unique_ptr<Attacker>> others;
        RoomMembers members = alice->with({});
        for (int i = 0; i < 300; ++i) {
            others.push_back(std::make_unique<Attacker>(*server, u"@u%1:two"_s.arg(i), u"D"_s));
            others.back()->publish();
            others.back()->publishOneTimeKeys(1);
            members.joined.append(UserId(others.back()->user));
        }
        const int before = server->sentToDevice;

        QVERIFY(!alice->say(room, members, u"to all"_s).isEmpty());

        QCOMPARE(server->sentToDevice - before, 2);
        for (const auto &other : others)
            QCOMPARE((server->devices[{other->user, u"D"_s}].inbox.size()), 1);
    }

    void theRoomKeySaysWhetherHistoryIsShared()
    {
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::Invited));
        (void)alice->say(room, alice->with({bob.get()}), u"1"_s);
        bob->sync();
        QVERIFY(!bob->store.tables.inbound.begin()->second.sharedHistory);
        QVERIFY(alice->machine->setHistoryVisibility(room, HistoryVisibility::WorldReadable));
        const QByteArray event = alice->say(room, alice->with({bob.get()}), u"2"_s);
        bob->sync();

        QVERIFY((bob->store.tables.inbound[{room, SessionId(session(event)), alice->machine->ownKeys().curve}]
                     .sharedHistory));
    }
};

QTEST_GUILESS_MAIN(RoomSharingTest)
#include "tst_room_sharing.moc"
