// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What comes with an invitation waits until it is accepted, whatever happens meanwhile (MSC4268).
#include "shared_history_world.h"

using namespace parvis;
using namespace parvis::crypto;

class WaitingBundlesTest : public SharedHistoryWorld
{
    Q_OBJECT

private:
    void accept()
    {
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        bob->flush();
    }
    void receive(Attacker &from, const RoomId &of)
    {
        QJsonObject bent = content();
        bent[u"room_id"_s] = of.toString();
        bob->receive(toDevice({from.message(*bob, u"m.room_key_bundle"_s, bent)}));
    }
    /// So many accounts, so many bundles of each.
    void flood(int senders, int each)
    {
        for (int sender = 0; sender < senders; ++sender) {
            Attacker stranger(*server, u"@s%1:two"_s.arg(sender), u"S"_s);
            QList<QByteArray> messages;
            for (int i = 0; i < each; ++i) {
                QJsonObject bent = content();
                bent[u"room_id"_s] = u"!s%1-%2:two"_s.arg(sender).arg(i);
                messages.append(stranger.message(*bob, u"m.room_key_bundle"_s, bent));
            }
            clock.ms += 1000;
            bob->receive(toDevice(messages));
        }
    }
    [[nodiscard]] bool isHere(const RoomId &of, const UserId &sender) const
    {
        return bob->store.tables.bundles.contains({of, sender});
    }

private Q_SLOTS:
    void init() { begin(); }

    // --- Whose device is gone

    void whoInvitedMaySignOutBeforeItIsAccepted()
    {
        QCOMPARE(give(), 1);
        bob->sync();
        server->logout(alice->address);

        accept();

        QVERIFY(wantedNow());
        QVERIFY(bob->machine->devicesOf(alice->user())->isEmpty());
    }
    void alsoWhereTheDeviceWasKnown()
    {
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        bob->flush();
        QCOMPARE(give(), 1);
        bob->sync();
        server->logout(alice->address);
        bob->sync();
        QVERIFY(bob->machine->devicesOf(alice->user())->isEmpty());

        accept();

        QVERIFY(wantedNow());
    }
    void aDeviceThatNobodySignedIsNotBelievedWhenItIsGone()
    {
        Attacker unknown(*server, u"@alice:one"_s, u"EVIL"_s);
        receive(unknown, room);
        QCOMPARE(bob->store.tables.bundles.size(), size_t(1));

        accept();

        QVERIFY(!wantedNow());
    }
    void norOneThatAnotherIdentitySigned()
    {
        QCOMPARE(give(), 1);
        bob->sync();
        server->logout(alice->address);
        Peer later(*server, clock, u"@alice:one"_s, u"LATER"_s);
        later.flush();
        later.bootstrap();

        accept();

        QVERIFY(!wantedNow());
    }
    void norOneWhoseOwnerWasVerifiedAsAnother()
    {
        QVERIFY(bob->machine->trackUsers({alice->user()}));
        bob->flush();
        QVERIFY(bob->machine->verifiedUser(alice->user(), bob->machine->identity(alice->user())->master));
        bob->flush();
        server->logout(alice->address);
        Peer later(*server, clock, u"@alice:one"_s, u"LATER"_s);
        later.flush();
        later.bootstrap();
        later.encryptRoom(room);
        QCOMPARE(give(later, bob->user()), 1);
        bob->sync();
        QCOMPARE(bob->store.tables.bundles.size(), size_t(1));
        server->logout(later.address);
        bob->sync();

        accept();

        QVERIFY(bob->machine->identity(alice->user())->violated);
        QVERIFY(!wantedNow());
    }
    void deviceKeysWithoutMeasureAreNotKept()
    {
        Attacker unknown(*server, u"@alice:one"_s, u"EVIL"_s);
        const auto bend = [&](QJsonObject &plaintext) {
            plaintext[u"sender_device_keys"_s] =
                unknown.keys([](QJsonObject &keys) { keys[u"more"_s] = QString(20'000, u'x'); });
        };
        bob->receive(toDevice({unknown.message(*bob, u"m.room_key_bundle"_s, content(), bend)}));

        QCOMPARE(bob->store.tables.bundles.size(), size_t(1));
        QVERIFY(bob->store.tables.bundles.begin()->second.deviceKeys.isEmpty());
    }

    // --- How long

    void itWaitsForTheInvitationAlsoAfterARestart()
    {
        give();
        bob->sync();
        QVERIFY(!wantedNow());
        bob->start();

        clock.ms += 3 * 24 * 3'600'000LL; // the person looks at the invitation days later
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        bob->flush();
        bob->start();
        clock.ms += 3'600'000;

        QVERIFY(wantedNow());
    }
    void itMayComeAfterTheInvitationWasAccepted()
    {
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        bob->flush();
        QVERIFY(!wantedNow());

        give();
        bob->sync();

        QVERIFY(wantedNow());
    }
    void whatCannotBeFetchedIsWantedForAsLongAsItIsKept()
    {
        QCOMPARE(give(), 1);
        bob->sync();
        accept();
        clock.ms += SharedHistory::keptMs - 3'600'000;
        // Accepting another one forgets old ones.
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(other, alice->user()));
        bob->start();

        QVERIFY(wantedNow());
        clock.ms += 2 * 3'600'000;
        QVERIFY(!wantedNow());
    }
    void whatComesTooLateIsNotWelcome()
    {
        accept();
        clock.ms += SharedHistory::welcomeMs + 1000;
        QCOMPARE(give(), 1);
        bob->sync();

        QVERIFY(!wantedNow());
        clock.ms += 3'600'000;
        QVERIFY(!wantedNow());
    }
    void oneThatComesWhileTheOtherIsTakenInStays()
    {
        invite();
        const auto first = wanted();
        QVERIFY(first);
        clock.ms += 1000;
        QCOMPARE(give(), 1);
        bob->sync();
        const auto second = wanted();
        QVERIFY(second && second->file != first->file);

        takeIn(*first, sealed());

        QCOMPARE(wanted(), second);
        takeIn(*second, sealed());
        QVERIFY(bob->store.tables.bundles.empty());
    }

    // --- Who pushes whom out

    void strangersPushOutTheirOwn()
    {
        QCOMPARE(give(), 1);
        bob->sync();

        flood(10, SharedHistory::mostOfOneSender);

        QCOMPARE(bob->store.tables.bundles.size(), size_t(SharedHistory::mostBundles));
        QVERIFY(isHere(room, alice->user()));
    }
    void whatAnInvitationGoesWithIsNotPushedOut_data()
    {
        QTest::addColumn<bool>("accepted");
        QTest::newRow("not answered") << false;
        QTest::newRow("accepted") << true;
    }
    void whatAnInvitationGoesWithIsNotPushedOut()
    {
        QFETCH(bool, accepted);
        QCOMPARE(give(), 1);
        bob->sync();
        if (accepted)
            QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, alice->user()));
        else
            bob->machine->sharedHistory().invited(room, alice->user());

        flood(SharedHistory::mostBundles + 5, 1); // each has as many

        QCOMPARE(bob->store.tables.bundles.size(), size_t(SharedHistory::mostBundles));
        QVERIFY(isHere(room, alice->user()));
    }
    void aSecondInvitationTakesNothingFromTheFirst()
    {
        const UserId mallory(u"@mallory:two"_s);
        QCOMPARE(give(), 1);
        bob->sync();
        bob->machine->sharedHistory().invited(room, alice->user());
        bob->machine->sharedHistory().invited(room, mallory);
        QVERIFY(bob->machine->sharedHistory().invitationAccepted(room, mallory));
        bob->flush();

        QVERIFY(wantedNow());
    }
    void anInvitationThatIsGoneKeepsNothing()
    {
        QCOMPARE(give(), 1);
        bob->sync();
        bob->machine->sharedHistory().invited(room, alice->user());
        bob->machine->sharedHistory().invited(room, {});

        flood(SharedHistory::mostBundles, 1);

        QVERIFY(!isHere(room, alice->user()));
    }
    void manyInvitationsAreBoundedAsWell()
    {
        for (int i = 0; i < SharedHistory::mostBundles + 5; ++i)
            bob->machine->sharedHistory().invited(RoomId(u"!s%1-0:two"_s.arg(i)),
                                                  UserId(u"@s%1:two"_s.arg(i)));

        flood(SharedHistory::mostBundles + 5, 1);

        QCOMPARE(bob->store.tables.bundles.size(), size_t(SharedHistory::mostBundles));
    }
    void ofOneSenderTheInvitationsStay()
    {
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        receive(mallory, room);
        bob->machine->sharedHistory().invited(room, UserId(u"@mallory:two"_s));
        for (int i = 0; i < 2 * SharedHistory::mostOfOneSender; ++i)
            receive(mallory, RoomId(u"!r%1:two"_s.arg(i)));

        QCOMPARE(bob->store.tables.bundles.size(), size_t(SharedHistory::mostOfOneSender));
        QVERIFY(isHere(room, UserId(u"@mallory:two"_s)));
    }
};

QTEST_GUILESS_MAIN(WaitingBundlesTest)
#include "tst_waiting_bundles.moc"
