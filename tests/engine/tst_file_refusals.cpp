// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QTest>

#include "download_world.h"

using namespace parvis;

/// Nothing of what is wrong with a file gets anywhere.
class FileRefusalsTest : public DownloadWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatIsNotWhatWasSentIsNotWritten_data()
    {
        const Sent sent;
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QJsonObject>("content");
        QByteArray altered = sent.ciphertext;
        altered[altered.size() - 1] = char(altered.back() ^ 1);
        QTest::newRow("one bit") << altered << sent.content();
        QTest::newRow("too short") << sent.ciphertext.chopped(1) << sent.content();
        QTest::newRow("too long") << sent.ciphertext + 'x' << sent.content();
        QTest::newRow("nothing") << QByteArray() << sent.content();
        QTest::newRow("the clear text") << sent.clear << sent.content();
        const QJsonObject other =
            with(sent.file, u"hashes"_s,
                 QJsonObject{{"sha256"_L1, QString::fromLatin1(QByteArray(32, 'h').toBase64())}});
        QTest::newRow("another hash") << sent.ciphertext << with(sent.content(), u"file"_s, other);
    }

    void whatIsNotWhatWasSentIsNotWritten()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QJsonObject, content);
        comes(content);

        auto task = save(u"a.txt"_s);
        m_world->http.answer(200, bytes);

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_ATTACHMENT_DAMAGED"_s);
        QCOMPARE(names(), QStringList({u"media"_s}));
        QCOMPARE(onTheWay(), QStringList());
        QCOMPARE(stateNow(bytes), MediaState::Error);
    }

    void whatIsMissingOrUnknownIsRefusedUnasked_data()
    {
        const Sent sent;
        const QJsonObject file = sent.file;
        QJsonObject key = file["key"_L1].toObject();
        QTest::addColumn<QJsonObject>("file");
        QTest::addColumn<QString>("code");
        const QString unsupported = u"PARVIS_ATTACHMENT_UNSUPPORTED"_s;
        const QString bad = u"PARVIS_ATTACHMENT_BAD_FILE"_s;
        QTest::newRow("version") << with(file, u"v"_s, u"v1"_s) << unsupported;
        QTest::newRow("no version") << with(file, u"v"_s, QJsonValue()) << unsupported;
        QTest::newRow("cipher") << with(file, u"key"_s, with(key, u"alg"_s, u"A128CTR"_s)) << unsupported;
        QTest::newRow("short key") << with(file, u"key"_s, with(key, u"k"_s, u"AAAA"_s)) << bad;
        QTest::newRow("no hash") << with(file, u"hashes"_s, QJsonObject()) << bad;
        QTest::newRow("short iv") << with(file, u"iv"_s, u"AAAA"_s) << bad;
        QTest::newRow("no address") << with(file, u"url"_s, QJsonValue()) << u"PARVIS_NO_ATTACHMENT"_s;
        QTest::newRow("a path") << with(file, u"url"_s, u"mxc://x/../../../v3/logout"_s) << bad;
        QTest::newRow("the web") << with(file, u"url"_s, u"https://x/y"_s) << bad;
    }

    void whatIsMissingOrUnknownIsRefusedUnasked()
    {
        QFETCH(QJsonObject, file);
        QFETCH(QString, code);
        comes(with(Sent().content(), u"file"_s, file));

        QCOMPARE(await(save(u"a.txt"_s)).error().code, code);
        QVERIFY(m_world->http.sent.isEmpty());
    }

    void anEncryptedFileIsNeverTakenForAClearOne()
    {
        const Sent sent;
        QJsonObject content = with(sent.content(), u"url"_s, u"mxc://x/clear"_s);
        content["file"_L1] = u"none"_s;
        comes(content);

        QCOMPARE(await(save(u"a.txt"_s)).error().code, u"PARVIS_ATTACHMENT_BAD_FILE"_s);
        QVERIFY(m_world->http.sent.isEmpty());
    }

    void moreThanTheSenderSaidIsNotFetched()
    {
        const Sent sent;
        comes(with(sent.content(), u"info"_s, QJsonObject{{"size"_L1, 1000}}));

        auto task = save(u"a.txt"_s);
        QVERIFY(m_world->http.sent[0].maxReplyBytes < 100'000);
        m_world->http.answer(200, sent.ciphertext);

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_ATTACHMENT_TOO_LARGE"_s);
        QCOMPARE(names(), QStringList({u"media"_s}));
    }

    void leavesAloneWhatIsThere()
    {
        const Sent sent;
        comes(sent.content());
        write(u"a.txt"_s, "mine");

        QCOMPARE(await(save(u"a.txt"_s)).error().code, u"PARVIS_FILE_EXISTS"_s);
        QVERIFY(m_world->http.sent.isEmpty());
        auto task = save(u"b.txt"_s);
        write(u"b.txt"_s, "mine too"); // meanwhile
        m_world->http.answer(200, sent.ciphertext);
        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_FILE_EXISTS"_s);

        QCOMPARE(read(u"a.txt"_s), QByteArray("mine"));
        QCOMPARE(read(u"b.txt"_s), QByteArray("mine too"));
        QCOMPARE(names(), QStringList({u"a.txt"_s, u"b.txt"_s, u"media"_s}));
    }

    void saysWhereItCannotWrite()
    {
        const Sent sent;
        comes(sent.content());

        auto task = save(u"no such folder/a.txt"_s);
        m_world->http.answer(200, sent.ciphertext);

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_FILE_NOT_WRITTEN"_s);
    }

    void whatIsGoneIsGone()
    {
        comes(Sent().content());

        auto task = save(u"a.txt"_s);
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");
        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_MEDIA_GONE"_s);

        auto state = m_downloads->state(m_world->room, event);
        m_world->http.answer(404, R"({"errcode":"M_NOT_FOUND"})");
        QCOMPARE(await(std::move(state)).value(), MediaState::Gone);
    }

    void aDamagedPictureIsNone()
    {
        const Sent sent;
        comes(sent.content());
        auto task = m_downloads->picture(m_world->room, event);
        m_world->http.answer(200, sent.ciphertext + 'x');

        QCOMPARE(await(std::move(task)).error().code, u"PARVIS_ATTACHMENT_DAMAGED"_s);
    }

    void whatHasNoFileSaysSo()
    {
        m_world->write({.id = m_world->room,
                        .timeline = {make::stored(make::message(u"$text"_s, u"@bob:x"_s, u"bonjour"_s)),
                                     make::stored(make::encrypted(u"$secret"_s, u"@bob:x"_s, u"s"_s))}});
        const auto codeOf = [this](const QString &id) {
            return await(m_downloads->save(m_world->room, EventId(id), target(u"a"_s), false)).error().code;
        };

        QCOMPARE(codeOf(u"$text"_s), u"PARVIS_NO_ATTACHMENT"_s);
        QCOMPARE(codeOf(u"$secret"_s), u"PARVIS_NO_ATTACHMENT"_s);
        QCOMPARE(codeOf(u"$none"_s), u"PARVIS_NO_SUCH_EVENT"_s);
    }
};

QTEST_GUILESS_MAIN(FileRefusalsTest)
#include "tst_file_refusals.moc"
