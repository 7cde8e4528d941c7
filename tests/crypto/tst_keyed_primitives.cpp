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

QByteArray base64(const QJsonValue &value)
{
    return fromBase64(value.toString().toLatin1()).value_or(QByteArray());
}

} // namespace

/// What OpenSSL does with secret keys, against known answers.
class tst_KeyedPrimitives : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = test::ownVectors(u"secret-storage"_s);

private Q_SLOTS:
    void derivesKeysAsSecretStorageDoes()
    {
        const Secret key(hex(m_vectors["key_hex"_L1]));
        QCOMPARE(key.size(), 32);

        const auto derived = hkdfSha256(key, {}, m_vectors["secret_name"_L1].toString().toUtf8(), 64);

        QVERIFY(derived);
        QCOMPARE(derived->view().first(32).toByteArray(), hex(m_vectors["aes_key_hex"_L1]));
        QCOMPARE(derived->view().last(32).toByteArray(), hex(m_vectors["mac_key_hex"_L1]));
    }

    void derivesAsTheRfcSays()
    {
        // RFC 5869, A.1 and A.3.
        const Secret key(QByteArray(22, '\x0b'));
        const auto first = hkdfSha256(key, QByteArray::fromHex("000102030405060708090a0b0c"),
                                      QByteArray::fromHex("f0f1f2f3f4f5f6f7f8f9"), 42);
        const auto bare = hkdfSha256(key, {}, {}, 42);

        QVERIFY(first && bare);
        QCOMPARE(first->view().toByteArray().toHex(),
                 "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"_ba);
        QCOMPARE(bare->view().toByteArray().toHex(),
                 "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"_ba);
        QVERIFY(!hkdfSha256(key, {}, {}, 0));
        QVERIFY(!hkdfSha256(key, {}, {}, 255 * 32 + 1));
    }

    void authenticatesAndEncryptsAsSecretStorageDoes()
    {
        const QJsonValue encrypted = m_vectors["encrypted"_L1];
        const QByteArray ciphertext = base64(encrypted["ciphertext"_L1]);
        const QByteArray mac = hmacSha256(hex(m_vectors["mac_key_hex"_L1]), ciphertext);
        QVERIFY(constantTimeEqual(mac, base64(encrypted["mac"_L1])));
        QVERIFY(!constantTimeEqual(mac, QByteArray(32, 'x')));
        QVERIFY(!constantTimeEqual(mac, mac.chopped(1)));

        const Secret key(hex(m_vectors["aes_key_hex"_L1]));
        const auto plaintext = aes256Ctr(key, base64(encrypted["iv"_L1]), ciphertext);

        QVERIFY(plaintext);
        QCOMPARE(*plaintext, m_vectors["secret"_L1].toString().toLatin1());
    }

    void authenticatesWithAnEmptyKeyToo()
    {
        // HMAC of nothing under no key; and no memory of the key before.
        QCOMPARE(hmacSha256("key", {}).toHex(),
                 "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0"_ba);
        QCOMPARE(hmacSha256({}, {}).toHex(),
                 "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"_ba);
    }

    void countsOverAllOfTheCounter()
    {
        const Secret key(QByteArray(32, 'k'));
        const auto wrapped = aes256Ctr(key, QByteArray(16, '\xff'), QByteArray(32, '\0'));
        const auto zero = aes256Ctr(key, QByteArray(16, '\0'), QByteArray(16, '\0'));

        QVERIFY(wrapped && zero);
        QCOMPARE(wrapped->last(16), *zero);
        QCOMPARE(aes256Ctr(key, QByteArray(16, '\0'), {}).value().size(), 0);
        QVERIFY(!aes256Ctr(key, QByteArray(12, '\0'), "x"));
        QVERIFY(!aes256Ctr(Secret(QByteArray(16, 'k')), QByteArray(16, '\0'), "x"));
    }

    void signsWithASeed()
    {
        const QJsonDocument megolm = test::ownVectors(u"megolm"_s);
        const Secret seed(hex(megolm["signing_seed_hex"_L1]));
        const auto key = ed25519PublicKey(seed);
        QVERIFY(key);
        QCOMPARE(key->toString(), megolm["session_id"_L1].toString());

        const auto signature = ed25519Sign(seed, "message");
        QVERIFY(signature);
        QVERIFY(ed25519Verify(*key, "message", toBase64(*signature)));
        QVERIFY(!ed25519Verify(*key, "massage", toBase64(*signature)));
        QCOMPARE(ed25519Sign(Secret(QByteArray(31, 's')), "message").error().code, u"PARVIS_BAD_KEY_SIZE"_s);
        QVERIFY(!ed25519PublicKey(Secret()));
    }

    void signsJsonAsTheSpecificationDoes()
    {
        const auto vectors = test::sharedVectors();
        if (!vectors)
            return;
        const auto signing =
            QJsonDocument::fromJson(test::fileBytes(vectors->filePath(u"spec/json-signing.json"_s)));
        const Secret seed(base64(signing["seed_b64"_L1]));
        const QJsonArray rows = signing["json"_L1].toArray();
        QVERIFY(!rows.isEmpty());

        for (const auto &row : rows) {
            const QJsonObject object = row["signed"_L1].toObject();
            const auto signature = signatureOf(QJsonDocument(object).toJson(QJsonDocument::Indented), seed);
            QVERIFY(signature);
            QCOMPARE(QString::fromLatin1(*signature),
                     object["signatures"_L1]["domain"_L1]["ed25519:1"_L1].toString());
        }
    }

    void givesAKeyOneSpelling()
    {
        const QString key = u"e2nCcOaTcQ+pxjlLHBaMQIHu7FocnhdEqT3crA+kSZ4"_s;
        const QByteArray bytes = publicKeyBytes(key);
        QCOMPARE(bytes.size(), 32);
        QCOMPARE(publicKeyBytes(key + u'='), bytes);
        QVERIFY(isSafeKey(Ed25519Key(key)));

        // The last letter carries two bits that belong to no byte.
        for (const QString &other : {key.chopped(1) + u'5', key + u"=="_s, key.chopped(1), key + u'A',
                                     key + u' ', u' ' + key, QString(), QString(43, u'é')})
            QVERIFY2(publicKeyBytes(other).isEmpty(), qPrintable(other));
        QVERIFY(!isSafeKey(Ed25519Key(key + u'=')));
        QVERIFY(!isSafeKey(Curve25519Key(key + u'=')));
    }
};

QTEST_APPLESS_MAIN(tst_KeyedPrimitives)
#include "tst_keyed_primitives.moc"
