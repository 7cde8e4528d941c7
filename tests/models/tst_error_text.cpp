// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/error_text.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QSet<QString> matches(const QString &text, const QString &pattern)
{
    QSet<QString> all;
    static QHash<QString, QRegularExpression> known;
    auto &expression = known[pattern];
    if (expression.pattern().isEmpty())
        expression.setPattern(pattern);
    for (auto found = expression.globalMatch(text); found.hasNext();)
        all += found.next().captured(1);
    return all;
}

/// The string literals of a source: of any prefix, in code as in tables; macros are outside them.
QString literals(QString source)
{
    source.remove(u"'\"'"_s); // a character, which would turn inside and outside round
    return matches(source, u"(\"(?:[^\"\\\\\\n]|\\\\.)*\")"_s).values().join(u'\n');
}

QSet<QString> inTheSources(const QString &pattern)
{
    QSet<QString> found;
    for (const auto *folder : {"src", "app", "qml"}) {
        QDirIterator files(QStringLiteral(PARVIS_SOURCE_DIR "/") + QLatin1StringView(folder),
                           {u"*.cpp"_s, u"*.h"_s, u"*.qml"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            found += matches(literals(contents(files.next())), pattern);
    }
    return found;
}

/// The codes that the sources can answer with.
QSet<QString> usedCodes()
{
    return inTheSources(u"\\b(PARVIS_[A-Z0-9_]*[A-Z0-9])\\b"_s);
}

/// "| `PARVIS_X` | cause | step |"
QSet<QString> listedCodes()
{
    return matches(contents(QStringLiteral(PARVIS_SOURCE_DIR "/docs/errors.md")),
                   u"\\| `(PARVIS_[A-Z0-9_]+)`"_s);
}

QByteArray names(const QSet<QString> &codes)
{
    auto list = codes.values();
    list.sort();
    return list.join(u' ').toUtf8();
}

} // namespace

class ErrorTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theListNamesEveryCodeThatIsUsed()
    {
        const auto used = usedCodes();
        QVERIFY(used.size() > 10); // the search itself works
        const auto missing = used - listedCodes();
        QVERIFY2(missing.isEmpty(), "docs/errors.md lacks " + names(missing));
    }

    void noCodeIsPutTogetherAtRunTime()
    {
        // "PARVIS_" alone asks whether a code is one of ours.
        const auto halves = inTheSources(u"\\b(PARVIS_[A-Z0-9_]+_)(?![A-Z0-9_])"_s);
        QVERIFY2(halves.isEmpty(), "cannot be looked up: " + names(halves));
    }

    void theListNamesNoCodeThatIsGone()
    {
        const auto gone = listedCodes() - usedCodes();
        QVERIFY2(gone.isEmpty(), "docs/errors.md still has " + names(gone));
    }

    void theBannersOfWhatIsWrongEndInACode()
    {
        const QString banners = contents(QStringLiteral(PARVIS_SOURCE_DIR "/qml/shell/HomeBanners.qml"));
        const auto sentences = matches(banners, u"qsTr\\(\"([^\"]*\\. ?[^\"]*)\"\\)"_s);
        QCOMPARE(sentences.size(), 5);
        for (const QString &sentence : sentences) { // "%1" is another one's sentence, with its code
            const bool ends =
                sentence.endsWith(u"%1"_s) || !matches(sentence, u"( \\([A-Z_]+\\))$"_s).isEmpty();
            QVERIFY2(ends, qPrintable(sentence));
        }
    }

    void noSentenceIsLeftOver()
    {
        const auto known = ErrorText::knownCodes();
        const QSet<QString> sentences(known.cbegin(), known.cend());
        const auto gone = sentences - listedCodes();
        QVERIFY2(gone.isEmpty(), "error_table_p.h still has " + names(gone));
        QVERIFY(std::is_sorted(known.cbegin(), known.cend()));
        QCOMPARE(sentences.size(), known.size());
    }

    void everyKindHasASentenceThatEndsInTheCode()
    {
        QSet<QString> seen;
        for (int kind = 0; kind <= int(ErrorKind::Bug); ++kind) {
            const auto text = ErrorText::of({ErrorKind(kind), u"PARVIS_TEST"_s, {}});
            QVERIFY2(text.endsWith(u" (PARVIS_TEST)"_s), qPrintable(text));
            QVERIFY2(!seen.contains(text), qPrintable(text));
            seen += text;
        }
    }

    void ownCodesHaveTheirOwnSentence()
    {
        const auto text = ErrorText::of({ErrorKind::Usage, u"PARVIS_BAD_USER_ID"_s, {}});
        QVERIFY2(text.contains("@claire:exemple.gouv"_L1), qPrintable(text));
    }

    void whatThePersonCanDoAboutItIsSaid_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("step");
        QTest::newRow("no network") << ErrorKind::Network << u"PARVIS_HOST_NOT_FOUND"_s << u"found"_s;
        QTest::newRow("nobody listens")
            << ErrorKind::Network << u"PARVIS_CONNECTION_REFUSED"_s << u"address"_s;
        QTest::newRow("a proxy's password") << ErrorKind::Network << u"PARVIS_PROXY_SIGN_IN"_s << u"proxy"_s;
        QTest::newRow("no proxy") << ErrorKind::Network << u"PARVIS_PROXY_UNREACHABLE"_s << u"proxy"_s;
        QTest::newRow("expired") << ErrorKind::Tls << u"PARVIS_TLS_EXPIRED"_s << u"expired"_s;
        QTest::newRow("another server's") << ErrorKind::Tls << u"PARVIS_TLS_WRONG_HOST"_s << u"another"_s;
        QTest::newRow("nobody") << ErrorKind::Auth << u"PARVIS_NOT_SIGNED_IN"_s << u"Nobody"_s;
    }

    void whatThePersonCanDoAboutItIsSaid()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(QString, code);
        QFETCH(QString, step);

        const auto text = ErrorText::of({kind, code, {}});

        QVERIFY2(text.contains(step), qPrintable(text));
        QVERIFY(!text.startsWith(ErrorText::of({kind, u"PARVIS_TEST"_s, {}}).chopped(14)));
    }

    void nobodyIsToldToCheckWhatTheyDidNotType()
    {
        const Error gone{ErrorKind::NotFound, u"M_NOT_FOUND"_s, {}};
        QVERIFY(!ErrorText::of(gone).contains("typed"_L1));
        QVERIFY(ErrorText::of(gone, ErrorText::During::Joining).contains("typed"_L1));
        const Error away{ErrorKind::Network, u"PARVIS_HOST_NOT_FOUND"_s, {}};
        QVERIFY(!ErrorText::of(away).contains("letter"_L1));
        QVERIFY(ErrorText::of(away, ErrorText::During::SignIn).contains("letter"_L1));
        // Only the password was asked for.
        for (const auto kind : {ErrorKind::Forbidden, ErrorKind::Auth}) {
            const auto text = ErrorText::of({kind, u"M_FORBIDDEN"_s, {}}, ErrorText::During::Confirming);
            QVERIFY2(text.contains("password"_L1) && !text.contains("name"_L1), qPrintable(text));
        }
    }

    void theSameCodeMeansAnotherThingAtTheDoor()
    {
        const Error forbidden{ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}};
        QVERIFY(ErrorText::of(forbidden, ErrorText::During::SignIn) != ErrorText::of(forbidden));
        QVERIFY(ErrorText::of(forbidden, ErrorText::During::SignIn).contains("password"_L1));
    }

    void aServersCodeIsNotShownIfItIsNoWord_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("markup") << u"<b>M_X</b>"_s;
        QTest::newRow("sentence") << u"Call +33 1 and pay"_s;
        QTest::newRow("long") << QString(65, u'M');
        QTest::newRow("empty") << QString();
        QTest::newRow("line") << u"M_X\nM_Y"_s;
    }

    void aServersCodeIsNotShownIfItIsNoWord()
    {
        QFETCH(QString, code);
        QVERIFY(ErrorText::of({ErrorKind::RateLimited, code, {}}).endsWith(u" (RATE_LIMITED)"_s));
    }

    void theWaitIsNamedInWholeSeconds()
    {
        const auto text = ErrorText::of({ErrorKind::RateLimited, u"M_LIMIT_EXCEEDED"_s, {}, 2100});
        QVERIFY2(text.contains(u"3"_s), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "tst_error_text.moc"
