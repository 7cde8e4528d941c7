// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

/// What is uploaded when the server forgot, or when nobody knows whether it heard.
class KeyUploadsTest : public QObject
{
    Q_OBJECT

private:
    FakeClock clock;
    std::unique_ptr<FakeKeyServer> server;
    std::unique_ptr<Peer> alice;

    [[nodiscard]] FakeKeyServer::Device &atServer() { return server->devices[alice->address]; }
    /// The upload that waits, as JSON; empty if none does.
    [[nodiscard]] QJsonObject upload(OutgoingRequest *found = nullptr)
    {
        const auto requests = alice->machine->outgoing();
        for (const OutgoingRequest &request : *requests) {
            if (const auto *keys = std::get_if<KeysUpload>(&request.what)) {
                if (found)
                    *found = request;
                return FakeKeyServer::parse(keys->body);
            }
        }
        return {};
    }
    [[nodiscard]] static SyncCrypto counted(qint64 count)
    {
        SyncCrypto sync;
        sync.oneTimeKeyCounts = QHash<QString, qint64>{{u"signed_curve25519"_s, count}};
        sync.absentCountMeansZero = true;
        return sync;
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
    }

    void aDeviceThatTheServerForgotIsUploadedAgain()
    {
        alice->flush();
        alice->sync();
        server->devices[alice->address] = {}; // signed out by somebody, signed in again as the same device
        server->announce(alice->address.first);

        alice->sync();

        QVERIFY(alice->noted(CryptoNote::Kind::OwnDeviceMissing));
        QVERIFY(parseDeviceKeys(FakeKeyServer::text(atServer().keys), alice->user(), alice->device()));
        alice->sync();
        QCOMPARE(atServer().oneTimeKeys.size(), 50U);
        QVERIFY(upload().isEmpty());
    }

    void anAnswerWithoutUsSaysNothingAboutOurDevice()
    {
        alice->flush();
        RequestId id;
        QVERIFY(alice->machine->onDevicesChanged({alice->user()}));
        QVERIFY(queryOf(*alice, &id));

        QVERIFY(alice->machine->markSent(id, R"({"device_keys":{}})"));

        QVERIFY(upload().isEmpty());
    }

    void anUploadWithoutDeviceKeysDoesNotMakeThemKnown()
    {
        alice->flush();
        alice->receive(counted(40));
        OutgoingRequest request;
        QVERIFY(!upload(&request).contains("device_keys"_L1));
        RequestId id;
        QVERIFY(alice->machine->onDevicesChanged({alice->user()}));
        QVERIFY(queryOf(*alice, &id));
        QVERIFY(alice->machine->markSent(id, R"({"device_keys":{"@alice:one":{}}})"));

        alice->send(request);

        QVERIFY(upload().contains("device_keys"_L1));
    }

    void whoSignsInAgainLooksBeforeUploading()
    {
        alice->flush();
        alice->receive(counted(40));

        QVERIFY(alice->machine->onSignedInAgain());

        QVERIFY(upload().isEmpty());
        const auto query = queryOf(*alice);
        QVERIFY(query);
        QCOMPARE(query->users, QList<UserId>{alice->user()});
        alice->flush();
        QCOMPARE(atServer().oneTimeKeys.size(), 60U);
    }

    void aKeyUsedMeanwhileIsNotUploadedASecondTime()
    {
        alice->flush();
        alice->receive(counted(40));
        OutgoingRequest request;
        QVERIFY(!upload(&request).isEmpty());
        atServer().oneTimeKeys.clear();
        alice->send(request, false); // arrives; its answer does not
        QVERIFY(alice->machine->markUnanswered(request.id));
        Attacker bob(*server, u"@bob:two"_s, u"B"_s);
        const QByteArray message = bob.message(*alice, u"org.example.x"_s, {}); // takes a key
        const QString used = server->claimed.last().section(u' ', 2);

        SyncCrypto sync = server->sync(alice->address);
        sync.toDevice = {message};
        alice->receive(sync);
        clock.advance(60'000);

        QCOMPARE(alice->received.size(), 1);
        const QJsonObject again = upload()["one_time_keys"_L1].toObject();
        QCOMPARE(again.size(), 9);
        QVERIFY(!again.contains(used));
    }

    void anUploadThatArrivedIsNotRepeated_data()
    {
        QTest::addColumn<bool>("restart");
        QTest::newRow("the answer is lost") << false;
        QTest::newRow("the program is killed") << true;
    }
    void anUploadThatArrivedIsNotRepeated()
    {
        QFETCH(bool, restart);
        alice->flush();
        atServer().oneTimeKeys.clear();
        alice->receive(counted(0));
        OutgoingRequest request;
        QCOMPARE(upload(&request)["one_time_keys"_L1].toObject().size(), 50);
        alice->send(request, false);
        if (restart)
            alice->start();
        else
            QVERIFY(alice->machine->markUnanswered(request.id));
        Attacker bob(*server, u"@bob:two"_s, u"B"_s);
        bob.open(*alice); // takes a key; its message is still under way

        QVERIFY(upload().isEmpty()); // first the server says how many it has
        alice->receive(counted(49));
        clock.advance(60'000);

        QCOMPARE(upload()["one_time_keys"_L1].toObject().size(), 1); // a new one
        alice->flush();
        QCOMPARE(atServer().oneTimeKeys.size(), 50U);
        QVERIFY(!atServer().oneTimeKeys.contains(server->claimed.last().section(u' ', 2)));
        QVERIFY(upload().isEmpty());
    }

    void anUploadThatDidNotArriveIsRepeatedAfterTheNextSync()
    {
        alice->flush();
        alice->receive(counted(40));
        OutgoingRequest request;
        const QJsonObject before = upload(&request);
        QVERIFY(alice->machine->markUnanswered(request.id));
        QVERIFY(upload().isEmpty());

        alice->receive(counted(38));
        QVERIFY(upload().isEmpty()); // a server that answers nobody must not keep us busy
        clock.advance(60'000);

        QCOMPARE(upload(), before);
    }

    void deviceKeysThatMayNotHaveArrivedDoNotWait()
    {
        alice->send(alice->machine->outgoing()->first());
        OutgoingRequest request;
        const QJsonObject before = upload(&request);
        QVERIFY(before.contains("device_keys"_L1));

        QVERIFY(alice->machine->markUnanswered(request.id));

        OutgoingRequest again;
        QCOMPARE(upload(&again), before);
        QCOMPARE(again.id, request.id);
    }

    void anUploadInFlightThatIsCountedAlreadyNeedsNoAnswer()
    {
        alice->flush();
        alice->receive(counted(40));
        OutgoingRequest request;
        QVERIFY(!upload(&request).isEmpty());

        alice->receive(counted(50));

        QVERIFY(upload().isEmpty());
        QVERIFY(alice->machine->markSent(request.id, R"({"one_time_key_counts":{"signed_curve25519":50}})"));
        QVERIFY(upload().isEmpty());
    }
};

QTEST_GUILESS_MAIN(KeyUploadsTest)
#include "tst_key_uploads.moc"
