// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/query.h"
#include "search/snippet.h"

#include <QTest>

using namespace parvis::search;
using namespace Qt::StringLiterals;

/// What the person typed, as the index is asked, and as the line shows what was found.
class SearchQueryTest : public QObject
{
    Q_OBJECT

private:
    Stemmer m_stemmer;

    QString match(const QString &typed) { return QString::fromUtf8(queryOf(typed, m_stemmer).match()); }
    Snippet snippet(const QString &text, const QString &typed)
    {
        return snippetOf(text, queryOf(typed, m_stemmer), m_stemmer);
    }
    static QStringList marked(const Snippet &snippet)
    {
        QStringList out;
        for (const Highlight &one : snippet.highlights)
            out.append(snippet.text.sliced(one.from, one.length));
        return out;
    }

private Q_SLOTS:
    void queries_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("match");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("signs") << u"?! *"_s << QString();
        QTest::newRow("a word and a beginning")
            << u"un deu"_s << uR"(((words : "un" OR stems : "un") AND (words : "deu" * OR stems : "deu")))"_s;
        QTest::newRow("one letter is no beginning") << u"a"_s << uR"(((words : "a" OR stems : "a")))"_s;
        QTest::newRow("finished by a blank") << u"deu "_s << uR"(((words : "deu" OR stems : "deu")))"_s;
        QTest::newRow("asterisk")
            << u"pré* x "_s << uR"(((words : "pre" * OR stems : "pre") AND (words : "x" OR stems : "x")))"_s;
        QTest::newRow("phrase") << u"\"le petit\" x "_s
                                << uR"((words : "le petit" AND (words : "x" OR stems : "x")))"_s;
        QTest::newRow("french quotation marks") << u"« le petit » "_s << uR"((words : "le petit"))"_s;
        QTest::newRow("phrase under way") << u"\"le pet"_s << uR"((words : "le pet" *))"_s;
        QTest::newRow("without") << u"un -\"de deux\" "_s
                                 << uR"(((words : "un" OR stems : "un")) NOT words : "de deux")"_s;
        QTest::newRow("only without") << u"-un"_s << QString();
        QTest::newRow("apostrophe")
            << u"l’or "_s << uR"(((words : "l" OR stems : "l") AND (words : "or" OR stems : "or")))"_s;
        QTest::newRow("the language of the index is no word of it")
            << u"NEAR("_s << uR"(((words : "near" OR stems : "near")))"_s;
        QTest::newRow("empty phrase") << u"\"\" un "_s << uR"(((words : "un" OR stems : "un")))"_s;
    }
    void queries()
    {
        QFETCH(QString, typed);
        QTEST(match(typed), "match");
    }

    void otherFormsOfAWord()
    {
        QVERIFY(match(u"réunions "_s).contains(u"OR stems : \"reunion\""_s));
        QVERIFY(match(u"réunions "_s).contains(u"OR words : \"reunion\""_s));
    }

    void thirtyTwoWordsCount()
    {
        QCOMPARE(queryOf(u"un "_s.repeated(1000), m_stemmer).terms.size(), 32);
        QCOMPARE(queryOf(u"un/"_s.repeated(1000), m_stemmer).terms.size(), 32);
        QCOMPARE(queryOf(u"x -"_s + u"un/"_s.repeated(1000), m_stemmer).terms.size(), 32);
        const Query phrase = queryOf(u'"' + u"un "_s.repeated(200'000) + u'"', m_stemmer);
        QCOMPARE(phrase.terms.size(), 1);
        QCOMPARE(phrase.terms.first().words.size(), 32);
    }

    void snippetOfAShortText()
    {
        const Snippet found = snippet(u"La réunion de lundi est  reportée\nà mardi"_s, u"réunions report"_s);
        QCOMPARE(found.text, u"La réunion de lundi est reportée à mardi"_s);
        QCOMPARE(marked(found), (QStringList{u"réunion"_s, u"reportée"_s}));
    }

    void snippetOfALongText()
    {
        const QString text = u"mot "_s.repeated(200) + u"Trésor "_s + u"fin "_s.repeated(200);
        const Snippet found = snippet(text, u"tresor "_s);
        QVERIFY(found.text.size() <= 162);
        QVERIFY(found.text.startsWith(u"…mot"_s));
        QVERIFY(found.text.endsWith(u'…'));
        QCOMPARE(marked(found), QStringList{u"Trésor"_s});
    }

    void phrasesAreMarkedWhole()
    {
        const Snippet found = snippet(u"petit, le petit pont, le grand"_s, u"\"le petit\" "_s);
        QCOMPARE(marked(found), (QStringList{u"le"_s, u"petit"_s}));
    }

    void whatMustNotBeThereIsNotMarked()
    {
        QCOMPARE(marked(snippet(u"un deux"_s, u"un -deux"_s)), QStringList{u"un"_s});
    }

    void aTextWithoutAHitShowsItsBeginning()
    {
        const Snippet found = snippet(u"rapport.pdf"_s, {});
        QCOMPARE(found.text, u"rapport.pdf"_s);
        QCOMPARE(found.highlights, QList<Highlight>());
        QCOMPARE(snippet({}, u"un"_s).text, QString());
    }

    void whatAStrangerHidesIsNotShown()
    {
        QCOMPARE(snippet(u"un\u202E deux"_s, u"deux"_s).text, u"un deux"_s);
    }
};

QTEST_GUILESS_MAIN(SearchQueryTest)
#include "tst_search_query.moc"
