// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/json_records.h"

#include <QTest>

#include "format_values.h"

using namespace parvis;
using namespace parvis::crypto;
using namespace parvis::test;
using namespace Qt::StringLiterals;

namespace {

/// The records of @p text when it comes in pieces, or the code of what is wrong.
QByteArrayList cut(const QByteArray &text, qsizetype piece, QString *code = nullptr)
{
    QByteArrayList records;
    JsonRecords cutter(64, [&records](const QByteArray &record) {
        records += QByteArray(record.constData(), record.size());
        return records.size() < 100;
    });
    Result<void> done;
    for (qsizetype at = 0; done && at < text.size(); at += piece)
        done = cutter.add(QByteArrayView(text).sliced(at, qMin(piece, text.size() - at)));
    if (done)
        done = cutter.finish();
    if (code)
        *code = codeOf(done);
    return records;
}

} // namespace

/// A long list of objects, cut up while it comes in.
class tst_JsonRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAtAnyPlace()
    {
        const QByteArray text = " [ {\"a\":\"}\\\"]{\"} ,{},\n{\"b\":[{\"c\":[1,2]}]}\t] \r\n";
        const QByteArrayList expected{"{\"a\":\"}\\\"]{\"}", "{}", "{\"b\":[{\"c\":[1,2]}]}"};
        for (qsizetype piece = 1; piece <= text.size(); ++piece) {
            QString code;
            QCOMPARE(cut(text, piece, &code), expected);
            QCOMPARE(code, QString());
        }
        QVERIFY(cut("[]", 1).isEmpty());
    }

    void leavesOutWhatIsTooLong()
    {
        const QByteArray most = "{\"a\":\"" + QByteArray(56, 'x') + "\"}";
        const QByteArray over = "{\"a\":\"" + QByteArray(57, 'x') + "\"}";
        for (const qsizetype piece : {1, 7, 1000})
            QCOMPARE(cut('[' + over + ",{}," + most + ']', piece), (QByteArrayList{"", "{}", most}));
    }

    void countsAnyDepth()
    {
        const QByteArray deep = "{\"a\":" + QByteArray(20, '[') + QByteArray(20, ']') + '}';
        const QByteArray deeper = "{\"a\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}';
        QCOMPARE(cut('[' + deeper + ',' + deep + ']', 1000), (QByteArrayList{"", deep}));
    }

    void refusesEverythingElse()
    {
        for (const QByteArray &text :
             {""_ba, " "_ba, "{}"_ba, "["_ba, "[{}"_ba, "[{},]"_ba, "[,{}]"_ba, "[{}{}]"_ba, "[1]"_ba,
              "[[{}]]"_ba, "[{}]x"_ba, "[{}]]"_ba, "[\"a\"]"_ba, "[null]"_ba, "[{\"a\":\"]"_ba, "x[{}]"_ba,
              "]"_ba, '[' + QByteArray(100'000, '{')}) {
            for (const qsizetype piece : {1, 1'000'000}) {
                QString code;
                (void)cut(text, piece, &code);
                QVERIFY2(code == "PARVIS_BAD_JSON"_L1, text.left(100).constData());
            }
        }
    }

    void stopsWhenTold()
    {
        QString code;
        QCOMPARE(cut('[' + QByteArray("{},").repeated(1000) + "{}]", 10, &code).size(), 100);
        QCOMPARE(code, u"PARVIS_CANCELLED"_s);
    }
};

QTEST_APPLESS_MAIN(tst_JsonRecords)
#include "tst_json_records.moc"
