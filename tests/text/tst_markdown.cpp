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
        QTest::newRow("script link") << u"[a](javascript:x)"_s << QString();
        QTest::newRow("script link beside bold")
            << u"**b** [a](javascript:x)"_s << u"<strong>b</strong> [a](javascript:x)"_s;
        QTest::newRow("link") << u"[a](https://e.org \"t\")"_s << u"<a href=\"https://e.org\">a</a>"_s;
        QTest::newRow("address") << u"<https://e.org>"_s << u"<a href=\"https://e.org\">https://e.org</a>"_s;
        QTest::newRow("picture") << u"![a](https://e.org/x.png)"_s
                                 << u"<a href=\"https://e.org/x.png\">a</a>"_s;
        QTest::newRow("picture without words")
            << u"![](https://e.org/x)"_s << u"<a href=\"https://e.org/x\">https://e.org/x</a>"_s;
        QTest::newRow("picture in a link")
            << u"[![a](https://e.org/x)](https://e.org)"_s << u"<a href=\"https://e.org\">a</a>"_s;
        QTest::newRow("picture of this computer")
            << u"*b* ![a](file:///etc/x)"_s << u"<em>b</em> ![a](file:///etc/x)"_s;
        QTest::newRow("struck") << u"~~a *b*~~ c"_s << u"<del>a <em>b</em></del> c"_s;
        QTest::newRow("struck twice") << u"~~a~~ ~~b~~"_s << u"<del>a</del> <del>b</del>"_s;
        QTest::newRow("not struck") << u"a ~~ b ~~ c ~x~ ~~"_s << QString();
        QTest::newRow("struck in code") << u"`~~a~~`"_s << u"<code>~~a~~</code>"_s;
        QTest::newRow("numbered from 3")
            << u"3. a\n4. b"_s << u"<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"_s;
        QTest::newRow("code block") << u"```sh\nls <x>\n```"_s
                                    << u"<pre><code class=\"language-sh\">ls &lt;x&gt;\n</code></pre>"_s;
        QTest::newRow("empty") << QString() << QString();
    }

    void writesWhatPeopleMean()
    {
        QFETCH(QString, typed);
        QFETCH(QString, html);
        QCOMPARE(markdownToHtml(typed), html);
    }

    void namesBecomeLinks()
    {
        const QList<Mention> mentions{{u"@Jean"_s, u"@jean:e.org"_s},
                                      {u"@Jean_Paul *D*"_s, u"@jp:e.org"_s},
                                      {u"#Salon"_s, u"#salon:e.org"_s}};
        QCOMPARE(markdownToHtml(u"@Jean, voir #Salon"_s, mentions),
                 u"<a href=\"https://matrix.to/#/@jean:e.org\">@Jean</a>, voir "
                 u"<a href=\"https://matrix.to/#/%23salon:e.org\">#Salon</a>"_s);
        // No part of another word, not in code, not in a link; the longest one.
        QCOMPARE(markdownToHtml(u"@Jeanne x@Jean"_s, mentions), QString());
        QCOMPARE(markdownToHtml(u"`@Jean`"_s, mentions), u"<code>@Jean</code>"_s);
        QCOMPARE(markdownToHtml(u"[@Jean](https://e.org)"_s, mentions),
                 u"<a href=\"https://e.org\">@Jean</a>"_s);
        QCOMPARE(markdownToHtml(u"**@Jean**"_s, {{u"@Jean"_s, u"@j\"<&:e.org"_s}}),
                 u"<strong><a href=\"https://matrix.to/#/@j%22%3C%26:e.org\">@Jean</a></strong>"_s);
        QCOMPARE(markdownToHtml(u"@Jean"_s, {{QString(), u"@a:b"_s}}), QString());
    }

    /// Others cut what is deeper: the plain text says it whole.
    void deepNestingStaysPlain()
    {
        for (const QString &part : {u">"_s, u"*"_s, u"[a"_s, u"- "_s, u"![a"_s, u"~~a"_s, u"<b>"_s}) {
            const QString typed = part.repeated(60'000 / int(part.size()));
            const QString html = markdownToHtml(typed + u" a"_s);
            QVERIFY2(html.count(u"<blockquote>"_s) <= 100, qPrintable(part));
        }
        QCOMPARE(markdownToHtml(QString(30000, u'>') + u" a"_s), QString());
        QVERIFY(!markdownToHtml(QString(20, u'>') + u" a"_s).isEmpty());
        QCOMPARE(markdownToHtml(u"**a** "_s.repeated(20'000)), QString());
    }
};

QTEST_GUILESS_MAIN(MarkdownTest)
#include "tst_markdown.moc"
