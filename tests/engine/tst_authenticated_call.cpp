// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/devices.h"
#include "engine/authenticated_call.h"

#include <QTest>

#include "api_world.h"

using namespace parvis;

/// A request for which the server wants to know who asks.
class AuthenticatedCallTest : public QObject
{
    Q_OBJECT

private:
    static inline const QByteArray asksPassword =
        R"({"session":"s1","flows":[{"stages":["m.login.password"]}]})";
    static inline const QByteArray wrong =
        R"({"session":"s1","flows":[{"stages":["m.login.password"]}],"errcode":"M_FORBIDDEN"})";
    static inline const QByteArray asksSso = R"({"session":"s2","flows":[{"stages":["m.login.sso"]}]})";

    std::unique_ptr<ApiWorld> m_world;
    AuthMemory m_memory;

    Task<void> ask(const char *password = "")
    {
        const auto build = [](const QByteArray &body) { return api::DeleteDevices{.body = body}.build(); };
        return AuthenticatedCall::run(m_world->api, m_memory, UserId(u"@me:x"_s),
                                      {build, api::DeleteDevices::of({DeviceId(u"D"_s)})},
                                      Secret(QByteArrayView(password)));
    }
    [[nodiscard]] QString codeOf(Task<void> task)
    {
        const auto result = await(std::move(task));
        return result ? QString() : result.error().code;
    }
    [[nodiscard]] QJsonObject auth(qsizetype i) const { return m_world->http.body(i)["auth"_L1].toObject(); }
    [[nodiscard]] bool saidPassword(qsizetype i) const { return auth(i).contains("password"_L1); }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ApiWorld>();
        m_memory = {};
    }

    void whereNothingIsAskedNothingIsSaid()
    {
        m_world->http.willSay(200, "{}");

        QCOMPARE(codeOf(ask("secret")), QString());

        QCOMPARE(m_world->http.sent.size(), 1);
        QVERIFY(auth(0).isEmpty());
    }

    void thePasswordIsSaidInTheServersSession()
    {
        m_world->http.willSay(401, asksPassword);
        m_world->http.willSay(200, "{}");

        QCOMPARE(codeOf(ask("secret")), QString());

        QCOMPARE(m_world->http.sent.size(), 2);
        QCOMPARE(auth(1)["session"_L1].toString(), u"s1"_s);
        QCOMPARE(auth(1)["password"_L1].toString(), u"secret"_s);
        QCOMPARE(m_world->http.body(1)["devices"_L1], m_world->http.body(0)["devices"_L1]);
    }

    void withoutAPasswordThePersonIsAsked()
    {
        m_world->http.willSay(401, asksPassword);
        QCOMPARE(codeOf(ask()), u"PARVIS_PASSWORD_NEEDED"_s);
        QCOMPARE(m_world->http.sent.size(), 1);
    }

    /// However the server goes on asking, the password goes out once.
    void aWrongPasswordIsNotRepeated_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("refused") << wrong;
        QTest::newRow("asked again") << asksPassword;
        QTest::newRow("in another session")
            << QByteArray(R"({"session":"other","flows":[{"stages":["m.login.password"]}]})");
        QTest::newRow("another flow") << asksSso;
        QTest::newRow("nothing that can be done") << QByteArray(R"({"session":"s1","flows":[{"stages":7}]})");
    }
    void aWrongPasswordIsNotRepeated()
    {
        QFETCH(QByteArray, second);
        m_world->http.willSay(401, asksPassword);
        m_world->http.willSay(401, second);

        QCOMPARE(codeOf(ask("secret")), u"PARVIS_WRONG_PASSWORD"_s);

        QCOMPARE(m_world->http.sent.size(), 2);
    }

    void whatIsMissingAfterThePasswordIsDoneInTheBrowser()
    {
        m_world->http.willSay(401, asksPassword);
        m_world->http.willSay(401,
                              R"({"session":"s1","completed":["m.login.password"],
                                  "flows":[{"stages":["m.login.password","m.login.terms"]}]})");

        const auto result = await(ask("secret"));

        QCOMPARE(result.error().code, u"PARVIS_AUTH_IN_BROWSER"_s);
        QVERIFY(result.error().detail.contains(u"/auth/m.login.terms/fallback/web?session=s1"_s));
    }

    void whatWasAgreedInTheBrowserIsAskedForInItsSession()
    {
        m_world->http.willSay(401, asksSso);
        QCOMPARE(codeOf(ask("secret")), u"PARVIS_AUTH_IN_BROWSER"_s);
        QVERIFY(!saidPassword(0));
        m_world->http.willSay(200, "{}");

        QCOMPARE(codeOf(ask("secret")), QString());

        QCOMPARE(auth(1), (QJsonObject{{"session"_L1, u"s2"_s}}));
    }

    void notAgreedYetItIsAskedAgain()
    {
        m_world->http.willSay(401, asksSso);
        QCOMPARE(codeOf(ask()), u"PARVIS_AUTH_IN_BROWSER"_s);
        m_world->http.willSay(401, asksSso);
        QCOMPARE(codeOf(ask()), u"PARVIS_AUTH_IN_BROWSER"_s);
        QCOMPARE(m_world->http.sent.size(), 2);
    }

    void aSessionThatTheServerHasForgottenIsBegunAnew()
    {
        m_world->http.willSay(401, asksSso);
        QCOMPARE(codeOf(ask()), u"PARVIS_AUTH_IN_BROWSER"_s);
        m_world->http.willSay(400, R"({"errcode":"M_UNKNOWN"})");
        m_world->http.willSay(401, asksPassword);
        m_world->http.willSay(200, "{}");

        QCOMPARE(codeOf(ask("secret")), QString());

        QVERIFY(auth(2).isEmpty());
        QVERIFY(saidPassword(3));
    }

    void aSessionForAnotherRequestIsNotUsed()
    {
        m_world->http.willSay(401, asksSso);
        QCOMPARE(codeOf(ask()), u"PARVIS_AUTH_IN_BROWSER"_s);
        m_world->http.willSay(200, "{}");
        const auto build = [](const QByteArray &body) { return api::DeleteDevices{.body = body}.build(); };

        const auto other =
            await(AuthenticatedCall::run(m_world->api, m_memory, UserId(u"@me:x"_s),
                                         {build, api::DeleteDevices::of({DeviceId(u"OTHER"_s)})}, Secret()));

        QVERIFY(other);
        QVERIFY(auth(1).isEmpty());
    }

    void whatCannotBeAskedForSaysWhy_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("refused") << 403 << QByteArray(R"({"errcode":"M_FORBIDDEN"})") << u"M_FORBIDDEN"_s;
        QTest::newRow("no flows") << 401 << QByteArray(R"({"flows":[]})") << u"PARVIS_UNAUTHORISED"_s;
        QTest::newRow("broken") << 500 << QByteArray("?") << u"PARVIS_SERVER_ERROR"_s;
    }
    void whatCannotBeAskedForSaysWhy()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        m_world->http.willSay(status, body);

        QCOMPARE(codeOf(ask("secret")), code);

        QCOMPARE(m_world->http.sent.size(), 1);
    }
};

QTEST_GUILESS_MAIN(AuthenticatedCallTest)
#include "tst_authenticated_call.moc"
