// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

struct Message {
    QString context;
    QString source;
    bool numerus = false;
    bool unfinished = false;
    QStringList translations;
};

QList<Message> read(const QString &language)
{
    QFile file(QStringLiteral(PARVIS_SOURCE_DIR "/translations/parvis_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> all;
    QString context;
    while (xml.readNextStartElement() || !xml.atEnd()) {
        const auto name = xml.name();
        if (!xml.isStartElement())
            continue;
        if (name == "name"_L1) {
            context = xml.readElementText();
        } else if (name == "message"_L1) {
            all += {context, {}, xml.attributes().value("numerus"_L1) == "yes"_L1, false, {}};
        } else if (name == "source"_L1) {
            all.last().source = xml.readElementText();
        } else if (name == "translation"_L1) {
            all.last().unfinished = xml.attributes().hasAttribute("type"_L1);
            if (!all.last().numerus)
                all.last().translations += xml.readElementText();
        } else if (name == "numerusform"_L1) {
            all.last().translations += xml.readElementText();
        } else if (name == "extracomment"_L1 || name == "comment"_L1) {
            xml.skipCurrentElement();
        }
    }
    return all;
}

QSet<QString> places(const QString &text)
{
    static const QRegularExpression place(u"%[0-9nL]+"_s);
    QSet<QString> all;
    for (auto found = place.globalMatch(text); found.hasNext();)
        all += found.next().captured();
    return all;
}

} // namespace

class TranslationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void complete_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("French") << u"fr"_s;
        QTest::newRow("English") << u"en"_s;
    }

    void complete()
    {
        QFETCH(QString, language);
        const auto messages = read(language);
        QVERIFY(!messages.isEmpty());
        for (const auto &message : messages) {
            const auto what = (message.context + u": "_s + message.source).toUtf8();
            QVERIFY2(!message.unfinished, "unfinished: " + what);
            QCOMPARE(message.translations.size(), message.numerus ? 2 : 1);
            for (const auto &text : message.translations) {
                QVERIFY2(!text.isEmpty(), "empty: " + what);
                QVERIFY2(text == text.trimmed(), "a space at an end: " + what);
                auto wanted = places(message.source);
                QVERIFY2(places(text) == wanted, "places do not fit: " + what);
            }
        }
    }

    void englishHasItsPluralsOnly()
    {
        for (const auto &message : read(u"en"_s))
            QVERIFY2(message.numerus, qPrintable(message.source));
    }

    void bothKnowTheSamePlurals()
    {
        const auto plurals = [](const QString &language) {
            QSet<QString> all;
            for (const auto &message : read(language)) {
                if (message.numerus)
                    all += message.context + u'/' + message.source;
            }
            return all;
        };
        QCOMPARE(plurals(u"en"_s), plurals(u"fr"_s));
    }

    void frenchSignsDoNotStandAlone()
    {
        static const QRegularExpression loose(u"( [:;?!»]|« |[^\\s\u00a0\u202f:/][;?!](\\s|$))"_s);
        for (const auto &message : read(u"fr"_s)) {
            for (const auto &text : message.translations)
                QVERIFY2(!loose.match(text).hasMatch(), qPrintable(text));
        }
    }

    void frenchSaysVous()
    {
        static const QRegularExpression tu(u"\\b(tu|toi|ton|ta|tes)\\b"_s,
                                           QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::UseUnicodePropertiesOption);
        for (const auto &message : read(u"fr"_s)) {
            for (const auto &text : message.translations)
                QVERIFY2(!tu.match(text).hasMatch(), qPrintable(text));
        }
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_translations.moc"
