// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"
#include "crypto/olm_message.h"
#include "crypto/primitives.h"
#include "fakes/vectors.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

#include <random>

using namespace parvis;
using namespace parvis::crypto;
using namespace Qt::StringLiterals;

namespace {

using Type = OlmMessage::Type;

const QByteArray mac = "MACHEREE";

/// A field of bytes; @p bytes under 128.
QByteArray field(char tag, const QByteArray &bytes)
{
    return tag + QByteArray(1, char(bytes.size())) + bytes;
}

QByteArray key(char fill)
{
    return QByteArray(32, fill);
}

QByteArray normal(const QByteArray &fields)
{
    return '\3' + fields + mac;
}

QByteArray preKey(const QByteArray &fields)
{
    return '\3' + fields;
}

const QByteArray counter("\x10\x02", 2);
const QByteArray ciphertext = field(0x22, "ciphertext-of-16");
const QByteArray normalFields = field(0x0a, key('r')) + counter + ciphertext;
const QByteArray preKeyFields =
    field(0x0a, key('o')) + field(0x12, key('b')) + field(0x1a, key('i')) + field(0x22, normal(normalFields));

Result<QByteArray> check(Type type, const QByteArray &bytes)
{
    return checkOlmMessage({.type = type, .body = toBase64(bytes)});
}

QString code(const auto &result)
{
    return result ? u"accepted"_s : result.error().code;
}

} // namespace

class OlmMessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAnotherLibraryWrites()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto vectors =
            QJsonDocument::fromJson(test::fileBytes(shared->filePath(u"vodozemac/olm-messages.json"_s)));

        const QJsonValue first = vectors["pre_key"_L1];
        const OlmMessage message{.type = Type::PreKey, .body = first["body"_L1].toString().toLatin1()};
        const auto parts = preKeyParts(message);
        QVERIFY(parts.has_value());
        QCOMPARE(parts->oneTimeKey.toString(), first["one_time_key_b64"_L1].toString());
        QCOMPARE(parts->baseKey.toString(), first["base_key_b64"_L1].toString());
        QCOMPARE(parts->identityKey.toString(), first["identity_key_b64"_L1].toString());
        QVERIFY(checkOlmMessage(message));

        QVERIFY(checkOlmMessage(
            {.type = Type::Normal, .body = vectors["normal"_L1]["body"_L1].toString().toLatin1()}));
        // Its ten bytes of ciphertext are no whole blocks, which libolm would read past their end.
        const auto example =
            QByteArray::fromHex(vectors["encode_example"_L1]["encoded_hex"_L1].toString().toLatin1());
        QCOMPARE(code(check(Type::Normal, example)), u"PARVIS_OLM_BAD_MESSAGE"_s);
        QByteArray whole = example;
        whole.replace("\x0a"
                      "ciphertext",
                      "\x10"
                      "ciphertext-of-16");
        QVERIFY(whole != example && check(Type::Normal, whole));
        const QJsonArray invalid = vectors["invalid"_L1].toArray();
        for (const auto &row : invalid) {
            const auto bytes = QByteArray::fromHex(row["hex"_L1].toString().toLatin1());
            QCOMPARE(code(check(Type::Normal, bytes)), u"PARVIS_OLM_BAD_MESSAGE"_s);
        }
    }

    void takesTheSamplesOfThisTest()
    {
        QVERIFY(check(Type::Normal, normal(normalFields)));
        QVERIFY(check(Type::PreKey, preKey(preKeyFields)));
        const auto parts = preKeyParts({.type = Type::PreKey, .body = toBase64(preKey(preKeyFields))});
        QVERIFY(parts.has_value());
        QCOMPARE(parts->baseKey.toString().toLatin1(), toBase64(key('b')));
    }

    void refuses_data()
    {
        QTest::addColumn<Type>("type");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray inner = field(0x22, normal(normalFields));
        const QByteArray o = field(0x0a, key('o')), b = field(0x12, key('b')), i = field(0x1a, key('i'));
        const QByteArray r = field(0x0a, key('r'));
        const auto n = [](const char *name, const QByteArray &bytes) {
            QTest::newRow(name) << Type::Normal << bytes;
        };
        const auto p = [](const char *name, const QByteArray &bytes) {
            QTest::newRow(name) << Type::PreKey << bytes;
        };
        n("nothing", "");
        n("a version alone", "\3");
        n("a MAC alone", '\3' + mac);
        n("version 2", '\2' + normalFields + mac);
        n("version 4", '\4' + normalFields + mac);
        n("no MAC", '\3' + normalFields);
        n("no ratchet key", normal(counter + ciphertext));
        n("no counter", normal(r + ciphertext));
        n("no ciphertext", normal(r + counter));
        n("empty ciphertext", normal(r + counter + field(0x22, "")));
        n("short ratchet key", normal(field(0x0a, QByteArray(31, 'r')) + counter + ciphertext));
        n("long ratchet key", normal(field(0x0a, QByteArray(33, 'r')) + counter + ciphertext));
        n("short key replaces a good one", normal(normalFields + field(0x0a, "short")));
        n("length beyond the end", normal(r + counter + "\x22\x7f" + "ciphertext"));
        n("a ciphertext that is no whole block", normal(r + counter + field(0x22, "fifteen letters")));
        n("length of ten bytes",
          normal(r + counter + "\x22\x8a" + QByteArray(8, '\x80') + QByteArray(1, '\0') + "ciphertext"));
        n("endless number", normal(normalFields + "\x30" + QByteArray(20, '\xff')));
        n("tag without a number", normal(normalFields + "\x30"));
        for (const int wire : {1, 3, 4, 5, 6, 7})
            n(qPrintable(u"wire type %1"_s.arg(wire)), normal(normalFields + char(0x28 | wire) + '\1' + 'x'));
        n("pre-key message as a normal one", preKey(preKeyFields));
        p("nothing, as pre-key", "");
        p("a version alone, as pre-key", "\3");
        p("normal message as a pre-key one", normal(normalFields));
        p("version 2, as pre-key", '\2' + preKeyFields);
        p("no one-time key", preKey(b + i + inner));
        p("no base key", preKey(o + i + inner));
        p("no identity key", preKey(o + b + inner));
        p("no inner message", preKey(o + b + i));
        p("inner message of another version", preKey(o + b + i + field(0x22, '\2' + normalFields + mac)));
        p("inner message without a counter", preKey(o + b + i + field(0x22, normal(r + ciphertext))));
        p("inner message that is a pre-key message", preKey(o + b + i + field(0x22, preKey(o + b + i))));
    }

    void refuses()
    {
        QFETCH(Type, type);
        QFETCH(QByteArray, bytes);

        QCOMPARE(code(check(type, bytes)), u"PARVIS_OLM_BAD_MESSAGE"_s);
    }

    /// libolm reads a tag of two bytes as one tag, and then a length. Whoever takes the second byte for the
    /// length checks another key than the one that libolm will use.
    void seesNoOtherKeyThanLibolm_data()
    {
        QTest::addColumn<QByteArray>("smuggled");
        const QByteArray evil = field(0x0a, QByteArray(32, '\0'));
        QTest::newRow("tag of two bytes") << "\x8a\x23"_ba + '\0' + evil;
        QTest::newRow("tag of two bytes, a number") << "\x88\x05"_ba + evil;
        QTest::newRow("tag of two bytes, of the ratchet key") << "\x8a"_ba + '\0' + evil.sliced(1);
    }

    void seesNoOtherKeyThanLibolm()
    {
        QFETCH(QByteArray, smuggled);

        QVERIFY(!check(Type::Normal, normal(normalFields + smuggled)));
        QVERIFY(!check(Type::PreKey, preKey(preKeyFields + smuggled)));
    }

    void refusesFieldsItDoesNotKnow()
    {
        for (const QByteArray &more : {field(0x2a, "later"), QByteArray("\x30\xff\x01", 3), counter}) {
            QVERIFY(!check(Type::Normal, normal(normalFields + more)));
            QVERIFY(!check(Type::PreKey, preKey(preKeyFields + more)));
        }
    }

    void handsOnTheBodyWithoutPadding()
    {
        const QByteArray bytes = preKey(preKeyFields);

        QCOMPARE(checkOlmMessage({.type = Type::PreKey, .body = bytes.toBase64()}).value(), toBase64(bytes));
    }

    void refusesCurveKeysThatNobodyMakes_data()
    {
        QTest::addColumn<QByteArray>("bad");
        const QJsonArray rows = test::ownVectors(u"x25519-low-order"_s).array();
        for (const auto &row : rows)
            QTest::newRow(qPrintable(row["public_b64"_L1].toString()))
                << QByteArray::fromHex(row["public_hex"_L1].toString().toLatin1());
        QTest::newRow("top bit set") << QByteArray(31, 'k') + '\xeb';
        QTest::newRow("above the prime") << '\xfa' + QByteArray(30, '\xff') + '\x7f';
    }

    void refusesCurveKeysThatNobodyMakes()
    {
        QFETCH(QByteArray, bad);
        const QByteArray inner = field(0x22, normal(normalFields));
        const QByteArray o = field(0x0a, key('o')), b = field(0x12, key('b')), i = field(0x1a, key('i'));
        const QByteArray badInner = field(0x22, normal(field(0x0a, bad) + counter + ciphertext));

        for (const QByteArray &fields : {field(0x0a, bad) + b + i + inner, o + field(0x12, bad) + i + inner,
                                         o + b + field(0x1a, bad) + inner, o + b + i + badInner})
            QCOMPARE(code(check(Type::PreKey, preKey(fields))), u"PARVIS_UNSAFE_KEY"_s);
        QCOMPARE(code(check(Type::Normal, normal(field(0x0a, bad) + counter + ciphertext))),
                 u"PARVIS_UNSAFE_KEY"_s);
        // libolm would take the later of two.
        QVERIFY(!check(Type::Normal, normal(normalFields + field(0x0a, bad))));
        QVERIFY(!check(Type::PreKey, preKey(preKeyFields + field(0x12, bad))));
    }

    void refusesEveryTruncatedLength()
    {
        for (const auto &[type, bytes] :
             {std::pair(Type::Normal, normal(normalFields)), std::pair(Type::PreKey, preKey(preKeyFields))}) {
            for (qsizetype size = 0; size < bytes.size(); ++size)
                QVERIFY2(!check(type, bytes.first(size)), QByteArray::number(size).constData());
            const QByteArray body = toBase64(bytes);
            for (qsizetype size = 0; size < body.size(); ++size)
                QVERIFY(!checkOlmMessage({.type = type, .body = body.first(size)}));
        }
    }

    void refusesWhatIsNoBase64OrTooLong()
    {
        const QByteArray body = toBase64(normal(normalFields));

        QVERIFY(!checkOlmMessage({.type = Type::Normal, .body = body + ' '}));
        QVERIFY(!checkOlmMessage({.type = Type::Normal, .body = "===="}));
        QVERIFY(!checkOlmMessage({.type = Type::Normal, .body = QByteArray(body).replace('A', "\xc3")}));
        QVERIFY(!checkOlmMessage({.type = Type::Normal, .body = QByteArray(1 << 20, 'A')}));
        QVERIFY(!preKeyParts({.type = Type::Normal, .body = toBase64(preKey(preKeyFields))}));
    }

    void survivesMutations()
    {
        std::mt19937 random(3);
        int taken = 0;
        for (int round = 0; round < 10'000; ++round) {
            QByteArray bytes = preKey(preKeyFields);
            for (unsigned change = 0; change <= random() % 4; ++change)
                bytes[qsizetype(random() % unsigned(bytes.size()))] = char(random());
            if (random() % 4 == 0)
                bytes.truncate(qsizetype(random() % unsigned(bytes.size())));
            const OlmMessage message{.type = Type::PreKey, .body = toBase64(bytes)};
            const auto parts = preKeyParts(message);
            QCOMPARE(parts.has_value(), checkOlmMessage(message).has_value());
            if (parts) {
                ++taken;
                QVERIFY(isSafeKey(parts->oneTimeKey) && isSafeKey(parts->baseKey)
                        && isSafeKey(parts->identityKey));
            }
            (void)check(Type::Normal, bytes);
        }
        QVERIFY(taken > 100);
    }

    void survivesTheSeedsOfOtherFuzzers()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        int seeds = 0;
        for (const QString &name : {u"olm-message-decoding"_s, u"olm-decryption"_s}) {
            QDirIterator files(shared->filePath(u"vodozemac/fuzz-corpora/"_s + name), QDir::Files,
                               QDirIterator::Subdirectories);
            for (; files.hasNext(); ++seeds) {
                const QByteArray bytes = test::fileBytes(files.next());
                for (const Type type : {Type::PreKey, Type::Normal}) {
                    (void)checkOlmMessage({.type = type, .body = bytes});
                    (void)check(type, bytes);
                }
            }
        }
        QVERIFY(seeds > 200);
    }
};

QTEST_GUILESS_MAIN(OlmMessageTest)
#include "tst_olm_message.moc"
