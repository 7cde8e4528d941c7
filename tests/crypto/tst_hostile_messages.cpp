// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/megolm_inbound.h"
#include "crypto/olm_account.h"
#include "crypto/olm_message.h"
#include "crypto/olm_session.h"
#include "crypto/primitives.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

/// What a member of the room can do who holds the ratchet and the signing key: any frame, rightly signed.
class MaliciousCreator
{
public:
    explicit MaliciousCreator(const QJsonDocument &vectors)
        : m_seed(Secret(QByteArray::fromHex(vectors["signing_seed_hex"_L1].toString().toLatin1())))
    {
        const Secret ratchet(QByteArray::fromHex(vectors["ratchet_hex"_L1].toString().toLatin1()));
        const auto keys = hkdfSha256(ratchet, {}, "MEGOLM_KEYS", 80);
        m_macKey = keys ? keys->view().sliced(32, 32).toByteArray() : QByteArray();
    }

    /// A message of index 0 with these bytes between version and MAC.
    [[nodiscard]] QByteArray message(const QByteArray &fields) const
    {
        QByteArray bytes = '\x03' + fields;
        bytes += hmacSha256(m_macKey, bytes).first(8);
        return toBase64(bytes + ed25519Sign(m_seed, bytes).value());
    }

    [[nodiscard]] static QByteArray ciphertext(const QByteArray &bytes)
    {
        QByteArray field = "\x12";
        if (bytes.size() >= 128)
            field += char(0x80 | (bytes.size() & 0x7f));
        field += char(bytes.size() < 128 ? bytes.size() : bytes.size() >> 7);
        return field + bytes;
    }

private:
    Secret m_seed;
    QByteArray m_macKey;
};

const QByteArray indexZero("\x08\x00", 2);

QByteArray olmField(char tag, const QByteArray &bytes)
{
    return QByteArray(1, tag) + char(bytes.size()) + bytes;
}

OlmMessage normalMessage(const QByteArray &fields)
{
    return {OlmMessage::Type::Normal, toBase64('\x03' + fields + QByteArray(8, 'm'))};
}

QByteArray padded(const QByteArray &base64)
{
    return base64 + QByteArray((4 - base64.size() % 4) % 4, '=');
}

QString codeOf(const OlmMessage &message)
{
    const auto checked = checkOlmMessage(message);
    return checked ? QString() : checked.error().code;
}

} // namespace

/// Frames that libolm reads in another way than they look, or past the end of its buffers.
class tst_HostileMessages : public QObject
{
    Q_OBJECT

private:
    const QJsonDocument m_vectors = test::ownVectors(u"megolm"_s);
    const QByteArray m_sessionKey = m_vectors["session_key"_L1].toString().toLatin1();
    const MaliciousCreator m_creator{m_vectors};

    /// The ciphertext of the first known message, and the whole of it.
    [[nodiscard]] QByteArray known() const
    {
        return m_vectors["messages"_L1][0]["ciphertext"_L1].toString().toLatin1();
    }
    [[nodiscard]] QByteArray knownCiphertext() const
    {
        const QByteArray bytes = fromBase64(known()).value();
        return bytes.mid(5, bytes.size() - 5 - 8 - 64);
    }
    [[nodiscard]] QString codeOfMegolm(const QByteArray &message) const
    {
        const auto session = MegolmInbound::fromSessionKey(m_sessionKey);
        const auto decrypted = session->decrypt(message);
        return decrypted ? QString() : decrypted.error().code;
    }

private Q_SLOTS:
    void makesTheVeryMessageOfTheKnownAnswers()
    {
        QCOMPARE(m_creator.message(indexZero + MaliciousCreator::ciphertext(knownCiphertext())), known());
        QCOMPARE(codeOfMegolm(known()), QString());
    }

    void refusesMegolmCiphertextsThatAreNoWholeBlocks()
    {
        // libolm decrypts whole blocks: with 17 bytes it writes 32, with none it reads the byte before.
        for (const int size : {0, 1, 15, 17, 31, 33, 127, 129}) {
            const QByteArray message =
                m_creator.message(indexZero + MaliciousCreator::ciphertext(QByteArray(size, 'x')));
            QCOMPARE(codeOfMegolm(message), u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
        }
        // A whole block, rightly signed: whatever the bytes decrypt to, it is libolm's to say.
        const QByteArray block =
            m_creator.message(indexZero + MaliciousCreator::ciphertext(QByteArray(32, 'x')));
        QVERIFY(codeOfMegolm(block) != u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
        QVERIFY(codeOfMegolm(block) != u"PARVIS_MEGOLM_BAD_SIGNATURE"_s);
    }

    void refusesMegolmFieldsThatTwoReadersTakeDifferently_data()
    {
        QTest::addColumn<QByteArray>("fields");

        const QByteArray text = MaliciousCreator::ciphertext(knownCiphertext());
        QTest::newRow("two indices") << indexZero + QByteArray("\x08\x07", 2) + text;
        QTest::newRow("two ciphertexts") << indexZero + text + text;
        QTest::newRow("unknown field") << indexZero + text + QByteArray("\x1a\x01z", 3);
        QTest::newRow("tag of two bytes") << indexZero + text + QByteArray("\x92\x01\x01z", 4);
        QTest::newRow("index of 33 bits") << QByteArray("\x08\x80\x80\x80\x80\x10", 6) + text;
        QTest::newRow("index without end") << text + QByteArray("\x08\x80", 2);
        QTest::newRow("no index") << text;
        QTest::newRow("no ciphertext") << indexZero;
        QTest::newRow("length above the rest") << indexZero + QByteArray("\x12\x7f", 2) + QByteArray(16, 'x');
        QTest::newRow("length that wraps") << indexZero
                + QByteArray("\x12\xf0\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11) + QByteArray(16, 'x');
        QTest::newRow("nothing") << QByteArray();
    }

    void refusesMegolmFieldsThatTwoReadersTakeDifferently()
    {
        QFETCH(const QByteArray, fields);
        QCOMPARE(codeOfMegolm(m_creator.message(fields)), u"PARVIS_MEGOLM_BAD_MESSAGE"_s);
    }

    void takesPaddedBase64()
    {
        const QByteArray message = m_vectors["messages"_L1][3]["ciphertext"_L1].toString().toLatin1();
        QVERIFY(m_sessionKey.size() % 4 != 0 && message.size() % 4 != 0);

        const auto session = MegolmInbound::fromSessionKey(padded(m_sessionKey));
        QVERIFY(session);
        QVERIFY(session->decrypt(padded(message)));
    }

    void refusesOlmFieldsThatTwoReadersTakeDifferently_data()
    {
        QTest::addColumn<QByteArray>("fields");

        const QByteArray good = olmField('\x0a', QByteArray(32, 'k'));
        const QByteArray low = olmField('\x0a', QByteArray(32, '\0'));
        const QByteArray counter("\x10\x00", 2);
        const QByteArray text = olmField('\x22', QByteArray(16, 'x'));
        QTest::newRow("a low ratchet key before") << low + good + counter + text;
        QTest::newRow("a low ratchet key after") << good + low + counter + text;
        // One reader sees tag 0x8a with 1 byte, another skips the tag 0x8a 0x01 with 10 bytes of its own.
        QTest::newRow("tag of two bytes") << good + counter + text + QByteArray("\x8a\x01\x01z", 4);
        QTest::newRow("unknown field") << good + counter + text + QByteArray("\x28\x01", 2);
        QTest::newRow("counter of 33 bits") << good + QByteArray("\x10\x80\x80\x80\x80\x10", 6) + text;
        QTest::newRow("no counter") << good + text;
        QTest::newRow("no whole block") << good + counter + olmField('\x22', QByteArray(17, 'x'));
        QTest::newRow("no ciphertext") << good + counter + olmField('\x22', {});
        QTest::newRow("long ratchet key") << olmField('\x0a', QByteArray(33, 'k')) + counter + text;
    }

    void refusesOlmFieldsThatTwoReadersTakeDifferently()
    {
        QFETCH(const QByteArray, fields);
        QCOMPARE(codeOf(normalMessage(fields)), u"PARVIS_OLM_BAD_MESSAGE"_s);
    }

    void namesALowRatchetKey()
    {
        const QByteArray rest = QByteArray("\x10\x00", 2) + olmField('\x22', QByteArray(16, 'x'));
        QCOMPARE(codeOf(normalMessage(olmField('\x0a', QByteArray(32, 'k')) + rest)), QString());
        QCOMPARE(codeOf(normalMessage(olmField('\x0a', QByteArray(32, '\0')) + rest)),
                 u"PARVIS_UNSAFE_KEY"_s);
    }

    void readsRealMessagesInAnySpellingOfTheirBase64()
    {
        const auto alice = OlmAccount::create();
        auto bob = OlmAccount::create();
        QVERIFY(alice && bob && bob->generateOneTimeKeys(1));
        auto session =
            OlmSession::outbound(*alice, bob->curveKey(), *bob->unpublishedOneTimeKeys()->constBegin());
        auto message = session->encrypt("hello in two blocks");
        QVERIFY(message);
        QVERIFY(message->body.size() % 4 != 0);
        message->body = padded(message->body);

        auto opened = OlmSession::inbound(*bob, alice->curveKey(), *message);
        QVERIFY(opened);
        QVERIFY(opened->matches(alice->curveKey(), *message));
        QCOMPARE(opened->decrypt(*message).value(), "hello in two blocks"_ba);
    }

    void refusesPicklesThatNoPickleCallWrote()
    {
        const auto account = OlmAccount::create();
        const Secret key(QByteArray(32, 'k'));
        const QByteArray pickle = account->pickle(key).value();
        QVERIFY(OlmAccount::fromPickle(pickle, key));

        for (const QByteArray &bad : {QByteArray(), "AAAA"_ba, "!"_ba + pickle, pickle.chopped(4),
                                      toBase64(QByteArray(8, 'x')), toBase64(QByteArray(24, 'x'))}) {
            const auto read = OlmAccount::fromPickle(bad, key);
            QVERIFY(!read);
            QCOMPARE(read.error().code, u"PARVIS_OLM_PICKLE"_s);
        }
        QVERIFY(!OlmAccount::fromPickle(pickle, Secret(QByteArray(32, 'o'))));
        QVERIFY(!OlmAccount::fromPickle(pickle, Secret(QByteArray(31, 'k'))));
        QVERIFY(!account->pickle(Secret()));
    }
};

QTEST_APPLESS_MAIN(tst_HostileMessages)
#include "tst_hostile_messages.moc"
