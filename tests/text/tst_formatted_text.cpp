// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/html.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class FormattedTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hiddenLettersStayHidden()
    {
        const FormattedText text = readHtml(
            u"a <span data-mx-spoiler=\"fin\">il <b>meurt</b></span> <span data-mx-spoiler>b</span> c"_s);
        QCOMPARE(readableText(text), u"a (fin) █████ █████ c"_s);
        QCOMPARE(readableText(text, Spoilers::Shown), u"a il meurt b c"_s);
        QCOMPARE(text.spoilers, QStringList({u"fin"_s, QString()}));
    }

    void aSpoilerInASpoilerIsOne()
    {
        const FormattedText text =
            readHtml(u"<span data-mx-spoiler=\"a\">x<span data-mx-spoiler=\"b\">y</span></span>"_s);
        QCOMPARE(text.spoilers, QStringList(u"a"_s));
        QCOMPARE(readableText(text), u"(a) █████"_s);
    }

    void plainTextKeepsItsLines()
    {
        const FormattedText text = formattedPlain(u"  a  b\n\n<b>c</b> https://e.org/?a=1&b=2.\u202e\n"_s);
        QCOMPARE(text.blocks.size(), 1);
        QCOMPARE(readableText(text), u"  a  b\n\n<b>c</b> https://e.org/?a=1&b=2."_s);
        QCOMPARE(text.links.size(), 1);
        QCOMPARE(text.links.at(0).url, u"https://e.org/?a=1&b=2"_s);
        QVERIFY(formattedPlain(QString()).blocks.isEmpty());
        QVERIFY(formattedPlain(u" \n\n"_s).blocks.isEmpty());
    }

    void aLinkThatShowsAnotherHostIsDoubtful()
    {
        const auto doubtful = [](const QString &shown) {
            return readHtml(u"<a href=\"https://evil.example/\">"_s + shown + u"</a>"_s).links.at(0).doubtful;
        };
        QVERIFY(doubtful(u"https://ba<b>nk.exam</b>ple"_s));
        QVERIFY(doubtful(u"bank.example"_s));
        QVERIFY(!doubtful(u"evil.example"_s));
        QVERIFY(!doubtful(u"ici"_s));
        QVERIFY(formattedPlain(u"https://\u0430pple.com"_s).links.at(0).doubtful);
        QCOMPARE(formattedPlain(u"https://\u0430pple.com"_s).links.at(0).host, u"xn--pple-43d.com"_s);
    }

    void addressesInCodeStayLetters()
    {
        QVERIFY(readHtml(u"<code>https://e.org</code><pre>https://e.org</pre>"_s).links.isEmpty());
    }

    void manyAddressesAreBounded()
    {
        const auto text = formattedPlain(u"https://e.org "_s.repeated(1000));
        QCOMPARE(text.links.size(), 100);
        QCOMPARE(readableText(text).size(), 14 * 1000 - 1);
    }
};

QTEST_GUILESS_MAIN(FormattedTextTest)
#include "tst_formatted_text.moc"
