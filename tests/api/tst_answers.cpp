// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/account_data.h"
#include "api/api_error.h"
#include "api/devices.h"
#include "api/direct_rooms.h"
#include "api/discovery.h"
#include "api/keys.h"
#include "api/messages.h"
#include "api/profile.h"
#include "api/room_actions.h"
#include "api/send_event.h"
#include "api/sync.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

namespace {

HttpReply said(const QByteArray &body)
{
    return {.status = 200, .body = body};
}

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

/// How answers are read, good ones and bad ones.
class AnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIds()
    {
        QCOMPARE(SendEvent::parse(said(R"({"event_id":"$e"})")).value(), EventId(u"$e"_s));
        QCOMPARE(RedactEvent::parse(said(R"({"event_id":"$r"})")).value(), EventId(u"$r"_s));
        QCOMPARE(CreateRoom::parse(said(R"({"room_id":"!r:x"})")).value(), RoomId(u"!r:x"_s));
        QCOMPARE(UploadFilter::parse(said(R"({"filter_id":"0"})")).value(), u"0"_s);
    }

    void wantsTheRightTypes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("number") << QByteArray(R"({"event_id":7})") << u"PARVIS_BAD_ANSWER"_s;
        QTest::newRow("null") << QByteArray(R"({"event_id":null})") << u"PARVIS_BAD_ANSWER"_s;
        QTest::newRow("empty") << QByteArray(R"({"event_id":""})") << u"PARVIS_BAD_ANSWER"_s;
        QTest::newRow("missing") << QByteArray("{}") << u"PARVIS_BAD_ANSWER"_s;
        QTest::newRow("list") << QByteArray("[]") << u"PARVIS_BAD_JSON"_s;
        QTest::newRow("nothing") << QByteArray() << u"PARVIS_BAD_JSON"_s;
        QTest::newRow("cut") << QByteArray("{\"event_id\":\"$") << u"PARVIS_BAD_JSON"_s;
        QTest::newRow("deep") << QByteArray(100'000, '[') << u"PARVIS_BAD_JSON"_s;
        QTest::newRow("page") << QByteArray("<!doctype html><p>Sign in to the network")
                              << u"PARVIS_CAPTIVE_PORTAL"_s;
    }
    void wantsTheRightTypes()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);

        const auto answer = SendEvent::parse(said(body));

        QVERIFY(!answer);
        QCOMPARE(answer.error().code, code);
    }

    void leavesLargeAnswersAsTheyAre()
    {
        const QByteArray body = " \n{\"chunk\":[1.0]}";

        QCOMPARE(Messages::parse(said(body)).value(), body);
        QCOMPARE(SyncV3::parse(said(body)).value(), body);
        QCOMPARE(SlidingSync::parse(said("[]")).error().code, u"PARVIS_BAD_JSON"_s);
        QCOMPARE(SyncV3::parse(said("<html>")).error().code, u"PARVIS_CAPTIVE_PORTAL"_s);
        QCOMPARE(SyncV3::parse(said("")).error().code, u"PARVIS_BAD_JSON"_s);
    }

    void readsDevicesOneByOne()
    {
        const auto devices = GetDevices::parse(said(R"({"devices":[{"device_id":"A","display_name":"N",
            "last_seen_ts":5},{"device_id":7},{"device_id":"B","display_name":null}]})"));

        QVERIFY(devices);
        QCOMPARE(devices->size(), 2);
        QCOMPARE(devices->at(0).name, u"N"_s);
        QCOMPARE(devices->at(0).lastSeenMs, 5);
        QCOMPARE(devices->at(1).deviceId, DeviceId(u"B"_s));
    }

    void readsWhatIsOptional()
    {
        const auto profile = GetProfile::parse(said(R"({"displayname":null})"));
        const auto changes = KeyChanges::parse(said(R"({"changed":["@a:x",7]})"));
        const auto versions =
            Versions::parse(said(R"({"versions":["v1.1"],"unstable_features":{"a":true,"b":1}})"));

        QVERIFY(profile && profile->displayName.isEmpty() && profile->avatarUrl.isEmpty());
        QVERIFY(changes && changes->changed == QList<UserId>{UserId(u"@a:x"_s)} && changes->left.isEmpty());
        QVERIFY(versions && versions->unstable == QSet<QString>{u"a"_s} && !versions->slidingSync());
        QVERIFY(!GetProfile::parse(said(R"({"displayname":7})")));
    }

    void namesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");

        const auto row = [](int status, const char *body, ErrorKind kind, const QString &code) {
            QTest::addRow("%d %s", status, body) << status << QByteArray(body) << kind << code;
        };
        row(429, R"({"errcode":"M_LIMIT_EXCEEDED"})", ErrorKind::RateLimited, u"M_LIMIT_EXCEEDED"_s);
        row(401, R"({"errcode":"M_UNKNOWN_TOKEN"})", ErrorKind::Auth, u"M_UNKNOWN_TOKEN"_s);
        row(401, R"({"errcode":"M_USER_LOCKED"})", ErrorKind::Forbidden, u"M_USER_LOCKED"_s);
        row(403, R"({"errcode":"M_USER_SUSPENDED"})", ErrorKind::Forbidden, u"M_USER_SUSPENDED"_s);
        row(403, R"({"errcode":"M_USER_DEACTIVATED"})", ErrorKind::Forbidden, u"M_USER_DEACTIVATED"_s);
        row(403, R"({"errcode":"M_FORBIDDEN"})", ErrorKind::Forbidden, u"M_FORBIDDEN"_s);
        row(404, R"({"errcode":"M_NOT_FOUND"})", ErrorKind::NotFound, u"M_NOT_FOUND"_s);
        row(405, R"({"errcode":"M_UNRECOGNIZED"})", ErrorKind::NotFound, u"M_UNRECOGNIZED"_s);
        row(400, R"({"errcode":"M_UNKNOWN_POS"})", ErrorKind::Forbidden, u"M_UNKNOWN_POS"_s);
        row(413, R"({"errcode":"M_TOO_LARGE"})", ErrorKind::TooLarge, u"M_TOO_LARGE"_s);
        row(502, R"({"errcode":"M_UNKNOWN"})", ErrorKind::Server, u"M_UNKNOWN"_s);
        row(401, "", ErrorKind::Auth, u"PARVIS_UNAUTHORISED"_s);
        row(403, "<html>", ErrorKind::Forbidden, u"PARVIS_REFUSED"_s);
        row(404, "<html>", ErrorKind::NotFound, u"PARVIS_NOT_FOUND"_s);
        row(413, "<html>", ErrorKind::TooLarge, u"PARVIS_REQUEST_TOO_LARGE"_s);
        row(429, "", ErrorKind::RateLimited, u"PARVIS_RATE_LIMITED"_s);
        row(511, "<html>", ErrorKind::Network, u"PARVIS_CAPTIVE_PORTAL"_s);
        row(520, "<html>", ErrorKind::Server, u"PARVIS_SERVER_ERROR"_s);
        row(304, "", ErrorKind::Protocol, u"PARVIS_BAD_HTTP"_s);
        row(403, R"({"errcode":"Call +33 now!"})", ErrorKind::Forbidden, u"PARVIS_REFUSED"_s);
        row(403, R"({"errcode":"PARVIS_DISK_FULL"})", ErrorKind::Forbidden, u"PARVIS_REFUSED"_s);
        row(403, R"({"errcode":["M_FORBIDDEN"]})", ErrorKind::Forbidden, u"PARVIS_REFUSED"_s);
    }
    void namesErrors()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, code);

        const Error error = errorFromReply({.status = status, .body = body}, 0);

        QCOMPARE(error.kind, kind);
        QCOMPARE(error.code, code);
    }

    void takesTheDelayThatTheServerNames()
    {
        const QByteArray body = R"({"errcode":"M_LIMIT_EXCEEDED","error":"@claire:x","retry_after_ms":2500})";
        const auto wait = [&](const QByteArray &header, const QByteArray &text) {
            return errorFromReply({.status = 429, .body = text, .headers = {{"Retry-After", header}}}, 0)
                .retryAfterMs;
        };

        QCOMPARE(wait("7", body), 7000); // the header goes first
        QCOMPARE(wait("soon", body), 2500);
        QCOMPARE(wait("", R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":-1})"), 0);
        QCOMPARE(wait("", R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1e300})"), 3'600'000);
        QCOMPARE(wait("", R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":"9"})"), 0);
        QVERIFY(!errorFromReply({.status = 429, .body = body}, 0).detail.contains(u"claire"_s));
    }

    void keepsWhatOthersWroteInMDirect()
    {
        const QJsonObject before = json(R"({"@a:x":["!1:x"],"@b:x":"strange"})");
        const UserId a(u"@a:x"_s);

        const QJsonObject more = withDirectRoom(before, a, RoomId(u"!2:x"_s));
        const QJsonObject less = withoutDirectRoom(more, RoomId(u"!1:x"_s));

        QCOMPARE(more, json(R"({"@a:x":["!1:x","!2:x"],"@b:x":"strange"})"));
        QCOMPARE(withDirectRoom(more, a, RoomId(u"!2:x"_s)), more);
        QCOMPARE(less, json(R"({"@a:x":["!2:x"],"@b:x":"strange"})"));
        QCOMPARE(withoutDirectRoom(less, RoomId(u"!2:x"_s)), json(R"({"@b:x":"strange"})"));
    }
};

QTEST_GUILESS_MAIN(AnswersTest)
#include "tst_answers.moc"
