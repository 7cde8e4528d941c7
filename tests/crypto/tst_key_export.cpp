// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/exported_session.h"
#include "crypto/key_export.h"
#include "crypto/megolm_inbound.h"
#include "crypto/primitives.h"
#include "fakes/vectors.h"

#include <QBuffer>
#include <QJsonArray>
#include <QTest>
#include <QtEndian>

#include "changing_file.h"
#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

namespace {

struct Read {
    QJsonArray sessions;
    QString code;
};

Read readFile(const QByteArray &text, const QByteArray &passphrase, const FileProgress &progress = {})
{
    QBuffer file;
    file.setData(text);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, u"cannot open"_s};
    Read answer;
    const auto count = readKeyExport(
        file, passphrase,
        [&answer](const QByteArray &record) {
            answer.sessions += QJsonDocument::fromJson(record).object();
            return true;
        },
        progress);
    answer.code = codeOf(count);
    if (count && *count != answer.sessions.size())
        answer.code = u"miscounted"_s;
    return answer;
}

QByteArray writtenFile(const QByteArrayList &records, const QByteArray &passphrase, quint32 rounds)
{
    QBuffer file;
    if (!file.open(QIODevice::WriteOnly))
        return {};
    auto writer = KeyExportWriter::begin(file, passphrase, rounds);
    if (!writer)
        return {};
    for (const QByteArray &record : records) {
        if (!writer->add(record))
            return {};
    }
    return writer->finish() ? file.data() : QByteArray();
}

QByteArray lines(QByteArray bytes, int width = 76)
{
    QByteArray text = bytes.toBase64();
    for (qsizetype at = width; at < text.size(); at += width + 1)
        text.insert(at, '\n');
    return "-----BEGIN MEGOLM SESSION DATA-----\n" + text + "\n-----END MEGOLM SESSION DATA-----\n";
}

/// The bytes between the two lines.
QByteArray inside(const QByteArray &text)
{
    QByteArrayList all = text.trimmed().split('\n');
    all.removeFirst();
    all.removeLast();
    return QByteArray::fromBase64(all.join());
}

/// A file with a right MAC around @p json, whatever that is.
QByteArray sealed(const QByteArray &json)
{
    const QByteArray prefix =
        '\x01' + QByteArray(16, 's') + QByteArray(16, 'i') + QByteArray("\0\0\0\x01", 4);
    const auto keys = pbkdf2Sha512("words", QByteArray(16, 's'), 1, 64);
    const QByteArray body =
        prefix + aes256Ctr(Secret(keys->view().first(32)), QByteArray(16, 'i'), json).value();
    return lines(body + hmacSha256(keys->view().last(32), body));
}

} // namespace

/// Key files, as others and ourselves make them, and as they break.
class tst_KeyExport : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = ownVectors(u"key-export"_s);
    const QByteArray m_passphrase = m_vectors["passphrase"_L1].toString().toUtf8();
    const QByteArray m_text = m_vectors["same_with_crlf_and_76_columns"_L1].toString().toLatin1();
    const QJsonArray m_sessions = m_vectors["sessions"_L1].toArray();

private Q_SLOTS:
    void readsTheKnownFile()
    {
        const Read known = readFile(m_text, m_passphrase);
        QCOMPARE(known.code, QString());
        QCOMPARE(known.sessions, m_sessions);

        const auto session = ExportedSession::parse(compact(known.sessions.at(0)));
        QVERIFY(session);
        QCOMPARE(MegolmInbound::fromExport(bytesOf(session->sessionKey))->id(), session->session);
    }

    void readsItInAnyShape()
    {
        const QByteArray bytes = inside(QByteArray(m_text).replace('\r', ""));
        QVERIFY(bytes.size() > 69);
        for (const int width : {1, 3, 4, 64, 128, 100'000})
            QCOMPARE(readFile(lines(bytes, width), m_passphrase).sessions, m_sessions);
        for (const QByteArray &text :
             {"\xef\xbb\xbf"_ba + m_text, "\n\n  \n" + m_text, "Dear reader,\r\n" + m_text,
              m_text + "\nand so on", m_text.trimmed(), QByteArray(m_text).replace("=", ""),
              QByteArray(m_text).replace("\r\n", "\r\n  \t")})
            QCOMPARE(readFile(text, m_passphrase).sessions, m_sessions);
    }

    void refusesWhatMustFail()
    {
        const QHash<QString, QString> codes{
            {u"version byte 2"_s, u"PARVIS_KEY_EXPORT_VERSION"_s},
            {u"mac changed"_s, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s},
            {u"4294967295 rounds (must be refused before PBKDF2 starts)"_s, u"PARVIS_KEY_EXPORT_ROUNDS"_s},
            {u"too short"_s, u"PARVIS_KEY_EXPORT_TRUNCATED"_s},
            {u"no footer"_s, u"PARVIS_KEY_EXPORT_NO_FOOTER"_s}};
        const QJsonArray rows = m_vectors["must_fail"_L1].toArray();
        QCOMPARE(rows.size(), codes.size());
        for (const auto &row : rows) {
            const Read refused = readFile(row["text"_L1].toString().toLatin1(), m_passphrase);
            QVERIFY(refused.sessions.isEmpty());
            QCOMPARE(refused.code, codes.value(row["why"_L1].toString()));
        }
    }

    void namesTheDamage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const QByteArray text = writtenFile({"{}"}, "words", 1);
        const QByteArray bytes = inside(text);
        const auto header = u"PARVIS_KEY_EXPORT_NO_HEADER"_s;
        const auto footer = u"PARVIS_KEY_EXPORT_NO_FOOTER"_s;
        const auto base64 = u"PARVIS_KEY_EXPORT_BASE64"_s;
        const auto truncated = u"PARVIS_KEY_EXPORT_TRUNCATED"_s;
        const auto rounds = u"PARVIS_KEY_EXPORT_ROUNDS"_s;

        QTest::newRow("good") << text << QString();
        QTest::newRow("empty") << QByteArray() << header;
        QTest::newRow("something else") << QByteArray(200'000, 'x') << header;
        QTest::newRow("many lines") << QByteArray(200'000, '\n') + text << header;
        QTest::newRow("header with more")
            << QByteArray(text).replace("DATA-----\n", "DATA-----x\n") << header;
        QTest::newRow("PGP") << QByteArray(text).replace("MEGOLM SESSION DATA", "PGP MESSAGE") << header;
        QTest::newRow("other footer") << QByteArray(text).replace("END MEGOLM", "END OLM") << footer;
        QTest::newRow("half a footer") << text.chopped(10) << footer;
        QTest::newRow("nothing inside") << lines({}) << truncated;
        for (const qsizetype size : {1, 36, 37, 68})
            QTest::addRow("%d bytes", int(size)) << lines(bytes.first(size)) << truncated;
        QTest::newRow("no base64") << QByteArray(text).replace("\n-----END", "*\n-----END") << base64;
        QTest::newRow("base64url") << QByteArray(text).replace("\n-----END", "-_\n-----END") << base64;
        QTest::newRow("a letter too many")
            << lines(bytes.chopped(bytes.size() % 3)).replace("\n-----END", "A\n-----END") << base64;
        QTest::newRow("padding inside") << QByteArray(text).insert(36 + 8, "AA==") << base64;
        for (const quint32 number : {0U, maxPassphraseRounds + 1, ~0U}) {
            QByteArray other = bytes;
            qToBigEndian(number, other.data() + 33);
            QTest::addRow("%u rounds", number) << lines(other) << rounds;
        }
        QTest::newRow("version 0") << lines(flipped(bytes, 0)) << u"PARVIS_KEY_EXPORT_VERSION"_s;
    }

    void namesTheDamage()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);

        QCOMPARE(readFile(text, "words").code, code);
    }

    void noticesEveryAlteredByte()
    {
        const QByteArray bytes = inside(writtenFile({"{}"}, "words", 1));
        for (qsizetype at = 1; at < bytes.size(); ++at) {
            if (at >= 33 && at < 36)
                continue; // more rounds than a test has time for
            const Read altered = readFile(lines(flipped(bytes, at, int(at % 8))), "words");
            QVERIFY(altered.code == "PARVIS_KEY_EXPORT_PASSPHRASE"_L1
                    || altered.code == "PARVIS_KEY_EXPORT_ROUNDS"_L1);
            QVERIFY(altered.sessions.isEmpty());
        }
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!readFile(lines(bytes.first(size)), "words").code.isEmpty());
        const QByteArray text = lines(bytes);
        for (qsizetype size = 0; size < text.size() - 1; ++size)
            QVERIFY(!readFile(text.first(size), "words").code.isEmpty());
        QCOMPARE(readFile(lines(bytes), "wörds").code, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s);
        QCOMPARE(readFile(lines(bytes), "").code, u"PARVIS_KEY_EXPORT_PASSPHRASE"_s);
    }

    void saysThatTheContentIsNone()
    {
        for (const QByteArray &json : {""_ba, "{}"_ba, "[{}"_ba, "[1]"_ba, "[{}]{}"_ba})
            QCOMPARE(readFile(sealed(json), "words").code, u"PARVIS_KEY_EXPORT_CONTENT"_s);
        QCOMPARE(readFile(sealed("[]"), "words").code, QString());
        QCOMPARE(readFile(sealed("[{\"a\":1},{}]"), "words").sessions.size(), 2);

        const Read huge =
            readFile(sealed("[{\"a\":\"" + QByteArray(70'000, 'x') + "\"},{\"b\":1}]"), "words");
        QCOMPARE(huge.sessions, (QJsonArray{QJsonObject(), QJsonObject{{"b"_L1, 1}}}));
    }

    void comesBackAsItWent()
    {
        for (const int count : {0, 1, 2, 1000}) {
            QByteArrayList records;
            QJsonArray expected;
            for (int i = 0; i < count; ++i) {
                QJsonObject session = m_sessions.at(0).toObject();
                session["room_id"_L1] = u"!%1:x"_s.arg(i);
                records += compact(session);
                expected += session;
            }
            const QByteArray text = writtenFile(records, m_passphrase, 3);
            const Read again = readFile(text, m_passphrase);
            QCOMPARE(again.code, QString());
            QCOMPARE(again.sessions, expected);
            QVERIFY(!text.contains("room_id"));
            for (const QByteArray &line : text.split('\n'))
                QVERIFY(line.size() <= 128);
            const QByteArray bytes = inside(text);
            QCOMPARE(qFromBigEndian<quint32>(bytes.constData() + 33), 3U);
            QCOMPARE(bytes[25] & 0x80, 0);
        }
        QVERIFY(writtenFile({}, "words", 1) != writtenFile({}, "words", 1));
    }

    void writesWithEnoughRounds()
    {
        QBuffer file;
        QVERIFY(file.open(QIODevice::WriteOnly));
        auto writer = KeyExportWriter::begin(file, "words");
        QVERIFY(writer && writer->finish());
        QCOMPARE(qFromBigEndian<quint32>(inside(file.data()).constData() + 33), 500'000U);
        QCOMPARE(readFile(file.data(), "words").code, QString());

        QCOMPARE(codeOf(KeyExportWriter::begin(file, "")), u"PARVIS_PASSPHRASE_NEEDED"_s);
        for (const quint32 rounds : {0U, maxPassphraseRounds + 1})
            QCOMPARE(codeOf(KeyExportWriter::begin(file, "words", rounds)), u"PARVIS_KEY_EXPORT_ROUNDS"_s);
        QBuffer closed;
        QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QBuffer): device not open");
        QCOMPARE(codeOf(KeyExportWriter::begin(closed, "words", 1)), u"PARVIS_FILE_NOT_WRITTEN"_s);
        QCOMPARE(codeOf(readKeyExport(closed, "words", {})), u"PARVIS_FILE_UNREADABLE"_s);
    }

    void endsAtThePadding()
    {
        // Where the padding is the last of a piece, too.
        const QByteArray known = inside(writtenFile({"{}"}, "words", 1)).first(39);
        const QByteArray letters = known.toBase64();
        const QByteArray text = "-----BEGIN MEGOLM SESSION DATA-----\n" + letters
            + QByteArray(filePieceBytes - letters.size() - 1, 'A') + '=' + QByteArray(400, 'A')
            + "\n-----END MEGOLM SESSION DATA-----\n";

        QCOMPARE(readFile(text, "words").code, u"PARVIS_KEY_EXPORT_BASE64"_s);
    }

    void noticesAFileThatChangesMeanwhile()
    {
        const QByteArray text = writtenFile({"{\"a\":\"" + QByteArray(5000, 'x') + "\"}"}, "words", 1);
        ChangingFile file([](QByteArray &bytes) {
            char &letter = bytes[2000]; // one bit of an x, so that the JSON stays JSON
            const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"_ba;
            letter = alphabet.at(alphabet.indexOf(letter) ^ 1);
        });
        file.setData(text);
        QVERIFY(file.open(QIODevice::ReadOnly) && text[2000] != '\n');

        const auto count = readKeyExport(file, "words", [](const QByteArray &) { return true; });

        QCOMPARE(codeOf(count), u"PARVIS_FILE_UNREADABLE"_s);
    }

    void tellsHowFarItIs()
    {
        const QByteArray text = writtenFile(QByteArrayList(1000, compact(m_sessions.at(0))), "words", 1);
        QList<qint64> seen;
        const Read whole = readFile(text, "words", [&](qint64 done, qint64 total) {
            seen += done;
            return done <= total && total == 2 * text.size();
        });
        QCOMPARE(whole.sessions.size(), 1000);
        QVERIFY(seen.size() > 10 && std::is_sorted(seen.cbegin(), seen.cend()));
        QCOMPARE(seen.last(), 2 * text.size());

        const Read stopped =
            readFile(text, "words", [&](qint64 done, qint64) { return done < text.size() * 3 / 2; });
        QCOMPARE(stopped.code, u"PARVIS_CANCELLED"_s);
        QVERIFY(!stopped.sessions.isEmpty() && stopped.sessions.size() < 1000);
    }

    void readsTheFileOfOthers()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto expected =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/key-export.expected.json"_s)));
        const Read rust = readFile(fileBytes(vectors->filePath(u"rust-sdk/key-export.txt"_s)),
                                   expected["passphrase"_L1].toString().toUtf8());
        QCOMPARE(rust.code, QString());
        QCOMPARE(rust.sessions, expected["sessions"_L1].toArray());

        const Read own = readFile(fileBytes(vectors->filePath(u"own/key-export.txt"_s)), m_passphrase);
        QCOMPARE(own.sessions, m_sessions);
    }
};

QTEST_APPLESS_MAIN(tst_KeyExport)
#include "tst_key_export.moc"
