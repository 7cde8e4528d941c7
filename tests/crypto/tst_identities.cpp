// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Other people's identities: first use, changes, verification, and what a hostile server makes of them.
#include "attacker.h"
#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class IdentitiesTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> phone; ///< Bob's
    const QString bob = u"@bob:two"_s;
    const IdentityMaker first{u"@bob:two"_s, 'b'};
    const IdentityMaker second{u"@bob:two"_s, 'p'};

    [[nodiscard]] IdentityView view(const QString &user) const
    {
        return *alice->machine->identity(UserId(user));
    }
    [[nodiscard]] DeviceTrust trust(const QString &user, const QString &device) const
    {
        const auto views = alice->machine->deviceViews(UserId(user));
        for (const DeviceView &one : *views) {
            if (one.device.device == DeviceId(device))
                return one.trust;
        }
        qWarning("no such device");
        return DeviceTrust::Blocked;
    }
    [[nodiscard]] bool noted(CryptoNote::Kind kind) const
    {
        return std::any_of(alice->notes.cbegin(), alice->notes.cend(),
                           [&](const CryptoNote &note) { return note.kind == kind; });
    }
    void verifyBob() { QVERIFY(alice->machine->verifiedUser(UserId(bob), Ed25519Key(first.master.key))); }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        phone = std::make_unique<Attacker>(*server, bob, u"B"_s);
        phone->publish();
        alice->flush();
        QVERIFY(alice->machine->trackUsers({UserId(bob)}));
        alice->flush();
    }

    void withoutAnIdentityNothingIsKnown()
    {
        QCOMPARE(view(bob), IdentityView());
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Unsigned);
    }

    void theFirstIdentityIsPinned()
    {
        first.publish(*server);
        alice->sync();

        QVERIFY(view(bob).known);
        QVERIFY(!view(bob).verified && !view(bob).changed && !view(bob).violated);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Unsigned);

        first.signDevice(*server, u"B"_s);
        alice->sync();
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
    }

    void aSignatureThatWasThereBeforeTheIdentityCounts()
    {
        first.signDevice(*server, u"B"_s);
        alice->sync();
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Unsigned);

        first.publish(*server);
        alice->sync();

        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
    }

    void anotherIdentityIsAChangeUntilThePersonTakesIt()
    {
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();

        second.publish(*server);
        alice->sync();

        QVERIFY(view(bob).changed);
        QVERIFY(!view(bob).violated);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Unsigned); // nothing of the new owner is on it
        QVERIFY(noted(CryptoNote::Kind::IdentityChanged));

        alice->start();
        QVERIFY(view(bob).changed);
        QVERIFY(alice->machine->acceptIdentity(UserId(bob)));
        QVERIFY(!view(bob).changed);
    }

    void aMalformedIdentityChangesNothing()
    {
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();

        server->identities[bob] = {second.masterObject(), first.selfSigningObject(), {}};
        server->announce(bob);
        alice->sync();

        QCOMPARE(view(bob).master.toString(), first.master.key);
        QVERIFY(!view(bob).changed);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
        QVERIFY(noted(CryptoNote::Kind::IdentityRejected));
    }

    void aHiddenIdentityIsNoNews()
    {
        alice->bootstrap();
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();
        verifyBob();
        alice->flush();

        server->identities.erase(bob);
        server->announce(bob);
        alice->sync();

        QVERIFY(view(bob).verified);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Verified);
    }

    void aDeviceNamedLikeAKeyOfTheIdentityIsNoDevice()
    {
        first.publish(*server);
        alice->sync();

        Attacker impostor(*server, bob, first.master.key);
        impostor.publish();
        alice->sync();

        QCOMPARE(alice->machine->devicesOf(UserId(bob))->size(), 1);
        QVERIFY(noted(CryptoNote::Kind::DeviceRejected));
    }

    void aDeviceNamedLikeALaterIdentityGoes()
    {
        Attacker impostor(*server, bob, first.master.key);
        impostor.publish();
        alice->sync();
        QCOMPARE(alice->machine->devicesOf(UserId(bob))->size(), 2);

        first.publish(*server);
        alice->sync();

        QCOMPARE(alice->machine->devicesOf(UserId(bob))->size(), 1);
    }

    void whomThePersonVerifiedIsSigned()
    {
        alice->bootstrap();
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();

        verifyBob();

        QVERIFY(view(bob).verified); // at once: the server only keeps the signature for our other devices
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Verified);
        alice->start(); // and it is not forgotten
        alice->flush();
        const auto own = alice->store.tables.identities[alice->user()];
        QVERIFY(verifySigned(FakeKeyServer::text(server->identities[bob].master), alice->user(),
                             own.userSigning.key.toString(), own.userSigning.key));
        const int uploads = server->signatureUploads;
        alice->sync();
        alice->sync();
        QCOMPARE(server->signatureUploads, uploads);
        QVERIFY(view(bob).verified);
    }

    void whoWasNotAskedIsNotVerified()
    {
        first.publish(*server);
        alice->sync();
        // Without an identity of ours there is nothing to sign with.
        QVERIFY(alice->machine->verifiedUser(UserId(bob), Ed25519Key(first.master.key)));
        QVERIFY(!view(bob).verified);

        alice->bootstrap();
        const auto stale = alice->machine->verifiedUser(UserId(bob), Ed25519Key(second.master.key));
        QVERIFY(!stale);
        QCOMPARE(stale.error().code, u"PARVIS_IDENTITY_CHANGED"_s);
        QVERIFY(!view(bob).verified);
    }

    void aVerifiedUserWithAnotherIdentityIsAViolation()
    {
        alice->bootstrap();
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();
        verifyBob();
        alice->flush();

        second.publish(*server);
        second.signDevice(*server, u"B"_s);
        alice->sync();

        QVERIFY(view(bob).violated);
        QVERIFY(!view(bob).verified);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Violated);
        alice->start();
        QVERIFY(view(bob).violated);

        QVERIFY(alice->machine->acceptIdentity(UserId(bob)));
        QVERIFY(!view(bob).violated && !view(bob).changed && !view(bob).verified);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
    }

    void anIdentityThatWasGivenUpStaysGivenUp()
    {
        alice->bootstrap();
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();
        verifyBob();
        alice->flush();
        const auto signedOne = server->identities[bob];
        const auto show = [&](const auto &identity) {
            server->identities[bob] = identity;
            server->announce(bob);
            alice->sync();
        };

        // As long as nobody has taken the other one, the first is whom the person verified.
        second.publish(*server);
        alice->sync();
        show(signedOne);
        QVERIFY(view(bob).verified);

        second.publish(*server);
        alice->sync();
        QVERIFY(alice->machine->acceptIdentity(UserId(bob)));
        alice->start();
        show(signedOne);
        QVERIFY(view(bob).changed && !view(bob).verified);
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
        QVERIFY(alice->machine->acceptIdentity(UserId(bob))); // taken, but not compared
        show(signedOne);
        QVERIFY(!view(bob).changed && !view(bob).verified);

        verifyBob();
        QVERIFY(view(bob).verified);
        alice->flush();
        second.publish(*server);
        alice->sync();
        QVERIFY(view(bob).violated);
        QVERIFY(alice->machine->verifiedUser(UserId(bob), Ed25519Key(second.master.key)));
        alice->flush();
        QVERIFY(view(bob).verified);
        show(signedOne);
        QVERIFY(view(bob).violated);
    }

    void whomAnotherDeviceOfOursVerifiedAnewIsNotWhoWasBefore()
    {
        const IdentityMaker ours(u"@alice:one"_s, 'n');
        ours.publish(*server);
        alice->sync();
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, ours.master.seed));
        const auto show = [&](const IdentityMaker &identity) {
            server->identities[bob] = {
                IdentityMaker::signedWith(identity.masterObject(), u"@alice:one"_s, ours.userSigning),
                identity.selfSigningObject(),
                {}};
            server->announce(bob);
            alice->sync();
        };
        show(first);
        QVERIFY(view(bob).verified);
        show(second);
        QVERIFY(view(bob).verified);

        show(first);
        QVERIFY(view(bob).violated);
    }

    void whatWasComparedOfADeviceGoesWithTheIdentity()
    {
        first.publish(*server);
        first.signDevice(*server, u"B"_s);
        alice->sync();
        QVERIFY(alice->machine->setLocalTrust(UserId(bob), DeviceId(u"B"_s), LocalTrust::Verified));
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Verified);

        second.publish(*server);
        alice->sync();

        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Unsigned);
        second.signDevice(*server, u"B"_s);
        alice->sync();
        QCOMPARE(trust(bob, u"B"_s), DeviceTrust::Signed);
    }

    void theServerCannotMakeAVerification()
    {
        alice->bootstrap();
        const IdentityMaker forged(u"@alice:one"_s, 'f');
        server->identities[bob] = {
            IdentityMaker::signedWith(first.masterObject(), u"@alice:one"_s, forged.userSigning),
            first.selfSigningObject(),
            {}};
        server->announce(bob);
        alice->sync();
        QVERIFY(view(bob).known && !view(bob).verified);

        // Not with an identity of ours of its own making either.
        forged.publish(*server);
        server->announce(bob);
        alice->sync();
        QVERIFY(!view(bob).verified && !view(bob).violated);
    }

    void aSignatureOfAnIdentityThatWasOursIsNone()
    {
        alice->bootstrap();
        first.publish(*server);
        alice->sync();
        verifyBob();
        alice->flush();

        // We made another one elsewhere, and took it over here.
        const IdentityMaker anew(u"@alice:one"_s, 'n');
        anew.publish(*server);
        alice->sync();
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, anew.master.seed));
        alice->flush();

        QVERIFY(!view(bob).verified && view(bob).violated);
    }

    void signaturesAreLookedAtAgainOnceOurIdentityIsKnown()
    {
        const IdentityMaker ours(u"@alice:one"_s, 'n');
        server->identities[bob] = {
            IdentityMaker::signedWith(first.masterObject(), u"@alice:one"_s, ours.userSigning),
            first.selfSigningObject(),
            {}};
        server->announce(bob);
        alice->sync();
        QVERIFY(view(bob).known && !view(bob).verified);

        ours.publish(*server); // of Bob nothing is heard again
        alice->sync();
        QVERIFY(!view(bob).verified);
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, ours.master.seed));

        QVERIFY(view(bob).verified);
        alice->flush();
        second.publish(*server);
        alice->sync();
        QVERIFY(view(bob).violated);
    }

    void whoWasVerifiedElsewhereIsThatAtOnce()
    {
        const IdentityMaker ours(u"@alice:one"_s, 'n');
        ours.publish(*server);
        server->identities[bob] = {
            IdentityMaker::signedWith(first.masterObject(), u"@alice:one"_s, ours.userSigning),
            first.selfSigningObject(),
            {}};
        server->announce(bob);
        alice->sync();
        second.publish(*server); // what the next answer will show
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, ours.master.seed));

        alice->flush();
        alice->sync();

        QVERIFY(view(bob).changed && view(bob).violated);
    }

    void usersNobodyAskedForAreIgnored()
    {
        alice->flush();
        QVERIFY(alice->machine->onDevicesChanged({UserId(bob)}));
        const IdentityMaker carol(u"@carol:two"_s, 'c');
        carol.publish(*server);
        RequestId id;
        const auto query = queryOf(*alice, &id);
        QVERIFY(query);
        const QByteArray both = R"({"device_keys":{"@bob:two":[],"@carol:two":[]}})";
        QVERIFY(alice->machine->markSent(id, server->query(both)));

        QVERIFY(!view(u"@carol:two"_s).known);
    }
};

QTEST_GUILESS_MAIN(IdentitiesTest)
#include "tst_identities.moc"
