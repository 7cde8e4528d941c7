// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Which devices get a room's keys by whose signatures, and how what they send is marked.
#include "attacker.h"
#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class SharingRuleTest : public QObject
{
    Q_OBJECT

private:
    const RoomId room{u"!r:one"_s};
    const QString bobId = u"@bob:two"_s;
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Peer> bob;
    std::unique_ptr<Peer> tablet; ///< Bob's second device, which he has not signed

    [[nodiscard]] std::unique_ptr<Peer> peer(const QString &user, const QString &device)
    {
        auto made = std::make_unique<Peer>(*server, clock, user, device);
        made->flush();
        made->encryptRoom(room);
        return made;
    }
    [[nodiscard]] QByteArray say() { return alice->say(room, alice->with({bob.get()}), u"bonjour"_s); }
    [[nodiscard]] QString readBy(Peer &reader, const QByteArray &event)
    {
        reader.sync();
        return reader.read(room, event);
    }
    /// Why nothing can be sent now; empty: it can.
    [[nodiscard]] QString refusal() const
    {
        const auto ready = alice->machine->prepareSend(room, alice->with({bob.get()}));
        return ready ? QString() : ready.error().code;
    }
    [[nodiscard]] Exclusion exclusionOf(const Peer &reader) const
    {
        const auto readers = *alice->machine->readers(room, alice->with({bob.get()}));
        for (const Reader &one : readers) {
            if (one.device.device == reader.device())
                return one.exclusion;
        }
        qWarning("not asked about");
        return Exclusion::Blocked;
    }
    [[nodiscard]] Shield shieldOf(const QByteArray &event) const
    {
        const auto session =
            SessionId(FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString());
        return alice->machine->shields(room, {{session, UserId(bobId)}})->constFirst().value_or(Shield());
    }
    void verifyBob()
    {
        const auto view = alice->machine->identity(UserId(bobId));
        QVERIFY(alice->machine->verifiedUser(UserId(bobId), view->master));
        alice->flush();
    }
    [[nodiscard]] bool wasTold(Peer &reader, const QString &code)
    {
        alice->flush();
        reader.sync();
        const auto &rows = reader.store.tables.withheld;
        return std::any_of(rows.cbegin(), rows.cend(),
                           [&](const auto &row) { return row.second.code == code; });
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = peer(u"@alice:one"_s, u"A"_s);
        bob = peer(bobId, u"B"_s);
        bob->bootstrap();
        tablet = peer(bobId, u"B2"_s);
        alice->bootstrap();
        QVERIFY(alice->machine->trackUsers({UserId(bobId)}));
        alice->flush();
    }

    void everyDeviceGetsKeysWhereTheRuleIsAll()
    {
        const QByteArray event = say();
        QCOMPARE(readBy(*bob, event), u"bonjour"_s);
        QCOMPARE(readBy(*tablet, event), u"bonjour"_s);
        QCOMPARE(exclusionOf(*tablet), Exclusion::None);
    }

    void onlySignedDevicesGetKeys()
    {
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        const QByteArray event = say();

        QCOMPARE(exclusionOf(*bob), Exclusion::None);
        QCOMPARE(exclusionOf(*tablet), Exclusion::Unsigned);
        QCOMPARE(readBy(*bob, event), u"bonjour"_s);
        QVERIFY(wasTold(*tablet, u"m.unverified"_s));
        QCOMPARE(tablet->read(room, event), u"[missing_session]"_s);

        // Signed since: it gets the key from here on.
        QVERIFY(bob->machine->setLocalTrust(UserId(bobId), tablet->device(), LocalTrust::Verified));
        bob->flush();
        alice->sync();
        QCOMPARE(exclusionOf(*tablet), Exclusion::None);
        QCOMPARE(readBy(*tablet, say()), u"bonjour"_s);
    }

    void aStricterRuleTakesTheKeyAway()
    {
        const QByteArray before = say();
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        const QByteArray after = say();

        QCOMPARE(readBy(*tablet, before), u"bonjour"_s);
        QCOMPARE(tablet->read(room, after), u"[missing_session]"_s);
        QCOMPARE(readBy(*bob, after), u"bonjour"_s);
    }

    void onlyVerifiedDevicesGetKeysWhereTheRoomSaysSo()
    {
        QVERIFY(alice->machine->setOnlyVerified(room, true));
        const QByteArray first = say();
        QCOMPARE(exclusionOf(*bob), Exclusion::Unverified);
        QVERIFY(wasTold(*bob, u"m.unverified"_s));
        QCOMPARE(bob->read(room, first), u"[missing_session]"_s);

        verifyBob();
        QCOMPARE(exclusionOf(*bob), Exclusion::None);
        QCOMPARE(exclusionOf(*tablet), Exclusion::Unverified);
        QCOMPARE(readBy(*bob, say()), u"bonjour"_s);

        alice->start(); // the wish is kept
        QVERIFY(*alice->machine->onlyVerified(room));
        QVERIFY(alice->machine->setOnlyVerified(room, false));
        QCOMPARE(exclusionOf(*tablet), Exclusion::None);
    }

    void aBlockedDeviceGetsNoneUnderAnyRule()
    {
        for (const auto rule : {SharingStrategy::AllDevices, SharingStrategy::SignedDevices}) {
            alice->machine->setSharingStrategy(rule);
            QVERIFY(alice->machine->setLocalTrust(UserId(bobId), bob->device(), LocalTrust::Blacklisted));
            QCOMPARE(exclusionOf(*bob), Exclusion::Blocked);
            QCOMPARE(readBy(*bob, say()), u"[missing_session]"_s);
        }
        QVERIFY(wasTold(*bob, u"m.blacklisted"_s));
    }

    void nothingIsSentToAnExchangedIdentityBeforeThePersonAnswers()
    {
        verifyBob();
        QVERIFY(!say().isEmpty());
        const IdentityMaker other(bobId, 'z');
        other.publish(*server);
        other.signDevice(*server, u"B"_s);
        alice->sync();

        const auto refused = alice->machine->prepareSend(room, alice->with({bob.get()}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"PARVIS_IDENTITY_VIOLATED"_s);
        QCOMPARE(refused.error().detail, bobId);
        const auto prepared = alice->machine->encrypt(room, u"m.room.message"_s, "{}", {});
        QVERIFY(!prepared); // not with what was ready before either
        // But what verifies the person again gets through, and takes nothing else along.
        bool ready = false;
        for (int round = 0; round < 10 && !ready; ++round) {
            const auto verifying =
                alice->machine->prepareSend(room, alice->with({bob.get()}), SharingStrategy::AllDevices);
            QVERIFY(verifying);
            ready = verifying->ready;
            alice->flush();
        }
        QVERIFY(ready);
        alice->machine->setSharingStrategy(SharingStrategy::AllDevices);
        QCOMPARE(refusal(), u"PARVIS_IDENTITY_VIOLATED"_s);

        QVERIFY(alice->machine->acceptIdentity(UserId(bobId)));
        QVERIFY(!say().isEmpty());
    }

    void nothingIsSentWhereOurOwnIdentityIsAnotherOne()
    {
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        const QString aliceId = alice->user().toString();
        const auto eve = peer(aliceId, u"EVE"_s);
        alice->sync();
        const QByteArray before = say();
        QCOMPARE(readBy(*bob, before), u"bonjour"_s);
        const auto good = server->identities[aliceId];

        const IdentityMaker forged(aliceId, 'f'); // and signs the device that stole the password
        forged.publish(*server);
        forged.signDevice(*server, u"EVE"_s);
        alice->sync();

        QVERIFY(alice->machine->identity(alice->user())->violated);
        QCOMPARE(exclusionOf(*eve), Exclusion::Unsigned);
        QCOMPARE(refusal(), u"PARVIS_OWN_IDENTITY_CHANGED"_s);
        QVERIFY(!alice->machine->encrypt(room, u"m.room.message"_s, "{}", {}));
        alice->start();
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        QCOMPARE(refusal(), u"PARVIS_OWN_IDENTITY_CHANGED"_s);
        // To take it as it is, is no answer here: it is verified, or it is not ours.
        QVERIFY(alice->machine->acceptIdentity(alice->user()));
        QCOMPARE(refusal(), u"PARVIS_OWN_IDENTITY_CHANGED"_s);
        // But what verifies gets through.
        QVERIFY(alice->machine->prepareSend(room, alice->with({bob.get()}), SharingStrategy::AllDevices));

        server->identities[aliceId] = good; // the server shows ours again
        server->announce(aliceId);
        alice->sync();
        const QByteArray after = say();
        QCOMPARE(readBy(*bob, after), u"bonjour"_s);
        QCOMPARE(readBy(*eve, after), u"[missing_session]"_s);
    }

    void afterOurOwnResetWhomWeHadVerifiedHasNotChanged()
    {
        verifyBob();
        QVERIFY(!say().isEmpty());
        alice->bootstrap(); // anew

        const auto view = *alice->machine->identity(UserId(bobId));
        QVERIFY(view.violated && !view.changed);
        const auto refused = alice->machine->prepareSend(room, alice->with({bob.get()}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"PARVIS_VERIFICATION_LAPSED"_s);
        QCOMPARE(refused.error().detail, bobId);

        verifyBob();
        QVERIFY(!say().isEmpty());
        alice->bootstrap();
        QVERIFY(alice->machine->acceptIdentity(UserId(bobId)));
        QVERIFY(!say().isEmpty());
    }

    void aResetElsewhereIsAnsweredByVerifying()
    {
        alice->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        QVERIFY(!say().isEmpty());
        const IdentityMaker anew(alice->user().toString(), 'n');
        anew.publish(*server);
        alice->sync();
        QCOMPARE(refusal(), u"PARVIS_OWN_IDENTITY_CHANGED"_s);

        QVERIFY(alice->machine->verifiedUser(alice->user(), Ed25519Key(anew.master.key)));

        QVERIFY(!alice->machine->identity(alice->user())->violated);
        QCOMPARE(readBy(*bob, say()), u"bonjour"_s);
    }

    void aDeviceThatNeverKnewItsIdentityMaySend()
    {
        const auto fresh = peer(alice->user().toString(), u"A2"_s);
        fresh->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        fresh->sync();
        QVERIFY(fresh->machine->ownIdentity()->exists && !fresh->machine->ownIdentity()->verified);

        QVERIFY(!fresh->say(room, fresh->with({bob.get()}), u"bonjour"_s).isEmpty());
        const IdentityMaker anew(alice->user().toString(), 'n');
        anew.publish(*server);
        fresh->sync();
        QVERIFY(!fresh->machine->identity(fresh->user())->violated);
        QVERIFY(!fresh->say(room, fresh->with({bob.get()}), u"bonjour"_s).isEmpty());
    }

    void ourOtherDevicesReadOnceWeKnowOurIdentity()
    {
        // Who signs in anew is shown an identity: of the person's, or of the server's making.
        const auto fresh = peer(alice->user().toString(), u"A2"_s);
        fresh->sync();
        alice->sync();
        const auto exclusion = [&] {
            const auto readers = *fresh->machine->readers(room, fresh->with({bob.get()}));
            const auto found = std::find_if(readers.cbegin(), readers.cend(), [&](const Reader &one) {
                return one.device.device == alice->device();
            });
            return found == readers.cend() ? Exclusion::Blocked : found->exclusion;
        };
        QCOMPARE(exclusion(), Exclusion::None); // the policy's rule is: all
        fresh->machine->setSharingStrategy(SharingStrategy::SignedDevices);
        QCOMPARE(exclusion(), Exclusion::Unverified);
        const QByteArray before = fresh->say(room, fresh->with({bob.get()}), u"bonjour"_s);
        QCOMPARE(readBy(*bob, before), u"bonjour"_s);
        QCOMPARE(readBy(*alice, before), u"[missing_session]"_s);

        QVERIFY(fresh->machine->verifiedUser(fresh->user(), fresh->machine->identity(fresh->user())->master));
        QCOMPARE(exclusion(), Exclusion::None);
        const QByteArray after = fresh->say(room, fresh->with({bob.get()}), u"bonjour"_s);
        QCOMPARE(readBy(*alice, after), u"bonjour"_s);
    }

    void whatOtherDevicesSayUnderAnotherIdentityIsMarked()
    {
        const QString aliceId = alice->user().toString();
        const auto eve = peer(aliceId, u"EVE"_s);
        const IdentityMaker forged(aliceId, 'f');
        forged.publish(*server);
        forged.signDevice(*server, u"EVE"_s);
        alice->sync();
        eve->sync();
        const QByteArray event = eve->say(room, eve->with({bob.get()}), u"payez"_s);
        alice->sync();
        QCOMPARE(alice->read(room, event), u"payez"_s);

        const auto session =
            SessionId(FakeKeyServer::parse(event)["content"_L1].toObject()["session_id"_L1].toString());
        const auto shields = *alice->machine->shields(room, {{session, alice->user()}});
        QCOMPARE(shields.constFirst(), (Shield{Shield::Colour::Red, Shield::Reason::Violation}));
    }

    void messagesOfSignedDevicesAreNotMarked()
    {
        const RoomMembers members = bob->with({alice.get()});
        const QByteArray signedOne = bob->say(room, members, u"signé"_s);
        const QByteArray unsignedOne = tablet->say(room, members, u"non signé"_s);
        alice->sync();
        QCOMPARE(alice->read(room, signedOne), u"signé"_s);
        QCOMPARE(alice->read(room, unsignedOne), u"non signé"_s);

        QCOMPARE(shieldOf(signedOne), Shield());
        QCOMPARE(shieldOf(unsignedOne), (Shield{Shield::Colour::Red, Shield::Reason::UnsignedDevice}));

        // The mark goes when the owner signs; and stays away when the device goes.
        bob->sync();
        QVERIFY(bob->machine->setLocalTrust(UserId(bobId), tablet->device(), LocalTrust::Verified));
        bob->flush();
        alice->sync();
        QCOMPARE(shieldOf(unsignedOne), Shield());
        server->logout(bob->address);
        alice->sync();
        QCOMPARE(shieldOf(signedOne), Shield());
    }

    void messagesOfAnExchangedIdentityAreMarked()
    {
        verifyBob();
        const QByteArray event = bob->say(room, bob->with({alice.get()}), u"signé"_s);
        alice->sync();
        QCOMPARE(alice->read(room, event), u"signé"_s);
        QCOMPARE(shieldOf(event), Shield());

        const IdentityMaker other(bobId, 'z');
        other.publish(*server);
        alice->sync();

        QCOMPARE(shieldOf(event), (Shield{Shield::Colour::Red, Shield::Reason::Violation}));
        QVERIFY(alice->machine->acceptIdentity(UserId(bobId)));
        QCOMPARE(shieldOf(event), Shield());
    }
};

QTEST_GUILESS_MAIN(SharingRuleTest)
#include "tst_sharing_rule.moc"
