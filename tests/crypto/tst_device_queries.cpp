// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2

#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

class DeviceQueriesTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;
    std::unique_ptr<Attacker> mallory;

    [[nodiscard]] QList<DeviceRecord> known(const QString &user) const
    {
        return *alice->machine->devicesOf(UserId(user));
    }
    void follow(const QString &user)
    {
        QVERIFY(alice->machine->trackUsers({UserId(user)}));
        alice->flush();
    }

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
        mallory = std::make_unique<Attacker>(*server, u"@mallory:two"_s, u"M"_s);
    }

    void aChangeDuringTheQueryIsNotLost()
    {
        alice->flush();
        mallory->publish();
        QVERIFY(alice->machine->trackUsers({UserId(u"@mallory:two"_s)}));
        RequestId id;
        const auto query = queryOf(*alice, &id);
        const QByteArray answer = server->query(query->body);
        Attacker second(*server, u"@mallory:two"_s, u"M2"_s);
        second.publish();

        SyncCrypto changed;
        changed.changedUsers = {UserId(u"@mallory:two"_s)};
        alice->receive(changed); // while the old answer is on its way
        QVERIFY(alice->machine->markSent(id, answer));

        QVERIFY(queryOf(*alice));
        alice->flush();
        QCOMPARE(known(u"@mallory:two"_s).size(), 2);
    }

    void usersAreAskedInChunksOneQueryAtATime()
    {
        alice->flush();
        QList<UserId> users;
        for (int i = 0; i < 600; ++i)
            users.append(UserId(u"@user%1:two"_s.arg(i)));
        QVERIFY(alice->machine->trackUsers(users));

        QList<qsizetype> sizes;
        QSet<UserId> asked;
        while (true) {
            RequestId id;
            const auto query = queryOf(*alice, &id);
            if (!query)
                break;
            QCOMPARE(queryOf(*alice)->body, query->body); // the same until it is answered
            sizes.append(query->users.size());
            asked.unite(QSet<UserId>(query->users.cbegin(), query->users.cend()));
            QVERIFY(alice->machine->markSent(id, server->query(query->body)));
        }

        QCOMPARE(sizes, (QList<qsizetype>{250, 250, 100}));
        QCOMPARE(asked.size(), 600);
    }

    void aServerThatDoesNotAnswerIsLeftAloneForAWhile()
    {
        alice->flush();
        mallory->publish();
        server->silentServers = {u"two"_s};

        follow(u"@mallory:two"_s);
        QVERIFY(!queryOf(*alice));
        server->silentServers.clear();
        clock.advance(14'000);
        QVERIFY(!queryOf(*alice));
        clock.advance(2000);
        QVERIFY(queryOf(*alice));
        alice->flush();

        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
    }

    void aLostPositionMakesEveryoneOutdated()
    {
        alice->flush();
        mallory->publish();
        follow(u"@mallory:two"_s);
        QVERIFY(!queryOf(*alice));

        SyncCrypto lost;
        lost.positionLost = true;
        alice->receive(lost);

        QCOMPARE(queryOf(*alice)->users.size(), 2);
    }

    void onlyFollowedUsersBecomeOutdated()
    {
        alice->flush();
        SyncCrypto changed;
        changed.changedUsers = {UserId(u"@nobody:two"_s)};

        alice->receive(changed);

        QVERIFY(!queryOf(*alice));
    }

    void anUnansweredQueryIsMadeAgainAfterARestart()
    {
        alice->flush();
        mallory->publish();
        QVERIFY(alice->machine->trackUsers({UserId(u"@mallory:two"_s)}));
        QVERIFY(queryOf(*alice));

        alice->start();
        alice->flush();

        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
    }

    void tenThousandDevicesAreBoundedAndKnownOnesStay()
    {
        alice->flush();
        Attacker old(*server, u"@mallory:two"_s, u"zz-old"_s);
        old.publish();
        follow(u"@mallory:two"_s);
        const QJsonObject keys = old.keys();
        for (int i = 0; i < 10'000; ++i)
            server->devices[{u"@mallory:two"_s, u"D%1"_s.arg(i)}].keys =
                keys; // wrong ids: each has to be checked

        server->announce(u"@mallory:two"_s);
        alice->sync();

        QVERIFY(alice->noted(CryptoNote::Kind::TooManyDevices));
        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
        QVERIFY(alice->notes.size() < 1000);
    }

    void brokenAnswersStopNothing_data()
    {
        QTest::addColumn<QByteArray>("answer");
        for (const char *text :
             {"", "null", "[]", "{}", R"({"device_keys":5})", R"({"device_keys":{"@mallory:two":[]}})",
              R"({"device_keys":{"@mallory:two":{"M":null}}})", R"({"device_keys":{"@mallory:two":{"M":{}}})",
              R"({"failures":[1],"device_keys":null})",
              R"({"device_keys":{"@mallory:two":{"M":{"keys":7}}}})"})
            QTest::newRow(text) << QByteArray(text);
    }
    void brokenAnswersStopNothing()
    {
        QFETCH(QByteArray, answer);
        alice->flush();
        mallory->publish();
        QVERIFY(alice->machine->trackUsers({UserId(u"@mallory:two"_s)}));
        RequestId id;
        QVERIFY(queryOf(*alice, &id));

        (void)alice->machine->markSent(id, answer);

        QVERIFY(known(u"@mallory:two"_s).isEmpty());
        clock.advance(60'000);
        server->announce(u"@mallory:two"_s);
        alice->sync();
        QCOMPARE(known(u"@mallory:two"_s).size(), 1);
    }

    void aRefusedQueryIsNotRepeatedAtOnce()
    {
        alice->flush();
        QVERIFY(alice->machine->trackUsers({UserId(u"@mallory:two"_s)}));
        RequestId id;
        QVERIFY(queryOf(*alice, &id));

        QVERIFY(alice->machine->markFailed(id, {ErrorKind::Network, u"PARVIS_X"_s, {}, 0}));
        RequestId again;
        QVERIFY(queryOf(*alice, &again));
        QCOMPARE(again, id); // a failure on the way changes nothing
        QVERIFY(alice->machine->markFailed(id, {ErrorKind::Protocol, u"M_UNKNOWN"_s, {}, 0}));

        QVERIFY(!queryOf(*alice));
        clock.advance(16'000);
        QVERIFY(queryOf(*alice));
    }
};

QTEST_GUILESS_MAIN(DeviceQueriesTest)
#include "tst_device_queries.moc"
