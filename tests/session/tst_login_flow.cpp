// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_http.h"
#include "session/login_flow.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

namespace {

constexpr auto answer = R"({"user_id":"@claire:exemple.gouv","device_id":"NEW","access_token":"a1",
    "refresh_token":"r1","expires_in_ms":300000})";

} // namespace

class LoginFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensASession()
    {
        m_http->willSay(200, answer);

        const auto session = logIn({});

        QVERIFY(session);
        QCOMPARE(session->userId, UserId(u"@claire:exemple.gouv"_s));
        QCOMPARE(session->deviceId, DeviceId(u"NEW"_s));
        QCOMPARE(session->baseUrl, QByteArray("https://m.exemple.gouv"));
        QVERIFY(session->tokens.access.equals("a1"));
        QVERIFY(session->tokens.refresh.equals("r1"));
        QCOMPARE(session->tokens.expiresAtMs, m_clock.ms + 300'000);
        QCOMPARE(m_http->sent[0].url, QByteArray("https://m.exemple.gouv/_matrix/client/v3/login"));
        const QJsonObject body = m_http->body(0);
        QCOMPARE(body["type"_L1].toString(), u"m.login.password"_s);
        QCOMPARE(body["identifier"_L1]["type"_L1].toString(), u"m.id.user"_s);
        QCOMPARE(body["identifier"_L1]["user"_L1].toString(), u"claire"_s);
        QCOMPARE(body["password"_L1].toString(), u"sésame"_s);
        QCOMPARE(body["initial_device_display_name"_L1].toString(), u"Parvis"_s);
        QVERIFY(body["refresh_token"_L1].toBool());
        QVERIFY(!body.contains("device_id"_L1));
    }

    void needsNoRefreshToken()
    {
        m_http->willSay(200, R"({"user_id":"@c:x","device_id":"D","access_token":"a"})");

        const auto session = logIn({});

        QVERIFY(session);
        QVERIFY(session->tokens.refresh.isEmpty());
        QCOMPARE(session->tokens.expiresAtMs, 0);
    }

    void signsInAsTheSameDevice()
    {
        m_http->willSay(200, QByteArray(answer).replace("NEW", "OLD"));

        const auto session =
            logIn({.deviceId = DeviceId(u"OLD"_s), .expected = UserId(u"@claire:exemple.gouv"_s)});

        QVERIFY(session);
        QCOMPARE(m_http->body(0)["device_id"_L1].toString(), u"OLD"_s);
    }

    void aTokenIsTakenOnceTheServerSaysWhoseItIs_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, int status, const QByteArray &body, const QString &code) {
            QTest::newRow(name) << status << body << code;
        };
        row("theirs", 200, R"({"user_id":"@claire:exemple.gouv","device_id":"OLD"})", {});
        row("another person", 200, R"({"user_id":"@paul:exemple.gouv","device_id":"OLD"})",
            u"PARVIS_OTHER_ACCOUNT"_s);
        row("another device", 200, R"({"user_id":"@claire:exemple.gouv","device_id":"NEW"})",
            u"PARVIS_OTHER_DEVICE"_s);
        row("no device", 200, R"({"user_id":"@claire:exemple.gouv"})", u"PARVIS_OTHER_DEVICE"_s);
        row("nobody", 200, R"({"device_id":"OLD"})", u"PARVIS_BAD_ANSWER"_s);
        row("no longer taken", 401, R"({"errcode":"M_UNKNOWN_TOKEN"})", u"M_UNKNOWN_TOKEN"_s);
    }

    void aTokenIsTakenOnceTheServerSaysWhoseItIs()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        m_http->willSay(status, body);
        LoginFlow flow(*m_http, m_clock);

        const auto session = await(
            flow.withToken({.userId = UserId(u"@claire:exemple.gouv"_s),
                            .deviceId = DeviceId(u"OLD"_s),
                            .baseUrl = "https://m.exemple.gouv",
                            .tokens = {.access = Secret("a1"), .refresh = Secret("r1"), .expiresAtMs = 0}}));

        QCOMPARE(m_http->sent.size(), 1); // above all no sign-out: it is in use elsewhere
        QCOMPARE(m_http->sent[0].url, QByteArray("https://m.exemple.gouv/_matrix/client/v3/account/whoami"));
        QCOMPARE(m_http->bearer(0), QByteArray("a1"));
        QCOMPARE(session ? QString() : session.error().code, code);
        if (session)
            QVERIFY(session->tokens.refresh.equals("r1"));
    }

    void closesWhatBelongsToSomeoneElse()
    {
        m_http->willSay(200, answer);
        m_http->willSay(200, answer);

        const auto person = logIn({.expected = UserId(u"@paul:exemple.gouv"_s)});
        QCOMPARE(m_http->sent.size(), 2);
        QCOMPARE(m_http->sent[1].url, QByteArray("https://m.exemple.gouv/_matrix/client/v3/logout"));
        QCOMPARE(m_http->bearer(1), QByteArray("a1"));
        m_http->willSay(200, answer);
        m_http->willSay(200, "{}");
        const auto device = logIn({.deviceId = DeviceId(u"OLD"_s)});

        QCOMPARE(person.error().code, u"PARVIS_OTHER_ACCOUNT"_s);
        QCOMPARE(device.error().code, u"PARVIS_OTHER_DEVICE"_s);
    }

    void saysWhyNot_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");

        const auto row = [](const char *name, int status, const char *body, ErrorKind kind,
                            const QString &code) {
            QTest::newRow(name) << status << QByteArray(body) << kind << code;
        };
        row("password", 403, R"({"errcode":"M_FORBIDDEN","error":"Invalid username or password"})",
            ErrorKind::Auth, u"M_FORBIDDEN"_s);
        row("gone", 403, R"({"errcode":"M_USER_DEACTIVATED"})", ErrorKind::Forbidden,
            u"M_USER_DEACTIVATED"_s);
        row("locked", 401, R"({"errcode":"M_USER_LOCKED","soft_logout":true})", ErrorKind::Forbidden,
            u"M_USER_LOCKED"_s);
        row("often", 429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":4000})", ErrorKind::RateLimited,
            u"M_LIMIT_EXCEEDED"_s);
        row("down", 503, "<html>", ErrorKind::Server, u"PARVIS_SERVER_ERROR"_s);
        row("page", 200, "<html>", ErrorKind::Network, u"PARVIS_CAPTIVE_PORTAL"_s);
        row("cut", 200, "{\"user_id\":", ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s);
        row("no device", 200, R"({"user_id":"@c:x","access_token":"a"})", ErrorKind::Protocol,
            u"PARVIS_BAD_ANSWER"_s);
        row("no token", 200, R"({"user_id":"@c:x","device_id":"D"})", ErrorKind::Protocol,
            u"PARVIS_BAD_ANSWER"_s);
        row("wrong type", 200, R"({"user_id":7,"device_id":"D","access_token":"a"})", ErrorKind::Protocol,
            u"PARVIS_BAD_ANSWER"_s);
        row("no id", 200, R"({"user_id":"claire","device_id":"D","access_token":"a"})", ErrorKind::Protocol,
            u"PARVIS_BAD_ANSWER"_s);
        row("id with a line", 200, R"({"user_id":"@c\nb:x","device_id":"D","access_token":"a"})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
        row("id that turns", 200, R"({"user_id":"@c\u202eb:x","device_id":"D","access_token":"a"})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
        row("id of no server", 200, R"({"user_id":"@c:","device_id":"D","access_token":"a"})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
        row("device that hides", 200, R"({"user_id":"@c:x","device_id":"D\u200b","access_token":"a"})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
        row("token with a line", 200, R"({"user_id":"@c:x","device_id":"D","access_token":"a\r\nX: y"})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
        row("time", 200, R"({"user_id":"@c:x","device_id":"D","access_token":"a","expires_in_ms":-5})",
            ErrorKind::Protocol, u"PARVIS_BAD_ANSWER"_s);
    }
    void saysWhyNot()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, code);
        m_http->willSay(status, body);

        const auto session = logIn({});

        QVERIFY(!session);
        QCOMPARE(session.error().kind, kind);
        QCOMPARE(session.error().code, code);
        QVERIFY(!session.error().detail.contains(u"username"_s));
        // One try. Where a token came all the same, it is given back.
        const auto logins = std::count_if(m_http->sent.cbegin(), m_http->sent.cend(),
                                          [](const HttpRequest &r) { return r.url.endsWith("/login"); });
        QCOMPARE(logins, 1);
    }

    void closesASession()
    {
        m_http->willSay(200, "{}");
        m_http->willSay(200, "{}");
        m_http->willSay(401, R"({"errcode":"M_UNKNOWN_TOKEN"})");
        ApiClient client(*m_http, m_clock, m_delay);
        client.setBaseUrl("https://m.exemple.gouv");
        client.setTokens({.access = Secret(QByteArrayView("a1")), .refresh = {}}, nullptr);

        QVERIFY(await(closeSession(client, false)));
        QVERIFY(await(closeSession(client, true)));
        QVERIFY(await(closeSession(client, false))); // who is out already is out

        QCOMPARE(m_http->sent[0].url, QByteArray("https://m.exemple.gouv/_matrix/client/v3/logout"));
        QCOMPARE(m_http->sent[1].url, QByteArray("https://m.exemple.gouv/_matrix/client/v3/logout/all"));
        QCOMPARE(m_http->bearer(1), QByteArray("a1"));
    }

    void init() { m_http.emplace(); }

private:
    Result<NewSession> logIn(LoginFlow::Password login)
    {
        login.baseUrl = "https://m.exemple.gouv";
        login.user = u"claire"_s;
        login.password = Secret(QByteArrayView("sésame"));
        login.deviceName = u"Parvis"_s;
        LoginFlow flow(*m_http, m_clock);
        return await(flow.withPassword(std::move(login)));
    }

    std::optional<FakeHttp> m_http;
    FakeClock m_clock;
    FakeDelay m_delay;
};

QTEST_GUILESS_MAIN(LoginFlowTest)
#include "tst_login_flow.moc"
