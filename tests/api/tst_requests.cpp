// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "api/account_data.h"
#include "api/devices.h"
#include "api/discovery.h"
#include "api/keys.h"
#include "api/login.h"
#include "api/messages.h"
#include "api/profile.h"
#include "api/receipts.h"
#include "api/room_actions.h"
#include "api/room_alias.h"
#include "api/room_finding.h"
#include "api/room_keys.h"
#include "api/room_state.h"
#include "api/send_event.h"
#include "api/sync.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parvis;
using namespace parvis::api;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);
const UserId claire(u"@claire:x"_s);

QJsonObject bodyOf(const HttpRequest &request)
{
    return QJsonDocument::fromJson(request.body).object();
}

} // namespace

/// What each endpoint asks.
class RequestsTest : public QObject
{
    Q_OBJECT

private:
    static void get(const char *name, const HttpRequest &request, const char *url)
    {
        QTest::newRow(name) << request << HttpVerb::Get << QByteArray(url) << true;
    }
    static void put(const char *name, const HttpRequest &request, const char *url)
    {
        QTest::newRow(name) << request << HttpVerb::Put << QByteArray(url) << true;
    }
    static void post(const char *name, const HttpRequest &request, const char *url, bool idempotent = false)
    {
        QTest::newRow(name) << request << HttpVerb::Post << QByteArray(url) << idempotent;
    }

    static void ofSessions()
    {
        get("versions", Versions{}.build(), "versions");
        get("capabilities", Capabilities{}.build(), "v3/capabilities");
        get("flows", LoginFlows{}.build(), "v3/login");
        get("whoami", WhoAmI{}.build(), "v3/account/whoami");
        post("logout", Logout{}.build(), "v3/logout", true);
        post("logout all", Logout{.everywhere = true}.build(), "v3/logout/all", true);
        get("devices", GetDevices{}.build(), "v3/devices");
        put("rename device", RenameDevice{.deviceId = DeviceId(u"A/B"_s), .name = {}}.build(),
            "v3/devices/A%2FB");
        post("delete devices", DeleteDevices{.body = {}}.build(), "v3/delete_devices", true);
        get("sync", SyncV3{}.build(), "v3/sync?timeout=0");
        get("sync since", SyncV3{.since = u"s1_2"_s, .filter = u"7"_s, .timeoutMs = 30000}.build(),
            "v3/sync?filter=7&since=s1_2&timeout=30000");
        get("sync state after",
            SyncV3{.fullState = true, .presence = u"offline"_s, .useStateAfter = true}.build(),
            "v3/sync?timeout=0&full_state=true&set_presence=offline&use_state_after=true"
            "&org.matrix.msc4222.use_state_after=true");
        post("sliding", SlidingSync{.pos = u"5/+ "_s, .timeoutMs = 1, .body = "{}"}.build(),
             "unstable/org.matrix.simplified_msc3575/sync?pos=5%2F%2B%20&timeout=1");
        post("filter", UploadFilter{.userId = claire, .filter = "{}"}.build(), "v3/user/%40claire%3Ax/filter",
             true);
    }
    static void ofRooms()
    {
        get("messages", Messages{.roomId = room, .from = u"t"_s}.build(),
            "v3/rooms/%21r%3Ax/messages?dir=b&from=t&limit=50&filter=%7B%22lazy_load_members%22%3Atrue%7D");
        get("event", GetEvent{.roomId = room, .eventId = EventId(u"$a/b+c"_s)}.build(),
            "v3/rooms/%21r%3Ax/event/%24a%2Fb%2Bc");
        get("space", SpaceHierarchy{.roomId = room}.build(),
            "v1/rooms/%21r%3Ax/hierarchy?limit=50&max_depth=1");
        get("suggested", SpaceHierarchy{.roomId = room, .suggestedOnly = true, .from = u"a&b"_s}.build(),
            "v1/rooms/%21r%3Ax/hierarchy?limit=50&max_depth=1&suggested_only=true&from=a%26b");
        post("public rooms", PublicRooms{.server = u"y:1"_s}.build(), "v3/publicRooms?server=y%3A1", true);
        post("upgrade", UpgradeRoom{.roomId = room, .newVersion = u"11"_s}.build(),
             "v3/rooms/%21r%3Ax/upgrade");
        get("alias", ResolveAlias{.alias = u"#a:x"_s}.build(), "v3/directory/room/%23a%3Ax");
        get("members", GetMembers{.roomId = room, .at = u"t"_s, .notMembership = u"leave"_s}.build(),
            "v3/rooms/%21r%3Ax/members?at=t&not_membership=leave");
        get("state", GetState{.roomId = room, .eventType = u"m.room.encryption"_s}.build(),
            "v3/rooms/%21r%3Ax/state/m.room.encryption/");
        put("set state",
            SetState{.roomId = room, .eventType = u"a/b"_s, .stateKey = u"k"_s, .content = {}}.build(),
            "v3/rooms/%21r%3Ax/state/a%2Fb/k");
        put("send",
            SendEvent{.roomId = room, .eventType = u"m.t"_s, .txnId = TransactionId(u"t1"_s), .content = "{}"}
                .build(),
            "v3/rooms/%21r%3Ax/send/m.t/t1");
        put("redact",
            RedactEvent{.roomId = room, .eventId = EventId(u"$e"_s), .txnId = TransactionId(u"t1"_s)}.build(),
            "v3/rooms/%21r%3Ax/redact/%24e/t1");
        post("create", CreateRoom{}.build(), "v3/createRoom");
        post("join", JoinRoom{.roomIdOrAlias = u"#a:x"_s, .via = {u"y"_s}}.build(),
             "v3/join/%23a%3Ax?via=y&server_name=y");
        post("leave", LeaveRoom{.roomId = room}.build(), "v3/rooms/%21r%3Ax/leave");
        post("forget", ForgetRoom{.roomId = room}.build(), "v3/rooms/%21r%3Ax/forget");
        post("invite", InviteUser{.roomId = room, .userId = claire}.build(), "v3/rooms/%21r%3Ax/invite");
        post("kick", KickUser{.roomId = room, .userId = claire}.build(), "v3/rooms/%21r%3Ax/kick");
        post("read", SendReceipt{.roomId = room, .eventId = EventId(u"$e"_s)}.build(),
             "v3/rooms/%21r%3Ax/receipt/m.read/%24e", true);
        post("read privately",
             SendReceipt{.roomId = room, .eventId = EventId(u"$e"_s), .type = SendReceipt::Type::ReadPrivate}
                 .build(),
             "v3/rooms/%21r%3Ax/receipt/m.read.private/%24e", true);
        post("fully read",
             SendReceipt{.roomId = room, .eventId = EventId(u"$e"_s), .type = SendReceipt::Type::FullyRead}
                 .build(),
             "v3/rooms/%21r%3Ax/receipt/m.fully_read/%24e", true);
        put("typing", SendTyping{.roomId = room, .userId = claire}.build(),
            "v3/rooms/%21r%3Ax/typing/%40claire%3Ax");
    }
    static void ofPeopleAndKeys()
    {
        get("profile", GetProfile{.userId = claire}.build(), "v3/profile/%40claire%3Ax");
        put("name", SetDisplayName{.userId = claire, .displayName = u"C"_s}.build(),
            "v3/profile/%40claire%3Ax/displayname");
        post("keys upload", UploadKeys{.body = "{}"}.build(), "v3/keys/upload", true);
        post("keys query", QueryKeys{.body = "{}"}.build(), "v3/keys/query", true);
        post("keys claim", ClaimKeys{.body = "{}"}.build(), "v3/keys/claim");
        get("keys changes", KeyChanges{.from = u"a"_s, .to = u"b"_s}.build(), "v3/keys/changes?from=a&to=b");
        put("to-device",
            SendToDevice{.eventType = u"m.room.encrypted"_s, .txnId = TransactionId(u"t"_s), .body = "{}"}
                .build(),
            "v3/sendToDevice/m.room.encrypted/t");
        get("account data", GetAccountData{.userId = claire, .type = u"m.direct"_s}.build(),
            "v3/user/%40claire%3Ax/account_data/m.direct");
        put("room account data",
            SetAccountData{.userId = claire, .type = u"m.tag"_s, .content = {}, .roomId = room}.build(),
            "v3/user/%40claire%3Ax/rooms/%21r%3Ax/account_data/m.tag");
        get("backup", GetBackupVersion{}.build(), "v3/room_keys/version");
        post("new backup", CreateBackup{.body = "{}"}.build(), "v3/room_keys/version");
        put("backed up keys", PutBackupKeys{.version = u"1&2"_s, .body = "{}"}.build(),
            "v3/room_keys/keys?version=1%262");
        get("backed up key",
            GetBackupKeys{.version = u"1"_s, .room = room, .session = SessionId(u"a+/b"_s)}.build(),
            "v3/room_keys/keys/%21r%3Ax/a%2B%2Fb?version=1");
        get("all backed up keys", GetBackupKeys{.version = u"1"_s}.build(), "v3/room_keys/keys?version=1");
        get("dots", GetEvent{.roomId = RoomId(u".."_s), .eventId = EventId(u"."_s)}.build(),
            "v3/rooms/%2E%2E/event/%2E");
        get("strange bytes", GetProfile{.userId = UserId(u"@é?#\n\0:x"_s)}.build(),
            "v3/profile/%40%C3%A9%3F%23%0A%00%3Ax");
    }

private Q_SLOTS:
    void asks_data()
    {
        QTest::addColumn<HttpRequest>("request");
        QTest::addColumn<HttpVerb>("verb");
        QTest::addColumn<QByteArray>("url"); // behind /_matrix/client/
        QTest::addColumn<bool>("idempotent");
        ofSessions();
        ofRooms();
        ofPeopleAndKeys();
    }
    void asks()
    {
        QFETCH(HttpRequest, request);
        QFETCH(HttpVerb, verb);
        QFETCH(QByteArray, url);
        QFETCH(bool, idempotent);

        QCOMPARE(request.verb, verb);
        QCOMPARE(request.url, "/_matrix/client/" + url);
        QCOMPARE(request.idempotent, idempotent);
    }

    void aLongPollWaitsLongerThanTheServer()
    {
        const HttpRequest v3 = SyncV3{.timeoutMs = 30'000}.build();
        const HttpRequest sliding = SlidingSync{.timeoutMs = 20'000, .body = "{}"}.build();

        QVERIFY(v3.longPoll && sliding.longPoll);
        QCOMPARE(v3.timeoutMs, 60'000);
        QCOMPARE(sliding.timeoutMs, 50'000);
        QCOMPARE(v3.maxReplyBytes, qint64(512) << 20);
    }

    void onlyTheDoorIsOpenToAll()
    {
        QVERIFY(!Versions{}.build().authenticated);
        QVERIFY(Versions{.authenticated = true}.build().authenticated);
        QVERIFY(!LoginFlows{}.build().authenticated);
        QVERIFY(!LoginWithPassword({.user = {}, .password = {}}).build().authenticated);
        QVERIFY(!RefreshToken{.refreshToken = {}}.build().authenticated);
        QVERIFY(WhoAmI{}.build().authenticated);
        QVERIFY(SyncV3{}.build().authenticated);
    }

    void writesTheBodies()
    {
        const QJsonObject create = bodyOf(CreateRoom{.name = u"N"_s,
                                                     .preset = u"private_chat"_s,
                                                     .direct = true,
                                                     .invite = {claire},
                                                     .initialState = {{{u"type"_s, u"m.room.encryption"_s}}}}
                                              .build());
        QCOMPARE(create["name"_L1].toString(), u"N"_s);
        QCOMPARE(create["preset"_L1].toString(), u"private_chat"_s);
        QCOMPARE(create["visibility"_L1].toString(), u"private"_s);
        QVERIFY(create["is_direct"_L1].toBool());
        QCOMPARE(create["invite"_L1].toArray(), QJsonArray{u"@claire:x"_s});
        QCOMPARE(create["initial_state"_L1][0]["type"_L1].toString(), u"m.room.encryption"_s);
        QVERIFY(!create.contains("topic"_L1));

        QCOMPARE(LeaveRoom{.roomId = room}.build().body, QByteArray("{}"));
        QCOMPARE(bodyOf(KickUser{.roomId = room, .userId = claire, .reason = u"r"_s}.build()),
                 (QJsonObject{{u"user_id"_s, u"@claire:x"_s}, {u"reason"_s, u"r"_s}}));
        QCOMPARE(bodyOf(SendTyping{.roomId = room, .userId = claire, .typing = false}.build()),
                 (QJsonObject{{u"typing"_s, false}}));
        const SendReceipt threaded{.roomId = room, .eventId = EventId(u"$e"_s), .threadId = u"main"_s};
        QCOMPARE(bodyOf(RenameDevice{.deviceId = DeviceId(u"D"_s), .name = u"N"_s}.build()),
                 (QJsonObject{{u"display_name"_s, u"N"_s}}));
        QCOMPARE(QJsonDocument::fromJson(DeleteDevices::of({DeviceId(u"A"_s), DeviceId(u"B"_s)})).object(),
                 (QJsonObject{{u"devices"_s, QJsonArray{u"A"_s, u"B"_s}}}));
        QCOMPARE(bodyOf(threaded.build()), (QJsonObject{{u"thread_id"_s, u"main"_s}}));
        SendReceipt marker = threaded;
        marker.type = SendReceipt::Type::FullyRead;
        QCOMPARE(marker.build().body, QByteArray("{}"));
        QCOMPARE(
            bodyOf(RefreshToken{.refreshToken = std::make_shared<const Secret>(QByteArrayView("r"))}.build()),
            (QJsonObject{{u"refresh_token"_s, u"r"_s}}));
    }
};

QTEST_GUILESS_MAIN(RequestsTest)
#include "tst_requests.moc"
