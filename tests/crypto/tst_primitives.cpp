// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/primitives.h"
#include "crypto/signing.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

QByteArray hex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

QByteArray json(const QJsonValue &object)
{
    return QJsonDocument(object.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace

class PrimitivesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiesStrictly()
    {
        const QJsonDocument vectors = test::ownVectors(u"ed25519-strict"_s);
        const QJsonArray rows = vectors["vectors"_L1].toArray();
        QVERIFY(rows.size() >= 7);

        for (const auto &row : rows) {
            const QByteArray key = hex(row["public_hex"_L1]);
            const QByteArray message = hex(row["message_hex"_L1]);
            const QByteArray signature = hex(row["signature_hex"_L1]);
            const bool expected = row["expect"_L1].toBool();
            QVERIFY2(ed25519Verify(key, message, signature) == expected,
                     qPrintable(row["name"_L1].toString()));
            QCOMPARE(
                ed25519Verify(Ed25519Key(QString::fromLatin1(toBase64(key))), message, toBase64(signature)),
                expected);
        }
    }

    void refusesEveryChangedBit()
    {
        const QJsonValue row = test::ownVectors(u"ed25519-strict"_s)["vectors"_L1][0];
        const QByteArray key = hex(row["public_hex"_L1]);
        const QByteArray message = hex(row["message_hex"_L1]);
        const QByteArray signature = hex(row["signature_hex"_L1]);
        QVERIFY(ed25519Verify(key, message, signature));

        const auto flipped = [](QByteArray bytes, int bit) {
            bytes[bit / 8] = char(bytes[bit / 8] ^ (1 << (bit % 8)));
            return bytes;
        };
        for (int bit = 0; bit < 512; ++bit)
            QVERIFY(!ed25519Verify(key, message, flipped(signature, bit)));
        for (int bit = 0; bit < 256; ++bit)
            QVERIFY(!ed25519Verify(flipped(key, bit), message, signature));
        QVERIFY(!ed25519Verify(key, message + ' ', signature));
    }

    void refusesWrongSizes()
    {
        const QJsonValue row = test::ownVectors(u"ed25519-strict"_s)["vectors"_L1][0];
        const QByteArray key = hex(row["public_hex"_L1]);
        const QByteArray message = hex(row["message_hex"_L1]);
        const QByteArray signature = hex(row["signature_hex"_L1]);

        for (qsizetype size = 0; size < 64; ++size)
            QVERIFY(!ed25519Verify(key, message, signature.first(size)));
        QVERIFY(!ed25519Verify(key, message, signature + '\0'));
        for (qsizetype size = 0; size < 32; ++size) {
            QVERIFY(!ed25519Verify(key.first(size), message, signature));
            QVERIFY(!isSafeEd25519Key(key.first(size)));
            QVERIFY(!isSafeCurve25519Key(key.first(size)));
        }
        QVERIFY(!ed25519Verify(key + '\0', message, signature));
        QVERIFY(!isSafeEd25519Key(key + '\0'));
        QVERIFY(!isSafeCurve25519Key(key + '\0'));
    }

    void refusesSigningKeysOfSmallOrder()
    {
        const QJsonDocument vectors = test::ownVectors(u"ed25519-strict"_s);
        QByteArrayList keys;
        const QJsonArray canonical = vectors["small_order_public_keys_hex"_L1].toArray();
        for (const auto &row : canonical)
            keys.append(hex(row["hex"_L1]));
        const QJsonArray others = vectors["non_canonical_small_order_hex"_L1].toArray();
        for (const auto &row : others)
            keys.append(hex(row));
        QCOMPARE(keys.size(), 14);

        for (const QByteArray &key : keys) {
            QVERIFY2(!isSafeEd25519Key(key), key.toHex().constData());
            QVERIFY(!isSafeKey(Ed25519Key(QString::fromLatin1(toBase64(key)))));
            // R = the key and S = 0 hold for every message under the identity.
            QVERIFY(!ed25519Verify(key, "anything", key + QByteArray(32, '\0')));
        }
    }

    void refusesAnRThatIsNotCanonicalOrOfSmallOrder()
    {
        const QJsonValue row = test::ownVectors(u"ed25519-strict"_s)["vectors"_L1][0];
        const QByteArray key = hex(row["public_hex"_L1]);
        const QByteArray s = hex(row["signature_hex"_L1]).last(32);

        QVERIFY(!ed25519Verify(key, "m", QByteArray(31, '\xff').prepend('\xee') + s));
        QVERIFY(!ed25519Verify(key, "m", QByteArray(31, '\0').prepend('\1') + s));
    }

    void refusesEveryFieldElementAboveThePrime()
    {
        for (int low = 0; low < 256; ++low) {
            for (const int high : {0x7f, 0xff}) {
                const QByteArray y = QByteArray(1, char(low)) + QByteArray(30, '\xff') + char(high);
                const bool canonical = low < 0xed && low != 0xec; // 0xec: -1, of order 2
                QVERIFY(isSafeEd25519Key(y) == canonical);
            }
        }
    }

    void refusesCurveKeysOfLowOrder()
    {
        const QJsonArray rows = test::ownVectors(u"x25519-low-order"_s).array();
        QCOMPARE(rows.size(), 14);

        for (const auto &row : rows) {
            QVERIFY2(!isSafeCurve25519Key(hex(row["public_hex"_L1])),
                     qPrintable(row["public_hex"_L1].toString()));
            QVERIFY(!isSafeKey(Curve25519Key(row["public_b64"_L1].toString())));
        }
        // RFC 7748, section 6.1: an ordinary key.
        QVERIFY(isSafeCurve25519Key(
            QByteArray::fromHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")));
    }

    void refusesKeysThatAreNoBase64_data()
    {
        QTest::addColumn<QString>("key");
        QTest::newRow("empty") << u""_s;
        QTest::newRow("one letter") << u"a"_s;
        QTest::newRow("three bytes") << u"aaaa"_s;
        QTest::newRow("space") << u"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo "_s;
        QTest::newRow("other script") << u"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmé"_s;
        QTest::newRow("33 bytes") << u"hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmoA"_s;
    }

    void refusesKeysThatAreNoBase64()
    {
        QFETCH(QString, key);

        QVERIFY(!isSafeKey(Ed25519Key(key)));
        QVERIFY(!isSafeKey(Curve25519Key(key)));
    }

    void hashesAsTheStandardSays()
    {
        QCOMPARE(sha256("").toHex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_ba);
        QCOMPARE(sha256("abc").toHex(),
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_ba);
    }

    void verifiesTheSignedObjectsOfTheSpecification()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto vectors =
            QJsonDocument::fromJson(test::fileBytes(shared->filePath(u"spec/json-signing.json"_s)));
        const Ed25519Key key(vectors["public_key_b64"_L1].toString());
        const UserId entity(vectors["entity"_L1].toString());
        const QJsonArray rows = vectors["json"_L1].toArray();
        QVERIFY(rows.size() >= 2);

        for (const auto &row : rows) {
            QJsonObject object = row["signed"_L1].toObject();
            QVERIFY(verifySigned(json(object), entity, u"1"_s, key));
            object["unsigned"_L1] = QJsonObject{{u"age"_s, 1}};
            QVERIFY(verifySigned(json(object), entity, u"1"_s, key));

            QVERIFY(!verifySigned(json(object), entity, u"2"_s, key));
            QVERIFY(!verifySigned(json(object), UserId(u"other"_s), u"1"_s, key));
            object["more"_L1] = 1;
            const auto changed = verifySigned(json(object), entity, u"1"_s, key);
            QVERIFY(!changed);
            QCOMPARE(changed.error().code, u"PARVIS_BAD_SIGNATURE"_s);
        }
    }
};

QTEST_GUILESS_MAIN(PrimitivesTest)
#include "tst_primitives.moc"
