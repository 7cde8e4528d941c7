// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/api_client.h"
#include "api/media.h"
#include "fakes/await.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_delay.h"
#include "fakes/fake_http.h"

#include <QBuffer>
#include <QTemporaryFile>
#include <QTest>

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

/// What is asked of the server for a file, and what is made of its answers.
class MediaRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->api.setBaseUrl("https://m.x");
        m_world->api.setTokens({.access = Secret(QByteArrayView("token")), .refresh = {}, .expiresAtMs = 0},
                               nullptr);
    }

    void everyPartOfAnAddressIsEncoded()
    {
        const auto request =
            DownloadMedia{.server = u"[::1]:8448"_s, .mediaId = u"../x?y"_s, .to = {}, .maxBytes = 1}.build();

        QCOMPARE(
            request.url,
            QByteArray("/_matrix/client/v1/media/download/%5B%3A%3A1%5D%3A8448/..%2Fx%3Fy?timeout_ms=20000"));
        QVERIFY(request.authenticated);
        QVERIFY(request.idempotent);
        QCOMPARE(request.maxReplyBytes, 1);
    }

    void theOldEndpointGetsNoToken()
    {
        const auto request =
            DownloadMedia{
                .server = u"x"_s, .mediaId = u"id"_s, .to = {}, .maxBytes = 1, .access = MediaAccess::Open}
                .build();

        QCOMPARE(request.url, QByteArray("/_matrix/media/v3/download/x/id?timeout_ms=20000"));
        QVERIFY(!request.authenticated);
    }

    void whatIsEncryptedTellsNeitherNameNorType()
    {
        auto file = std::make_shared<QBuffer>();
        file->setData("ciphertext");
        QVERIFY(file->open(QIODevice::ReadOnly));
        auto task = m_world->api.send(UploadMedia{.file = file});
        m_world->http.answer(200, "{\"content_uri\":\"mxc://x/abc\"}");

        QCOMPARE(await(std::move(task)).value(), u"mxc://x/abc"_s);
        QCOMPARE(m_world->http.sent[0].url, QByteArray("https://m.x/_matrix/media/v3/upload"));
        QCOMPARE(m_world->http.sent[0].contentType, QByteArray("application/octet-stream"));
        QVERIFY(!m_world->http.sent[0].idempotent);
        QCOMPARE(m_world->http.uploaded, QList<QByteArray>({"ciphertext"}));
        QCOMPARE(m_world->http.bearer(0), QByteArray("token"));
    }

    void anUploadWithoutAnAddressIsNone()
    {
        auto task = m_world->api.send(UploadMedia{.file = std::make_shared<QBuffer>()});
        m_world->http.answer(200, "{}");

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_BAD_ANSWER"_s);
    }

    void readsTheLimit()
    {
        auto known = m_world->api.send(GetMediaConfig{});
        m_world->http.answer(200, R"({"m.upload.size":104857600})");
        auto unknown = m_world->api.send(GetMediaConfig{});
        m_world->http.answer(200, "{}");
        auto wrong = m_world->api.send(GetMediaConfig{});
        m_world->http.answer(200, R"({"m.upload.size":"large"})");

        QCOMPARE(await(std::move(known)).value(), 104857600);
        QCOMPARE(await(std::move(unknown)).value(), 0);
        QCOMPARE(await(std::move(wrong)).error().code, u"PARVIS_BAD_ANSWER"_s);
        QCOMPARE(m_world->http.sent[0].url, QByteArray("https://m.x/_matrix/client/v1/media/config"));
    }

    void aFileComesIntoItsFile()
    {
        auto file = std::make_shared<QTemporaryFile>();
        QVERIFY(file->open());
        auto task = m_world->api.send(
            DownloadMedia{.server = u"x"_s, .mediaId = u"id"_s, .to = file, .maxBytes = 100});
        m_world->http.answer(
            {HttpReply{.status = 200, .body = "bytes", .headers = {{"Content-Type", "image/png"}}}});

        QCOMPARE(await(std::move(task)).value(), QByteArray("image/png"));
        QCOMPARE(file->size(), 5);
    }

    void whatIsGoneIsNotFound()
    {
        auto file = std::make_shared<QTemporaryFile>();
        QVERIFY(file->open());
        auto task = m_world->api.send(
            DownloadMedia{.server = u"x"_s, .mediaId = u"id"_s, .to = file, .maxBytes = 100});
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");

        const auto answer = await(std::move(task));
        QCOMPARE(answer.error().kind, ErrorKind::NotFound);
        QCOMPARE(answer.error().code, u"M_NOT_FOUND"_s);
    }

    void asksForASmallPicture()
    {
        auto task = m_world->api.send(
            GetThumbnail{.server = u"x"_s, .mediaId = u"id"_s, .width = 640, .height = 480});
        m_world->http.answer(200, "picture");

        QCOMPARE(await(std::move(task)).value(), QByteArray("picture"));
        QCOMPARE(m_world->http.sent[0].url,
                 QByteArray("https://m.x/_matrix/client/v1/media/thumbnail/x/"
                            "id?width=640&height=480&method=scale&timeout_ms=20000"));
        QCOMPARE(m_world->http.sent[0].maxReplyBytes, GetThumbnail::maxBytes);
    }

private:
    struct World {
        FakeHttp http;
        FakeClock clock;
        FakeDelay delay;
        ApiClient api{http, clock, delay};
    };
    std::unique_ptr<World> m_world;
};

QTEST_GUILESS_MAIN(MediaRequestsTest)
#include "tst_media_requests.moc"
