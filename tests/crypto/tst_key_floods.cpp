// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Somebody's devices, or their one-time keys, are larger than an answer may be: it costs them, and nobody
// else.
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class KeyFloodsTest : public QObject
{
    Q_OBJECT

private:
    static constexpr qsizetype limit = 200'000;
    const RoomId room{u"!room:one"_s};
    const UserId mallory{u"@mallory:two"_s};
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::vector<std::unique_ptr<Attacker>> made;

    Attacker &device(const QString &user, const QString &id, qsizetype ballast = 0)
    {
        made.push_back(std::make_unique<Attacker>(*server, user, id));
        made.back()->publish([&](QJsonObject &keys) {
            if (ballast > 0)
                keys[u"org.example.ballast"_s] = QString(ballast, u'x');
        });
        return *made.back();
    }
    /// Its one-time keys are so large.
    Attacker &claimable(const QString &user, const QString &id, qsizetype ballast = 0)
    {
        Attacker &one = device(user, id);
        one.publishOneTimeKeys(8);
        for (auto &[name, key] : server->devices[{user, id}].oneTimeKeys) {
            key[u"org.example.ballast"_s] = QString(ballast, u'x');
            key = one.sign(key);
        }
        return one;
    }
    void follow(const QList<UserId> &users)
    {
        QVERIFY(alice->machine->trackUsers(users));
        alice->flush();
    }
    [[nodiscard]] qsizetype known(const QString &user) const
    {
        return alice->machine->devicesOf(UserId(user))->size();
    }
    [[nodiscard]] qsizetype keysOf(const QString &user, const QString &id) const
    {
        return qsizetype(server->devices[{user, id}].oneTimeKeys.size());
    }
    [[nodiscard]] QStringList typesFor(const QString &user, const QString &id) const
    {
        QStringList types;
        for (const QByteArray &event : std::as_const(server->devices[{user, id}].inbox))
            types.append(FakeKeyServer::parse(event)[u"type"_s].toString());
        return types;
    }
    [[nodiscard]] static RoomMembers members(const QStringList &users)
    {
        RoomMembers all;
        for (const QString &user : users)
            all.joined.append(UserId(user));
        return all;
    }
    [[nodiscard]] qsizetype notedOf(const UserId &user) const
    {
        return std::count_if(alice->notes.cbegin(), alice->notes.cend(), [&](const CryptoNote &note) {
            return note.kind == CryptoNote::Kind::AnswerTooLarge && note.user == user;
        });
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        made.clear();
        server = std::make_unique<FakeKeyServer>();
        server->largestAnswer = limit;
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        alice->flush();
        alice->encryptRoom(room);
    }

    void oneUsersLargeDevicesKeepNobodyElsesFromBeingKnown()
    {
        QList<UserId> users{mallory};
        for (int i = 0; i < 60; ++i) {
            const QString user = u"@user%1:one"_s.arg(i);
            (void)device(user, u"D"_s);
            users.append(UserId(user));
        }
        for (int i = 0; i < 5; ++i)
            (void)device(mallory.toString(), u"M%1"_s.arg(i), limit / 4);
        server->queries = 0;

        follow(users);

        for (int i = 0; i < 60; ++i)
            QCOMPARE(known(u"@user%1:one"_s.arg(i)), 1);
        QCOMPARE(known(mallory.toString()), 0);
        QCOMPARE(notedOf(mallory), 1);
        QVERIFY2(server->queries <= 24, qPrintable(QString::number(server->queries)));
        QVERIFY(!queryOf(*alice));
    }

    void whoseDevicesAreTooLargeIsAskedForAloneAndLessAndLessOften()
    {
        for (int i = 0; i < 5; ++i)
            (void)device(mallory.toString(), u"M%1"_s.arg(i), limit / 4);
        (void)device(u"@bob:one"_s, u"B"_s);
        follow({mallory, UserId(u"@bob:one"_s)});

        qint64 waited = 0;
        for (qint64 wait = 15'000; wait <= 3'600'000; wait *= 2) {
            clock.advance(wait - 1000);
            alice->flush();
            QVERIFY(!queryOf(*alice));
            clock.advance(2000);
            server->announce(u"@bob:one"_s);
            QVERIFY(alice->machine->onDevicesChanged({UserId(u"@bob:one"_s)}));
            QCOMPARE(queryOf(*alice)->users, QList<UserId>{UserId(u"@bob:one"_s)}); // without mallory
            alice->flush();
            waited += wait;
        }
        QVERIFY(waited > 3'600'000);
        clock.advance(3'601'000); // it never takes longer than an hour
        QCOMPARE(queryOf(*alice)->users, QList<UserId>{mallory});
    }

    void whoseDevicesAreSmallAgainIsKnownAgain()
    {
        for (int i = 0; i < 5; ++i)
            (void)device(mallory.toString(), u"M%1"_s.arg(i), limit / 4);
        follow({mallory});
        QCOMPARE(known(mallory.toString()), 0);
        for (int i = 1; i < 5; ++i)
            server->logout({mallory.toString(), u"M%1"_s.arg(i)});

        clock.advance(16'000);
        alice->flush();

        QCOMPARE(known(mallory.toString()), 1);
        QVERIFY(!queryOf(*alice));
    }

    /// What is sent meanwhile goes to the devices that the others have now.
    void sendingGoesOnWithTheOthersDevicesOfToday()
    {
        (void)claimable(u"@bob:one"_s, u"old"_s);
        (void)claimable(mallory.toString(), u"M"_s);
        const RoomMembers all = members({u"@alice:one"_s, u"@bob:one"_s, mallory.toString()});
        QVERIFY(!alice->say(room, all, u"un"_s).isEmpty());
        alice->flush();
        for (int i = 0; i < 5; ++i)
            (void)device(mallory.toString(), u"M%1"_s.arg(i), limit / 4);
        server->logout({u"@bob:one"_s, u"old"_s});
        server->devices[{u"@bob:one"_s, u"old"_s}].inbox.clear(); // the address, watched from here on
        (void)claimable(u"@bob:one"_s, u"new"_s);
        QVERIFY(alice->machine->onDevicesChanged({mallory, UserId(u"@bob:one"_s)}));

        QVERIFY(!alice->say(room, all, u"deux"_s).isEmpty());
        alice->flush();

        QCOMPARE(typesFor(u"@bob:one"_s, u"new"_s), QStringList{u"m.room.encrypted"_s});
        QVERIFY(typesFor(u"@bob:one"_s, u"old"_s).isEmpty());
        QCOMPARE(known(mallory.toString()), 1); // as it was
    }

    void aQueryThatIsRefusedForOneOfManyIsHalvedToo()
    {
        const UserId bob(u"@bob:one"_s);
        (void)device(bob.toString(), u"B"_s);
        QVERIFY(alice->machine->trackUsers({bob, mallory}));
        RequestId id;
        while (queryOf(*alice, &id)) {
            const auto query = queryOf(*alice);
            if (query->users.contains(mallory))
                QVERIFY(alice->machine->markFailed(id, {ErrorKind::Protocol, u"M_UNKNOWN"_s, {}, 0}));
            else
                QVERIFY(alice->machine->markSent(id, server->query(query->body)));
        }
        clock.advance(16'000);
        RequestId other;
        if (const auto query = queryOf(*alice, &other); query && query->users == QList<UserId>{bob})
            QVERIFY(alice->machine->markSent(other, server->query(query->body)));

        QCOMPARE(known(bob.toString()), 1);
    }

    void oneDevicesLargeKeyCostsTheOthersNoMoreThanThreeKeysEach()
    {
        QStringList people{u"@alice:one"_s, mallory.toString()};
        for (int i = 0; i < 249; ++i) {
            people.append(u"@user%1:one"_s.arg(i));
            (void)claimable(people.last(), u"D"_s);
        }
        (void)claimable(mallory.toString(), u"M"_s, limit);
        server->largestAnswer = 0;
        follow(members(people).joined);
        server->largestAnswer = limit;

        QVERIFY(!alice->say(room, members(people), u"un"_s).isEmpty());
        alice->flush();

        for (int i = 0; i < 249; ++i) {
            const QString &user = people.at(2 + i);
            QVERIFY2(keysOf(user, u"D"_s) >= 5, qPrintable(user));
            QCOMPARE(typesFor(user, u"D"_s), QStringList{u"m.room.encrypted"_s});
        }
        QCOMPARE(typesFor(mallory.toString(), u"M"_s), QStringList{u"m.room_key.withheld"_s});
        QCOMPARE(notedOf(mallory), 1);
    }

    /// Not with others again: each try would cost them a key.
    void whoseKeyIsTooLargeIsClaimedForAloneFromThenOn()
    {
        (void)claimable(mallory.toString(), u"M"_s, limit);
        (void)claimable(u"@bob:one"_s, u"B"_s);
        const QStringList people{u"@alice:one"_s, u"@bob:one"_s, mallory.toString()};
        QVERIFY(!alice->say(room, members(people), u"un"_s).isEmpty());
        const qsizetype left = keysOf(u"@bob:one"_s, u"B"_s);
        (void)claimable(u"@bob:one"_s, u"B2"_s);
        QVERIFY(alice->machine->onDevicesChanged({UserId(u"@bob:one"_s)}));

        clock.advance(16'000);
        QVERIFY(!alice->say(room, members(people), u"deux"_s).isEmpty());
        alice->flush();

        QCOMPARE(keysOf(u"@bob:one"_s, u"B"_s), left);
        QCOMPARE(keysOf(u"@bob:one"_s, u"B2"_s), 7);
        QCOMPARE(typesFor(u"@bob:one"_s, u"B2"_s), QStringList{u"m.room.encrypted"_s});
        QCOMPARE(notedOf(mallory), 2);
    }

    void whoHasManyLargeKeysIsLeftOutAsAWhole()
    {
        QStringList people{u"@alice:one"_s, mallory.toString(), u"@bob:one"_s};
        for (int i = 0; i < 40; ++i)
            (void)claimable(mallory.toString(), u"M%1"_s.arg(i), limit);
        (void)claimable(u"@bob:one"_s, u"B"_s);

        QVERIFY(!alice->say(room, members(people), u"un"_s).isEmpty());
        alice->flush();

        QCOMPARE(typesFor(u"@bob:one"_s, u"B"_s), QStringList{u"m.room.encrypted"_s});
        QVERIFY(keysOf(u"@bob:one"_s, u"B"_s) >= 5);
        QCOMPARE(notedOf(mallory), 10);
    }

    void aDeviceInAClaimIsNotClaimedForASecondTime()
    {
        (void)claimable(u"@bob:one"_s, u"B"_s);
        const RoomMembers all = members({u"@alice:one"_s, u"@bob:one"_s});
        QVERIFY(!alice->machine->prepareSend(room, all)->ready);
        alice->flush(); // the devices
        server->devices[{u"@alice:one"_s, u"A"_s}].inbox.clear();
        const RoomId other(u"!other:one"_s);
        alice->encryptRoom(other);
        const qsizetype before = server->claimed.size();
        const auto readiness = alice->machine->prepareSend(room, all);
        QCOMPARE(readiness->waitingFor.size(), 1); // the claim is on its way

        QVERIFY(alice->machine->prepareSend(other, all));
        QVERIFY(alice->machine->prepareSend(room, all));
        alice->flush();

        QCOMPARE(server->claimed.size(), before + 1);
    }
};

QTEST_GUILESS_MAIN(KeyFloodsTest)
#include "tst_key_floods.moc"
