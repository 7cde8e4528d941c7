// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/markdown.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class MarkdownTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatPeopleMean_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("html");
        QTest::newRow("plain") << u"Bonjour à tous"_s << QString();
        QTest::newRow("two plain lines") << u"un\ndeux"_s << QString();
        QTest::newRow("bold") << u"c'est **urgent**"_s << u"c'est <strong>urgent</strong>"_s;
        QTest::newRow("line break kept") << u"*un*\ndeux"_s << u"<em>un</em><br />\ndeux"_s;
        QTest::newRow("list") << u"- a\n- b"_s << u"<ul>\n<li>a</li>\n<li>b</li>\n</ul>"_s;
        QTest::newRow("code") << u"`a<b`"_s << u"<code>a&lt;b</code>"_s;
        QTest::newRow("two paragraphs") << u"**a**\n\nb"_s << u"<p><strong>a</strong></p>\n<p>b</p>"_s;
        QTest::newRow("html is text") << u"**a** <b>c</b>"_s << u"<strong>a</strong> &lt;b&gt;c&lt;/b&gt;"_s;
        QTest::newRow("html alone") << u"<script>x</script>"_s << QString();
        QTest::newRow("html block beside a list")
            << u"- a\n\n<div onclick=x>"_s << u"<ul>\n<li>a</li>\n</ul>\n<p>&lt;div onclick=x&gt;\n</p>"_s;
        QTest::newRow("script link") << u"[a](javascript:x)"_s << u"<a href=\"\">a</a>"_s;
        QTest::newRow("empty") << QString() << QString();
    }

    void writesWhatPeopleMean()
    {
        QFETCH(QString, typed);
        QFETCH(QString, html);
        QCOMPARE(markdownToHtml(typed), html);
    }

    void survivesDeepNesting()
    {
        QVERIFY(!markdownToHtml(QString(30000, u'>') + u" a"_s).isEmpty());
        QVERIFY(!markdownToHtml(QString(30000, u'*') + u"a"_s + QString(30000, u'*')).isEmpty());
    }
};

QTEST_GUILESS_MAIN(MarkdownTest)
#include "tst_markdown.moc"
