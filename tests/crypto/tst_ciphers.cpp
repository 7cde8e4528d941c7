// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/ciphers.h"
#include "crypto/key_agreement.h"
#include "crypto/primitives.h"

#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

/// OpenSSL's ciphers piece by piece, against known answers and against the same in one piece.
class tst_Ciphers : public QObject
{
    Q_OBJECT

private:
    const QByteArray m_text = [] {
        QByteArray text;
        for (int i = 0; i < 10'000; ++i)
            text += char(i * 7);
        return text;
    }();

private Q_SLOTS:
    void piecesMakeTheWhole()
    {
        const Secret key(QByteArray(32, 'k'));
        const QByteArray iv(16, '\xff');
        for (const qsizetype piece : {1, 15, 16, 17, 4096, 20'000}) {
            auto ctr = CtrStream::start(key, iv);
            QVERIFY(ctr);
            Sha256Stream hash;
            MacStream mac(key);
            QByteArray out;
            for (qsizetype at = 0; at < m_text.size(); at += piece) {
                QByteArray part = m_text.sliced(at, qMin(piece, m_text.size() - at));
                hash.add(part);
                mac.add(part);
                QVERIFY(ctr->apply(part));
                out += part;
            }
            QCOMPARE(out, aes256Ctr(key, iv, m_text).value());
            QCOMPARE(hash.result(), sha256(m_text));
            QCOMPARE(mac.result(), hmacSha256(key.view(), m_text));
        }
    }

    void nothingIsSomethingToo()
    {
        QCOMPARE(Sha256Stream().result(), sha256({}));
        QCOMPARE(MacStream(Secret()).result(), hmacSha256({}, {}));
        QByteArray none;
        QVERIFY(CtrStream::start(Secret(QByteArray(32, 'k')), QByteArray(16, 'i'))->apply(none));
        QVERIFY(!CtrStream::start(Secret(QByteArray(31, 'k')), QByteArray(16, 'i')));
        QVERIFY(!CtrStream::start(Secret(QByteArray(32, 'k')), QByteArray(8, 'i')));
    }

    void derivesFromPassphrases()
    {
        // PBKDF2-HMAC-SHA512 of "password" and "salt", a well-known answer.
        QCOMPARE(bytesOf(*pbkdf2Sha512("password", "salt", 1, 64)).toHex(),
                 "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
                 "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce"_ba);
        QVERIFY(pbkdf2Sha512("", "salt", 1, 32));
        QVERIFY(!pbkdf2Sha512("password", "salt", 0, 64));
        QVERIFY(!pbkdf2Sha512("password", "salt", maxPassphraseRounds + 1, 64));
        QVERIFY(!pbkdf2Sha512("password", "salt", 1, 0));
        QVERIFY(!pbkdf2Sha512("password", "salt", 1, 1025));
    }

    void encryptsInBlocks()
    {
        // NIST SP 800-38A, F.2.5; the last block is the padding.
        const Secret key(
            QByteArray::fromHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"));
        const QByteArray iv = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
        const QByteArray plain = QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172a");
        const auto encrypted = aes256CbcEncrypt(key, iv, plain);
        QVERIFY(encrypted && encrypted->size() == 32);
        QCOMPARE(encrypted->first(16).toHex(), "f58c4c04d6e5f1ba779eabfb5f7bfbd6"_ba);
        QCOMPARE(bytesOf(*aes256CbcDecrypt(key, iv, *encrypted)), plain);

        for (const qsizetype size : {0, 1, 15, 17, 31})
            QCOMPARE(codeOf(aes256CbcDecrypt(key, iv, encrypted->first(size))), u"PARVIS_BAD_PADDING"_s);
        QCOMPARE(codeOf(aes256CbcDecrypt(key, iv, encrypted->first(16))), u"PARVIS_BAD_PADDING"_s);
        QCOMPARE(codeOf(aes256CbcDecrypt(Secret(), iv, *encrypted)), u"PARVIS_BAD_KEY_SIZE"_s);
        QCOMPARE(codeOf(aes256CbcEncrypt(key, iv.first(8), plain)), u"PARVIS_BAD_KEY_SIZE"_s);
    }

    void agreesOnASecret()
    {
        // RFC 7748, section 6.1.
        const auto alice = curve25519Pair(
            Secret(QByteArray::fromHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")));
        const auto bob = curve25519Pair(
            Secret(QByteArray::fromHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")));
        QVERIFY(alice && bob);
        QCOMPARE(publicKeyBytes(alice->publicKey.toString()).toHex(),
                 "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"_ba);
        const auto shared = agreedSecret(alice->privateKey, bob->publicKey);
        QVERIFY(shared);
        QCOMPARE(bytesOf(*shared).toHex(),
                 "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"_ba);
        QVERIFY(agreedSecret(bob->privateKey, alice->publicKey)->equals(shared->view()));
    }

    void agreesWithKeysOnly()
    {
        const auto pair = newCurve25519Pair();
        const auto other = newCurve25519Pair();
        QVERIFY(pair && other && pair->publicKey != other->publicKey);
        QCOMPARE(codeOf(agreedSecret(Secret(), other->publicKey)), u"PARVIS_BAD_KEY_SIZE"_s);
        QByteArray second = publicKeyBytes(other->publicKey.toString());
        second[31] = char(second[31] | 0x80); // the same key for X25519
        for (const QString &key : {QString(), u"AAAA"_s, other->publicKey.toString() + u"A"_s,
                                   QString::fromLatin1(toBase64(second))})
            QCOMPARE(codeOf(agreedSecret(pair->privateKey, Curve25519Key(key))), u"PARVIS_UNSAFE_KEY"_s);
    }
};

QTEST_APPLESS_MAIN(tst_Ciphers)
#include "tst_ciphers.moc"
