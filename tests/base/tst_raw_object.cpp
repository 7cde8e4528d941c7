// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/raw_object.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class RawObjectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesKeepTheirText()
    {
        const auto object =
            RawObject::parse(R"( {"a" : {"z":1.0, "b":[1 , 2]} , "n":12345678901234567890 ,"s":"x"} )");

        QVERIFY(object);
        QCOMPARE(object->raw(u"a"_s), R"({"z":1.0, "b":[1 , 2]})");
        QCOMPARE(object->raw(u"n"_s), "12345678901234567890");
        QCOMPARE(object->raw(u"s"_s), "\"x\"");
        QCOMPARE(object->raw(u"absent"_s), "");
    }

    void wrongTypesAreEmpty()
    {
        const auto object = RawObject::parse(R"({"s":"5","i":5,"b":true,"o":{"k":"v"},"f":1e3,"nul":null})");

        QVERIFY(object);
        QCOMPARE(object->string(u"s"_s), u"5"_s);
        QVERIFY(!object->string(u"i"_s));
        QCOMPARE(object->integer(u"i"_s), 5);
        QVERIFY(!object->integer(u"s"_s) && !object->integer(u"f"_s) && !object->integer(u"nul"_s));
        QCOMPARE(object->boolean(u"b"_s), true);
        QVERIFY(!object->boolean(u"s"_s));
        QCOMPARE(object->object(u"o"_s).text(u"k"_s), u"v"_s);
        QVERIFY(object->object(u"s"_s).isEmpty());
    }

    void escapesAreUndone()
    {
        // No raw literals here: moc 6.4 takes a backslash in them for an escape.
        const auto object = RawObject::parse("{\"\\u0061\\n\":\"\\u00e9\\\"\\\\\\ud83d\\ude00\"}");

        QVERIFY(object);
        QCOMPARE(object->text(u"a\n"_s), u"\u00e9\"\\\U0001F600"_s);
        QCOMPARE(jsonString(u"a\"\n"_s), "\"a\\\"\\n\"");
    }

    void brokenTextIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("array") << QByteArray("[1]");
        QTest::newRow("string") << QByteArray("\"x\"");
        QTest::newRow("cut off") << QByteArray(R"({"a":1)");
        QTest::newRow("cut off inside") << QByteArray(R"({"a":{"b":[1,2})");
        QTest::newRow("something after it") << QByteArray(R"({"a":1} x)");
        QTest::newRow("a second object") << QByteArray(R"({"a":1}{"b":2})");
        QTest::newRow("a member twice") << QByteArray(R"({"a":1,"a":2})");
        QTest::newRow("a member twice, once escaped") << QByteArray(R"({"a":1,"\u0061":2})");
        QTest::newRow("no UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}");
        QTest::newRow("missing comma") << QByteArray(R"({"a":1 "b":2})");
        QTest::newRow("missing value") << QByteArray(R"({"a":})");
        QTest::newRow("bottomless")
            << QByteArray(100000, '[').prepend("{\"a\":").append(100000, ']').append('}');
    }
    void brokenTextIsRefused()
    {
        QFETCH(QByteArray, text);

        const auto object = RawObject::parse(text);

        // On-demand parsing does not look at what nobody asks for: deep nesting costs nothing there.
        if (QByteArrayView(QTest::currentDataTag()) == "bottomless")
            QVERIFY(!object || object->object(u"a"_s).isEmpty());
        else
            QVERIFY(!object);
    }
};

QTEST_GUILESS_MAIN(RawObjectTest)
#include "tst_raw_object.moc"
