// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/vectors.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "kept_html.h"

using namespace parvis;
using namespace Qt::StringLiterals;

class HtmlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// tests/data/vectors/html-cases.json: what goes in, what is kept, what a reader sees.
    void keepsWhatTheListSays()
    {
        const QJsonArray cases = test::ownVectors(u"html-cases"_s).array();
        QVERIFY(cases.size() >= 200);
        for (const QJsonValue &row : cases) {
            const QString html = row["html"_L1].toString();
            const QByteArray said = html.toUtf8();
            if (row["kept"_L1].isString()) {
                QVERIFY2(keptHtml(html) == row["kept"_L1].toString(),
                         said + "\n  is kept as " + keptHtml(html).toUtf8());
                const QString text = readableText(readHtml(html), Spoilers::Shown);
                QVERIFY2(text == row["text"_L1].toString(), said + "\n  reads " + text.toUtf8());
            }
            if (row["hidden"_L1].isString())
                QCOMPARE(readableText(readHtml(html)), row["hidden"_L1].toString());
            const QString wrong = test::wrongOf(html);
            QVERIFY2(wrong.isEmpty(), said + "\n  " + wrong.toUtf8());
        }
    }

    void fitsTheKnownAnswers()
    {
        const QJsonArray rows = test::ownVectors(u"html-sanitiser"_s).array();
        QVERIFY(!rows.isEmpty());
        for (const QJsonValue &row : rows) {
            const QString html = row["input"_L1].toString();
            const QString kept = keptHtml(html);
            const QJsonArray must = row["must_contain"_L1].toArray();
            for (const QJsonValue &part : must)
                QVERIFY2(kept.contains(part.toString()), html.toUtf8() + " -> " + kept.toUtf8());
            const QJsonArray mustNot = row["must_not_contain"_L1].toArray();
            for (const QJsonValue &part : mustNot)
                QVERIFY2(!kept.contains(part.toString()), html.toUtf8() + " -> " + kept.toUtf8());
            if (row["visible_text"_L1].isString())
                QCOMPARE(readableText(readHtml(html), Spoilers::Shown), row["visible_text"_L1].toString());
        }
    }

    /// Any two cases put together, one in the middle of the other as well: what is left is still kept as it
    /// is.
    void keepsMixturesWithinTheList()
    {
        const QJsonArray cases = test::ownVectors(u"html-cases"_s).array();
        uint random = 12345;
        const auto below = [&random](qsizetype limit) {
            random = random * 1664525 + 1013904223;
            return qsizetype((random >> 8) % uint(limit));
        };
        for (int i = 0; i < 3000; ++i) {
            QString html = cases.at(below(cases.size()))["html"_L1].toString();
            for (auto more = 1 + below(4); more > 0; --more)
                html.insert(below(html.size() + 1), cases.at(below(cases.size()))["html"_L1].toString());
            const QString wrong = test::wrongOf(html);
            QVERIFY2(wrong.isEmpty(), html.toUtf8() + "\n  " + wrong.toUtf8());
        }
    }

    void saysWhichTextIsALink()
    {
        const FormattedText text = readHtml(
            u"<p>Bonjour <a href=\"https://matrix.to/#/@a:e.org\">Anne</a>, voir https://e.org/x.</p>"_s);

        QCOMPARE(text.links.size(), 2);
        QCOMPARE(text.links.at(0).target.kind, MatrixLink::Kind::User);
        QCOMPARE(text.links.at(0).target.id, u"@a:e.org"_s);
        QVERIFY(!text.links.at(0).doubtful);
        QCOMPARE(text.links.at(1).url, u"https://e.org/x"_s);
        QCOMPARE(text.links.at(1).host, u"e.org"_s);
        const QList<TextRun> runs = text.blocks.at(0).runs;
        QCOMPARE(runs.size(), 5);
        QCOMPARE(runs.at(1).text, u"Anne"_s);
        QCOMPARE(runs.at(1).link, 0);
        QCOMPARE(runs.at(3).link, 1);
        QCOMPARE(runs.at(4).text, u"."_s);
    }

    void knowsTheAdministrationsPermalinks()
    {
        const QString html = u"<a href=\"https://exemple.gouv/#/room/!r:e.org\">x</a>"_s;
        QCOMPARE(readHtml(html).links.at(0).target.kind, MatrixLink::Kind::NotMatrix);
        QCOMPARE(readHtml(html, u"https://exemple.gouv"_s).links.at(0).target.kind, MatrixLink::Kind::Room);
    }

    void marksAddInside()
    {
        const FormattedText text = readHtml(
            u"<b>a<i>b<u><del><sup>c</sup></del></u></i></b><span data-mx-color=\"#0a0b0c\">d</span>"_s);
        const QList<TextRun> runs = text.blocks.at(0).runs;
        QCOMPARE(runs.size(), 4);
        QCOMPARE(runs.at(0).marks, TextMarks(TextMark::Bold));
        QCOMPARE(runs.at(1).marks, TextMark::Bold | TextMark::Italic);
        QCOMPARE(runs.at(2).marks,
                 TextMark::Bold | TextMark::Italic | TextMark::Underlined | TextMark::Struck
                     | TextMark::Raised);
        QCOMPARE(runs.at(3).colour, 0x0a0b0c);
        QCOMPARE(runs.at(3).marks, TextMarks());
    }

    void blocksHaveTheirPlaces()
    {
        using Kind = TextBlock::Kind;
        const FormattedText text =
            readHtml(u"<h2>t</h2><ol "
                     u"start=\"7\"><li>a<ul><li>b</li></ul></li></ol><blockquote>q</blockquote><pre><code "
                     u"class=\"language-sh\">ls\n</code></pre><hr><table><caption>k</caption><tr><th>n</th></"
                     u"tr>x<tr><td>v"
                     u"</td></tr></table><details><summary>s</summary>d</details>"_s);
        QList<Kind> kinds;
        for (const TextBlock &block : text.blocks)
            kinds.append(block.kind);
        // The x between the rows stands before the table, as in a browser.
        QCOMPARE(kinds,
                 QList<Kind>({Kind::Heading, Kind::List, Kind::Quote, Kind::Code, Kind::Rule, Kind::Paragraph,
                              Kind::Table, Kind::Details}));
        QCOMPARE(text.blocks.at(0).level, 2);
        QCOMPARE(text.blocks.at(1).start, 7);
        QVERIFY(text.blocks.at(1).ordered);
        QCOMPARE(text.blocks.at(1).blocks.at(0).blocks.at(1).kind, Kind::List);
        QCOMPARE(text.blocks.at(3).language, u"sh"_s);
        QCOMPARE(text.blocks.at(3).runs.at(0).text, u"ls"_s);
        QCOMPARE(text.blocks.at(6).blocks.size(), 3);
        QVERIFY(text.blocks.at(6).blocks.at(1).blocks.at(0).heads);
        QVERIFY(!text.blocks.at(6).blocks.at(2).blocks.at(0).heads);
        QCOMPARE(text.blocks.at(7).blocks.at(0).kind, Kind::Summary);
    }

    void picturesAreTheirAlternativeText()
    {
        const FormattedText text = readHtml(u"a<img src=\"mxc://e.org/x\" alt=\":cat:\">b"_s);
        QCOMPARE(text.blocks.at(0).runs.size(), 3);
        QVERIFY(text.blocks.at(0).runs.at(1).picture);
        QCOMPARE(text.blocks.at(0).runs.at(1).text, u":cat:"_s);
    }
};

QTEST_GUILESS_MAIN(HtmlTest)
#include "tst_html.moc"
