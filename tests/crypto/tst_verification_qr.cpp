// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/primitives.h"
#include "crypto/verification_qr.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

/// The bytes of a verification's QR code.
class tst_VerificationQr : public QObject
{
    Q_OBJECT

private:
    const QJsonArray m_vectors = ownVectors(u"qr-verification"_s).array();
    const QByteArray m_bytes = hex(m_vectors[0]["hex"_L1]);
    const qsizetype m_idSize = m_vectors[0]["flow_id"_L1].toString().size();

private Q_SLOTS:
    void readsAndWritesTheKnownCodes()
    {
        QCOMPARE(m_vectors.size(), 3);
        for (const auto &row : m_vectors) {
            const auto code = VerificationQr::parse(hex(row["hex"_L1]));
            QVERIFY(code);
            QCOMPARE(int(code->mode), row["mode"_L1].toInt());
            QCOMPARE(code->flowId, row["flow_id"_L1].toString());
            QCOMPARE(code->firstKey.toString(), row["key1"_L1].toString());
            QCOMPARE(code->secondKey.toString(), row["key2"_L1].toString());
            QCOMPARE(toBase64(code->secret.view()), row["secret_b64u"_L1].toString().toLatin1());

            QCOMPARE(code->toBytes().value(), hex(row["hex"_L1]));
        }
    }

    void refusesEveryCut()
    {
        for (qsizetype size = 0; size < m_bytes.size(); ++size) {
            const QString code = codeOf(VerificationQr::parse(m_bytes.first(size)));
            if (size < 6)
                QCOMPARE(code, u"PARVIS_QR_NOT_VERIFICATION"_s);
            else if (size < m_bytes.size() - 8)
                QCOMPARE(code, u"PARVIS_QR_DAMAGED"_s);
            else
                QCOMPARE(code, QString()); // a shorter secret, which nobody will answer to
        }
    }

    void refusesOtherCodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const auto other = u"PARVIS_QR_NOT_VERIFICATION"_s;
        const auto unsupported = u"PARVIS_QR_UNSUPPORTED"_s;
        const auto damaged = u"PARVIS_QR_DAMAGED"_s;
        const auto put = [this](qsizetype at, const QByteArray &bytes) {
            return QByteArray(m_bytes).replace(at, bytes.size(), bytes);
        };
        const qsizetype firstKey = 10 + m_idSize;

        QTest::newRow("a link") << "https://matrix.to/#/@a:x"_ba << other;
        QTest::newRow("small letters") << put(0, "matrix") << other;
        QTest::newRow("more than a code holds") << m_bytes + QByteArray(3000, 's') << other;
        for (const char version : {'\x00', '\x01', '\x03', '\xff'})
            QTest::addRow("version %d", version) << put(6, QByteArray(1, version)) << unsupported;
        for (const char mode : {'\x03', '\x04', '\x7f', '\x80', '\xff'})
            QTest::addRow("mode %d", mode) << put(7, QByteArray(1, mode)) << unsupported;
        QTest::newRow("no id") << put(8, QByteArray("\0\0", 2)) << damaged;
        QTest::newRow("id longer than all") << put(8, "\xff\xff") << damaged;
        QTest::newRow("id no UTF-8") << put(10, "\xff") << damaged;
        QTest::newRow("half a letter") << put(9 + m_idSize, "\xc3") << damaged;
        QTest::newRow("first key of low order") << put(firstKey, QByteArray(32, '\0')) << damaged;
        QTest::newRow("second key not canonical") << put(firstKey + 32, QByteArray(32, '\xff')) << damaged;
        QTest::newRow("first key no point") << put(firstKey, '\x02' + QByteArray(31, '\0')) << damaged;
        QTest::newRow("secret of 7 bytes") << m_bytes.chopped(9) << damaged;
    }

    void refusesOtherCodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);

        QCOMPARE(codeOf(VerificationQr::parse(bytes)), code);
    }

    void survivesEveryAlteredByte()
    {
        for (qsizetype at = 0; at < m_bytes.size(); ++at) {
            for (int bit = 0; bit < 8; ++bit) {
                const QByteArray altered = flipped(m_bytes, at, bit);
                const auto code = VerificationQr::parse(altered);
                if (code)
                    QCOMPARE(code->toBytes().value(), altered);
            }
        }
    }

    void writesNothingThatNobodyCouldRead()
    {
        const auto changed = [this](auto change) {
            auto code = VerificationQr::parse(m_bytes);
            change(*code);
            return codeOf(code->toBytes());
        };
        const auto damaged = u"PARVIS_QR_DAMAGED"_s;
        QCOMPARE(changed([](VerificationQr &code) { code.flowId.clear(); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.flowId = QString(3000, u'f'); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.secret = Secret(QByteArray(7, 's')); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.secret = Secret(QByteArray(3000, 's')); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.firstKey = Ed25519Key(u"key"_s); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.secondKey = Ed25519Key(); }), damaged);
        QCOMPARE(changed([](VerificationQr &code) { code.flowId = u"\ufeffé"_s; }), QString());
    }

    void takesEveryRealKey()
    {
        for (int i = 0; i < 200; ++i) {
            auto code = VerificationQr::parse(m_bytes);
            code->firstKey = ed25519PublicKey(Secret::random(32)).value();
            code->secondKey = ed25519PublicKey(Secret::random(32)).value();
            const auto again = VerificationQr::parse(code->toBytes().value());
            QVERIFY(again && again->firstKey == code->firstKey && again->secondKey == code->secondKey);
        }
    }

    void refusesWhatOthersRefuse()
    {
        const auto vectors = sharedVectors();
        if (!vectors)
            return;
        const QJsonArray rows =
            QJsonDocument::fromJson(fileBytes(vectors->filePath(u"rust-sdk/qr-verification-invalid.json"_s)))
                .array();
        QCOMPARE(rows.size(), 6);
        for (const auto &row : rows)
            QVERIFY2(!VerificationQr::parse(hex(row["hex"_L1])), qPrintable(row["error"_L1].toString()));
    }
};

QTEST_APPLESS_MAIN(tst_VerificationQr)
#include "tst_verification_qr.moc"
