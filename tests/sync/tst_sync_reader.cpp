// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "sync/sync_reader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

/// An answer that a real Synapse 1.160 gave.
QByteArray recorded(const char *name)
{
    QFile file(QFINDTESTDATA("../data/sync/") + QString::fromLatin1(name) + u".json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const RoomUpdate *roomNamed(const SyncUpdate &update, QStringView start)
{
    for (const RoomUpdate &room : update.rooms) {
        if (room.id.toString().startsWith(start))
            return &room;
    }
    return nullptr;
}

QByteArray inRoom(const QByteArray &content)
{
    return R"({"next_batch":"n","rooms":{"join":{"!a:x":)" + content
        + R"(,"!b:x":{"timeline":{"events":[{"type":"t","content":{},"event_id":"$ok","sender":"@a:x","origin_server_ts":1}]}}}}})";
}

} // namespace

class TstSyncReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsARealInitialClassicAnswer()
    {
        const auto update = readSync(recorded("v3-initial"), SyncDialect::Classic);

        QVERIFY(update);
        QCOMPARE(update->dropped, 0);
        QVERIFY(!update->position.isEmpty());
        QCOMPARE(update->rooms.size(), 4);
        QCOMPARE(update->toDevice.size(), 1);
        QVERIFY(update->oneTimeKeyCounts.has_value());
        QCOMPARE(update->unusedFallbackKeyTypes, std::optional(QStringList()));
        const RoomUpdate *room = roomNamed(*update, u"!uWf");
        QVERIFY(room);
        QVERIFY(room->limited && !room->stateIsAfter);
        QCOMPARE(room->timeline.size(), 20);
        QCOMPARE(room->state.size(), 9);
        QCOMPARE(room->joinedCount, std::optional<qint64>(2));
        QCOMPARE(room->receipts.size(), 1);
        QCOMPARE(room->receipts.first().user, UserId(u"@alice:parvis.test"_s));
        const RoomUpdate *invite = roomNamed(*update, u"!gLv");
        QCOMPARE(invite->membership, std::optional(MemberState::Invite));
        QCOMPARE(invite->stripped.size(), 5);
    }

    void readsARealClassicDelta()
    {
        const auto update = readSync(recorded("v3-delta"), SyncDialect::Classic);

        QVERIFY(update);
        QCOMPARE(update->dropped, 0);
        QCOMPARE(roomNamed(*update, u"!ayq")->membership, std::optional(MemberState::Leave));
        const RoomUpdate *room = roomNamed(*update, u"!uWf");
        QCOMPARE(room->typing, std::optional(QList{UserId(u"@bob:parvis.test"_s)}));
        QCOMPARE(update->leftDevices.size(), 1);
    }

    void readsARealInitialSlidingAnswer()
    {
        const auto update = readSync(recorded("sliding-initial"), SyncDialect::Sliding);

        QVERIFY(update);
        QCOMPARE(update->dropped, 0);
        QCOMPARE(update->listCounts.value(u"all_rooms"_s), 4);
        QVERIFY(update->hasToDevice);
        QCOMPARE(update->toDeviceNextBatch, u"2"_s);
        QCOMPARE(update->oneTimeKeyCounts->value(u"signed_curve25519"_s, -1), 0);
        const RoomUpdate *room = roomNamed(*update, u"!uWf");
        QVERIFY(room->initial && room->limited && room->stateIsAfter);
        QCOMPARE(room->name, std::optional(u"Réunion"_s));
        QCOMPARE(room->timeline.size(), 20);
        QCOMPARE(room->numLive, std::optional<qsizetype>(0));
        QCOMPARE(room->bumpStamp, std::optional<qint64>(66));
        QCOMPARE(roomNamed(*update, u"!vZy")->heroes->first().user, UserId(u"@bob:parvis.test"_s));
        QCOMPARE(roomNamed(*update, u"!gLv")->stripped.size(), 5);
        QVERIFY(!update->accountData.isEmpty());
        QCOMPARE(update->accountData.first().type, event_type::direct);
    }

    void readsARealSlidingDelta()
    {
        const auto update = readSync(recorded("sliding-delta"), SyncDialect::Sliding);

        QVERIFY(update);
        QCOMPARE(update->dropped, 0);
        const RoomUpdate *room = roomNamed(*update, u"!uWf");
        QVERIFY(!room->initial);
        QCOMPARE(room->receipts.size(), 1);
        QCOMPARE(room->typing->size(), 1);
        QCOMPARE(room->numLive, std::optional<qsizetype>(2));
    }

    void keepsEventsAsTheyCame()
    {
        const QByteArray body = recorded("v3-initial");
        const auto update = readSync(body, SyncDialect::Classic);

        int seen = 0;
        for (const RoomUpdate &room : update->rooms) {
            for (const Event &event : room.timeline) {
                QVERIFY(body.contains(event.raw));
                QCOMPARE(event.json()["event_id"_L1].toString(), event.id.toString());
                QCOMPARE(event.json()["sender"_L1].toString(), event.sender.toString());
                ++seen;
            }
        }
        QCOMPARE(seen, 37);
    }

    void leavesOutWhatIsBroken_data()
    {
        QTest::addColumn<QByteArray>("room");
        QTest::newRow("a room that is a number") << QByteArray("7");
        QTest::newRow("a timeline that is a list") << QByteArray(R"({"timeline":[1]})");
        QTest::newRow("events that are an object") << QByteArray(R"({"timeline":{"events":{"a":1}}})");
        QTest::newRow("an event that is a string") << QByteArray(R"({"timeline":{"events":["x"]}})");
        QTest::newRow("an event without sender") << QByteArray(
            R"({"timeline":{"events":[{"type":"t","content":{},"event_id":"$1","origin_server_ts":1}]}})");
        QTest::newRow("null everywhere") << QByteArray(
            R"({"timeline":null,"state":null,"summary":null,"ephemeral":null,"account_data":null})");
        QTest::newRow("receipts of the wrong shape") << QByteArray(
            R"({"ephemeral":{"events":[{"type":"m.receipt","content":{"$e":[],"$f":{"m.read":{"@a:x":5}}}},)"
            R"({"type":"m.typing","content":{"user_ids":[1,{}]}},{"type":7},[]]}})");
        QTest::newRow("deep nesting") << QByteArray(R"({"timeline":{"events":[)" + QByteArray(2000, '[')
                                                    + QByteArray(2000, ']') + "]}}");
        QTest::newRow("counts that are texts")
            << QByteArray(R"({"summary":{"m.joined_member_count":"5","m.heroes":{}}})");
    }

    void leavesOutWhatIsBroken()
    {
        QFETCH(QByteArray, room);

        const auto update = readSync(inRoom(room), SyncDialect::Classic);

        QVERIFY(update);
        const RoomUpdate *other = roomNamed(*update, u"!b:x");
        QVERIFY(other);
        QCOMPARE(other->timeline.size(), 1);
    }

    void saysOfWhichRoomEventsWereLeftOut_data()
    {
        QTest::addColumn<QByteArray>("room");
        QTest::addColumn<bool>("incomplete");
        QTest::newRow("timeline") << QByteArray(R"({"timeline":{"events":[{"type":"t"}]}})") << true;
        QTest::newRow("state") << QByteArray(R"({"state":{"events":[{"type":"t"}]}})") << true;
        QTest::newRow("state after") << QByteArray(R"({"state_after":{"events":[7]}})") << true;
        QTest::newRow("account data") << QByteArray(R"({"account_data":{"events":[7]}})") << false;
        QTest::newRow("nothing") << QByteArray(R"({"timeline":{"events":[]}})") << false;
    }

    void saysOfWhichRoomEventsWereLeftOut()
    {
        QFETCH(QByteArray, room);
        QFETCH(bool, incomplete);

        const auto update = readSync(inRoom(room), SyncDialect::Classic);

        QVERIFY(update);
        QCOMPARE(roomNamed(*update, u"!a:x")->incomplete, incomplete);
        QVERIFY(!roomNamed(*update, u"!b:x")->incomplete);
    }

    void readsALeaveWhoseServerEscapesEveryLetter()
    {
        // 40 KB of é in the content and in what it replaces: six bytes a letter.
        const QByteArray reason = QByteArray("\\u00e9").repeated(20'000);
        const QByteArray content = "{\"membership\":\"leave\",\"reason\":\"" + reason + "\"}";
        const QByteArray leave =
            R"({"type":"m.room.member","state_key":"@a:x","sender":"@a:x","event_id":"$l","origin_server_ts":1)"
            ",\"content\":"
            + content + ",\"unsigned\":{\"prev_content\":" + content + "}}";

        const auto update =
            readSync(inRoom("{\"timeline\":{\"events\":[" + leave + "]}}"), SyncDialect::Classic);

        QVERIFY(update);
        QCOMPARE(roomNamed(*update, u"!a:x")->timeline.size(), 1);
        QCOMPARE(update->dropped, 0);
    }

    void refusesWhatIsNoAnswer()
    {
        for (const QByteArray &body :
             {QByteArray(), QByteArray("[]"), QByteArray("{}"), QByteArray("<html>"),
              QByteArray(R"({"next_batch":7})"), QByteArray(R"({"next_batch":"n")"),
              QByteArray(R"({"next_batch":"n"}{})"), QByteArray(R"({"next_batch":"n"} true)")}) {
            const auto update = readSync(body, SyncDialect::Classic);
            QVERIFY2(!update, body.constData());
            QCOMPARE(update.error().code, u"PARVIS_BAD_SYNC"_s);
        }
        for (const char *name : {"v3-initial", "sliding-initial"}) {
            const QByteArray whole = recorded(name).trimmed();
            for (qsizetype cut = 1; cut < whole.size(); cut += 997)
                QVERIFY(
                    !readSync(whole.left(cut), name[0] == 'v' ? SyncDialect::Classic : SyncDialect::Sliding));
        }
    }

    /// Whatever bytes come: no crash, and what is kept keeps the promises of its types.
    void survivesMutations()
    {
        QRandomGenerator random(20261124);
        int kept = 0;
        for (const char *name : {"v3-initial", "v3-delta", "sliding-initial", "sliding-delta"}) {
            const QByteArray original = recorded(name);
            for (int round = 0; round < 400; ++round) {
                QByteArray body = original;
                for (int n = 1 + random.bounded(4); n > 0; --n)
                    mutate(body, random);
                const auto update =
                    readSync(body, name[0] == 'v' ? SyncDialect::Classic : SyncDialect::Sliding);
                if (!update)
                    continue;
                ++kept;
                for (const RoomUpdate &room : update->rooms) {
                    QVERIFY(!room.id.isEmpty());
                    for (const Event &event : room.timeline)
                        QVERIFY(!event.id.isEmpty() && !event.type.isEmpty() && event.raw.startsWith('{'));
                }
            }
        }
        QVERIFY(kept > 50); // else the mutations prove nothing
    }

private:
    static void mutate(QByteArray &body, QRandomGenerator &random)
    {
        static const QList<QByteArray> pieces{"null", "[]",          "{}", "\"\"", "-1", "1e999",
                                              "true", "\"\\ud800\"", "{",  "]",    ","};
        const qsizetype at = random.bounded(int(body.size()));
        switch (random.bounded(4)) {
        case 0:
            body[at] = char(random.bounded(256));
            break;
        case 1:
            body.remove(at, random.bounded(40));
            break;
        case 2: { // replace a whole value
            const qsizetype colon = body.indexOf(':', at);
            const qsizetype end = body.indexOf(',', colon);
            if (colon > 0 && end > colon)
                body.replace(colon + 1, end - colon - 1, pieces.at(random.bounded(int(pieces.size()))));
            break;
        }
        default:
            body.insert(at, pieces.at(random.bounded(int(pieces.size()))));
        }
    }

    void roomsThatAreReadLaterAreTheSame_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"v3-initial", "v3-delta", "sliding-initial", "sliding-delta"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void roomsThatAreReadLaterAreTheSame()
    {
        QFETCH(QString, name);
        const auto dialect = name.startsWith(u"v3"_s) ? SyncDialect::Classic : SyncDialect::Sliding;
        const QByteArray body = recorded(name.toLatin1().constData());
        const auto now = readSync(body, dialect);
        auto later = readSync(body, dialect, RoomReading::Later);
        QVERIFY(now && later);
        QCOMPARE(later->rooms.size(), now->rooms.size());
        QCOMPARE(later->position, now->position);
        RoomReader reader;
        bool some = false;
        for (qsizetype i = 0; i < now->rooms.size(); ++i) {
            RoomUpdate room = later->rooms.at(i);
            some = some || !room.unread.isEmpty();
            QVERIFY(reader.read(room, *later));
            QVERIFY(reader.read(room, *later)); // there is nothing left to read
            const RoomUpdate &other = now->rooms.at(i);
            QCOMPARE(room.id, other.id);
            QCOMPARE(room.membership, other.membership);
            QCOMPARE(room.initial, other.initial);
            QCOMPARE(room.limited, other.limited);
            QCOMPARE(room.prevBatch, other.prevBatch);
            QCOMPARE(room.stateIsAfter, other.stateIsAfter);
            QCOMPARE(room.state, other.state);
            QCOMPARE(room.timeline, other.timeline);
            QCOMPARE(room.numLive, other.numLive);
            QCOMPARE(room.joinedCount, other.joinedCount);
            QCOMPARE(room.heroes, other.heroes);
            QCOMPARE(room.name, other.name);
            QCOMPARE(room.bumpStamp, other.bumpStamp);
            QCOMPARE(room.receipts, other.receipts);
            QCOMPARE(room.accountData, other.accountData);
            QCOMPARE(room.stripped, other.stripped);
        }
        QVERIFY(some);
    }

    void aRoomThatIsNotJsonIsNoticedLater()
    {
        // Brackets fit, and nothing else does.
        auto update = readSync(inRoom(R"({"timeline":{"events":[{"type" 1}]}})"), SyncDialect::Classic,
                               RoomReading::Later);
        QVERIFY(update);
        QCOMPARE(update->rooms.size(), 2);
        RoomReader reader;
        const auto broken = reader.read(update->rooms.first(), *update);
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, u"PARVIS_BAD_SYNC"_s);
        QVERIFY(reader.read(update->rooms.last(), *update));
        QCOMPARE(update->rooms.last().timeline.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TstSyncReader)
#include "tst_sync_reader.moc"
