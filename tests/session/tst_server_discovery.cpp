// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "fakes/fake_http.h"
#include "session/server_discovery.h"

#include <QTest>

using namespace parvis;
using namespace parvis::session;
using namespace Qt::StringLiterals;

namespace {

constexpr auto versions = R"({"versions":["r0.6.1","v1.1","v1.12"],
    "unstable_features":{"org.matrix.simplified_msc3575":true,"x.y":false}})";
constexpr auto flows =
    R"({"flows":[{"type":"m.login.password"},{"type":"m.login.sso"},{"type":"m.login.token"}]})";
constexpr auto page = "<!DOCTYPE html><title>Welcome</title>";

/// No raw string: moc 6.4 takes the slashes of an address in one for a comment.
QByteArray wellKnown(const char *baseUrl)
{
    return QByteArray("{\"m.homeserver\":{\"base_url\":\"") + baseUrl + "\"}}";
}

policy::Policy mandatory(QMap<policy::Key, policy::Value> values)
{
    return policy::Policy(std::move(values), {});
}

} // namespace

class ServerDiscoveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesApartWhatIsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name"); // empty: refused
        QTest::addColumn<QByteArray>("baseUrl");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("code");

        const auto good = [](const char *row, const QString &typed, const QString &name,
                             const QByteArray &base = {}, const QString &user = {}) {
            QTest::newRow(row) << typed << name << base << user << QString();
        };
        const auto bad = [](const char *row, const QString &typed,
                            const QString &code = u"PARVIS_BAD_SERVER_NAME"_s) {
            QTest::newRow(row) << typed << QString() << QByteArray() << QString() << code;
        };
        good("name", u" Exemple.Gouv "_s, u"exemple.gouv"_s);
        good("port", u"exemple.gouv:8448"_s, u"exemple.gouv:8448"_s);
        good("slash", u"exemple.gouv/"_s, u"exemple.gouv"_s);
        good("address", u"[2001:db8::1]:8448"_s, u"[2001:db8::1]:8448"_s);
        good("accents", u"prefecture-rhône.example"_s, u"xn--prefecture-rhne-osb.example"_s);
        good("url", u"https://matrix.exemple.gouv/"_s, u"matrix.exemple.gouv"_s,
             "https://matrix.exemple.gouv");
        good("url with path", u"https://exemple.gouv:444/m//"_s, u"exemple.gouv:444"_s,
             "https://exemple.gouv:444/m");
        good("this computer", u"http://127.0.0.1:8008"_s, u"127.0.0.1:8008"_s, "http://127.0.0.1:8008");
        good("person", u"@claire:exemple.gouv:8448"_s, u"exemple.gouv:8448"_s, {},
             u"@claire:exemple.gouv:8448"_s);
        good("mail", u" Claire.Martin+x@Exemple.Gouv"_s, u"exemple.gouv"_s);
        good("mail, accents", u"claire@prefecture-rhône.example"_s, u"xn--prefecture-rhne-osb.example"_s);
        bad("nothing", u"  "_s);
        bad("words", u"my server"_s);
        bad("mail without a domain", u"claire@"_s);
        bad("mail at two domains", u"claire@exemple.gouv@autre.gouv"_s);
        bad("mail with a port", u"claire@exemple.gouv:8448"_s);
        bad("name and password", u"claire:secret@exemple.gouv"_s);
        bad("path", u"exemple.gouv/x"_s);
        bad("half a person", u"@claire"_s);
        bad("no name", u"@:exemple.gouv"_s);
        bad("dots", u"a..b"_s);
        bad("control", u"a\u0000b"_s);
        bad("new line", u"a.b\nX-Header: c"_s);
        bad("file", u"file:///etc/passwd"_s);
        bad("user in url", u"https://a:b@exemple.gouv"_s);
        bad("query", u"https://exemple.gouv?x"_s);
        bad("long", QString(300, u'a') + u".gouv"_s);
        bad("clear", u"http://exemple.gouv"_s, u"PARVIS_HTTPS_ONLY"_s);
    }
    void takesApartWhatIsTyped()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QFETCH(QByteArray, baseUrl);
        QFETCH(QString, user);
        QFETCH(QString, code);

        const auto input = ServerInput::parse(typed);

        QCOMPARE(input ? QString() : input.error().code, code);
        if (!input)
            return;
        QCOMPARE(input->serverName, name);
        QCOMPARE(input->baseUrl, baseUrl);
        QCOMPARE(input->user.toString(), user);
    }

    void followsTheWellKnownFile()
    {
        FakeHttp http;
        http.willSay(200, wellKnown("https://matrix.exemple.gouv/"));
        http.willSay(200, versions);
        http.willSay(200, flows);

        const auto found = await(ServerDiscovery(http, {}).discover(u"@claire:exemple.gouv"_s));

        QVERIFY(found);
        QCOMPARE(found->serverName, u"exemple.gouv"_s);
        QCOMPARE(found->baseUrl, QByteArray("https://matrix.exemple.gouv"));
        QCOMPARE(found->user, UserId(u"@claire:exemple.gouv"_s));
        QVERIFY(found->flows.password && found->flows.sso && found->flows.token && !found->flows.oauth);
        QVERIFY(found->versions.slidingSync());
        QCOMPARE(http.sent.size(), 3);
        QCOMPARE(http.sent[0].url, QByteArray("https://exemple.gouv/.well-known/matrix/client"));
        QVERIFY(http.sent[0].maxReplyBytes <= 64 * 1024);
        QCOMPARE(http.sent[1].url, QByteArray("https://matrix.exemple.gouv/_matrix/client/versions"));
        QCOMPARE(http.sent[2].url, QByteArray("https://matrix.exemple.gouv/_matrix/client/v3/login"));
        for (const HttpRequest &request : http.sent)
            QVERIFY(!request.authenticated && !request.bearer);
    }

    void takesTheNameWhereThereIsNoFile()
    {
        FakeHttp http;
        http.willSay(404, page);
        http.willSay(200, versions);
        http.willSay(200, flows);

        const auto found = await(ServerDiscovery(http, {}).discover(u"exemple.gouv:8448"_s));

        QVERIFY(found);
        QCOMPARE(found->baseUrl, QByteArray("https://exemple.gouv:8448"));
    }

    void asksNoFileForAUrl()
    {
        FakeHttp http;
        http.willSay(200, versions);
        http.willSay(200, flows);

        const auto found = await(ServerDiscovery(http, {}).discover(u"http://localhost:8008/"_s));

        QVERIFY(found);
        QCOMPARE(http.sent[0].url, QByteArray("http://localhost:8008/_matrix/client/versions"));
    }

    void refusesABadWellKnownFile_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");

        const auto row = [](const char *name, int status, const QByteArray &body, const QString &code) {
            QTest::newRow(name) << status << body << code;
        };
        row("page", 200, page, u"PARVIS_NOT_A_HOMESERVER"_s);
        row("empty", 200, "", u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("list", 200, "[]", u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("no server", 200, "{}", u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("wrong type", 200, R"({"m.homeserver":"x"})", u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("number", 200, R"({"m.homeserver":{"base_url":7}})", u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("clear", 200, wellKnown("http://exemple.gouv"), u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("no url", 200, wellKnown("exemple.gouv"), u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("script", 200, wellKnown("javascript:1"), u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("query", 200, wellKnown("https://x.y/?a="), u"PARVIS_WELL_KNOWN_INVALID"_s);
        row("forbidden", 403, "", u"PARVIS_WELL_KNOWN_FAILED"_s);
        row("broken", 500, "", u"PARVIS_WELL_KNOWN_FAILED"_s);
    }
    void refusesABadWellKnownFile()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        FakeHttp http;
        http.willSay(status, body);

        const auto found = await(ServerDiscovery(http, {}).discover(u"exemple.gouv"_s));

        QVERIFY(!found);
        QCOMPARE(found.error().code, code);
        QCOMPARE(http.sent.size(), 1);
    }

    void refusesWhatIsNoHomeserver_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");

        QTest::newRow("page") << 200 << QByteArray(page) << u"PARVIS_NOT_A_HOMESERVER"_s;
        QTest::newRow("no page") << 404 << QByteArray(page) << u"PARVIS_NOT_A_HOMESERVER"_s;
        QTest::newRow("other json") << 200 << QByteArray("{\"a\":1}") << u"PARVIS_NOT_A_HOMESERVER"_s;
        QTest::newRow("wrong type") << 200 << QByteArray(R"({"versions":"v1.1"})")
                                    << u"PARVIS_NOT_A_HOMESERVER"_s;
        QTest::newRow("old") << 200 << QByteArray(R"({"versions":["r0.6.0",7]})")
                             << u"PARVIS_SERVER_TOO_OLD"_s;
        QTest::newRow("down") << 502 << QByteArray(page) << u"PARVIS_SERVER_ERROR"_s;
        QTest::newRow("portal") << 511 << QByteArray(page) << u"PARVIS_CAPTIVE_PORTAL"_s;
    }
    void refusesWhatIsNoHomeserver()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        FakeHttp http;
        http.willSay(status, body);

        const auto found = await(ServerDiscovery(http, {}).discover(u"https://exemple.gouv"_s));

        QVERIFY(!found);
        QCOMPARE(found.error().code, code);
    }

    void passesOnWhatTheNetworkSays()
    {
        FakeHttp http;
        http.willFail(ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s);

        const auto found = await(ServerDiscovery(http, {}).discover(u"exemple.gouv"_s));

        QCOMPARE(found.error().code, u"PARVIS_HOST_NOT_FOUND"_s);
    }

    void asksNobodyWhomThePolicyDoesNotName()
    {
        FakeHttp http;
        const auto policy = mandatory({{policy::Key::Servers, QStringList{u"*.exemple.gouv"_s}}});

        const auto found = await(ServerDiscovery(http, policy).discover(u"autre.example"_s));

        QCOMPARE(found.error().kind, ErrorKind::Policy);
        QCOMPARE(found.error().code, u"PARVIS_SERVER_NOT_ALLOWED"_s);
        QVERIFY(http.sent.isEmpty());
    }

    void offersWhatThePolicyLeaves()
    {
        FakeHttp http;
        http.willSay(200, versions);
        http.willSay(200, flows);
        const auto policy = mandatory({{policy::Key::LoginKinds, QStringList{u"sso"_s}}});

        const auto found = await(ServerDiscovery(http, policy).discover(u"https://exemple.gouv"_s));

        QVERIFY(found);
        QVERIFY(found->flows.sso && !found->flows.password && !found->flows.token);
    }

    void saysWhenNoWayInIsLeft()
    {
        FakeHttp http;
        http.willSay(200, versions);
        http.willSay(200, flows);
        http.willSay(200, versions);
        http.willSay(200, R"({"flows":[{"type":"m.login.application_service"},7,{}]})");
        const auto none = mandatory({{policy::Key::LoginKinds, QStringList{}}});

        const auto byPolicy = await(ServerDiscovery(http, none).discover(u"https://exemple.gouv"_s));
        const auto byServer = await(ServerDiscovery(http, {}).discover(u"https://exemple.gouv"_s));

        QCOMPARE(byPolicy.error().code, u"PARVIS_LOGIN_KIND_NOT_ALLOWED"_s);
        QCOMPARE(byServer.error().code, u"PARVIS_NO_LOGIN_KIND"_s);
    }
};

QTEST_GUILESS_MAIN(ServerDiscoveryTest)
#include "tst_server_discovery.moc"
