// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "store/keys/draft_store.h"
#include "store/keys/queue_files.h"
#include "store/keys/queue_store.h"

#include <QTest>

#include "keys_file.h"

using namespace parvis;
using namespace parvis::store;
using namespace Qt::StringLiterals;

namespace {

const TransactionId one(u"one"_s);
const TransactionId two(u"two"_s);

QueueRow row(const TransactionId &txn)
{
    return {.txnId = txn, .roomId = RoomId(u"!a:x"_s), .kind = u"m.room.message"_s, .content = "{}"};
}

const QueueFile file{
    .name = u"f"_s, .bytes = qint64(5) << 30, .opens = R"({"key":"k"})", .mediaType = u"image/png"_s};

} // namespace

/// Files that wait for their upload, across restarts.
class QueueFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_keys = std::make_unique<KeysFile>(); }

    void comesWithItsRow()
    {
        QVERIFY(queue().enqueue(row(one), file));
        m_keys->reopen();

        QueueFile expected = file;
        expected.txnId = one;
        QCOMPARE(files().find(one).value().value(), expected);
        QCOMPARE(files().all().value(), QList<QueueFile>({expected}));
        QVERIFY(!files().find(two).value());
    }

    void aRowThatIsThereAlreadyTakesNone()
    {
        QVERIFY(queue().enqueue(row(one)));

        QVERIFY(!queue().enqueue(row(one), file));

        QVERIFY(files().all().value().isEmpty());
        QCOMPARE(queue().list(RoomId(u"!a:x"_s)).value().size(), 1);
    }

    void goesTogetherWithWhatComesAlong()
    {
        DraftStore drafts(m_keys->database());
        const RoomId room(u"!a:x"_s);
        QVERIFY(drafts.save(room, u"bonjour\nla suite"_s));
        const auto taken = [&] { return drafts.takeAway(room, u"bonjour"_s); };
        const auto refused = [&]() -> Result<void> {
            return taken().and_then([]() -> Result<void> { return fail(ErrorKind::Storage, u"x"_s); });
        };

        QVERIFY(!queue().enqueue(row(one), refused));
        QVERIFY(!queue().enqueue(row(one), file, refused));
        m_keys->reopen();
        QVERIFY(queue().list(room).value().isEmpty());
        QVERIFY(files().all().value().isEmpty());
        QCOMPARE(DraftStore(m_keys->database()).load(room), Result<QString>(u"bonjour\nla suite"_s));

        QVERIFY(queue().enqueue(row(one),
                                [&] { return DraftStore(m_keys->database()).takeAway(room, u"bonjour"_s); }));
        m_keys->reopen();
        QCOMPARE(queue().list(room).value().size(), 1);
        QCOMPARE(DraftStore(m_keys->database()).load(room), Result<QString>(u"la suite"_s));
    }

    void rememberWhereItLies()
    {
        QVERIFY(queue().enqueue(row(one), file));

        QVERIFY(files().setUrl(one, u"mxc://x/y"_s, true));
        m_keys->reopen();

        QCOMPARE(files().find(one).value().value().url, u"mxc://x/y"_s);
        QVERIFY(files().find(one).value().value().urlEncrypted);
        QCOMPARE(files().setUrl(two, u"mxc://x/y"_s, true).error().code, u"PARVIS_NO_QUEUE_ROW"_s);
    }

    void goesWithItsRow()
    {
        QVERIFY(queue().enqueue(row(one), file));
        QVERIFY(queue().enqueue(row(two), file));

        QVERIFY(queue().remove(one));

        QVERIFY(!files().find(one).value());
        QVERIFY(files().find(two).value());
    }

    void followsARowThatIsRenamed()
    {
        QVERIFY(queue().enqueue(row(one), file));

        QVERIFY(queue().renew(one, two));

        QVERIFY(!files().find(one).value());
        QCOMPARE(files().find(two).value().value().name, u"f"_s);
    }

private:
    [[nodiscard]] QueueStore queue() const { return QueueStore(m_keys->database()); }
    [[nodiscard]] QueueFileStore files() const { return QueueFileStore(m_keys->database()); }

    std::unique_ptr<KeysFile> m_keys;
};

QTEST_GUILESS_MAIN(QueueFilesTest)
#include "tst_queue_files.moc"
