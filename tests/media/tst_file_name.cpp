// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "media/file_name.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What becomes of a file's name that a stranger chose.
class FileNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleans_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("clean");
        QTest::newRow("a name") << u"Compte rendu (v2) – été.pdf"_s << u"Compte rendu (v2) – été.pdf"_s;
        QTest::newRow("folders") << u"../../etc/passwd"_s << u"passwd"_s;
        QTest::newRow("folders of Windows") << u"C:\\Users\\x\\a.txt"_s << u"a.txt"_s;
        QTest::newRow("nothing but folders") << u"a/b/"_s << u"file"_s;
        QTest::newRow("above") << u".."_s << u"file"_s;
        QTest::newRow("hidden") << u"...bashrc"_s << u"bashrc"_s;
        QTest::newRow("right to left") << u"facture\u202Efdp.exe"_s << u"facturefdp.exe"_s;
        QTest::newRow("isolates") << u"\u2066a\u2069\u200B.txt"_s << u"a.txt"_s;
        QTest::newRow("controls") << u"a\n\t\u0000b\u007f\u009f.txt"_s << u"ab.txt"_s;
        QTest::newRow("lines") << u"a\u2028b.txt"_s << u"ab.txt"_s;
        QTest::newRow("wildcards") << u"a*b?c:d|e<f>g\"h.txt"_s << u"a_b_c_d_e_f_g_h.txt"_s;
        QTest::newRow("a device") << u"CON.txt"_s << u"_CON.txt"_s;
        QTest::newRow("a numbered device") << u"lpt1"_s << u"_lpt1"_s;
        QTest::newRow("no device") << u"console.txt"_s << u"console.txt"_s;
        QTest::newRow("ends in dots") << u"a.. . "_s << u"a"_s;
        QTest::newRow("half a character") << QString(QChar(0xD800)) + u"a"_s << u"a"_s;
        QTest::newRow("empty") << QString() << u"file"_s;
        QTest::newRow("blank") << u"  "_s << u"file"_s;
    }
    void cleans()
    {
        QFETCH(QString, said);
        QFETCH(QString, clean);

        QCOMPARE(cleanFileName(said), clean);
        QCOMPARE(cleanFileName(clean), clean); // and once is enough
    }

    void shortensButKeepsTheEnding()
    {
        const QString clean = cleanFileName(QString(5'000, u'é') + u".pdf"_s);

        QVERIFY(clean.toUtf8().size() <= 200);
        QVERIFY(clean.size() > 50);
        QVERIFY(clean.endsWith(".pdf"_L1));
        QVERIFY(cleanFileName(QString(300, u'a') + u'.' + QString(300, u'b')).toUtf8().size() <= 200);
        // No half of a character stays.
        QVERIFY(!cleanFileName(QString::fromUcs4(U"\U0001F600").repeated(100)).back().isHighSurrogate());
    }
};

QTEST_GUILESS_MAIN(FileNameTest)
#include "tst_file_name.moc"
