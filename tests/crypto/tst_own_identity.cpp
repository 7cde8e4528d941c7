// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Our own identity: made, lost on the way, taken over by another device, exchanged by the server.
#include "attacker.h"
#include "identity_maker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class OwnIdentityTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    const QString user = u"@alice:one"_s;

    [[nodiscard]] OwnIdentity own(const Peer &peer) const { return *peer.machine->ownIdentity(); }
    [[nodiscard]] Secret seed(CrossSigningRole role) const { return *alice->machine->identityKey(role); }
    [[nodiscard]] std::unique_ptr<Peer> newDevice(const QString &device)
    {
        auto peer = std::make_unique<Peer>(*server, clock, user, device);
        peer->flush();
        peer->sync();
        alice->sync();
        return peer;
    }
    [[nodiscard]] DeviceTrust trustInSecond() const
    {
        const auto views = *alice->machine->deviceViews(alice->user());
        for (const DeviceView &view : views) {
            if (view.device.device == DeviceId(u"A2"_s))
                return view.trust;
        }
        qWarning("no such device");
        return DeviceTrust::Blocked;
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, user, u"A"_s);
    }

    void beforeTheServerWasAskedNothingIsSaid()
    {
        QVERIFY(!own(*alice).checked);
        alice->flush();
        QVERIFY(own(*alice).checked && !own(*alice).exists);
    }

    void aNewIdentityIsOursAndSignsThisDevice()
    {
        alice->flush();

        alice->bootstrap();

        const OwnIdentity identity = own(*alice);
        QVERIFY(identity.exists && identity.verified && identity.thisDeviceSigned && !identity.changed);
        QVERIFY(identity.holdsMaster && identity.holdsSelfSigning && identity.holdsUserSigning);
        const auto record = alice->store.tables.identities[alice->user()];
        QVERIFY(verifySigned(FakeKeyServer::text(server->devices[alice->address].keys), alice->user(),
                             record.selfSigning.key.toString(), record.selfSigning.key));
        QVERIFY(verifySigned(FakeKeyServer::text(server->identities[user].master), alice->user(), u"A"_s,
                             alice->machine->ownKeys().signing));
        QVERIFY(alice->machine->outgoing()->isEmpty());
        alice->start();
        QCOMPARE(own(*alice), identity);
        QVERIFY(alice->machine->outgoing()->isEmpty());
    }

    void itIsTheSameUntilTheServerHasIt()
    {
        alice->flush();
        const QByteArray body = *alice->machine->newIdentity();
        QCOMPARE(*alice->machine->newIdentity(), body);
        alice->start();
        QCOMPARE(*alice->machine->newIdentity(), body);
        QVERIFY(!own(*alice).exists);
    }

    void anAnswerThatWasLostIsMadeUpForByTheNextQuery()
    {
        alice->flush();
        const QByteArray body = *alice->machine->newIdentity();
        QVERIFY(alice->machine->newIdentityAgreed(false));
        server->uploadIdentity(user, body);
        alice->start(); // the answer never came

        alice->sync();

        QVERIFY(own(*alice).verified && own(*alice).holdsMaster && own(*alice).thisDeviceSigned);
        QVERIFY(!alice->store.tables.secrets.contains(u"new:m.cross_signing.master"_s));
    }

    void theServerFinishesNothingThatThePersonGaveUp()
    {
        alice->flush();
        alice->bootstrap();
        const auto before = server->identities[user];
        const auto keys = own(*alice);
        const QByteArray body =
            *alice->machine->newIdentity(); // the server asks for the password, nobody gives it
        for (const bool refused : {false, true}) {
            if (refused) { // or a wrong one
                QVERIFY(alice->machine->newIdentityAgreed(true));
                QVERIFY(alice->machine->newIdentityRefused());
            }
            server->uploadIdentity(user, body);
            alice->start();
            alice->sync();
            QVERIFY(own(*alice).changed && !own(*alice).verified && !own(*alice).holdsMaster);

            server->identities[user] = before;
            server->announce(user);
            alice->sync();
            QCOMPARE(own(*alice), keys);
        }
    }

    /// The server did not answer, and has seen the public half: it must not come back with it later.
    void whatWasAgreedToEndsWithAnotherIdentity()
    {
        alice->flush();
        const QByteArray body = *alice->machine->newIdentity();
        QVERIFY(alice->machine->newIdentityAgreed(false));
        const IdentityMaker other(user, 'o');
        other.publish(*server);
        alice->sync();
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, other.master.seed));
        alice->flush();
        QVERIFY(own(*alice).verified);

        server->uploadIdentity(user, body);
        alice->start();
        alice->sync();

        QVERIFY(own(*alice).changed && !own(*alice).verified && !own(*alice).holdsMaster);
        QVERIFY(!alice->store.tables.secrets.contains(u"new:m.cross_signing.master"_s));
    }

    void anotherDevicesIdentityWinsOverOneThatNeverArrived()
    {
        alice->flush();
        QVERIFY(alice->machine->newIdentity());
        const IdentityMaker other(user, 'o');
        other.publish(*server);

        alice->sync();

        QVERIFY(own(*alice).exists && !own(*alice).verified && !own(*alice).holdsMaster);
        QVERIFY(!own(*alice).thisDeviceSigned);
    }

    void aNewDeviceIsSignedOnceItHasTheKeys()
    {
        alice->flush();
        alice->bootstrap();
        const auto second = newDevice(u"A2"_s);
        QVERIFY(own(*second).exists && !own(*second).verified && !own(*second).thisDeviceSigned);

        QVERIFY(!*second->machine->takeIdentityKey(CrossSigningRole::Master, Secret(QByteArray(32, 'x'))));
        QVERIFY(!*second->machine->takeIdentityKey(CrossSigningRole::Master,
                                                   seed(CrossSigningRole::SelfSigning)));
        QVERIFY(!own(*second).verified);
        QVERIFY(*second->machine->takeIdentityKey(CrossSigningRole::SelfSigning,
                                                  seed(CrossSigningRole::SelfSigning)));
        second->flush();
        QVERIFY(!own(*second).thisDeviceSigned); // nothing says yet that the identity is ours

        QVERIFY(*second->machine->takeIdentityKey(CrossSigningRole::Master, seed(CrossSigningRole::Master)));
        second->flush();
        second->sync();

        QVERIFY(own(*second).verified && own(*second).thisDeviceSigned);
        alice->sync();
        const auto views = alice->machine->deviceViews(alice->user());
        for (const DeviceView &view : *views)
            QCOMPARE(view.trust, DeviceTrust::Verified);
        QCOMPARE(views->size(), 2);
    }

    void aDeviceThatThePersonComparedIsSigned()
    {
        alice->flush();
        alice->bootstrap();
        const auto second = newDevice(u"A2"_s);

        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A2"_s), LocalTrust::Verified));
        alice->flush();
        second->sync();
        QVERIFY(own(*second).thisDeviceSigned && !own(*second).verified);

        QVERIFY(second->machine->verifiedUser(second->user(), own(*alice).master));
        QVERIFY(own(*second).verified);
    }

    void aKeyOfTheServersMakingIsNotOurs()
    {
        alice->flush();
        alice->bootstrap();
        const IdentityMaker bob(u"@bob:two"_s, 'b');
        bob.publish(*server);
        QVERIFY(alice->machine->trackUsers({UserId(u"@bob:two"_s)}));
        alice->flush();
        QVERIFY(alice->machine->verifiedUser(UserId(u"@bob:two"_s), Ed25519Key(bob.master.key)));
        alice->flush();
        const auto good = server->identities[user];

        const IdentityMaker forged(user, 'f');
        forged.publish(*server);
        forged.signDevice(*server, u"A"_s);
        alice->sync();

        QVERIFY(own(*alice).changed && !own(*alice).verified && !own(*alice).holdsMaster);
        QVERIFY(alice->machine->identity(UserId(u"@bob:two"_s))->violated);
        const int uploads = server->signatureUploads;
        alice->flush();
        QCOMPARE(server->signatureUploads, uploads); // nothing is signed for it

        // The private keys are still there: the server cannot take them by showing others.
        server->identities[user] = good;
        server->announce(user);
        alice->sync();
        QVERIFY(own(*alice).verified && !own(*alice).changed && own(*alice).holdsMaster);
        QVERIFY(alice->machine->identity(UserId(u"@bob:two"_s))->verified);
    }

    void aResetTakesBackWhatWasCompared()
    {
        alice->flush();
        alice->bootstrap();
        const auto second = newDevice(u"A2"_s);
        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A2"_s), LocalTrust::Verified));
        alice->flush();
        second->sync();
        QVERIFY(own(*second).thisDeviceSigned);

        alice->bootstrap(); // anew

        second->sync();
        alice->sync();
        QVERIFY(own(*alice).isWhole() && own(*alice).thisDeviceSigned);
        QVERIFY(!own(*second).thisDeviceSigned);
        QCOMPARE(trustInSecond(), DeviceTrust::Unsigned);
        alice->start();
        alice->flush();
        second->sync();
        QVERIFY(!own(*second).thisDeviceSigned);

        // Compared again, it is as before.
        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A2"_s), LocalTrust::Verified));
        alice->flush();
        second->sync();
        QVERIFY(own(*second).thisDeviceSigned);
    }

    void aResetWhoseAnswerWasLostTakesItBackAsWell()
    {
        alice->flush();
        alice->bootstrap();
        const auto second = newDevice(u"A2"_s);
        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A2"_s), LocalTrust::Verified));
        alice->flush();

        const QByteArray body = *alice->machine->newIdentity();
        QVERIFY(alice->machine->newIdentityAgreed(true));
        server->uploadIdentity(user, body);
        alice->start();
        alice->sync();
        second->sync();

        QVERIFY(own(*alice).isWhole() && own(*alice).thisDeviceSigned);
        QVERIFY(!own(*second).thisDeviceSigned);
        QCOMPARE(trustInSecond(), DeviceTrust::Unsigned);
    }

    void whatWasComparedUnderOneIdentitySaysNothingUnderAnother()
    {
        alice->flush();
        alice->bootstrap();
        const auto second = newDevice(u"A2"_s);
        const auto third = newDevice(u"A3"_s);
        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A2"_s), LocalTrust::Verified));
        QVERIFY(alice->machine->setLocalTrust(alice->user(), DeviceId(u"A3"_s), LocalTrust::Blacklisted));

        const IdentityMaker anew(user, 'n'); // made elsewhere, and taken over here
        anew.publish(*server);
        alice->sync();
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::Master, anew.master.seed));
        QVERIFY(*alice->machine->takeIdentityKey(CrossSigningRole::SelfSigning, anew.selfSigning.seed));
        alice->flush();
        second->sync();

        QVERIFY(own(*alice).thisDeviceSigned);
        QVERIFY(!own(*second).thisDeviceSigned);
        QCOMPARE(trustInSecond(), DeviceTrust::Unsigned);
        QCOMPARE(alice->store.tables.devices.at({alice->user(), DeviceId(u"A3"_s)}).trust,
                 LocalTrust::Blacklisted);
    }

    void aServerThatKeepsSignaturesToItselfIsNotToldForEver()
    {
        alice->flush();
        server->hidesSignatures = true;
        alice->bootstrap();
        for (int i = 0; i < 5; ++i) {
            server->announce(user);
            alice->sync();
        }
        QVERIFY2(server->signatureUploads <= 2, qPrintable(QString::number(server->signatureUploads)));
    }

    /// The server answered the query before it took the signature, and the answer was slower.
    void anAnswerOfBeforeTakesNoSignatureAway()
    {
        alice->flush();
        server->uploadIdentity(user, *alice->machine->newIdentity());
        QVERIFY(alice->machine->newIdentityAccepted(false));
        const auto find = [&](auto what) {
            const auto all = *alice->machine->outgoing();
            for (const OutgoingRequest &one : all) {
                if (std::holds_alternative<decltype(what)>(one.what))
                    return std::optional(one);
            }
            return std::optional<OutgoingRequest>();
        };
        for (auto query = find(KeysQuery()); query; query = find(KeysQuery()))
            alice->send(*query);
        server->announce(user);
        alice->receive(server->sync(alice->address));
        const auto query = find(KeysQuery()), signatures = find(SignaturesUpload());
        QVERIFY2(query && signatures, "there is nothing to overtake");
        const Result<QByteArray> before = server->query(std::get<KeysQuery>(query->what).body);
        alice->send(*signatures);
        QVERIFY(alice->machine->markSent(query->id, *before));
        QVERIFY(own(*alice).thisDeviceSigned);
        alice->flush();
        QVERIFY(own(*alice).thisDeviceSigned && alice->machine->outgoing()->isEmpty());
    }

    void aRefusedSignatureIsTriedAgainLater()
    {
        alice->flush();
        server->refusedSignatures = {u"A"_s};
        alice->bootstrap();
        QVERIFY(!own(*alice).thisDeviceSigned);
        QCOMPARE(server->signatureUploads, 1);

        server->refusedSignatures.clear();
        alice->sync();
        QCOMPARE(server->signatureUploads, 1);
        clock.advance(20'000);
        alice->sync();
        QVERIFY(own(*alice).thisDeviceSigned);
    }

    void secretsAreSealed()
    {
        alice->flush();
        alice->bootstrap();
        const Secret master = seed(CrossSigningRole::Master);
        for (const auto &[name, sealed] : alice->store.tables.secrets) {
            QVERIFY(!sealed.contains(master.view().toByteArray()));
            QVERIFY(sealed.size() >= 32 + 16 + 32);
        }
        QCOMPARE(alice->store.tables.secrets.size(), size_t(3));

        // A row under another name does not open, and nothing is made of it.
        auto &secrets = alice->store.tables.secrets;
        std::swap(secrets[u"m.cross_signing.master"_s], secrets[u"m.cross_signing.self_signing"_s]);
        const auto read = alice->machine->identityKey(CrossSigningRole::Master);
        QVERIFY(read);
        QVERIFY(read->isEmpty());
    }

    void aFailedSaveLeavesNoHalfIdentity()
    {
        alice->flush();
        for (qsizetype failing = 1; failing <= 2; ++failing) {
            alice->store.failFrom = alice->store.saves + failing;
            const auto body = alice->machine->newIdentity();
            const auto done =
                body ? alice->machine->newIdentityAccepted(false) : tl::unexpected(body.error());
            QVERIFY(!done);
            alice->store.failFrom = 0;
            QVERIFY(!own(*alice).exists && !own(*alice).holdsMaster);
        }
        alice->bootstrap();
        QVERIFY(own(*alice).thisDeviceSigned);
    }
};

QTEST_GUILESS_MAIN(OwnIdentityTest)
#include "tst_own_identity.moc"
