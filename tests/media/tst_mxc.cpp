// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/mxc.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class MxcTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheKnownAnswers()
    {
        QFile file(QStringLiteral(PARVIS_VECTORS "/mxc-uris.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto rows = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(rows.size() >= 9);
        for (const auto &row : rows) {
            const QString uri = row["uri"_L1].toString();
            QVERIFY2(MxcUri::parse(uri).has_value() == row["valid"_L1].toBool(), qPrintable(uri));
        }
    }

    void refusesWhatCouldLeaveThePath_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::newRow("parent") << u"mxc://a/.."_s;
        QTest::newRow("query") << u"mxc://a/b?c"_s;
        QTest::newRow("new line") << u"mxc://a/b\n"_s;
        QTest::newRow("no server") << u"mxc:///b"_s;
        QTest::newRow("other scheme") << u"https://a/b"_s;
        QTest::newRow("slash in the server") << u"mxc://a/b/c"_s;
        QTest::newRow("upper scheme") << u"MXC://a/b"_s;
        QTest::newRow("endless") << u"mxc://a/"_s + QString(300, u'b');
    }

    void refusesWhatCouldLeaveThePath()
    {
        QFETCH(QString, uri);
        QVERIFY(!MxcUri::parse(uri));
    }

    void takesItApart()
    {
        QCOMPARE(MxcUri::parse(u"mxc://exemple.gouv:8448/aB_-9"_s),
                 (MxcUri{.server = u"exemple.gouv:8448"_s, .mediaId = u"aB_-9"_s}));
    }
};

QTEST_GUILESS_MAIN(MxcTest)
#include "tst_mxc.moc"
