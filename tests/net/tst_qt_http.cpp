// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "net/qt_http.h"

#include <QTest>

#include <vector>

#include "scripted_server.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const Secret> token()
{
    return std::make_shared<const Secret>(QByteArrayView("sesame"));
}

HttpRequest get(const QByteArray &url)
{
    return {.url = url};
}

} // namespace

class QtHttpTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsStatusHeadersAndBody()
    {
        ScriptedServer server([](auto &) { return Script::reply(418, "{}", "X-Test: yes\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply =
            await(http.send({.verb = HttpVerb::Put, .url = server.url("/a%2Fb"), .body = "[1]"}));

        QVERIFY(reply);
        QCOMPARE(reply->status, 418);
        QCOMPARE(reply->body, QByteArray("{}"));
        QCOMPARE(reply->header("x-tEST"), QByteArray("yes"));
        QCOMPARE(server.seen.size(), 1);
        QCOMPARE(server.seen[0].verb, QByteArray("PUT"));
        QCOMPARE(server.seen[0].path, QByteArray("/a%2Fb"));
        QCOMPARE(server.seen[0].body, QByteArray("[1]"));
        QCOMPARE(server.seen[0].headers.value("user-agent"), QByteArray("Parvis/1"));
        QCOMPARE(server.seen[0].headers.value("content-type"), QByteArray("application/json"));
        QVERIFY(!server.seen[0].headers.contains("authorization"));
    }

    void readsTheBodyOfErrors_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 429, 500, 502, 503, 520})
            QTest::addRow("%d", status) << status;
    }
    void readsTheBodyOfErrors()
    {
        QFETCH(int, status);
        ScriptedServer server([&](auto &) { return Script::reply(status, "{\"errcode\":\"M_X\"}"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send(get(server.url())));

        QVERIFY(reply);
        QCOMPARE(reply->status, status);
        QCOMPARE(reply->body, QByteArray("{\"errcode\":\"M_X\"}"));
    }

    void namesWhatIsWrongWithTheNetwork()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QByteArray url = "http://127.0.0.1:" + QByteArray::number(closed.serverPort()) + '/';
        closed.close();
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto refused = await(http.send(get(url)));
        const auto unknown = await(http.send(get("https://no-such-host.invalid/")));

        QCOMPARE(refused.error().code, u"PARVIS_CONNECTION_REFUSED"_s);
        QCOMPARE(refused.error().kind, ErrorKind::Network);
        QCOMPARE(unknown.error().code, u"PARVIS_HOST_NOT_FOUND"_s);
    }

    void refusesWhatIsNotEncrypted_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("code");
        QTest::newRow("http") << QByteArray("http://example.org/") << u"PARVIS_HTTPS_ONLY"_s;
        QTest::newRow("like localhost")
            << QByteArray("http://localhost.example.org/") << u"PARVIS_HTTPS_ONLY"_s;
        QTest::newRow("file") << QByteArray("file:///etc/passwd") << u"PARVIS_BAD_URL"_s;
        QTest::newRow("user") << QByteArray("https://me@example.org/") << u"PARVIS_BAD_URL"_s;
        QTest::newRow("path") << QByteArray("/_matrix") << u"PARVIS_BAD_URL"_s;
        QTest::newRow("empty") << QByteArray() << u"PARVIS_BAD_URL"_s;
    }
    void refusesWhatIsNotEncrypted()
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, code);
        QtHttp http(NetworkRules(), "Parvis/1");

        QCOMPARE(await(http.send(get(url))).error().code, code);
    }

    void aCutAnswerIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
        QTest::newRow("chunk") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"a\":");
        QTest::newRow("head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no http") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    }
    void aCutAnswerIsNoAnswer()
    {
        QFETCH(QByteArray, bytes);
        ScriptedServer server([&](auto &) { return Script{.bytes = bytes, .close = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send(get(server.url())));

        QVERIFY2(!reply, qPrintable(QString::number(reply ? reply->status : 0)));
        QVERIFY(reply.error().kind == ErrorKind::Network || reply.error().kind == ErrorKind::Protocol);
    }

    void stopsReadingAboveTheLimit_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
        QTest::newRow("until closed") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    }
    void stopsReadingAboveTheLimit()
    {
        QFETCH(QByteArray, head);
        ScriptedServer server([&](auto &) { return Script{.bytes = head, .filler = 100 << 20}; });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url(), .maxReplyBytes = 1 << 20}));

        QVERIFY(!reply);
        QCOMPARE(reply.error().code, u"PARVIS_REPLY_TOO_LARGE"_s);
        QCOMPARE(reply.error().kind, ErrorKind::TooLarge);
    }

    void takesALargeAnswerWhereItMay()
    {
        ScriptedServer server([](auto &) {
            return Script{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n",
                          .filler = 100 << 20};
        });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url(), .maxReplyBytes = 128 << 20}), 60'000);

        QVERIFY(reply);
        QCOMPARE(reply->body.size(), qsizetype(100) << 20);
    }

    void countsWhatComesOutOfCompression()
    {
        const QByteArray bomb = gzip(QByteArray(50 << 20, ' ')); // about 50 KB
        QVERIFY(bomb.size() < 200'000);
        ScriptedServer server([&](auto &) { return Script::reply(200, bomb, "Content-Encoding: gzip\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto refused = await(http.send({.url = server.url(), .maxReplyBytes = 1 << 20}));
        const auto taken = await(http.send({.url = server.url(), .maxReplyBytes = 64 << 20}));

        QCOMPARE(refused.error().code, u"PARVIS_REPLY_TOO_LARGE"_s);
        QVERIFY(taken);
        QCOMPARE(taken->body.size(), qsizetype(50) << 20);
    }

    void brokenCompressionIsAnError()
    {
        ScriptedServer server(
            [](auto &) { return Script::reply(200, "no gzip at all", "Content-Encoding: gzip\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        QCOMPARE(await(http.send(get(server.url()))).error().kind, ErrorKind::Protocol);
    }

    void givesUpOnSilence()
    {
        ScriptedServer server([](auto &) { return Script{.silent = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url(), .timeoutMs = 200}));

        QCOMPARE(reply.error().kind, ErrorKind::Timeout);
        QCOMPARE(reply.error().code, u"PARVIS_TIMEOUT"_s);
    }

    void givesUpInTheMiddleOfABody()
    {
        ScriptedServer server(
            [](auto &) { return Script{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}; });
        QtHttp http(NetworkRules(), "Parvis/1");

        QCOMPARE(await(http.send({.url = server.url(), .timeoutMs = 200})).error().kind, ErrorKind::Timeout);
    }

    void isCancelledByItsToken()
    {
        ScriptedServer server([](auto &) { return Script{.silent = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");
        CancelSource source;
        auto task = http.send({.url = server.url(), .cancel = source.token()});
        QVERIFY(QTest::qWaitFor([&] { return server.seen.size() == 1; }));

        source.cancel();
        const auto reply = await(std::move(task));
        const auto late = await(http.send({.url = server.url(), .cancel = source.token()}));

        QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
        QCOMPARE(late.error().kind, ErrorKind::Cancelled);
        QCOMPARE(http.inFlight(), 0);
        QCOMPARE(server.seen.size(), 1);
    }

    void answersCancelledWhenItDies()
    {
        ScriptedServer server([](auto &) { return Script{.silent = true}; });
        auto http = std::make_unique<QtHttp>(NetworkRules(), "Parvis/1");
        QtHttp *const dying = http.get();
        int cancelled = 0;
        for (int i = 0; i < 70; ++i) {
            http->send(get(server.url())).then(this, [&](const Result<HttpReply> &r) {
                cancelled += !r && r.error().kind == ErrorKind::Cancelled;
                // Someone who asks again at once must not find a half-dead object.
                dying->send(get("http://127.0.0.1:1/")).then(this, [](const auto &) {});
            });
        }

        http.reset();

        QCOMPARE(cancelled, 70);
    }

    void keepsAtMostSixtyFourInFlight()
    {
        ScriptedServer server([](auto &) { return Script::reply(200, "{}"); });
        QtHttp http(NetworkRules(), "Parvis/1");
        int answered = 0;
        int most = 0;
        for (int i = 0; i < 300; ++i) {
            http.send(get(server.url())).then(this, [&](const Result<HttpReply> &r) {
                answered += r.has_value();
                most = std::max(most, http.inFlight());
            });
        }

        QCOMPARE(http.inFlight(), QtHttp::maxInFlight);
        QCOMPARE(http.waiting(), 300 - QtHttp::maxInFlight);
        QVERIFY(QTest::qWaitFor([&] { return answered == 300; }, 20'000));
        QVERIFY(most <= QtHttp::maxInFlight);
        QCOMPARE(http.inFlight(), 0);
    }

    void longPollsDoNotCount()
    {
        ScriptedServer server([](auto &) { return Script{.silent = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");

        auto poll = http.send({.url = server.url(), .longPoll = true, .timeoutMs = 60'000});

        QCOMPARE(http.inFlight(), 0);
        QCOMPARE(http.waiting(), 0);
        QVERIFY(QTest::qWaitFor([&] { return server.seen.size() == 1; }));
    }

    void keepsNoCookies()
    {
        ScriptedServer server([](auto &) { return Script::reply(200, "{}", "Set-Cookie: a=b\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        (void)await(http.send(get(server.url())));
        (void)await(http.send(get(server.url())));

        QCOMPARE(server.seen.size(), 2);
        QVERIFY(!server.seen[1].headers.contains("cookie"));
    }

    void followsWithinTheServer()
    {
        ScriptedServer server([](const SeenRequest &request) {
            return request.path == "/new" ? Script::reply(200, "{}")
                                          : Script::reply(307, {}, "Location: /new\r\n");
        });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url("/old"), .bearer = token()}));

        QVERIFY(reply);
        QCOMPARE(reply->url, server.url("/new"));
        QCOMPARE(server.seen.size(), 2);
        QCOMPARE(server.seen[1].headers.value("authorization"), QByteArray("Bearer sesame"));
    }

    void carriesNoTokenElsewhere()
    {
        ScriptedServer other([](auto &) { return Script::reply(200, "{}"); });
        ScriptedServer server(
            [&](auto &) { return Script::reply(302, {}, "Location: " + other.url("/x") + "\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto withToken = await(http.send({.url = server.url(), .bearer = token()}));
        QCOMPARE(other.seen.size(), 0);
        const auto without = await(http.send(get(server.url())));

        QCOMPARE(withToken.error().code, u"PARVIS_REDIRECTED"_s);
        QVERIFY(without);
        QCOMPARE(other.seen.size(), 1);
    }

    void repeatsNoPostElsewhere()
    {
        ScriptedServer server([&](auto &) { return Script::reply(307, {}, "Location: /x\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.verb = HttpVerb::Post, .url = server.url(), .body = "{}"}));

        QCOMPARE(reply.error().code, u"PARVIS_REDIRECTED"_s);
        QCOMPARE(server.seen.size(), 1);
    }

    void takesAnUnencryptedTargetForAPortal()
    {
        ScriptedServer server(
            [](auto &) { return Script::reply(302, {}, "Location: http://portal.example/\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        QCOMPARE(await(http.send(get(server.url()))).error().code, u"PARVIS_CAPTIVE_PORTAL"_s);
    }

    void leavesALoop()
    {
        ScriptedServer server([](auto &) { return Script::reply(301, {}, "Location: /\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");

        QCOMPARE(await(http.send(get(server.url()))).error().code, u"PARVIS_REDIRECT_LOOP"_s);
        QCOMPARE(server.seen.size(), QtHttp::maxRedirects + 1);
    }

private:
    /// zlib's format is gzip's without its frame: stored by hand here, so that no library decides for us.
    static QByteArray gzip(const QByteArray &data)
    {
        const QByteArray zlib = qCompress(data, 9).sliced(4); // without Qt's length
        const QByteArray raw = zlib.sliced(2, zlib.size() - 6);
        quint32 crc = 0xffffffffU;
        for (const char c : data) {
            crc ^= uchar(c);
            for (int k = 0; k < 8; ++k)
                crc = (crc >> 1) ^ (0xedb88320U & (0U - (crc & 1U)));
        }
        const auto little = [](quint32 v) {
            return QByteArray{}
                .append(char(v))
                .append(char(v >> 8))
                .append(char(v >> 16))
                .append(char(v >> 24));
        };
        return QByteArray::fromHex("1f8b0800000000000003") + raw + little(~crc)
            + little(quint32(data.size()));
    }
};

QTEST_GUILESS_MAIN(QtHttpTest)
#include "tst_qt_http.moc"
