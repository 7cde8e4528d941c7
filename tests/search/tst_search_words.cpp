// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search/stemmer.h"
#include "search/words.h"

#include <QTest>

using namespace parvis::search;
using namespace Qt::StringLiterals;

/// How a text becomes words, and what words have in common.
class SearchWordsTest : public QObject
{
    Q_OBJECT

private:
    static QStringList folded(const QString &text)
    {
        QStringList out;
        for (const Word &word : wordsOf(text))
            out.append(word.folded);
        return out;
    }

private Q_SLOTS:
    void words_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *name, const QString &text, const QStringList &words) {
            QTest::newRow(name) << text << words;
        };
        row("nothing", {}, {});
        row("signs alone", u"  … !? — 🙂 "_s, {});
        row("plain", u"Bonjour le monde"_s, {u"bonjour"_s, u"le"_s, u"monde"_s});
        row("accents", u"Élève À NOËL"_s, {u"eleve"_s, u"a"_s, u"noel"_s});
        row("combining accents", u"E\u0301te\u0301"_s, {u"ete"_s});
        row("ligatures", u"Œuvre cœur æther straße ﬁn"_s,
            {u"oeuvre"_s, u"coeur"_s, u"aether"_s, u"strasse"_s, u"fin"_s});
        row("apostrophes", u"l’État d'urgence"_s, {u"l"_s, u"etat"_s, u"d"_s, u"urgence"_s});
        row("northern letters", u"Ærø Łódź Đà"_s, {u"aero"_s, u"lodz"_s, u"da"_s});
        row("digits", u"n°42 ½ art. L.123-4"_s,
            {u"n"_s, u"42"_s, u"12"_s, u"art"_s, u"l"_s, u"123"_s, u"4"_s});
        row("without blanks", u"東京タワー"_s, {u"東"_s, u"京"_s, u"タ"_s, u"ワ"_s, u"ー"_s});
        row("beyond the first plane", u"𝐇i 𠀀"_s, {u"hi"_s, u"𠀀"_s});
        row("greek", u"Άθήνα"_s, {u"αθηνα"_s});
        row("address", u"https://intranet.example/Note_2"_s,
            {u"https"_s, u"intranet"_s, u"example"_s, u"note"_s, u"2"_s});
    }
    void words()
    {
        QFETCH(QString, text);
        QTEST(folded(text), "words");
    }

    void standWhereTheTextHasThem()
    {
        const QString text = u"— Le cœur, 𝐀 été"_s;
        QStringList taken;
        for (const Word &word : wordsOf(text))
            taken.append(text.sliced(word.from, word.length));
        QCOMPARE(taken, (QStringList{u"Le"_s, u"cœur"_s, u"𝐀"_s, u"été"_s}));
    }

    void aWordWithoutEndIsCut()
    {
        const QList<Word> words = wordsOf(QString(1000, u'a'));
        QCOMPARE(words.size(), 16);
        QVERIFY(std::all_of(words.begin(), words.end(), [](const Word &w) { return w.length <= 64; }));
    }

    void loneSurrogatesAreNoWords()
    {
        QCOMPARE(folded(QString(QChar(0xD800)) + u"a"_s + QChar(0xDC00)), QStringList{u"a"_s});
    }

    void stems_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("plural") << u"réunion"_s << u"réunions"_s;
        QTest::newRow("feminine") << u"national"_s << u"nationales"_s;
        QTest::newRow("verb") << u"envoyer"_s << u"envoyé"_s;
        QTest::newRow("english plural") << u"meeting"_s << u"meetings"_s;
        QTest::newRow("english verb") << u"sending"_s << u"sends"_s;
        QTest::newRow("capitals") << u"RÉUNIONS"_s << u"réunion"_s;
    }
    void stems()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        Stemmer stemmer;
        const auto all = [&](const QString &word) {
            QStringList out = stemmer.stemsOf(word);
            out.append(folded(word));
            return QSet<QString>(out.begin(), out.end());
        };
        QVERIFY2(all(one).intersects(all(other)), qPrintable(all(one).values().join(u' ')));
    }

    void whatHasNoStem()
    {
        Stemmer stemmer;
        for (const QString &word : {QString(), u"le"_s, u"des"_s, u"abc123def"_s, QString(500, u'a')})
            QCOMPARE(stemmer.stemsOf(word), QStringList());
    }
};

QTEST_GUILESS_MAIN(SearchWordsTest)
#include "tst_search_words.moc"
