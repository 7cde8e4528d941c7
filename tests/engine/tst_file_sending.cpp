// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include "sending_world.h"

using namespace parvis;

/// From a file of the person's to a message, step by step, with a crash between any two.
class FileSendingTest : public SendingWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void theCiphertextGoesFirstAndTheEventNamesIt()
    {
        const TransactionId txn = send();
        QVERIFY(m_path->contents.isEmpty());
        QCOMPARE(m_world->http.open(), 1);
        QCOMPARE(m_world->http.sent.last().url, QByteArray("https://m.x/_matrix/media/v3/upload"));
        QCOMPARE(m_world->http.sent.last().contentType, QByteArray("application/octet-stream"));

        uploaded();

        const QJsonObject content = m_path->contents.value(0);
        QCOMPARE(content["msgtype"_L1].toString(), u"m.file"_s);
        QCOMPARE(content["filename"_L1].toString(), u"notes.txt"_s);
        QCOMPARE(content["info"_L1]["size"_L1].toInteger(), m_clear.size());
        QVERIFY(!content.contains("url"_L1));
        QCOMPARE(content["file"_L1]["url"_L1].toString(), u"mxc://x/abc"_s);
        QCOMPARE(decrypted(m_world->http.uploaded.value(0), content["file"_L1].toObject()), m_clear);
        m_path->accept();
        QCOMPARE(m_path->kept, QList<QJsonObject>({content}));
        QCOMPARE(m_path->rows, QList<TransactionId>({txn}));
        QVERIFY(m_queue->isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }

    void onTheDiskThereIsNothingInClear()
    {
        send();

        QCOMPARE(outgoing().size(), 1);
        QFile file(folder() + u'/' + outgoing()[0]);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QCOMPARE(bytes.size(), m_clear.size());
        QVERIFY(!bytes.contains("ligne"));
        QVERIFY(!outgoing()[0].contains("notes"_L1));
        QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::Permissions(QFile::ReadOwner | QFile::WriteOwner));
    }

    void inAClearRoomItGoesInClear()
    {
        m_path->encrypted = false;
        send();

        QVERIFY(m_world->http.uploaded.value(0) == m_clear);
        QCOMPARE(m_world->http.sent.last().url,
                 QByteArray("https://m.x/_matrix/media/v3/upload?filename=notes.txt"));
        QCOMPARE(m_world->http.sent.last().contentType, QByteArray("text/plain"));
        uploaded();
        QCOMPARE(m_path->contents.value(0)["url"_L1].toString(), u"mxc://x/abc"_s);
        QVERIFY(!m_path->contents.value(0).contains("file"_L1));
    }

    void theOriginalMayGoAfterwards()
    {
        m_queue->setOnline(false);
        send();
        QVERIFY(QFile::remove(original()));

        m_queue->setOnline(true);
        uploaded();

        QCOMPARE(decrypted(m_world->http.uploaded.value(0), m_path->contents.value(0)["file"_L1].toObject()),
                 m_clear);
    }

    void aCrashBeforeTheUploadEndsBeginsItAnew()
    {
        const TransactionId txn = send();
        QCOMPARE(m_world->http.uploaded.size(), 1);

        restart();

        QCOMPARE(m_world->http.uploaded.size(), 2);
        QVERIFY(m_world->http.uploaded[0] == m_world->http.uploaded[1]);
        uploaded();
        m_path->accept();
        QCOMPARE(m_path->rows, QList<TransactionId>({txn}));
        QVERIFY(m_queue->isEmpty());
        QCOMPARE(outgoing(), QStringList());
    }

    void aCrashAfterTheUploadUploadsNothingTwice()
    {
        const TransactionId txn = send();
        uploaded();
        const QJsonObject content = m_path->contents.value(0);

        restart();

        QCOMPARE(m_world->http.uploaded.size(), 1);
        QCOMPARE(m_path->rows, QList<TransactionId>({txn}));
        QCOMPARE(m_path->contents, QList<QJsonObject>({content}));
        m_path->accept();
        QCOMPARE(m_path->kept, QList<QJsonObject>({content}));
    }

    void aRoomThatBecameEncryptedGetsACiphertext()
    {
        m_path->encrypted = false;
        send();
        uploaded();
        restart(false);
        m_path->encrypted = true;

        m_queue->setOnline(true);

        QCOMPARE(m_world->http.uploaded.size(), 2);
        QVERIFY(m_world->http.uploaded[0] == m_clear);
        QVERIFY(!m_world->http.uploaded[1].contains("ligne"));
        uploaded("mxc://x/other");
        QVERIFY(!m_path->contents.value(0).contains("url"_L1));
        QCOMPARE(m_path->contents.value(0)["file"_L1]["url"_L1].toString(), u"mxc://x/other"_s);
    }

    void tellsHowFarItIs()
    {
        const TransactionId txn = send();

        m_world->http.sent.last().progress(50'000, m_clear.size());

        QCOMPARE(
            m_transfers.all().get(),
            QList<FileTransfer>(
                {{.room = m_world->room, .txn = txn, .event = {}, .done = 50'000, .total = m_clear.size()}}));
        uploaded();
        QCOMPARE(m_transfers.all().get(), QList<FileTransfer>());
    }

    void leftoversGoAndWhatIsNeededStays()
    {
        m_queue->setOnline(false);
        send();
        const QStringList needed = outgoing();
        write(folder() + u"/of a crash"_s, "x");
        write(folder() + u"/.hidden"_s, "x");

        restart(false);

        QCOMPARE(outgoing(), needed);
    }

    void anEmptyFileIsAFile()
    {
        write(original(), {});
        send();

        QCOMPARE(m_world->http.uploaded, QList<QByteArray>({QByteArray()}));
        uploaded();
        QCOMPARE(decrypted({}, m_path->contents.value(0)["file"_L1].toObject()), QByteArray());
    }
};

QTEST_GUILESS_MAIN(FileSendingTest)
#include "tst_file_sending.moc"
