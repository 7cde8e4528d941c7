// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/recovery_key.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

/// A key that people copy by hand: every mistake has its name.
class tst_RecoveryKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheKnownKeys()
    {
        const QJsonArray rows = ownVectors(u"recovery-key"_s).array();
        QVERIFY(rows.size() >= 4);
        for (const auto &row : rows) {
            const QByteArray text = row["text"_L1].toString().toLatin1();
            const auto encoded = encodeRecoveryKey(Secret(hex(row["key_hex"_L1])));
            QVERIFY(encoded);
            QCOMPARE(bytesOf(*encoded), text);

            const auto decoded = decodeRecoveryKey(text);
            QVERIFY(decoded);
            QCOMPARE(bytesOf(*decoded), hex(row["key_hex"_L1]));
        }
    }

    void comesBackAsItWent()
    {
        for (int round = 0; round < 500; ++round) {
            const Secret key = Secret::random(32);
            const auto text = encodeRecoveryKey(key);
            QVERIFY(text && text->size() == 59);
            const auto again = decodeRecoveryKey(text->view());
            QVERIFY(again && again->equals(key.view()));
        }
        QCOMPARE(codeOf(encodeRecoveryKey(Secret(QByteArray(31, 'k')))), u"PARVIS_BAD_KEY_SIZE"_s);
        QCOMPARE(codeOf(encodeRecoveryKey(Secret())), u"PARVIS_BAD_KEY_SIZE"_s);
    }

    void takesAnyWhiteSpaceAndDashes()
    {
        const QByteArray text = encodeRecoveryKey(Secret(QByteArray(32, '7')))->view().toByteArray();
        const QByteArray bare = QByteArray(text).replace(' ', "");
        for (const QString &blank :
             {u""_s, u"\t"_s, u"\r\n"_s, u"\u00a0"_s, u"\u202f"_s, u"\u2003"_s, u"\u3000"_s, u"\u200b"_s,
              u"\ufeff"_s, u"   \n  "_s, u"-"_s, u"\u2011"_s, u" \u2013 "_s}) {
            QByteArray spaced = blank.toUtf8();
            for (const char letter : bare)
                spaced += letter + blank.toUtf8();
            const auto key = decodeRecoveryKey(spaced);
            QVERIFY2(key, spaced.constData());
            QCOMPARE(bytesOf(*key), QByteArray(32, '7'));
        }
    }

    void saysWhichMistakeItIs_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QString>("code");
        const QByteArray text = encodeRecoveryKey(Secret(QByteArray(32, '7')))->view().toByteArray();
        const QByteArray bare = QByteArray(text).replace(' ', "");

        const auto letter = u"PARVIS_RECOVERY_KEY_LETTER"_s;
        for (const char *wrong : {"0", "O", "I", "l", "_", "é", "\xff", "\xc3", "\xe2\x80", "=", "\xf8"})
            QTest::addRow("letter %s", QByteArray(wrong).toHex().constData())
                << bare.first(5) + wrong + bare.sliced(6) << letter;
        QTest::newRow("a zero byte") << bare.first(5) + '\0' + bare.sliced(6) << letter;

        const auto length = u"PARVIS_RECOVERY_KEY_LENGTH"_s;
        QTest::newRow("empty") << QByteArray() << length;
        QTest::newRow("blank") << QByteArray(" \n") << length;
        for (qsizetype size = 1; size < bare.size(); ++size)
            QTest::addRow("cut at %d", int(size)) << bare.first(size) << length;
        QTest::newRow("one more") << bare + 'z' << length;
        QTest::newRow("twice") << bare + bare << length;
        QTest::newRow("a dash for a letter") << bare.first(5) + '-' + bare.sliced(6) << length;
        // Larger than any key: as one in small letters is, which people make of it.
        QTest::newRow("too many bytes") << QByteArray(48, 'z') << u"PARVIS_RECOVERY_KEY_TYPO"_s;
        QTest::newRow("megabytes") << QByteArray(1'000'000, '2') << length;
        QTest::newRow("megabytes of blanks") << QByteArray(1'000'000, ' ') + bare << length;

        const auto kind = u"PARVIS_RECOVERY_KEY_KIND"_s;
        QTest::newRow("ones") << QByteArray(48, '1') << kind;
        QTest::newRow("another first letter") << 'D' + bare.sliced(1) << kind;
    }

    void saysWhichMistakeItIs()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QString, code);

        QCOMPARE(codeOf(decodeRecoveryKey(typed)), code);
    }

    void noticesNearlyEveryWrongLetter()
    {
        const QByteArray text = encodeRecoveryKey(Secret(QByteArray(32, '7')))->view().toByteArray();
        QHash<QString, int> codes;
        for (qsizetype at = 0; at < text.size(); ++at) {
            for (const char letter : "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"_ba) {
                if (text[at] == ' ' || text[at] == letter)
                    continue;
                QByteArray typed = text;
                typed[at] = letter;
                ++codes[codeOf(decodeRecoveryKey(typed))];
            }
        }

        // One parity byte overlooks one mistake in 256; the key then does not open what it should.
        QVERIFY2(codes.value({}) < 48 * 57 / 100, qPrintable(QString::number(codes.value({}))));
        QVERIFY(codes.value(u"PARVIS_RECOVERY_KEY_TYPO"_s) > 48 * 57 * 9 / 10);
        QVERIFY(!codes.contains(u"PARVIS_RECOVERY_KEY_LETTER"_s));
    }

    void namesThePlaceAndNotTheLetter()
    {
        const auto refused = decodeRecoveryKey("EsT0 pYK1");

        QCOMPARE(refused.error().detail, u"letter 4"_s);
    }

    void readsTheKeysOfOthers()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const auto rust =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/secret-storage.json"_s)));
        const auto key = decodeRecoveryKey(rust["recovery_key"_L1]["recovery_key"_L1].toString().toUtf8());
        QVERIFY(key);
        QCOMPARE(bytesOf(*key), base64(rust["recovery_key"_L1]["key_b64"_L1]));
        const QJsonValue spaced = rust["recovery_key_whitespace"_L1];
        QCOMPARE(bytesOf(*decodeRecoveryKey(spaced["text"_L1].toString().toUtf8())),
                 hex(spaced["key_hex"_L1]));

        const QHash<QString, QString> codes{{u"parity"_s, u"PARVIS_RECOVERY_KEY_TYPO"_s},
                                            {u"prefix"_s, u"PARVIS_RECOVERY_KEY_KIND"_s},
                                            {u"length"_s, u"PARVIS_RECOVERY_KEY_LENGTH"_s},
                                            {u"not base58"_s, u"PARVIS_RECOVERY_KEY_LETTER"_s}};
        const QJsonObject invalid = rust["recovery_key_invalid"_L1].toObject();
        QCOMPARE(invalid.size(), 4);
        for (auto it = invalid.begin(); it != invalid.end(); ++it)
            QCOMPARE(codeOf(decodeRecoveryKey(it.key().toUtf8())), codes.value(it->toString()));
    }
};

QTEST_APPLESS_MAIN(tst_RecoveryKey)
#include "tst_recovery_key.moc"
