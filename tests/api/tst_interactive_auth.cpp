// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/interactive_auth.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

namespace {

const QString password = u"m.login.password"_s;

HttpReply asked(const QByteArray &body, int status = 401)
{
    return {.status = status, .body = body};
}

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

QByteArray flows(const QByteArray &list, const QByteArray &more = {})
{
    return "{\"session\":\"s\",\"flows\":[" + list + ']' + more + '}';
}

QByteArray stages(int count)
{
    QByteArrayList names(count, "\"m.login.password\"");
    return "{\"stages\":[" + names.join(',') + "]}";
}

} // namespace

/// What a server asks before it does something that cannot be taken back, and what it must not get for it.
class InteractiveAuthTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsAsked()
    {
        const auto challenge =
            authChallenge(asked(flows("{\"stages\":[\"m.login.sso\"]},{\"stages\":[\"m.login.password\"]}",
                                      ",\"completed\":[\"m.login.terms\"],\"errcode\":\"M_FORBIDDEN\"")));

        QVERIFY(challenge);
        QCOMPARE(challenge->session, u"s"_s);
        QCOMPARE(challenge->flows.size(), 2);
        QCOMPARE(challenge->completed, QStringList{u"m.login.terms"_s});
        QCOMPARE(challenge->errcode, u"M_FORBIDDEN"_s);
        QVERIFY(challenge->isEnough(password));
        QVERIFY(challenge->isEnough(u"m.login.sso"_s));
        QVERIFY(!challenge->isEnough(u"m.login.terms"_s));
    }

    void isNoQuestion_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const QByteArray good = flows("{\"stages\":[\"m.login.password\"]}");
        QTest::newRow("another status") << good << 403;
        QTest::newRow("accepted") << good << 200;
        QTest::newRow("no flows") << QByteArray("{\"session\":\"s\"}") << 401;
        QTest::newRow("empty flows") << flows({}) << 401;
        QTest::newRow("flows as text")
            << QByteArray("{\"session\":\"s\",\"flows\":\"m.login.password\"}") << 401;
        QTest::newRow("flows as object") << QByteArray("{\"session\":\"s\",\"flows\":{\"a\":{}}}") << 401;
        QTest::newRow("endless flows")
            << flows(QByteArrayList(100000, "{\"stages\":[\"m.login.password\"]}").join(',')) << 401;
        QTest::newRow("huge session")
            << QByteArray("{\"flows\":[{\"stages\":[\"m.login.password\"]}],\"session\":\"")
                + QByteArray(1000000, 'x') + "\"}"
            << 401;
        QTest::newRow("a token at fault") << QByteArray("{\"errcode\":\"M_UNKNOWN_TOKEN\"}") << 401;
        QTest::newRow("nothing") << QByteArray() << 401;
        QTest::newRow("list") << QByteArray("[]") << 401;
        QTest::newRow("page") << QByteArray("<!doctype html><p>Sign in") << 401;
        QTest::newRow("deep") << QByteArray(100000, '[') << 401;
    }
    void isNoQuestion()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QVERIFY(!authChallenge(asked(body, status)));
    }

    /// A flow that nobody could go through is none; the others stand.
    void leavesOutWhatCannotBeGoneThrough_data()
    {
        QTest::addColumn<QByteArray>("flow");
        QTest::newRow("endless stages") << stages(100000);
        QTest::newRow("one too many") << stages(17);
        QTest::newRow("huge name") << "{\"stages\":[\"" + QByteArray(1000000, 'x') + "\"]}";
        QTest::newRow("empty name") << QByteArray("{\"stages\":[\"m.login.password\",\"\"]}");
        QTest::newRow("numbers") << QByteArray("{\"stages\":[\"m.login.password\",7]}");
        QTest::newRow("text") << QByteArray("{\"stages\":\"m.login.password\"}");
        QTest::newRow("null") << QByteArray("{\"stages\":null}");
        QTest::newRow("no object") << QByteArray("\"m.login.password\"");
        QTest::newRow("list in list") << QByteArray("{\"stages\":[[\"m.login.password\"]]}");
    }
    void leavesOutWhatCannotBeGoneThrough()
    {
        QFETCH(QByteArray, flow);

        const auto alone = authChallenge(asked(flows(flow)));
        const auto beside = authChallenge(asked(flows(flow + ",{\"stages\":[\"m.login.password\"]}")));

        QVERIFY(alone && alone->flows.isEmpty());
        QVERIFY(!alone->isEnough(password) && alone->page("https://m.x").isEmpty());
        QVERIFY(beside && beside->flows.size() == 1 && beside->isEnough(password));
    }

    void aPasswordThatIsNotAllIsNotEnough_data()
    {
        QTest::addColumn<QByteArray>("flow");
        QTest::addColumn<QByteArray>("completed");
        QTest::addColumn<bool>("enough");
        QTest::newRow("more") << QByteArray("[\"m.login.password\",\"m.login.terms\"]") << QByteArray("[]")
                              << false;
        QTest::newRow("the last") << QByteArray("[\"m.login.password\",\"m.login.terms\"]")
                                  << QByteArray("[\"m.login.terms\"]") << true;
        QTest::newRow("a loop") << QByteArray("[\"m.login.password\",\"m.login.password\"]")
                                << QByteArray("[]") << false;
        QTest::newRow("done already")
            << QByteArray("[\"m.login.password\"]") << QByteArray("[\"m.login.password\"]") << false;
        QTest::newRow("nothing to do") << QByteArray("[]") << QByteArray("[]") << false;
        QTest::newRow("done of another type")
            << QByteArray("[\"m.login.password\"]") << QByteArray("{\"m.login.password\":1}") << true;
    }
    void aPasswordThatIsNotAllIsNotEnough()
    {
        QFETCH(QByteArray, flow);
        QFETCH(QByteArray, completed);
        QFETCH(bool, enough);

        const auto challenge =
            authChallenge(asked(flows("{\"stages\":" + flow + '}', ",\"completed\":" + completed)));

        QVERIFY(challenge);
        QCOMPARE(challenge->isEnough(password), enough);
    }

    void onlyPagesOfTheWebAreOpened_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<bool>("taken");
        QTest::newRow("good") << QByteArray("\"https://account.x/reset?a=b\"") << true;
        QTest::newRow("clear") << QByteArray("\"http://account.x/\"") << false;
        QTest::newRow("file") << QByteArray("\"file:///etc/passwd\"") << false;
        QTest::newRow("script") << QByteArray("\"javascript:alert(1)\"") << false;
        QTest::newRow("no host") << QByteArray("\"https:///a\"") << false;
        QTest::newRow("list") << QByteArray("[\"https://account.x/\"]") << false;
        QTest::newRow("long") << "\"https://account.x/" + QByteArray(1000000, 'a') + '"' << false;
    }
    void onlyPagesOfTheWebAreOpened()
    {
        QFETCH(QByteArray, url);
        QFETCH(bool, taken);

        const auto challenge = authChallenge(
            asked(R"({"flows":[{"stages":["m.oauth"]}],"params":{"m.oauth":{"url":)" + url + "}}}"));

        QVERIFY(challenge);
        QCOMPARE(!challenge->url.isEmpty(), taken);
        QCOMPARE(challenge->page("https://m.x"), challenge->url);
    }

    void whatAProgramCannotDoHasAPageAtTheServer()
    {
        auto challenge = authChallenge(asked(flows(R"({"stages":["m.login.sso"]})")));
        QCOMPARE(challenge->page("https://m.x"),
                 u"https://m.x/_matrix/client/v3/auth/m.login.sso/fallback/web?session=s"_s);

        challenge->session = u"a&b=c/../#"_s;
        challenge->flows = {{u"../../evil?x"_s}};
        const QUrl url(challenge->page("https://m.x"), QUrl::StrictMode);
        QCOMPARE(url.host(), u"m.x"_s);
        QVERIFY(url.path(QUrl::FullyEncoded).startsWith(u"/_matrix/client/v3/auth/..%2F..%2Fevil%3Fx/"_s));
        QVERIFY(url.fragment().isEmpty());

        challenge->flows = {{u"m.login.sso"_s, u"m.login.terms"_s}};
        QCOMPARE(challenge->page("https://m.x"), QString());
        challenge->completed = {u"m.login.sso"_s};
        QVERIFY(challenge->page("https://m.x").contains(u"m.login.terms"_s));
    }

    void anAnswerIsTheRequestAndTheAnswer()
    {
        AuthChallenge challenge;
        challenge.session = u"of \"theirs\""_s;
        const Secret secret(QByteArrayView("pa\"ss"));
        for (const QByteArray &body :
             {QByteArray(R"({"a":{"b":1}})"), QByteArray("{}"), QByteArray(" { } ")}) {
            const QJsonObject with = json(withPassword(body, challenge, u"@me:x"_s, secret));
            QJsonObject rest = with;
            rest.remove(u"auth"_s);
            QCOMPARE(rest, json(body));
            QCOMPARE(with["auth"_L1]["session"_L1].toString(), challenge.session);
            QCOMPARE(with["auth"_L1]["password"_L1].toString(), u"pa\"ss"_s);
            QCOMPARE(with["auth"_L1]["identifier"_L1]["user"_L1].toString(), u"@me:x"_s);
            QCOMPARE(json(withSession(body, challenge))["auth"_L1].toObject(),
                     (QJsonObject{{"session"_L1, challenge.session}}));
        }
    }
};

QTEST_GUILESS_MAIN(InteractiveAuthTest)
#include "tst_interactive_auth.moc"
