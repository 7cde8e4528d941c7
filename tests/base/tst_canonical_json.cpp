// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/canonical_json.h"
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QByteArray nested(int arrays)
{
    return QByteArray(arrays, '[') + QByteArray(arrays, ']');
}

} // namespace

class CanonicalJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithOurKnownAnswers()
    {
        const QJsonArray rows = test::ownVectors(u"canonical-json-extra"_s).array();
        QVERIFY(rows.size() >= 15);

        for (const auto &row : rows) {
            const auto name = row["name"_L1].toString().toUtf8();
            const auto got = canonicalJson(row["input_json_text"_L1].toString().toUtf8());
            if (row["error"_L1].isString()) {
                QVERIFY2(!got, name.constData());
                QCOMPARE(got.error().code, u"PARVIS_BAD_JSON"_s);
            } else {
                QVERIFY2(got.has_value(), name.constData());
                QCOMPARE(got->toHex(), row["canonical_hex"_L1].toString().toLatin1());
            }
        }
    }

    void agreesWithTheSpecification()
    {
        const auto shared = test::sharedVectors();
        if (!shared)
            return;
        const auto rows =
            QJsonDocument::fromJson(test::fileBytes(shared->filePath(u"spec/canonical-json.json"_s))).array();
        QVERIFY(rows.size() >= 10);

        for (const auto &row : rows) {
            const auto got = canonicalJson(row["input_json_text"_L1].toString().toUtf8());
            QVERIFY(got.has_value());
            QCOMPARE(*got, row["canonical"_L1].toString().toUtf8());
        }
    }

    void writesOneFormOfNumbers_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("zero") << "0"_ba
                              << "0"_ba;
        QTest::newRow("minus zero") << "-0"_ba
                                    << "0"_ba;
        QTest::newRow("minus zero point zero") << "-0.0"_ba
                                               << "0"_ba;
        QTest::newRow("zero times much") << "0e999999"_ba
                                         << "0"_ba;
        QTest::newRow("whole fraction") << "2.0"_ba
                                        << "2"_ba;
        QTest::newRow("shifted fraction") << "1.5e1"_ba
                                          << "15"_ba;
        QTest::newRow("small power") << "100e-2"_ba
                                     << "1"_ba;
        QTest::newRow("power with plus") << "1E+3"_ba
                                         << "1000"_ba;
        QTest::newRow("largest") << "9007199254740991"_ba
                                 << "9007199254740991"_ba;
        QTest::newRow("largest, written otherwise") << "9007199254740.991e3"_ba
                                                    << "9007199254740991"_ba;
        QTest::newRow("negative") << "-12"_ba
                                  << "-12"_ba;
    }

    void writesOneFormOfNumbers()
    {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, expected);

        const auto got = canonicalJson(input);

        QVERIFY(got.has_value());
        QCOMPARE(*got, expected);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("input");
        const std::initializer_list<std::pair<const char *, QByteArray>> rows = {
            {"nothing", ""},
            {"spaces", "  \n"},
            {"two values", "1 2"},
            {"trailing comma in an array", "[1,]"},
            {"trailing comma in an object", "{\"a\":1,}"},
            {"leading comma", "[,1]"},
            {"open array", "[1"},
            {"open object", "{\"a\":1"},
            {"open string", "\"a"},
            {"no value", "{\"a\":}"},
            {"no colon", "{\"a\" 1}"},
            {"bare key", "{a:1}"},
            {"single quotes", "{'a':1}"},
            {"byte order mark", "\xef\xbb\xbf{}"},
            {"comment", "{}//"},
            {"form feed between tokens", "[\f1]"},
            {"NUL after the value", QByteArray("{}\0", 3)},
            {"leading zero", "01"},
            {"leading zeros after a minus", "-00"},
            {"plus", "+1"},
            {"only a minus", "-"},
            {"no digit before the point", ".5"},
            {"no digit after the point", "1."},
            {"no power", "1e"},
            {"power without digits", "1e+"},
            {"fraction", "0.1"},
            {"tiny", "1e-1"},
            {"2^53", "9007199254740992"},
            {"2^53 by power", "9.007199254740992e15"},
            {"far too large", "1e999999"},
            {"power beyond any integer", "1e99999999999999999999"},
            {"hexadecimal", "0x10"},
            {"not a number", "NaN"},
            {"infinity", "-Infinity"},
            {"half a word", "tru"},
            {"capital word", "True"},
            {"unknown escape", "\"\\x41\""},
            {"escape at the end", "\"\\"},
            {"short \\u", "\"\\u12\""},
            {"\\u with a prefix", "\"\\u0x1f\""},
            {"\\u with a capital prefix", "\"\\u0X1f\""},
            {"\\u with a sign", "\"\\u+123\""},
            {"\\u with a space in front", "\"\\u 123\""},
            {"\\u with a tab in front", "\"\\u\t123\""},
            {"\\u with a line feed in front", "\"\\u\n123\""},
            {"\\u with spaces behind", "\"\\u41  \""},
            {"\\u with a NUL behind", QByteArray("\"\\u041\0\"", 8)},
            {"high surrogate alone", "\"\\ud800\""},
            {"low surrogate alone", "\"\\udc00\""},
            {"high surrogate, then a letter", "\"\\ud800a\""},
            {"two high surrogates", "\"\\ud800\\ud800\""},
            {"raw control character", "\"\x01\""},
            {"raw line feed", "\"\n\""},
            {"raw NUL", QByteArray("\"\0\"", 3)},
            {"lone continuation byte", "\"\x80\""},
            {"overlong slash", "\"\xc0\xaf\""},
            {"overlong in three bytes", "\"\xe0\x80\xaf\""},
            {"surrogate in UTF-8", "\"\xed\xa0\x80\""},
            {"above U+10FFFF", "\"\xf4\x90\x80\x80\""},
            {"cut character", "\"\xe2\x82\""},
            {"character cut by an escape", "\"\xe2\\u0082\""},
            {"bad UTF-8 in a key", "{\"\xff\":1}"},
            {"the same key twice", R"({"a":1,"b":2,"a":1})"},
            {"the same key, once escaped", R"({"a":1,"\u0061":2})"},
            {"the same key twice, deep inside", R"([{"x":{"a":1,"a":2}}])"},
            {"the empty key twice", R"({"":1,"":1})"},
            {"a level too many", nested(101)},
            {"100 000 open arrays", QByteArray(100'000, '[')},
            {"100 000 open objects", QByteArray("{\"a\":").repeated(100'000)},
        };
        for (const auto &[name, input] : rows)
            QTest::newRow(name) << input;
    }

    void refuses()
    {
        QFETCH(QByteArray, input);

        const auto got = canonicalJson(QByteArrayView(input));

        QVERIFY2(!got, got ? got->constData() : "");
        QCOMPARE(got.error().code, u"PARVIS_BAD_JSON"_s);
    }

    void goesAHundredLevelsDeep()
    {
        QCOMPARE(canonicalJson(QByteArrayView(nested(100))).value(), nested(100));

        const QByteArray objects = QByteArray("{\"a\":").repeated(99) + "{}" + QByteArray(99, '}');
        QCOMPARE(canonicalJson(QByteArrayView(objects)).value(), objects);
        QCOMPARE(canonicalJsonWithout(objects, {"b"}).value(), objects);
        QVERIFY(!canonicalJsonWithout("{\"a\":" + objects + '}', {"b"}));
    }

    void readsEveryEscapeAndWritesTheShortest()
    {
        const auto got = canonicalJson(QByteArrayView(
            R"("\u0022\u005C\/\u0008\u000C\u000a\u000D\u0009\u001F\u00e9\uD83D\uDE00\u20AC")"));

        QCOMPARE(got.value(), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001f\xc3\xa9\xf0\x9f\x98\x80\xe2\x82\xac\""_ba);
    }

    void sortsKeysThatHoldNul()
    {
        const auto got = canonicalJson(QByteArrayView(R"({"a\u0000b":1,"a":2,"a\u0000":3})"));

        QCOMPARE(got.value(), R"({"a":2,"a\u0000":3,"a\u0000b":1})"_ba);
    }

    void leavesOutOutermostMembersOnly()
    {
        const QByteArray json = R"({"unsigned":{"age":1},"b":{"signatures":2,"unsigned":3},"signatures":{}})";

        QCOMPARE(canonicalJsonWithout(json, {"signatures", "unsigned"}).value(),
                 R"({"b":{"signatures":2,"unsigned":3}})"_ba);
        QCOMPARE(canonicalJsonWithout(R"({"signature\u0073":1,"Signatures":2})", {"signatures"}).value(),
                 R"({"Signatures":2})"_ba);
        QCOMPARE(canonicalJsonWithout("{}", {"signatures"}).value(), "{}"_ba);
    }

    void leavesOutOfObjectsOnly_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("array") << "[]"_ba;
        QTest::newRow("string") << "\"a\""_ba;
        QTest::newRow("nothing") << ""_ba;
        QTest::newRow("more behind") << "{}{}"_ba;
        QTest::newRow("a left-out member twice") << R"({"unsigned":1,"unsigned":2})"_ba;
        QTest::newRow("broken left-out member") << R"({"unsigned":[})"_ba;
    }

    void leavesOutOfObjectsOnly()
    {
        QFETCH(QByteArray, input);

        const auto got = canonicalJsonWithout(input, {"unsigned"});

        QVERIFY(!got);
        QCOMPARE(got.error().code, u"PARVIS_BAD_JSON"_s);
    }

    void keepsTheIntegersOfWhatWeBuild()
    {
        const QJsonObject object{{u"b"_s, qint64(9'007'199'254'740'991)},
                                 {u"a"_s, 1e15},
                                 {u"c"_s, QJsonArray{-1, true, QJsonValue::Null, u"é"_s}}};

        QCOMPARE(canonicalJson(object).value(),
                 "{\"a\":1000000000000000,\"b\":9007199254740991,\"c\":[-1,true,null,\"\xc3\xa9\"]}"_ba);
    }

    void refusesToBuildWhatCannotBeSigned_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("fraction") << QJsonValue(0.5);
        QTest::newRow("2^53") << QJsonValue(qint64(1) << 53);
        QTest::newRow("infinity") << QJsonValue(std::numeric_limits<double>::infinity());
        QTest::newRow("not a number") << QJsonValue(std::nan(""));
        QTest::newRow("not a number, deep inside")
            << QJsonValue(QJsonArray{QJsonObject{{u"x"_s, std::nan("")}}});
        QTest::newRow("half a surrogate pair") << QJsonValue(QString(QChar(0xd800)));
    }

    void refusesToBuildWhatCannotBeSigned()
    {
        QFETCH(QJsonValue, value);

        const auto got = canonicalJson(QJsonObject{{u"a"_s, value}});

        QVERIFY2(!got, got ? got->constData() : "");
    }

    /// Whatever it takes, its answer is a fixed point that other readers understand.
    void survivesMutations()
    {
        std::mt19937 random(20'260'801);
        const QByteArray seed =
            R"({"a":[1,-2.0e1,{"\u00e9\ud83d\ude00":null}],"b":"\\\n\u0001","c":{"d":true,"":1e10}})";
        int taken = 0;

        for (int round = 0; round < 10'000; ++round) {
            QByteArray text = seed;
            for (unsigned change = 0; change <= random() % 3; ++change) {
                const auto at = qsizetype(random() % unsigned(text.size()));
                switch (random() % 3) {
                case 0:
                    text[at] = char(random());
                    break;
                case 1:
                    text.remove(at, 1);
                    break;
                case 2:
                    text.insert(at, "{}[],:\"\\u0019e-."[random() % 16]);
                    break;
                }
            }
            const auto once = canonicalJson(QByteArrayView(text));
            if (!once)
                continue;
            ++taken;
            QCOMPARE(canonicalJson(QByteArrayView(*once)).value(), *once);
            QVERIFY2(!QJsonDocument::fromJson(*once).isNull(), text.constData());
        }
        QVERIFY(taken > 100);
    }
};

QTEST_GUILESS_MAIN(CanonicalJsonTest)
#include "tst_canonical_json.moc"
