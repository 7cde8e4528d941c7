// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Other people's identities: first use, changes, verification, and what a hostile server makes of them.
#include "identities_world.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class IdentitiesTest : public AliceAndBob
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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
