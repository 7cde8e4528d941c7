// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QCryptographicHash>
#include <QSemaphore>
#include <QTest>

#include "download_world.h"

using namespace parvis;

/// From a message to its file.
class FileDownloadsTest : public DownloadWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void writesWhatWasSent()
    {
        const Sent sent;
        comes(sent.content());

        auto task = save(u"a.txt"_s);
        QCOMPARE(m_world->http.sent[0].url,
                 QByteArray("https://m.x/_matrix/client/v1/media/download/far.x/id?timeout_ms=20000"));
        m_world->http.answer(200, sent.ciphertext);
        const auto saved = await(std::move(task)).value();

        QCOMPARE(saved.path, target(u"a.txt"_s));
        QCOMPARE(saved.bytes, sent.clear.size());
        QCOMPARE(saved.sha256, QCryptographicHash::hash(sent.clear, QCryptographicHash::Sha256));
        QCOMPARE(saved.mediaType, u"text/plain"_s);
        QVERIFY(read(u"a.txt"_s) == sent.clear);
        QCOMPARE(QFile::permissions(saved.path) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::Permissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(names(), QStringList({u"a.txt"_s, u"media"_s}));
        QCOMPARE(onTheWay(), QStringList());
        QCOMPARE(m_transfers.all().get(), QList<FileTransfer>());
    }

    void replacesWhereItIsAsked()
    {
        const Sent sent;
        comes(sent.content());
        write(u"a.txt"_s, "old");

        auto task = m_downloads->save(m_world->room, event, target(u"a.txt"_s), true);
        m_world->http.answer(200, sent.ciphertext);

        QVERIFY(await(std::move(task)));
        QVERIFY(read(u"a.txt"_s) == sent.clear);
    }

    void aFolderTakesItUnderACleanName()
    {
        const Sent sent;
        comes(with(sent.content(), u"filename"_s, u"../../\u202E.bashrc"_s));

        auto task = m_downloads->save(m_world->room, event, m_folder->path(), false);
        m_world->http.answer(200, sent.ciphertext);

        QCOMPARE(await(std::move(task)).value().path, target(u"bashrc"_s));
    }

    void checksOnce()
    {
        const Sent sent;
        comes(sent.content());

        QCOMPARE(stateNow(sent.ciphertext), MediaState::Clean);
        QCOMPARE(await(m_downloads->state(m_world->room, event)).value(), MediaState::Clean);
        QCOMPARE(m_world->http.sent.size(), 1);
        QCOMPARE(names(), QStringList({u"media"_s}));
    }

    void cancellingStopsIt()
    {
        comes(Sent().content());
        auto task = save(u"a.txt"_s);
        QCOMPARE(m_world->http.open(), 1);
        QCOMPARE(m_transfers.all().get().size(), 1);

        m_downloads->cancel(m_world->room, event);

        QCOMPARE(m_world->http.open(), 0);
        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_CANCELLED"_s);
        QCOMPARE(names(), QStringList({u"media"_s}));
        QCOMPARE(m_transfers.all().get(), QList<FileTransfer>());
    }

    void cancellingStopsTheWritingToo()
    {
        const Sent sent;
        comes(sent.content());
        auto task = save(u"a.txt"_s);
        m_pool.setMaxThreadCount(1);
        QSemaphore go;
        m_pool.start([&go] { go.acquire(); });
        m_world->http.answer(200, sent.ciphertext); // waits for the pool

        m_downloads->stop();
        go.release();

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_CANCELLED"_s);
        QCOMPARE(names(), QStringList({u"media"_s}));
    }

    void aClearFileComesAsItIs()
    {
        comes({{"msgtype"_L1, "m.file"_L1}, {"body"_L1, "a.txt"_L1}, {"url"_L1, "mxc://x/y"_L1}});

        auto task = save(u"a.txt"_s);
        m_world->http.answer(200, "en clair");

        QCOMPARE(await(std::move(task)).value().bytes, 8);
        QCOMPARE(read(u"a.txt"_s), QByteArray("en clair"));
    }

    void anOldServerIsAskedItsOwnWay()
    {
        const Sent sent;
        comes(sent.content());
        auto task = save(u"a.txt"_s);
        m_world->http.answer(404, R"({"errcode":"M_UNRECOGNIZED"})");
        m_world->http.answer(200, R"({"versions":["v1.9","v1.10"]})");
        m_world->http.answer(200, sent.ciphertext);

        QVERIFY(await(std::move(task)));
        QCOMPARE(m_world->http.sent.last().url,
                 QByteArray("https://m.x/_matrix/media/v3/download/far.x/id?timeout_ms=20000"));
        QCOMPARE(m_world->http.bearer(m_world->http.sent.size() - 1), QByteArray());
    }

    void aNewServerIsNotAskedTheOldWay()
    {
        comes(Sent().content());
        auto task = save(u"a.txt"_s);
        m_world->http.answer(404, R"({"errcode":"M_UNRECOGNIZED"})");
        m_world->http.answer(200, R"({"versions":["v1.10","v1.11"]})");

        QCOMPARE(await(std::move(task)).error().code, u"M_UNRECOGNIZED"_s);
        QCOMPARE(m_world->http.sent.size(), 2);
    }

    void aPictureStaysInMemory()
    {
        const Sent sent;
        comes(sent.content());
        auto task = m_downloads->picture(m_world->room, event);
        m_world->http.answer(200, sent.ciphertext);

        QVERIFY(await(std::move(task)).value() == sent.clear);
        QCOMPARE(names(), QStringList({u"media"_s}));
        QCOMPARE(onTheWay(), QStringList());
    }

    void whatACrashLeftGoes()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"media/incoming"_s)));
        write(u"media/incoming/abcdef"_s, "half");

        m_downloads->clean();

        QCOMPARE(onTheWay(), QStringList());
    }
};

QTEST_GUILESS_MAIN(FileDownloadsTest)
#include "tst_file_downloads.moc"
