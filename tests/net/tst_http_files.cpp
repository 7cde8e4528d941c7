// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "net/qt_http.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "scripted_server.h"

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 large = qint64(5) << 20;

std::shared_ptr<QBuffer> inMemory(const QByteArray &bytes)
{
    auto buffer = std::make_shared<QBuffer>();
    buffer->setData(bytes);
    if (!buffer->open(QIODevice::ReadOnly))
        qFatal("a buffer does not open");
    return buffer;
}

} // namespace

/// Files on their way up and down, piece by piece.
class HttpFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsAFileAsTheBody()
    {
        ScriptedServer server([](auto &) { return Script::reply(200, "{}"); });
        QtHttp http(NetworkRules(), "Parvis/1");
        const QByteArray bytes(large, 'y');
        const auto file = inMemory(bytes);
        QVERIFY(file->seek(7)); // a try before may have left it anywhere
        qint64 told = 0;

        const auto reply = await(http.send({.verb = HttpVerb::Post,
                                            .url = server.url(),
                                            .contentType = "application/octet-stream",
                                            .upload = file,
                                            .progress = [&](qint64 done, qint64 total) {
                                                QVERIFY(done >= told && done <= total);
                                                QCOMPARE(total, large);
                                                told = done;
                                            }}));

        QVERIFY(reply);
        QCOMPARE(server.seen.size(), 1);
        QCOMPARE(server.seen[0].body.size(), bytes.size());
        QVERIFY(server.seen[0].body == bytes);
        QCOMPARE(server.seen[0].headers.value("content-type"), QByteArray("application/octet-stream"));
        QCOMPARE(told, large);
    }

    void stopsSendingWhenItIsCancelled()
    {
        ScriptedServer server([](auto &) { return Script{.silent = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");
        CancelSource source;
        const auto request = [&](const CancelToken &token) {
            return HttpRequest{.verb = HttpVerb::Post,
                               .url = server.url(),
                               .cancel = token,
                               .upload = inMemory(QByteArray(large, 'y')),
                               .progress = [&](qint64, qint64) { source.cancel(); }};
        };

        const auto reply = await(http.send(request(source.token())));

        QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
        QCOMPARE(http.inFlight(), 0);
    }

    void writesTheBodyIntoTheFile()
    {
        ScriptedServer server([](auto &) {
            return Script{.bytes =
                              "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(large) + "\r\n\r\n",
                          .filler = large};
        });
        QtHttp http(NetworkRules(), "Parvis/1");
        const auto file = newFile("of an earlier try, and longer than nothing");
        qint64 told = 0;

        const auto reply = await(http.send({.url = server.url(),
                                            .maxReplyBytes = large,
                                            .download = file,
                                            .progress = [&](qint64 done, qint64 total) {
                                                told = done;
                                                QCOMPARE(total, large);
                                            }}));

        QVERIFY(reply);
        QVERIFY(reply->body.isEmpty());
        QCOMPARE(QFile(file->fileName()).size(), large);
        QCOMPARE(told, large);
        QCOMPARE(server.seen[0].headers.value("accept-encoding"), QByteArray("identity"));
    }

    void anErrorsBodyIsNoFile()
    {
        ScriptedServer server([](auto &) { return Script::reply(404, R"({"errcode":"M_NOT_FOUND"})"); });
        QtHttp http(NetworkRules(), "Parvis/1");
        const auto file = newFile();

        const auto reply = await(http.send({.url = server.url(), .download = file}));

        QVERIFY(reply);
        QCOMPARE(reply->body, QByteArray(R"({"errcode":"M_NOT_FOUND"})"));
        QCOMPARE(file->size(), 0);
    }

    void stopsAboveTheLimit_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5242880\r\n\r\n");
        QTest::newRow("until closed") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    }
    void stopsAboveTheLimit()
    {
        QFETCH(QByteArray, head);
        ScriptedServer server([&](auto &) { return Script{.bytes = head, .filler = large, .close = true}; });
        QtHttp http(NetworkRules(), "Parvis/1");
        const auto file = newFile();

        const auto reply =
            await(http.send({.url = server.url(), .maxReplyBytes = 100'000, .download = file}));

        QCOMPARE(reply.error().kind, ErrorKind::TooLarge);
        QVERIFY(file->size() <= 100'000);
    }

    void aCutFileIsNoFile()
    {
        ScriptedServer server([](auto &) {
            return Script{
                .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", .filler = 60, .close = true};
        });
        QtHttp http(NetworkRules(), "Parvis/1");

        const auto reply = await(http.send({.url = server.url(), .download = newFile()}));

        QCOMPARE(reply.error().kind, ErrorKind::Network);
    }

    void saysWhatCannotBeWritten()
    {
        ScriptedServer server([](auto &) { return Script::reply(200, QByteArray(100'000, 'x')); });
        QtHttp http(NetworkRules(), "Parvis/1");
        auto full = std::make_shared<QFile>(u"/dev/full"_s);
        QVERIFY(full->open(QIODevice::WriteOnly | QIODevice::Unbuffered));

        const auto reply = await(http.send({.url = server.url(), .download = full}));

        QCOMPARE(reply.error().kind, ErrorKind::Storage);
        QVERIFY2(reply.error().code == "PARVIS_DISK_FULL"_L1
                     || reply.error().code == "PARVIS_FILE_NOT_WRITTEN"_L1,
                 qPrintable(reply.error().code));
    }

    void stopsWritingWhenItIsCancelled()
    {
        ScriptedServer server([](auto &) {
            return Script{.bytes = "HTTP/1.1 200 OK\r\n\r\n", .filler = 4 * large, .close = true};
        });
        QtHttp http(NetworkRules(), "Parvis/1");
        CancelSource source;
        const auto file = newFile();

        const auto reply = await(http.send({.url = server.url(),
                                            .maxReplyBytes = 8 * large,
                                            .cancel = source.token(),
                                            .download = file,
                                            .progress = [&](qint64, qint64) { source.cancel(); }}));

        QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
        QVERIFY(file->size() < large);
    }

    void fetchesElsewhereWithoutTheToken()
    {
        ScriptedServer other([](auto &) { return Script::reply(200, "bytes"); });
        ScriptedServer server(
            [&](auto &) { return Script::reply(307, "moved", "Location: " + other.url("/x") + "\r\n"); });
        QtHttp http(NetworkRules(), "Parvis/1");
        const auto file = newFile();

        const auto reply =
            await(http.send({.url = server.url(),
                             .bearer = std::make_shared<const Secret>(QByteArrayView("sesame")),
                             .download = file}));

        QVERIFY(reply);
        QCOMPARE(other.seen.size(), 1);
        QVERIFY(!other.seen[0].headers.contains("authorization"));
        QFile written(file->fileName());
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), QByteArray("bytes"));
    }

private:
    std::shared_ptr<QFile> newFile(const QByteArray &content = {})
    {
        auto file = std::make_shared<QFile>(m_folder.filePath(QString::number(++m_files)));
        if (!file->open(QIODevice::ReadWrite) || file->write(content) != content.size())
            qFatal("the test's file cannot be written");
        return file;
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(HttpFilesTest)
#include "tst_http_files.moc"
