// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include <random>

using namespace parvis;
using namespace Qt::StringLiterals;

class Base64Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheSpecification()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto rows =
            QJsonDocument::fromJson(test::fileBytes(shared->filePath(u"spec/base64-unpadded.json"_s)))
                .array();
        QVERIFY(rows.size() >= 7);

        for (const auto &row : rows) {
            const QByteArray bytes = row[0].toString().toUtf8();
            const QByteArray text = row[1].toString().toUtf8();
            QCOMPARE(toBase64(bytes), text);
            QCOMPARE(fromBase64(text).value(), bytes);
        }
    }

    void agreesWithQtOnAllLengthsAndBytes()
    {
        std::mt19937 random(1);
        for (int size = 0; size < 300; ++size) {
            QByteArray bytes(size, '\0');
            for (char &byte : bytes)
                byte = char(random());
            const QByteArray text = toBase64(bytes);
            QCOMPARE(text, bytes.toBase64(QByteArray::OmitTrailingEquals));
            QCOMPARE(fromBase64(text).value(), bytes);
            QCOMPARE(fromBase64(bytes.toBase64()).value(), bytes);
            QCOMPARE(fromBase64Url(bytes.toBase64(QByteArray::Base64UrlEncoding)).value(), bytes);
            const auto secret = secretFromBase64(text);
            QVERIFY(secret.has_value() && secret->equals(bytes));
        }
    }

    void takesItsAlphabetAndNoOtherByte()
    {
        const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int byte = 0; byte < 256; ++byte) {
            for (const int at : {0, 1, 2, 3, 4, 6}) {
                QByteArray text = "AAAAAAA";
                text[at] = char(byte);
                // Behind six letters, a sign of equality is half a padding.
                QVERIFY2(fromBase64(text).has_value() == alphabet.contains(char(byte)),
                         text.toPercentEncoding().constData());
                QCOMPARE(secretFromBase64(text).has_value(), alphabet.contains(char(byte)));
            }
        }
    }

    void seesEveryByteOfALongText()
    {
        const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int at = 0; at < 100; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                QByteArray text(100, 'A');
                text[at] = char(byte);
                if (byte == '=' && at >= 98)
                    continue; // padding
                QVERIFY2(fromBase64(text).has_value() == alphabet.contains(char(byte)),
                         text.toPercentEncoding().constData());
            }
        }
    }

    void takesTheUrlAlphabetInItsPlaceOnly()
    {
        QCOMPARE(fromBase64Url("-_-_").value(), fromBase64("+/+/").value());
        QVERIFY(!fromBase64("-_-_"));
        QVERIFY(!fromBase64Url("+/+/"));
        QVERIFY(!fromBase64Url("AAA/"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("length of five") << "AAAAA"_ba;
        QTest::newRow("length of one") << "A"_ba;
        QTest::newRow("padding alone") << "="_ba;
        QTest::newRow("two alone") << "=="_ba;
        QTest::newRow("three alone") << "==="_ba;
        QTest::newRow("four alone") << "===="_ba;
        QTest::newRow("too little padding") << "Zg="_ba;
        QTest::newRow("too much padding") << "Zg==="_ba;
        QTest::newRow("padding in excess") << "Zm8=="_ba;
        QTest::newRow("padding where none is due") << "Zm9v="_ba;
        QTest::newRow("a group of padding") << "Zm9v===="_ba;
        QTest::newRow("padding in the middle") << "Zg==Zg=="_ba;
        QTest::newRow("space behind") << "Zm9v "_ba;
        QTest::newRow("line feed") << "Zm9v\nZm9v"_ba;
        QTest::newRow("NUL") << QByteArray("Zm9v\0Zm9", 8);
        QTest::newRow("high bytes") << "Zm9\xff"_ba;
    }

    void refuses()
    {
        QFETCH(QByteArray, text);

        for (const auto &got : {fromBase64(text), fromBase64Url(text)}) {
            QVERIFY(!got);
            QCOMPARE(got.error().code, u"PARVIS_BAD_BASE64"_s);
        }
        QVERIFY(!secretFromBase64(text));
    }

    void readsNothingAsNothing()
    {
        QVERIFY(fromBase64(QByteArrayView()).value().isEmpty());
        QVERIFY(fromBase64("").value().isEmpty());
        QVERIFY(secretFromBase64("").value().isEmpty());
        QVERIFY(toBase64(QByteArrayView()).isEmpty());
    }

    void ignoresBitsBeyondTheLastByte()
    {
        QCOMPARE(fromBase64("Zh").value(), "f"_ba);
        QCOMPARE(fromBase64("Zm9").value(), "fo"_ba);
    }
};

QTEST_GUILESS_MAIN(Base64Test)
#include "tst_base64.moc"
