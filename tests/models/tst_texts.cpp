// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/date_texts.h"
#include "models/person_mark.h"
#include "models/rich_text.h"
#include "models/sentences.h"
#include "models/verification_sentences.h"
#include "text/links.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

qint64 at(int day, int hour, int minute, int year = 2026)
{
    return QDateTime(QDate(year, 11, day), QTime(hour, minute), QTimeZone::utc()).toMSecsSinceEpoch();
}

DateTexts english()
{
    return {QLocale(QLocale::English), at(19, 14, 5), QTimeZone::utc()};
}

} // namespace

class TextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void daysAreNamedAsPeopleDo()
    {
        const auto texts = english();
        QCOMPARE(texts.day(at(19, 9, 0)), u"Today"_s);
        QCOMPARE(texts.day(at(18, 23, 59)), u"Yesterday"_s);
        QCOMPARE(texts.dayWithin(at(18, 23, 59)), u"yesterday"_s);
        QCOMPARE(texts.day(at(12, 9, 0)), u"Thursday 12 November"_s);
        QCOMPARE(texts.dayWithin(at(12, 9, 0)), u"Thursday 12 November"_s);
        QCOMPARE(texts.day(at(12, 9, 0, 2025)), u"Wednesday 12 November 2025"_s);
        QCOMPARE(texts.time(at(19, 9, 5)), u"09:05"_s);
        QCOMPARE(texts.shortest(at(19, 9, 5)), u"09:05"_s);
        QCOMPARE(texts.shortest(at(18, 9, 5)), u"yesterday"_s);
        QCOMPARE(texts.shortest(at(16, 9, 5)), u"Mon"_s);
        QCOMPARE(texts.shortest(at(2, 9, 5)), u"2 Nov"_s);
        QCOMPARE(texts.full(at(19, 9, 5)), u"Today, 09:05"_s);
        QCOMPARE(texts.fullWithin(at(19, 9, 5)), u"today, 09:05"_s);
    }

    void everyEndOfAVerificationHasASentence()
    {
        VerificationInfo info;
        QVERIFY(VerificationSentences::end(info).isEmpty());
        info.state = VerificationInfo::State::Done;
        QVERIFY(!VerificationSentences::end(info).isEmpty());
        info.state = VerificationInfo::State::Cancelled;
        info.reason = u"another's words"_s;
        for (const auto &code :
             {u"m.user"_s, u"m.timeout"_s, u"m.unknown_transaction"_s, u"m.unknown_method"_s,
              u"m.unexpected_message"_s, u"m.key_mismatch"_s, u"m.user_mismatch"_s, u"m.invalid_message"_s,
              u"m.accepted"_s, u"m.mismatched_commitment"_s, u"m.mismatched_sas"_s, u"org.example"_s,
              QString()}) {
            info.cancelCode = code;
            const QString sentence = VerificationSentences::end(info);
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(code));
            QVERIFY(!sentence.contains(info.reason) && (code.isEmpty() || !sentence.contains(code)));
        }
        info.cancelCode = u"m.user"_s;
        const QString theirs = VerificationSentences::end(info);
        info.cancelledByUs = true;
        QVERIFY(VerificationSentences::end(info) != theirs);
    }

    void impossibleTimesSayNothing()
    {
        for (const qint64 ms : {qint64(0), qint64(-5), std::numeric_limits<qint64>::max(),
                                std::numeric_limits<qint64>::min(), qint64(253402300800000)}) {
            QCOMPARE(english().time(ms), QString());
            QCOMPARE(english().day(ms), QString());
            QCOMPARE(english().shortest(ms), QString());
            QCOMPARE(english().full(ms), QString());
        }
    }

    void frenchDaysBeginWithACapital()
    {
        const DateTexts texts(QLocale(QLocale::French), at(19, 14, 5), QTimeZone::utc());
        QCOMPARE(texts.day(at(12, 9, 0)), u"Jeudi 12 novembre"_s);
        QCOMPARE(texts.dayWithin(at(12, 9, 0)), u"jeudi 12 novembre"_s);
        QCOMPARE(texts.fullWithin(at(12, 9, 0)), u"jeudi 12 novembre, 09:00"_s);
    }

    void initialsOfAnyName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("two words") << u"Claire Moreau"_s << u"CM"_s;
        QTest::newRow("three words") << u"Jean de La Tour"_s << u"JT"_s;
        QTest::newRow("one word") << u"support"_s << u"S"_s;
        QTest::newRow("accents") << u"élodie œuvrard"_s << u"ÉŒ"_s;
        QTest::newRow("matrix id") << u"@lea:x"_s << u"L"_s;
        QTest::newRow("nothing") << u""_s << u"?"_s;
        QTest::newRow("only signs") << u"!!! ***"_s << u"?"_s;
        QTest::newRow("outside the BMP") << u"𝒜da 🎈"_s << QString::fromUcs4(U"\U0001D49C");
        QTest::newRow("very long") << QString(100000, u'a') << u"A"_s;
        QTest::newRow("half a character") << QString(QChar(0xD83D)) << u"?"_s;
    }

    void initialsOfAnyName()
    {
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QCOMPARE(initials(name), expected);
    }

    void coloursStayTheSame()
    {
        // Known answers: another value would recolour everybody.
        QCOMPARE(avatarColour(u"@claire:exemple.gouv"_s), avatarColour(u"@claire:exemple.gouv"_s));
        QSet<int> seen;
        for (int i = 0; i < 200; ++i) {
            const auto colour = avatarColour(u"@user%1:x"_s.arg(i));
            QVERIFY(colour >= 0 && colour < avatarColours);
            seen += colour;
        }
        QCOMPARE(int(seen.size()), avatarColours);
        QCOMPARE(avatarColour(QString()), int(2166136261U % 7));
    }

    void linksAreFoundAndTheRestIsEscaped_data()
    {
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("expected");
        const auto link = [](const QString &href, const QString &text) {
            return u"<a href=\"%1\">%2</a>"_s.arg(href, text);
        };
        QTest::newRow("none") << u"bonjour <b>toi</b>"_s << QString();
        QTest::newRow("end of a sentence")
            << u"voir https://a.example/x."_s
            << u"voir "_s + link(u"https://a.example/x"_s, u"https://a.example/x"_s) + u'.';
        QTest::newRow("markup around") << u"<img src=x> https://a.example <script>"_s
                                       << u"&lt;img src=x&gt; "_s
                + link(u"https://a.example"_s, u"https://a.example"_s) + u" &lt;script&gt;"_s;
        QTest::newRow("brackets") << u"(https://a.example/b_(c))"_s
                                  << u'(' + link(u"https://a.example/b_(c)"_s, u"https://a.example/b_(c)"_s)
                + u')';
        QTest::newRow("a quote ends it")
            << u"https://a.example/\"onclick=\"x"_s
            << link(u"https://a.example/"_s, u"https://a.example/"_s) + u"&quot;onclick=&quot;x"_s;
        QTest::newRow("other scheme") << u"file:///etc/passwd javascript:alert(1)"_s << QString();
        QTest::newRow("a name before the host") << u"https://bank.example@evil.example/"_s << QString();
        QTest::newRow("a host in other letters that look the same")
            << u"https://\u0430\u0440\u0440\u04cf\u0435.com/x"_s
            << link(u"https://xn--80ak6aa92e.com/x"_s, u"https://\u0430\u0440\u0440\u04cf\u0435.com/x"_s)
                + u" (xn--80ak6aa92e.com)"_s;
        QTest::newRow("a host with accents")
            << u"https://acad\u00e9mie.example/"_s
            << link(u"https://xn--acadmie-eya.example/"_s, u"https://acad\u00e9mie.example/"_s)
                + u" (xn--acadmie-eya.example)"_s;
        QTest::newRow("a sign that looks like a slash")
            << u"https://bank.example\u2215login.evil.example/"_s
            << link(u"https://bank.xn--examplelogin-ni5g.evil.example/"_s,
                    u"https://bank.example\u2215login.evil.example/"_s)
                + u" (bank.xn--examplelogin-ni5g.evil.example)"_s;
        QTest::newRow("lines") << u"a\nhttps://a.example"_s
                               << u"a<br>"_s + link(u"https://a.example"_s, u"https://a.example"_s);
        QTest::newRow("ampersand") << u"https://a.example/?b=1&c=2"_s
                                   << link(u"https://a.example/?b=1&amp;c=2"_s,
                                           u"https://a.example/?b=1&amp;c=2"_s);
    }

    void linksAreFoundAndTheRestIsEscaped()
    {
        QFETCH(QString, plain);
        QFETCH(QString, expected);
        QCOMPARE(withLinks(plain), expected);
    }

    void aThousandLinksAreNotAllLinks()
    {
        const auto html = withLinks(u"https://a.example "_s.repeated(1000));
        QCOMPARE(html.count("<a href"_L1), 100);
    }

    void theMenuGetsTheFirstLinksOnce()
    {
        QCOMPARE(linksIn(u"https://a.example https://a.example (https://b.example/?c=1&d=2)."_s, 5),
                 QStringList({u"https://a.example"_s, u"https://b.example/?c=1&d=2"_s}));
        QCOMPARE(linksIn(u"https://a.example https://b.example https://c.example"_s, 2).size(), 2);
        QVERIFY(linksIn(u"file:///etc/passwd https://bank.example@evil.example/"_s, 5).isEmpty());
    }

    void onlyWebAndMailOpen()
    {
        QVERIFY(mayOpen(QUrl(u"https://a.example"_s)));
        QVERIFY(mayOpen(QUrl(u"mailto:a@a.example"_s)));
        QVERIFY(!mayOpen(QUrl(u"file:///etc/passwd"_s)));
        QVERIFY(!mayOpen(QUrl(u"smb://host/share"_s)));
        QVERIFY(!mayOpen(QUrl(u"https:///nohost"_s)));
        QVERIFY(!mayOpen(QUrl()));
    }

    void everyReasonHasASentence()
    {
        for (int i = 1; i <= int(UnreadableReason::UnknownAlgorithm); ++i) {
            QVERIFY2(!Sentences::unreadable(UnreadableReason(i)).isEmpty(), QByteArray::number(i));
            QVERIFY2(!Sentences::unreadable(UnreadableReason(i), 3).isEmpty(), QByteArray::number(i));
        }
        for (int i = 1; i <= int(ShieldReason::SentInClear); ++i)
            QVERIFY2(!Sentences::shield(ShieldReason(i)).isEmpty(), QByteArray::number(i));
        for (int i = 1; i <= int(RoomHeader::CannotSend::EncryptionUnknown); ++i)
            QVERIFY2(!Sentences::cannotSend(RoomHeader::CannotSend(i)).isEmpty(), QByteArray::number(i));
        for (int i = 1; i <= int(StoredState::SignedOut); ++i) {
            QVERIFY2(!Sentences::problemTitle(StoredState(i)).isEmpty(), QByteArray::number(i));
            QVERIFY2(!Sentences::problem(StoredState(i)).isEmpty(), QByteArray::number(i));
        }
    }

    void everyChangeHasASentenceForEverybody()
    {
        QSet<QString> seen;
        for (int i = 1; i <= int(StateChange::What::Upgraded); ++i) {
            StateChange change;
            change.what = StateChange::What(i);
            change.subjectName = u"Samir"_s;
            change.after = u"Après"_s;
            const auto other = Sentences::change(change, u"Claire"_s, false);
            QVERIFY2(!other.isEmpty(), QByteArray::number(i));
            QVERIFY2(!seen.contains(other), qPrintable(other));
            seen += other;
            QVERIFY(!Sentences::change(change, u"Claire"_s, true).isEmpty());
        }
    }

    void previewsNameTheSpeaker()
    {
        RoomSummary room;
        room.last.senderName = u"Claire Moreau"_s;
        room.last.preview = u"à demain"_s;
        room.last.ts = 1;
        QCOMPARE(Sentences::preview(room), u"Claire: à demain"_s);
        room.direct = true;
        QCOMPARE(Sentences::preview(room), u"à demain"_s);
        room.last.own = true;
        QCOMPARE(Sentences::preview(room), u"You: à demain"_s);
        room.membership = Membership::Invite;
        room.inviterName = u"Nadia"_s;
        QCOMPARE(Sentences::preview(room), u"Invitation from Nadia"_s);
    }
};

QTEST_GUILESS_MAIN(TextsTest)
#include "tst_texts.moc"
