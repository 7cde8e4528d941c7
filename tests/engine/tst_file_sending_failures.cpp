// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QDateTime>
#include <QFileInfo>
#include <QTest>

#include "sending_world.h"

using namespace parvis;

/// What happens where a file cannot be sent, or shall not.
class FileSendingFailuresTest : public SendingWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatWasNeverUploadedMayBeTakenBackAfterACrash()
    {
        const TransactionId before = send();
        restart(false);
        QCOMPARE(code(m_queue->cancel(before)), u"done"_s);
        QCOMPARE(outgoing(), QStringList());

        m_queue->setOnline(true);
        const TransactionId after = send();
        uploaded();
        restart(false);
        QCOMPARE(code(m_queue->cancel(after)), u"PARVIS_MAY_BE_SENT"_s);
    }

    void whatTheServerWillNotTakeIsSaidAtOnce()
    {
        auto task = m_sending->send(m_world->room, original(), {}, SendAs::Guess);
        m_world->http.answer(200, R"({"m.upload.size":1000})");
        const auto sent = await(std::move(task));

        QCOMPARE(sent.error(), (Error{ErrorKind::TooLarge, u"PARVIS_FILE_TOO_LARGE"_s, u"1000"_s, 0}));
        QVERIFY(m_queue->isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }

    void whatTheServerDidNotTakeHasFailed()
    {
        const TransactionId txn = send();
        m_world->http.answer(413, R"({"errcode":"M_TOO_LARGE"})");

        const store::QueueRow row = m_queue->rows(m_world->room).value(0);
        QCOMPARE(row.state, store::QueueState::Failed);
        QCOMPARE(m_queue->error(row)->code, u"PARVIS_FILE_TOO_LARGE"_s);
        QCOMPARE(m_queue->error(row)->detail, u"104857600"_s);
        QCOMPARE(code(m_queue->cancel(txn)), u"done"_s);
        QCOMPARE(outgoing(), QStringList());
    }

    void aFailureThatPassesIsTriedAgain()
    {
        const TransactionId txn = send();
        m_world->http.answer(502, "{}");
        QCOMPARE(m_queue->rows(m_world->room).value(0).state, store::QueueState::Queued);

        m_queue->setOnline(false);
        m_queue->setOnline(true);

        QCOMPARE(m_world->http.uploaded.size(), 2);
        uploaded();
        QCOMPARE(m_path->rows, QList<TransactionId>({txn}));
    }

    void anAddressThatIsNoneIsNotBelieved()
    {
        send();
        uploaded("https://evil.example/x");

        QVERIFY(m_path->contents.isEmpty());
        const store::QueueRow row = m_queue->rows(m_world->room).value(0);
        QCOMPARE(m_queue->error(row)->code, u"PARVIS_BAD_ANSWER"_s);
    }

    void aCopyThatIsGoneHasFailed()
    {
        m_queue->setOnline(false);
        send();
        QVERIFY(QFile::remove(folder() + u'/' + outgoing()[0]));

        m_queue->setOnline(true);

        const store::QueueRow row = m_queue->rows(m_world->room).value(0);
        QCOMPARE(row.state, store::QueueState::Failed);
        QCOMPARE(m_queue->error(row)->code, u"PARVIS_OUTGOING_FILE_GONE"_s);
    }

    void cancellingStopsTheUpload()
    {
        const TransactionId txn = send();
        QCOMPARE(m_world->http.open(), 1);
        QCOMPARE(m_transfers.all().get().size(), 1);

        QCOMPARE(code(m_queue->cancel(txn)), u"done"_s);

        QCOMPARE(m_world->http.open(), 0);
        QCOMPARE(m_transfers.all().get(), QList<FileTransfer>());
        QVERIFY(m_queue->isEmpty());
        QVERIFY(m_path->contents.isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }

    void whatCannotBeReadLeavesNothing()
    {
        m_world->http.willSay(200, "{}"); // how large a file may be
        const auto sent =
            await(m_sending->send(m_world->room, m_folder->filePath(u"none"_s), {}, SendAs::Guess));

        QCOMPARE(sent.error().code, u"PARVIS_FILE_UNREADABLE"_s);
        QVERIFY(m_queue->isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }

    void aLookTakesNothing()
    {
        auto task = m_sending->inspect(original());
        QTRY_COMPARE(m_world->http.open(), 1);
        m_world->http.answer(200, R"({"m.upload.size":104857600})");
        const auto looked = await(std::move(task));
        QVERIFY(looked);
        QCOMPARE(looked->name, u"notes.txt"_s);
        QCOMPARE(looked->mediaType, u"text/plain"_s);
        QCOMPARE(looked->bytes, m_clear.size());
        QCOMPARE(looked->changedMs, QFileInfo(original()).lastModified().toMSecsSinceEpoch());
        QCOMPARE(outgoing(), QStringList());
        QVERIFY(m_queue->isEmpty());
    }

    void aLookSaysWhatIsWrong()
    {
        auto task = m_sending->inspect(original());
        QTRY_COMPARE(m_world->http.open(), 1);
        m_world->http.answer(200, R"({"m.upload.size":1000})");
        const auto large = await(std::move(task));
        QCOMPARE(large.error().code, u"PARVIS_FILE_TOO_LARGE"_s);
        QCOMPARE(large.error().detail, u"1000"_s);
        const QString empty = m_folder->filePath(u"vide"_s);
        write(empty, {});
        QCOMPARE(await(m_sending->inspect(empty)).error().code, u"PARVIS_FILE_EMPTY"_s);
        QCOMPARE(await(m_sending->inspect(m_folder->path())).error().code, u"PARVIS_FILE_IS_FOLDER"_s);
        QCOMPARE(await(m_sending->inspect(empty + u"/x"_s)).error().code, u"PARVIS_FILE_UNREADABLE"_s);
    }

    void theEndOfTheProgramStopsTheCopying()
    {
        m_world->http.willSay(200, "{}");
        m_sending->stop();
        const auto sent = await(m_sending->send(m_world->room, original(), {}, SendAs::Guess));

        QCOMPARE(sent.error().code, u"PARVIS_CANCELLED"_s);
        QVERIFY(m_queue->isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }
};

QTEST_GUILESS_MAIN(FileSendingFailuresTest)
#include "tst_file_sending_failures.moc"
