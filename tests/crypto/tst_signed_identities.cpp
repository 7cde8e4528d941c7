// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Whom our own identity has signed, here or on another device: how long that counts.
#include "identities_world.h"

using namespace parvis;
using namespace parvis::crypto;

class SignedIdentitiesTest : public AliceAndBob
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }

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
};

QTEST_GUILESS_MAIN(SignedIdentitiesTest)
#include "tst_signed_identities.moc"
