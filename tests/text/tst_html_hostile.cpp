// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QElapsedTimer>
#include <QTest>

#include "kept_html.h"

using namespace parvis;
using namespace Qt::StringLiterals;

/// HTML that is meant to break whoever reads it: the properties of wrongOf() hold, and soon.
class HtmlHostileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<bool>("reduced");
        const auto add = [](const char *name, const QString &html, bool reduced = false) {
            QTest::newRow(name) << html << reduced;
        };
        const auto times = [](const QString &part, int count) { return part.repeated(count); };
        // The seen x stands at the end or in the middle of each.
        for (const QString &tag : {u"b"_s, u"div"_s, u"blockquote"_s, u"ul"_s, u"span"_s, u"table"_s,
                                   u"details"_s, u"font"_s, u"x-y"_s}) {
            const QString open = u'<' + tag + u'>';
            const QString close = u"</"_s + tag + u'>';
            add(qPrintable(tag + u" 1,000 deep"_s), times(open, 1000) + u'x' + times(close, 1000));
            add(qPrintable(tag + u" 100,000 deep"_s), times(open, 100'000) + u'x' + times(close, 100'000),
                true);
            add(qPrintable(tag + u" never closed"_s), times(open, 3900) + u'x');
        }
        add("lists in lists", times(u"<ul><li>"_s, 1900) + u'x');
        add("tables in tables", times(u"<table><tr><td>"_s, 1200) + u'x');
        add("captions in tables", times(u"<table><caption>c"_s, 150) + u'x');
        add("captions in lists in tables", times(u"<ul><table><caption>c"_s, 150) + u'x');
        add("a wide table", u"<table><tr>"_s + times(u"<td>x"_s, 3900) + u"</table>"_s);
        add("a long table", u"<table>"_s + times(u"<tr><td>x"_s, 1900) + u"</table>"_s);
        add("a huge table", u"<table>"_s + times(u"<tr>"_s + times(u"<td>x"_s, 300), 300) + u"</table>"_s,
            true);
        add("misnested", times(u"<a href=https://e.org><b><i>"_s, 900) + times(u"</a></b></i>x"_s, 300));
        add("foster parents", u"<table>"_s + times(u"<b>x<tr>"_s, 1900));
        add("one tag, many attributes", u"<b"_s + times(u" a"_s, 30'000) + u">x"_s);
        add("many values", u"<b a=\""_s + times(u"'"_s, 60'000) + u"\">x"_s);
        add("many breaks", times(u"<br>"_s, 3900) + u'x');
        add("more breaks", times(u"<br>"_s, 60'000) + u'x', true);
        add("only <", u'x' + times(u"<"_s, 60'000), true);
        add("only &", times(u"&"_s, 60'000) + u'x');
        add("only >", times(u">"_s, 15'000) + u'x');
        add("comments", times(u"<!--"_s, 3900) + u"-->x"_s);
        add("entities", times(u"&CounterClockwiseContourIntegral;"_s, 1900) + u'x');
        add("10,000 letters", QString(10'000, u'x'));
        add("a million letters", QString(1'000'000, u'x'), true);
        add("a long link", u"<a href=\"https://e.org/"_s + QString(60'000, u'a') + u"\">x</a>"_s);
        add("many links", times(u"https://e.org "_s, 4000) + u'x');
        add("many spoilers", times(u"<span data-mx-spoiler=a>x</span>"_s, 1900));
        add("zalgo", u'x' + QString(20'000, QChar(0x0301)));
        add("right to left", times(u"\u202e\u2066\u202bx"_s, 5000));
        add("NUL", times(QString(QChar(u'\0')) + u"x<b\0>"_s, 1000));
        add("lone surrogates", times(QString(QChar(0xD800)) + u'x' + QChar(0xDC00), 5000));
        add("noncharacters", times(QString(QChar(0xFFFF)) + u'x' + QChar(0xFDD0), 5000));
        add("unclosed raw text", u"x"_s + times(u"<script>"_s, 3900));
        add("svg in math in svg", times(u"<svg><math>"_s, 1900) + times(u"</math></svg>"_s, 10) + u"<b>x"_s);
        add("templates", u"x"_s + times(u"<template>"_s, 3900));
        add("selects", u"x"_s + times(u"<select><option>"_s, 1900));
        // Each <p> opens all that stand open again: gigabytes of a few kilobytes.
        QString tangle = u"<p>"_s;
        for (int i = 0; i < 1900; ++i)
            tangle += u"<b a%1>"_s.arg(i);
        add("what is opened again and again", tangle + times(u"<p>x"_s, 1900), true);
        QString names;
        for (int i = 0; i < 11'000; ++i)
            names += u' ' + QString::number(i, 36);
        add("many names of attributes", u"<b"_s + names + u">x"_s, true);
    }

    void holds()
    {
        QFETCH(QString, html);
        QFETCH(bool, reduced);

        QElapsedTimer timer;
        timer.start();
        const FormattedText text = readHtml(html);
        const qint64 took = timer.elapsed();

        QCOMPARE(text.reduced, reduced);
        QVERIFY2(took < 3000, qPrintable(QString::number(took))); // sanitizers and a busy machine included
        QVERIFY(QTest::currentDataTag() == QByteArrayView("svg in math in svg")
                || readableText(text, Spoilers::Shown).contains(u'x'));
        const QString wrong = test::wrongOf(html);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void reducedTextHasNoTags()
    {
        const QString html =
            u"<p>a &lt;b&gt;</p><script>evil()</script><!-- c --><mx-reply>q</mx-reply><b>d</b>"_s
            + u"<i></i>"_s.repeated(5000) + u"e"_s;
        const FormattedText text = readHtml(html);
        QVERIFY(text.reduced);
        QCOMPARE(readableText(text), u"a <b>\nde"_s);
        QCOMPARE(keptHtml(html), u"a &lt;b&gt;<br>de"_s);
    }
};

QTEST_GUILESS_MAIN(HtmlHostileTest)
#include "tst_html_hostile.moc"
