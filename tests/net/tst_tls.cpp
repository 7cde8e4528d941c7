// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "net/qt_http.h"

#include <QDateTime>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

#include "scripted_server.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QByteArray httpDate(qint64 offsetS)
{
    const QDateTime date = QDateTime::currentDateTimeUtc().addSecs(offsetS);
    return QLocale::c().toString(date, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

constexpr long day = 86400;

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        QFile file(m_dir.filePath(u"ca.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_authority.pem());
    }

    void trustsThePolicysAuthority()
    {
        ScriptedServer server(ok(), m_authority.issue({}));
        QtHttp http(rules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url()}));

        QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().code));
        QCOMPARE(reply->status, 200);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<TestIdentity>("identity");
        QTest::addColumn<bool>("known");

        QTest::newRow("unknown authority")
            << u"PARVIS_TLS_UNKNOWN_ISSUER"_s << m_authority.issue({}) << false;
        QTest::newRow("self-signed") << u"PARVIS_TLS_SELF_SIGNED"_s << m_authority.issue({.selfSigned = true})
                                     << true;
        QTest::newRow("other host") << u"PARVIS_TLS_WRONG_HOST"_s
                                    << m_authority.issue({.host = "DNS:other.example"}) << true;
        QTest::newRow("expired") << u"PARVIS_TLS_EXPIRED"_s
                                 << m_authority.issue({.from = -9 * day, .to = -2 * day}) << true;
        QTest::newRow("not yet") << u"PARVIS_TLS_NOT_YET_VALID"_s
                                 << m_authority.issue({.from = 2 * day, .to = 9 * day}) << true;
        QTest::newRow("expired, other host")
            << u"PARVIS_TLS_WRONG_HOST"_s
            << m_authority.issue({.host = "DNS:other.example", .from = -9 * day, .to = -2 * day}) << true;
    }
    void refuses()
    {
        QFETCH(QString, code);
        QFETCH(TestIdentity, identity);
        QFETCH(bool, known);
        ScriptedServer server(ok(), identity);
        QtHttp http(known ? rules() : NetworkRules(), "Parvis/1");
        const auto token = std::make_shared<const Secret>(QByteArrayView("sesame"));

        const auto reply = await(http.send({.url = server.url(), .bearer = token}));

        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::Tls);
        QCOMPARE(reply.error().code, code);
        for (const SeenRequest &seen : server.seen) { // the question for the time, at most
            QCOMPARE(seen.verb, QByteArray("HEAD"));
            QVERIFY(!seen.headers.contains("authorization"));
        }
    }

    void namesTheClock()
    {
        ScriptedServer server(
            [](auto &) { return Script::reply(200, {}, "Date: " + httpDate(-5 * day) + "\r\n"); },
            m_authority.issue({.from = -9 * day, .to = -2 * day}));
        QtHttp http(rules(), "Parvis/1");

        const auto first = await(http.send({.url = server.url("/secret")}));
        // What was passed over for the clock's sake is passed over nowhere else.
        const auto second = await(http.send({.url = server.url("/secret")}));

        QCOMPARE(first.error().kind, ErrorKind::Tls);
        QCOMPARE(first.error().code, u"PARVIS_CLOCK_WRONG"_s);
        QCOMPARE(second.error().code, u"PARVIS_CLOCK_WRONG"_s);
        for (const SeenRequest &seen : server.seen)
            QCOMPARE(seen.path, QByteArray("/"));
    }

    void saysWhenThereIsNoTls()
    {
        ScriptedServer server(ok());
        QtHttp http(rules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url().replace("http://", "https://")}));

        QCOMPARE(reply.error().kind, ErrorKind::Tls);
        QCOMPARE(reply.error().code, u"PARVIS_TLS_HANDSHAKE"_s);
    }

    void aCaFileThatIsNotThereIsNamed()
    {
        const NetworkRules missing = rulesFor({{policy::Key::CaFile, u"/nowhere/ca.pem"_s}});

        QVERIFY(missing.problem);
        QCOMPARE(missing.problem->code, u"PARVIS_CA_FILE"_s);
        QVERIFY(!rules().problem);
    }

    void nothingIsSentWithoutTheCaFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("not there") << u"/nowhere/ca.pem"_s;
        QTest::newRow("a folder") << m_dir.path();
        QTest::newRow("no certificate") << m_dir.filePath(u"empty.pem"_s);
    }
    void nothingIsSentWithoutTheCaFile()
    {
        QFETCH(QString, path);
        QFile empty(m_dir.filePath(u"empty.pem"_s));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        ScriptedServer encrypted(ok(), m_authority.issue({}));
        ScriptedServer clear(ok());
        QtHttp http(rulesFor({{policy::Key::CaFile, path}}), "Parvis/1");

        for (ScriptedServer *server : {&encrypted, &clear}) {
            const auto reply = await(http.send({.url = server->url()}));

            QVERIFY(!reply);
            QCOMPARE(reply.error().kind, ErrorKind::Policy);
            QCOMPARE(reply.error().code, u"PARVIS_CA_FILE"_s);
            QVERIFY(server->seen.isEmpty());
        }
        http.setRules(rules());
        QVERIFY(await(http.send({.url = encrypted.url()})));
    }

    void thePolicySetsTlsAndProxy()
    {
        const NetworkRules plain;
        const NetworkRules set = rulesFor({{policy::Key::MinimumTls, u"1.3"_s},
                                           {policy::Key::Proxy, u"socks5://p%40:s@proxy.example:1080"_s}});
        const NetworkRules none = rulesFor({{policy::Key::Proxy, u"none"_s}});

        QCOMPARE(plain.tls.protocol(), QSsl::TlsV1_2OrLater);
        QCOMPARE(plain.proxyKind, NetworkRules::ProxyKind::System);
        QCOMPARE(set.tls.protocol(), QSsl::TlsV1_3OrLater);
        QCOMPARE(set.proxyKind, NetworkRules::ProxyKind::Manual);
        QCOMPARE(set.proxy.type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(set.proxy.hostName(), u"proxy.example"_s);
        QCOMPARE(set.proxy.port(), quint16(1080));
        QCOMPARE(set.proxy.user(), u"p@"_s);
        QCOMPARE(none.proxyKind, NetworkRules::ProxyKind::None);
    }

private:
    static ScriptedServer::Handler ok()
    {
        return [](auto &) { return Script::reply(200, "{}", "Date: " + httpDate(0) + "\r\n"); };
    }
    static NetworkRules rulesFor(QMap<policy::Key, policy::Value> mandatory)
    {
        return NetworkRules(policy::Policy(std::move(mandatory), {}));
    }
    [[nodiscard]] NetworkRules rules() const
    {
        return rulesFor({{policy::Key::CaFile, m_dir.filePath(u"ca.pem"_s)}});
    }

    QTemporaryDir m_dir;
    TestAuthority m_authority;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
