// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/direct_rooms.h"
#include "api/login.h"
#include "api/room_actions.h"

#include <QJsonArray>
#include <QTest>

#include "client_world.h"

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

namespace {

constexpr auto me = R"({"user_id":"@c:x","device_id":"D"})";
constexpr auto unknownToken = R"({"errcode":"M_UNKNOWN_TOKEN","soft_logout":false})";
constexpr auto renewed = R"({"access_token":"a2","refresh_token":"r2","expires_in_ms":1000})";

} // namespace

class ApiClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsServerAndToken()
    {
        World w;
        w.signIn("a1", "");
        w.http.willSay(200, me);

        const auto who = await(w.client.send(WhoAmI{}));

        QVERIFY(who);
        QCOMPARE(who->userId, UserId(u"@c:x"_s));
        QCOMPARE(w.http.sent[0].url, QByteArray("https://m.x/_matrix/client/v3/account/whoami"));
        QCOMPARE(w.http.bearer(0), QByteArray("a1"));
    }

    void keepsTheTokenFromOthers()
    {
        World w;
        w.signIn("a1", "");
        w.http.willSay(200, "{}");
        w.http.willSay(200, "{}");
        w.http.willSay(200, "{}");

        (void)await(w.client.call({.url = "https://m.x.evil.example/"}));
        (void)await(w.client.call({.url = "https://m.x/a"}));
        (void)await(w.client.send(LoginFlows{}));

        QCOMPARE(w.http.bearer(0), QByteArray());
        QCOMPARE(w.http.bearer(1), QByteArray("a1"));
        QCOMPARE(w.http.bearer(2), QByteArray());
    }

    void refreshesOnceForAll()
    {
        World w;
        w.signIn("a1", "r1");
        QList<bool> good;
        for (int i = 0; i < 3; ++i)
            w.client.send(WhoAmI{}).then(this, [&](const auto &r) { good += r.has_value(); });

        w.http.answer(401, unknownToken);
        w.http.answer(401, unknownToken);
        auto during = w.client.send(WhoAmI{}); // waits for the new token
        QCOMPARE(w.http.sent.size(), 4);
        QCOMPARE(w.http.sent[3].url, QByteArray("https://m.x/_matrix/client/v3/refresh"));
        QCOMPARE(w.http.body(3)["refresh_token"_L1].toString(), u"r1"_s);
        QCOMPARE(w.http.bearer(3), QByteArray());
        w.http.answer(401, unknownToken); // the third one comes while we refresh
        w.http.answer(200, renewed);

        QCOMPARE(w.store.saved, QList<QByteArray>{"a2/r2"});
        QCOMPARE(w.store.expiresAtMs, w.clock.ms + 1000);
        QCOMPARE(w.http.open(), 4);
        for (int i = 4; i < 8; ++i)
            QCOMPARE(w.http.bearer(i), QByteArray("a2"));
        for (int i = 0; i < 4; ++i)
            w.http.answer(200, me);
        QCOMPARE(good, (QList<bool>{true, true, true}));
        QVERIFY(await(std::move(during)));
        QVERIFY(w.signedOut.isEmpty());
    }

    void keepsTheTokensBeforeItUsesThem()
    {
        World w;
        w.signIn("a1", "r1");
        qsizetype sentWhenSaved = -1;
        w.store.onSave = [&] { sentWhenSaved = w.http.sent.size(); };
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);
        w.http.willSay(200, me);

        QVERIFY(await(w.client.send(WhoAmI{})));

        QCOMPARE(sentWhenSaved, 2); // the refused one and the refresh, not the repetition
        QCOMPARE(w.http.sent.size(), 3);
    }

    void usesNoTokenThatCouldNotBeKept()
    {
        World w;
        w.signIn("a1", "r1");
        w.store.answer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);

        const auto first = await(w.client.send(WhoAmI{}));
        w.store.answer = {};
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);
        w.http.willSay(200, me);
        const auto second = await(w.client.send(WhoAmI{}));

        QCOMPARE(first.error().code, u"PARVIS_DISK_FULL"_s);
        QVERIFY(second); // the old refresh token is still good: nobody used the new one
        QCOMPARE(w.http.body(3)["refresh_token"_L1].toString(), u"r1"_s);
        QVERIFY(w.signedOut.isEmpty());
    }

    void keepsARefreshTokenThatIsNotReplaced()
    {
        World w;
        w.signIn("a1", "r1");
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, R"({"access_token":"a2"})");
        w.http.willSay(200, me);

        QVERIFY(await(w.client.send(WhoAmI{})));

        QCOMPARE(w.store.saved, QList<QByteArray>{"a2/r1"});
    }

    void endsTheSession_data()
    {
        QTest::addColumn<QByteArray>("refreshToken");
        QTest::addColumn<int>("status"); // of the answer to /refresh
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        const QByteArray unknown(unknownToken);
        QTest::newRow("no refresh token") << QByteArray() << 0 << QByteArray() << u"M_UNKNOWN_TOKEN"_s;
        QTest::newRow("refused") << QByteArray("r1") << 401 << unknown << u"M_UNKNOWN_TOKEN"_s;
        QTest::newRow("forbidden") << QByteArray("r1") << 403 << QByteArray(R"({"errcode":"M_FORBIDDEN"})")
                                   << u"M_UNKNOWN_TOKEN"_s;
        QTest::newRow("gone") << QByteArray("r1") << 403 << QByteArray(R"({"errcode":"M_USER_DEACTIVATED"})")
                              << u"M_USER_DEACTIVATED"_s;
    }
    void endsTheSession()
    {
        QFETCH(QByteArray, refreshToken);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        World w;
        w.signIn("a1", refreshToken.constData());
        w.http.willSay(401, unknownToken);
        if (status)
            w.http.willSay(status, body);

        const auto first = await(w.client.send(WhoAmI{}));
        const qsizetype asked = w.http.sent.size();
        const auto second = await(w.client.send(WhoAmI{}));

        QCOMPARE(first.error().kind, ErrorKind::Auth);
        QCOMPARE(second.error().kind, ErrorKind::Auth);
        QCOMPARE(second.error().code, code);
        QCOMPARE(w.http.sent.size(), asked); // the server is not asked again
        QCOMPARE(w.signedOut.size(), 1);
        QCOMPARE(w.signedOut[0].code, code);

        w.signIn("a9", "");
        w.http.willSay(200, me);
        QVERIFY(await(w.client.send(WhoAmI{})));
    }

    void endsTheSessionWhenTheNewTokenIsRefused()
    {
        World w;
        w.signIn("a1", "r1");
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);
        w.http.willSay(401, unknownToken);

        const auto who = await(w.client.send(WhoAmI{}));

        QCOMPARE(who.error().kind, ErrorKind::Auth);
        QCOMPARE(w.http.sent.size(), 3);
        QCOMPARE(w.signedOut.size(), 1);
    }

    void trouble_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("down") << 502 << QByteArray("<html>");
        QTest::newRow("often") << 429 << QByteArray(R"({"errcode":"M_LIMIT_EXCEEDED"})");
        QTest::newRow("locked") << 401 << QByteArray(R"({"errcode":"M_USER_LOCKED","soft_logout":true})");
        QTest::newRow("page") << 200 << QByteArray("<html>");
        QTest::newRow("no token") << 200 << QByteArray("{}");
    }
    void trouble()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        World w;
        w.signIn("a1", "r1");
        w.http.willSay(401, unknownToken);
        w.http.willSay(status, body);

        const auto who = await(w.client.send(WhoAmI{}));

        QVERIFY(!who);
        QVERIFY(w.signedOut.isEmpty()); // the session may well be good
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);
        w.http.willSay(200, me);
        QVERIFY(await(w.client.send(WhoAmI{})));
    }

    void aLockedAccountStaysSignedIn()
    {
        World w;
        w.signIn("a1", "r1");
        w.http.willSay(401, R"({"errcode":"M_USER_LOCKED","soft_logout":true})");

        const auto who = await(w.client.send(WhoAmI{}));

        QCOMPARE(who.error().code, u"M_USER_LOCKED"_s);
        QCOMPARE(w.http.sent.size(), 1);
        QVERIFY(w.signedOut.isEmpty());
    }

    void forgetsWhoWaitedWhenThePersonLeaves()
    {
        World w;
        w.signIn("a1", "r1");
        auto who = w.client.send(WhoAmI{});
        w.http.answer(401, unknownToken);

        w.client.clearTokens();
        const auto answer = await(std::move(who));
        w.http.answer(200, renewed); // too late: belongs to nobody

        QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
        QVERIFY(!w.client.hasToken());
        QVERIFY(w.store.saved.isEmpty());
    }

    void addsToMDirectWhatIsThereNow()
    {
        World w;
        w.signIn("a1", "");
        w.http.willSay(200, R"({"@p:x":["!1:x"]})");
        w.http.willSay(200, "{}");
        w.http.willSay(404, R"({"errcode":"M_NOT_FOUND"})");
        w.http.willSay(200, "{}");
        w.http.willSay(403, R"({"errcode":"M_FORBIDDEN"})");
        const auto mark = [&] {
            return await(markDirect(w.client, UserId(u"@c:x"_s), UserId(u"@p:x"_s), RoomId(u"!2:x"_s)));
        };

        QVERIFY(mark());
        QCOMPARE(w.http.body(1)["@p:x"_L1].toArray(), (QJsonArray{u"!1:x"_s, u"!2:x"_s}));
        QVERIFY(mark());
        QCOMPARE(w.http.body(3)["@p:x"_L1].toArray(), QJsonArray{u"!2:x"_s});
        QVERIFY(!mark()); // what could not be read is not written over
        QCOMPARE(w.http.sent.size(), 5);
    }

    void rawTakesAnyStatus()
    {
        World w;
        w.signIn("a1", "r1");
        w.http.willSay(401, unknownToken);
        w.http.willSay(200, renewed);
        w.http.willSay(404, "x");

        const auto reply = await(w.client.exchange({.url = "/_synapse/x"}));

        QVERIFY(reply);
        QCOMPARE(reply->status, 404);
        QCOMPARE(w.http.sent[2].url, QByteArray("https://m.x/_synapse/x"));
        QCOMPARE(w.http.bearer(2), QByteArray("a2"));
    }
};

QTEST_GUILESS_MAIN(ApiClientTest)
#include "tst_api_client.moc"
