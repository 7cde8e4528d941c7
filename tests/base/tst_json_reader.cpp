// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/json_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace parvis;
using namespace Qt::StringLiterals;

class JsonReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsThere()
    {
        const auto document =
            JsonDocument::parse("{\"a\":{\"b\":[1,\"x\",true,null,2.5]},\"é\":\"\\u00e9\\n\"}");
        QVERIFY(document);
        const JsonView root = document->root();

        QCOMPARE(root["a"]["b"].size(), 5);
        QCOMPARE(root["é"].string().value(), u"é\n"_s);
        QCOMPARE(root["é"].utf8().toByteArray(), QByteArray("é\n"));
        QList<JsonView::Kind> kinds;
        root["a"]["b"].forEach([&](JsonView item) {
            kinds += item.kind();
            return true;
        });
        using K = JsonView::Kind;
        QCOMPARE(kinds, (QList<K>{K::Number, K::String, K::Bool, K::Null, K::Number}));
    }

    void answersEmptyForWhatItIsNot()
    {
        const auto document = JsonDocument::parse(R"({"n":1,"s":"1","l":[]})");
        QVERIFY(document);
        const JsonView root = document->root();

        QVERIFY(root["none"].isMissing());
        QVERIFY(root["none"]["deeper"]["still"].isMissing());
        QVERIFY(root["n"]["x"].isMissing());
        QVERIFY(!root["n"].string());
        QVERIFY(!root["s"].integer());
        QVERIFY(!root["l"].boolean());
        QVERIFY(!root["none"].string());
        QCOMPARE(root["s"].size(), 0);
        QVERIFY(JsonView().isMissing());
        int calls = 0;
        root["n"].forEach([&](JsonView) { return ++calls > 0; });
        root["l"].forEachMember([&](QByteArrayView, JsonView) { return ++calls > 0; });
        QCOMPARE(calls, 0);
    }

    void takesWholeNumbersOnly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<qint64>("value");
        QTest::newRow("zero") << QByteArray("0") << true << qint64(0);
        QTest::newRow("negative") << QByteArray("-5") << true << qint64(-5);
        QTest::newRow("largest") << QByteArray("9223372036854775807") << true
                                 << std::numeric_limits<qint64>::max();
        QTest::newRow("too large") << QByteArray("9223372036854775808") << false << qint64(0);
        QTest::newRow("point") << QByteArray("1.0") << false << qint64(0);
        QTest::newRow("exponent") << QByteArray("1e3") << false << qint64(0);
    }
    void takesWholeNumbersOnly()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, whole);
        QFETCH(qint64, value);
        const auto document = JsonDocument::parse("[" + text + "]");
        QVERIFY(document);

        std::optional<qint64> number;
        document->root().forEach([&](JsonView item) {
            number = item.integer();
            return true;
        });

        QCOMPARE(number.has_value(), whole);
        QCOMPARE(number.value_or(0), value);
    }

    void stopsWhenAsked()
    {
        const auto document = JsonDocument::parse(R"({"a":1,"b":2,"c":3})");
        QVERIFY(document);
        QList<QByteArray> keys;

        document->root().forEachMember([&](QByteArrayView key, JsonView) {
            keys += key.toByteArray();
            return keys.size() < 2;
        });

        QCOMPARE(keys, (QList<QByteArray>{"a", "b"}));
    }

    void refusesBadText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << QByteArray(R"({"a":)");
        QTest::newRow("two") << QByteArray("{} {}");
        QTest::newRow("comma") << QByteArray("[1,]");
        QTest::newRow("no utf-8") << QByteArray("[\"\xff\"]");
        QTest::newRow("control") << QByteArray("[\"\x01\"]");
        QTest::newRow("not a number") << QByteArray("[NaN]");
        QTest::newRow("deep") << QByteArray(513, '[') + QByteArray(513, ']');
        QTest::newRow("very deep") << QByteArray(1'000'000, '[');
    }
    void refusesBadText()
    {
        QFETCH(QByteArray, text);

        const auto document = JsonDocument::parse(text);

        QVERIFY(!document);
        QCOMPARE(document.error().code, u"PARVIS_BAD_JSON"_s);
        QCOMPARE(document.error().kind, ErrorKind::Protocol);
    }

    void goesAsDeepAsItMay() { QVERIFY(JsonDocument::parse(QByteArray(511, '[') + QByteArray(511, ']'))); }

    void refusesWhatIsTooLarge()
    {
        QCOMPARE(JsonDocument::parse("[1,2,3]", 6).error().kind, ErrorKind::TooLarge);
        QVERIFY(JsonDocument::parse("[1,2,3]", 7));
    }

    void outlivesItsText()
    {
        QByteArray text = R"({"a":"a text that is long enough to be on the heap"})";
        auto document = JsonDocument::parse(text);
        QVERIFY(document);
        text.fill('x');
        const JsonDocument moved = std::move(*document);

        QCOMPARE(moved.root()["a"].string().value(), u"a text that is long enough to be on the heap"_s);
    }

    void writesWhatItRead()
    {
        const QByteArray text = "{\"a\":[1,\"x\\\"y\",{\"b\":null}],\"c\":true}";
        const auto document = JsonDocument::parse(text);
        QVERIFY(document);

        QCOMPARE(document->root().toJson(), text);
        QCOMPARE(document->root().toQt(), QJsonValue(QJsonDocument::fromJson(text).object()));
        QCOMPARE(document->root()["a"].toJson(), QByteArray("[1,\"x\\\"y\",{\"b\":null}]"));
    }

    void theFirstOfTwoCounts()
    {
        const auto document = JsonDocument::parse(R"({"a":1,"a":2})");
        QVERIFY(document);

        QCOMPARE(document->root()["a"].integer().value(), 1);
        QCOMPARE(document->root().toQt().toObject()["a"_L1].toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(JsonReaderTest)
#include "tst_json_reader.moc"
