// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/account_store.h"
#include "store/keys/draft_store.h"
#include "store/keys/queue_store.h"

#include <QTest>

#include "keys_file.h"

using namespace parvis;
using namespace parvis::store;
using namespace Qt::StringLiterals;

namespace {

const RoomId roomA(u"!a:x"_s);
const RoomId roomB(u"!b:x"_s);

TransactionId txn(const char *name)
{
    return TransactionId(QString::fromLatin1(name));
}

QueueRow message(const char *name, const RoomId &room = roomA)
{
    return {.txnId = txn(name),
            .roomId = room,
            .kind = u"m.room.message"_s,
            .content = QByteArray(R"({"body":")") + name + R"("})",
            .createdMs = 1'700'000'000'000};
}

QueueRow dependent(const char *name, const char *parent)
{
    QueueRow row = message(name);
    row.dependsOn = txn(parent);
    return row;
}

template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? u"no error"_s : result.error().code;
}

} // namespace

/// Session, drafts and send queue across restarts.
class tst_KeysStores : public QObject
{
    Q_OBJECT

private:
    static QString nextOf(QueueStore &queue, const RoomId &room = roomA)
    {
        const auto row = queue.next(room);
        return row && *row ? (*row)->txnId.toString() : u"-"_s;
    }

private Q_SLOTS:
    void aSessionSurvives()
    {
        KeysFile file;
        QVERIFY(!AccountStore(file.database()).session()->has_value());
        QVERIFY(AccountStore(file.database())
                    .saveSession({UserId(u"@claire:x"_s),
                                  DeviceId(u"DEV"_s),
                                  "https://x",
                                  {Secret("access"), Secret("refresh"), 123}}));
        QVERIFY(AccountStore(file.database()).saveTokens({Secret("access 2"), Secret(), 456}));
        file.reopen();

        const auto session = AccountStore(file.database()).session();

        QVERIFY(session && *session);
        QCOMPARE((*session)->userId, UserId(u"@claire:x"_s));
        QCOMPARE((*session)->deviceId, DeviceId(u"DEV"_s));
        QCOMPARE((*session)->baseUrl, QByteArray("https://x"));
        QVERIFY((*session)->tokens.access.equals("access 2"));
        QVERIFY((*session)->tokens.refresh.isEmpty());
        QCOMPARE((*session)->tokens.expiresAtMs, 456);
    }

    void tokensNeedASession()
    {
        KeysFile file;

        QCOMPARE(codeOf(AccountStore(file.database()).saveTokens({Secret("a"), Secret("b"), 0})),
                 u"PARVIS_NO_SESSION"_s);
    }

    void forgottenTokensLeaveTheDevice()
    {
        KeysFile file;
        AccountStore store(file.database());
        QVERIFY(store.saveSession(
            {UserId(u"@a:x"_s), DeviceId(u"D"_s), "https://x", {Secret("a"), Secret("r"), 1}}));

        QVERIFY(store.forgetTokens());

        const auto session = store.session();
        QVERIFY((*session)->tokens.access.isEmpty() && (*session)->tokens.refresh.isEmpty());
        QCOMPARE((*session)->deviceId, DeviceId(u"D"_s));
    }

    void positionsAreKeptByName()
    {
        KeysFile file;
        AccountStore store(file.database());
        QCOMPARE(store.position(u"sync"_s), Result<QString>(QString()));
        QVERIFY(store.setPosition(u"sync"_s, u"s1"_s));
        QVERIFY(store.setPosition(u"sync"_s, u"s2"_s));
        QVERIFY(store.setPosition(u"other"_s, u"o"_s));

        QCOMPARE(store.position(u"sync"_s), Result<QString>(u"s2"_s));
        QVERIFY(store.forgetPosition(u"sync"_s));
        QCOMPARE(store.position(u"sync"_s), Result<QString>(QString()));
        QCOMPARE(store.position(u"other"_s), Result<QString>(u"o"_s));
    }

    void draftsSurviveAndGo()
    {
        KeysFile file;
        QVERIFY(DraftStore(file.database()).save(roomA, u"half a sen"_s));
        QVERIFY(DraftStore(file.database()).save(roomA, u"half a sentence \U0001F600"_s));
        QVERIFY(DraftStore(file.database()).save(roomB, u"b"_s));
        file.reopen();
        DraftStore drafts(file.database());

        QCOMPARE(drafts.load(roomA), Result<QString>(u"half a sentence \U0001F600"_s));
        QVERIFY(drafts.save(roomA, QString()));
        QCOMPARE(drafts.load(roomA), Result<QString>(QString()));
        QCOMPARE(drafts.all(), (Result<QHash<RoomId, QString>>(QHash<RoomId, QString>{{roomB, u"b"_s}})));
    }

    void theQueueIsInOrderRoomByRoom()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.enqueue(message("b", roomB)));
        QVERIFY(queue.enqueue(message("2")));
        QCOMPARE(nextOf(queue), u"1"_s);
        QCOMPARE(nextOf(queue, roomB), u"b"_s);

        QVERIFY(queue.markSending(txn("1")));
        file.reopen();
        QueueStore later(file.database());

        QCOMPARE(nextOf(later), u"1"_s); // it may or may not have arrived: again, with the same id
        QCOMPARE((*later.find(txn("1")))->attempts, 1);
        QVERIFY(later.markSent(txn("1"), EventId(u"$1"_s)));
        QCOMPARE(nextOf(later), u"2"_s);
        QCOMPARE(later.rooms(), Result<QList<RoomId>>(QList{roomA, roomB}));
    }

    void aRowComesBackAsItWent()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QueueRow row = dependent("1", "0");
        row.ciphertext = "{\"c\":1}";
        row.state = QueueState::Failed;
        row.attempts = 3;
        row.errorCode = u"M_FORBIDDEN"_s;
        row.target = EventId(u"$t"_s);
        row.eventId = EventId(u"$e"_s);
        row.seq = *queue.enqueue(row);

        QCOMPARE((*queue.find(txn("1"))).value(), row);
        QCOMPARE(queue.list(roomA)->size(), 1);
        QCOMPARE(codeOf(queue.enqueue(row)), u"PARVIS_STORE_REFUSED"_s);
    }

    void aFailedRowIsSkippedUntilThePersonRetries()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.enqueue(message("2")));

        QVERIFY(queue.markFailed(txn("1"), u"M_TOO_LARGE"_s));
        QCOMPARE(nextOf(queue), u"2"_s);
        QCOMPARE((*queue.find(txn("1")))->errorCode, u"M_TOO_LARGE"_s);
        QVERIFY(queue.retry(txn("1")));
        QCOMPARE(nextOf(queue), u"1"_s);
        QCOMPARE(codeOf(queue.retry(txn("1"))), u"PARVIS_NO_QUEUE_ROW"_s);
        QVERIFY(queue.markQueued(txn("1"), u"PARVIS_OFFLINE"_s));
        QCOMPARE(nextOf(queue), u"1"_s);
    }

    void dependentsWaitForTheirTarget()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.enqueue(dependent("edit", "1")));
        QVERIFY(queue.enqueue(message("2")));
        QVERIFY(queue.markFailed(txn("1"), u"X"_s));
        QCOMPARE(nextOf(queue), u"2"_s);

        QVERIFY(queue.markSent(txn("1"), EventId(u"$1"_s)));
        QVERIFY(queue.remove(txn("1")));

        QCOMPARE(nextOf(queue), u"edit"_s);
        QCOMPARE((*queue.find(txn("edit")))->target, EventId(u"$1"_s));
    }

    void removingTakesWhatCanNoLongerBeSent()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.enqueue(dependent("edit", "1")));
        QVERIFY(queue.enqueue(dependent("edit of the edit", "edit")));
        QVERIFY(queue.enqueue(message("2")));

        const auto removed = queue.remove(txn("1"));

        QVERIFY(removed);
        QCOMPARE(removed->size(), 3);
        QCOMPARE(nextOf(queue), u"2"_s);
        QCOMPARE(codeOf(queue.remove(txn("1"))), u"PARVIS_NO_QUEUE_ROW"_s);
    }

    void aCircleOfDependentsEnds()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(dependent("1", "2")));
        QVERIFY(queue.enqueue(dependent("2", "1")));

        QCOMPARE(nextOf(queue), u"-"_s);
        QCOMPARE(queue.remove(txn("1"))->size(), 2);
    }

    void contentChangesOnlyBeforeTheFirstTry()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.setCiphertext(txn("1"), "old"));

        QVERIFY(queue.setContent(txn("1"), "new"));
        QCOMPARE((*queue.find(txn("1")))->content, QByteArray("new"));
        QCOMPARE((*queue.find(txn("1")))->ciphertext, std::nullopt);
        QVERIFY(queue.markSending(txn("1")));
        QCOMPARE(codeOf(queue.setContent(txn("1"), "newer")), u"PARVIS_QUEUE_BUSY"_s);
        QVERIFY(queue.markQueued(txn("1"), u"X"_s));
        QCOMPARE(codeOf(queue.setContent(txn("1"), "newer")), u"PARVIS_QUEUE_BUSY"_s);
        QCOMPARE(codeOf(queue.setContent(txn("none"), "x")), u"PARVIS_NO_QUEUE_ROW"_s);
    }

    void aRenewedRowKeepsItsPlace()
    {
        KeysFile file;
        QueueStore queue(file.database());
        QVERIFY(queue.enqueue(message("1")));
        QVERIFY(queue.enqueue(dependent("edit", "1")));
        QVERIFY(queue.setCiphertext(txn("1"), "old"));

        QVERIFY(queue.renew(txn("1"), txn("1b")));

        QCOMPARE(nextOf(queue), u"1b"_s);
        QCOMPARE((*queue.find(txn("1b")))->ciphertext, std::nullopt);
        QCOMPARE((*queue.find(txn("edit")))->dependsOn, txn("1b"));
        QCOMPARE(codeOf(queue.renew(txn("1"), txn("1c"))), u"PARVIS_NO_QUEUE_ROW"_s);
    }
};

QTEST_GUILESS_MAIN(tst_KeysStores)
#include "tst_keys_stores.moc"
