// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "attacker.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3'600'000;

} // namespace

class OneTimeKeysTest : public QObject
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
    /// Answers our own first query, so that the first upload is due.
    void reachFirstUpload() { alice->send(alice->machine->outgoing()->first()); }

    [[nodiscard]] static SyncCrypto counted(std::optional<qint64> count, bool absentMeansZero)
    {
        SyncCrypto sync;
        if (count)
            sync.oneTimeKeyCounts = QHash<QString, qint64>{{u"signed_curve25519"_s, *count}};
        sync.absentCountMeansZero = absentMeansZero;
        return sync;
    }
    [[nodiscard]] QString fallbackId()
    {
        return atServer().fallback.isEmpty() ? QString() : atServer().fallback.keys().first();
    }

private Q_SLOTS:
    void init()
    {
        clock.ms = 1'800'000'000'000;
        server = std::make_unique<FakeKeyServer>();
        alice = std::make_unique<Peer>(*server, clock, u"@alice:one"_s, u"A"_s);
    }

    void theFirstUploadHoldsSignedDeviceKeysAndFiftyKeys()
    {
        reachFirstUpload();

        const QJsonObject body = upload();

        const auto keys = parseDeviceKeys(FakeKeyServer::text(body["device_keys"_L1].toObject()),
                                          alice->user(), alice->device());
        QVERIFY(keys);
        QCOMPARE(keys->algorithms,
                 (QStringList{QLatin1String(olmAlgorithm), QLatin1String(megolmAlgorithm)}));
        const QJsonObject oneTime = body["one_time_keys"_L1].toObject();
        QCOMPARE(oneTime.size(), 50);
        for (auto it = oneTime.begin(); it != oneTime.end(); ++it) {
            QVERIFY(it.key().startsWith("signed_curve25519:"_L1));
            QVERIFY(parseSignedOneTimeKey(FakeKeyServer::text(it.value().toObject()), alice->user(),
                                          alice->device(), keys->signingKey));
        }
    }

    void aLostAnswerLeadsToTheSameUploadAlsoAfterARestart()
    {
        reachFirstUpload();
        OutgoingRequest request;
        QVERIFY(!upload(&request).isEmpty());
        const QByteArray body = std::get<KeysUpload>(request.what).body;
        alice->send(request, false);

        alice->start();
        OutgoingRequest again;
        QVERIFY(!upload(&again).isEmpty());

        QCOMPARE(std::get<KeysUpload>(again.what).body, body);
        alice->flush();
        QVERIFY(!alice->noted(CryptoNote::Kind::OneTimeKeyConflict));
        QCOMPARE(atServer().oneTimeKeys.size(), 50U);
        QVERIFY(upload().isEmpty());
    }

    void onlyOneUploadAtATime()
    {
        reachFirstUpload();
        OutgoingRequest first;
        QVERIFY(!upload(&first).isEmpty());

        alice->receive(counted(0, true));
        alice->receive(counted(3, true));

        OutgoingRequest second;
        QVERIFY(!upload(&second).isEmpty());
        QCOMPARE(second.id, first.id);
        QCOMPARE(std::get<KeysUpload>(second.what).body, std::get<KeysUpload>(first.what).body);
    }

    void whatAMissingCountMeansDependsOnTheDialect_data()
    {
        QTest::addColumn<bool>("hasCount");
        QTest::addColumn<qint64>("count");
        QTest::addColumn<bool>("absentMeansZero");
        QTest::addColumn<int>("uploaded");
        QTest::newRow("/v3/sync, absent: none left") << false << qint64(0) << true << 50;
        QTest::newRow("sliding sync, absent: as before") << false << qint64(0) << false << 0;
        QTest::newRow("none left") << true << qint64(0) << false << 50;
        QTest::newRow("some left") << true << qint64(30) << false << 20;
        QTest::newRow("enough") << true << qint64(50) << true << 0;
        QTest::newRow("more than enough") << true << qint64(4000) << true << 0;
        QTest::newRow("below zero") << true << qint64(-7) << true << 50;
        QTest::newRow("absurd") << true << std::numeric_limits<qint64>::max() << true << 0;
    }
    void whatAMissingCountMeansDependsOnTheDialect()
    {
        QFETCH(bool, hasCount);
        QFETCH(qint64, count);
        QFETCH(bool, absentMeansZero);
        QFETCH(int, uploaded);
        alice->flush();

        alice->receive(counted(hasCount ? std::optional(count) : std::nullopt, absentMeansZero));

        QCOMPARE(upload()["one_time_keys"_L1].toObject().size(), uploaded);
    }

    void noNewKeysWhileOthersWait()
    {
        alice->flush();
        alice->receive(counted(40, true));
        const QJsonObject waiting = upload()["one_time_keys"_L1].toObject();
        QCOMPARE(waiting.size(), 10);

        alice->start(); // forgets what is in flight, not what was made
        alice->receive(counted(0, true));

        QCOMPARE(upload()["one_time_keys"_L1].toObject(), waiting);
    }

    void aConflictIsResolvedWithNewKeys()
    {
        alice->flush();
        atServer().oneTimeKeys.clear();
        alice->receive(counted(0, true));
        const QStringList ids = upload()["one_time_keys"_L1].toObject().keys();
        atServer().oneTimeKeys[ids.first()] = {{"key"_L1, "somebody else's"_L1}};

        alice->flush();
        QVERIFY(alice->noted(CryptoNote::Kind::OneTimeKeyConflict));
        QVERIFY(upload().isEmpty()); // not at once: a server that refuses everything must not keep us busy
        clock.advance(16'000);
        alice->flush();

        QCOMPARE(atServer().oneTimeKeys.size(), 51U);
        QVERIFY(upload().isEmpty());
    }

    void aUsedKeyOpensNoSecondSession()
    {
        alice->flush();
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        const QJsonObject key{
            {atServer().oneTimeKeys.begin()->first, atServer().oneTimeKeys.begin()->second}};
        atServer().oneTimeKeys.clear();
        atServer().fallback = key; // the server hands out the same one-time key twice
        const QByteArray first = mallory.message(*alice, u"org.example.a"_s, {});
        mallory.session.reset();
        const QByteArray second = mallory.message(*alice, u"org.example.b"_s, {});

        alice->receive(toDevice({first, second}));

        QCOMPARE(alice->received.size(), 1);
        QCOMPARE(alice->received.first().type, u"org.example.a"_s);
    }

    void aForgedPreKeyMessageTakesNoKeyAway()
    {
        alice->flush();
        Attacker mallory(*server, u"@mallory:two"_s, u"M"_s);
        const QByteArray honest = mallory.message(*alice, u"org.example.a"_s, {});
        QJsonObject forged = FakeKeyServer::parse(honest);
        QJsonObject content = forged["content"_L1].toObject();
        QJsonObject ciphertext = content["ciphertext"_L1].toObject();
        QJsonObject mine = ciphertext.begin().value().toObject();
        QString body = mine["body"_L1].toString();
        body[body.size() - 4] = body[body.size() - 4] == u'A' ? u'B' : u'A'; // in the MAC
        mine["body"_L1] = body;
        ciphertext[ciphertext.begin().key()] = mine;
        content["ciphertext"_L1] = ciphertext;
        forged["content"_L1] = content;

        alice->receive(toDevice({FakeKeyServer::text(forged)}));
        QCOMPARE(alice->received.size(), 0);
        alice->receive(toDevice({honest}));

        QCOMPARE(alice->received.size(), 1);
    }

    void aFallbackKeyIsMadeWhenTheServerKnowsOfThem()
    {
        alice->flush();
        QVERIFY(atServer().fallback.isEmpty());

        alice->receive(counted(50, false)); // says nothing about fallback keys
        alice->flush();
        QVERIFY(atServer().fallback.isEmpty());
        alice->sync();

        QCOMPARE(atServer().fallback.size(), 1);
        const QJsonObject key = atServer().fallback.begin().value().toObject();
        QCOMPARE(key["fallback"_L1].toBool(), true);
        QVERIFY(parseSignedOneTimeKey(FakeKeyServer::text(key), alice->user(), alice->device(),
                                      alice->machine->ownKeys().signing));
        QVERIFY(upload().isEmpty());
    }

    void aUsedFallbackKeyIsReplacedButNotAtOnce()
    {
        alice->flush();
        alice->sync();
        const QString first = fallbackId();
        atServer().fallbackUsed = true;

        alice->sync();
        QCOMPARE(fallbackId(), first);
        clock.advance(hour + 1);
        alice->sync();

        QVERIFY(fallbackId() != first);
        QVERIFY(alice->store.tables.account->previousFallbackKept);
        clock.advance(25 * hour);
        alice->sync();
        QVERIFY(!alice->store.tables.account->previousFallbackKept);
    }

    void anUnusedFallbackKeyIsReplacedEachWeek()
    {
        alice->flush();
        alice->sync();
        const QString first = fallbackId();

        clock.advance(6 * 24 * hour);
        alice->sync();
        QCOMPARE(fallbackId(), first);
        clock.advance(24 * hour + 1);
        alice->sync();

        QVERIFY(fallbackId() != first);
    }

    void aClockThatWasSetBackReplacesTheFallbackKeyOnce()
    {
        alice->flush();
        alice->sync();
        const QString first = fallbackId();

        clock.advance(-365 * 24 * hour);
        alice->sync();
        const QString second = fallbackId();
        alice->sync();

        QVERIFY(second != first);
        QCOMPARE(fallbackId(), second);
    }

    void twoPeopleCanUseTheSameFallbackKey()
    {
        alice->flush();
        alice->sync();
        atServer().oneTimeKeys.clear();
        Attacker bob(*server, u"@bob:two"_s, u"B"_s);
        Attacker charlie(*server, u"@charlie:two"_s, u"C"_s);

        alice->receive(toDevice(
            {bob.message(*alice, u"org.example.b"_s, {}), charlie.message(*alice, u"org.example.c"_s, {})}));

        QCOMPARE(alice->received.size(), 2);
    }

    void aReplayOnAFallbackKeyOpensNoSession()
    {
        alice->flush();
        alice->sync();
        atServer().oneTimeKeys.clear();
        Attacker bob(*server, u"@bob:two"_s, u"B"_s);
        const QByteArray message = bob.message(*alice, u"org.example.b"_s, {});
        alice->receive(toDevice({message}));
        // As if the session had been pushed out meanwhile.
        alice->store.tables.olmSessions.clear();

        alice->start();
        alice->receive(toDevice({message}));

        QCOMPARE(alice->received.size(), 1);
        QVERIFY(alice->store.tables.olmSessions.empty());
        QVERIFY(!alice->noted(CryptoNote::Kind::ToDeviceUndecryptable));
    }

    void anAnswerToAnUnknownRequestIsIgnored()
    {
        alice->flush();
        const auto before = alice->store.tables;

        QVERIFY(alice->machine->markSent(RequestId(u"upload-1"_s), "{}"));
        QVERIFY(alice->machine->markFailed(RequestId(u"x"_s), {ErrorKind::Protocol, u"M_UNKNOWN"_s, {}, 0}));

        QVERIFY(alice->store.tables == before);
    }

    void brokenUploadAnswersAreSurvived_data()
    {
        QTest::addColumn<QByteArray>("answer");
        for (const char *text : {"", "[]", "{}", R"({"one_time_key_counts":null})",
                                 R"({"one_time_key_counts":{"signed_curve25519":"x"}})",
                                 R"({"one_time_key_counts":{"signed_curve25519":-1}})",
                                 R"({"one_time_key_counts":{"signed_curve25519":1e99}})"})
            QTest::newRow(text) << QByteArray(text);
    }
    void brokenUploadAnswersAreSurvived()
    {
        QFETCH(QByteArray, answer);
        reachFirstUpload();
        OutgoingRequest request;
        QVERIFY(!upload(&request).isEmpty());

        QVERIFY(alice->machine->markSent(request.id, answer));

        // At most the keys that the server now claims to lack; the private half of the first ones is still
        // there.
        QVERIFY(upload()["one_time_keys"_L1].toObject().size() <= 50);
        QVERIFY(!upload().contains("device_keys"_L1));
    }
};

QTEST_GUILESS_MAIN(OneTimeKeysTest)
#include "tst_one_time_keys.moc"
