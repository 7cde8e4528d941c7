// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/vectors.h"
#include "text/links.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

using Kind = MatrixLink::Kind;
using Problem = MatrixLink::Problem;

class LinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsTheKnownAnswers()
    {
        const QHash<QString, Kind> kinds{{u"user"_s, Kind::User},
                                         {u"room_id"_s, Kind::Room},
                                         {u"event_in_room"_s, Kind::EventInRoom},
                                         {u"not_matrix_or_warn"_s, Kind::NotMatrix},
                                         {u"invalid"_s, Kind::Invalid},
                                         {u"user_or_ignore_authority"_s, Kind::User}};
        const QJsonArray rows = test::ownVectors(u"matrix-uris"_s).array();
        QVERIFY(!rows.isEmpty());
        for (const QJsonValue &row : rows) {
            const MatrixLink link = parseLink(row["uri"_L1].toString());
            QVERIFY2(kinds.contains(row["kind"_L1].toString()), qPrintable(row["kind"_L1].toString()));
            QCOMPARE(link.kind, kinds.value(row["kind"_L1].toString()));
            QCOMPARE(link.id, row["id"_L1].toString());
            QCOMPARE(link.event, row["event"_L1].toString());
            QCOMPARE(link.via, row["via"_L1].toVariant().toStringList());
            QCOMPARE(link.action, row["action"_L1].toString());
        }
    }

    void parses_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("event");
        const auto add = [](const char *uri, Kind kind, const char *id = "", const char *event = "") {
            QTest::newRow(uri) << QString::fromUtf8(uri) << kind << QString::fromUtf8(id)
                               << QString::fromUtf8(event);
        };
        add("matrix:r/room:e.org", Kind::RoomAlias, "#room:e.org");
        add("matrix:room/room:e.org", Kind::RoomAlias, "#room:e.org");
        add("MATRIX:u/a:e.org", Kind::User, "@a:e.org");
        add("matrix:r/room:e.org/event/x", Kind::EventInAlias, "#room:e.org", "$x");
        add("matrix:roomid/opaque", Kind::Room, "!opaque");
        add("matrix:roomid/opaque/e/a%2Fb%2Bc", Kind::EventInRoom, "!opaque", "$a/b+c");
        add("matrix:u/a%3Ae.org", Kind::User, "@a:e.org");
        add("matrix:u/a%2Fb:e.org", Kind::User, "@a/b:e.org");
        add("matrix:u/a%2525:e.org", Kind::User, "@a%25:e.org");
        add("matrix:u/a:e.org:8448", Kind::User, "@a:e.org:8448");
        add("matrix:u/a:[::1]:80", Kind::User, "@a:[::1]:80");
        add("matrix:u/a:e.org#fragment", Kind::User, "@a:e.org");
        add("https://matrix.to/#/%40a%3Ae.org", Kind::User, "@a:e.org");
        add("https://matrix.to/#/#room:e.org", Kind::RoomAlias, "#room:e.org");
        add("https://matrix.to/#/%23room%3Ae.org/%24ev", Kind::EventInAlias, "#room:e.org", "$ev");
        add("https://matrix.to/#/!r/$a/b", Kind::EventInRoom, "!r", "$a/b");
        add("https://matrix.to/#/@a:e.org/", Kind::User, "@a:e.org");
        add("HTTPS://MATRIX.TO/#/@a:e.org", Kind::User, "@a:e.org");
        add("https://matrix.to#/@a:e.org", Kind::User, "@a:e.org");
        for (const char *uri :
             {"", "x", "https://e.org", "mailto:a@e.org", "matrixx:u/a:e.org", "https://matrix.to",
              "https://matrix.to.evil.org/#/@a:e.org", "https://x@matrix.to/#/@a:e.org",
              "https://matrix.to/x/#/@a:e.org", "https://matrix.to:8443/#/@a:e.org"})
            add(uri, Kind::NotMatrix);
    }

    void parses()
    {
        QFETCH(QString, uri);
        QFETCH(Kind, kind);
        QFETCH(QString, id);
        QFETCH(QString, event);
        const MatrixLink link = parseLink(uri);
        QCOMPARE(link.kind, kind);
        QCOMPARE(link.id, id);
        QCOMPARE(link.event, event);
        QCOMPARE(link.problem, Problem::None);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<Problem>("problem");
        const auto add = [](const char *uri, Problem problem) {
            QTest::newRow(uri) << QString::fromUtf8(uri) << problem;
        };
        for (const char *uri :
             {"matrix:", "matrix:u/", "matrix:u/a", "matrix:u/:e.org", "matrix:u/@a:e.org",
              "matrix:u/a:", "matrix:u/a:e org", "matrix:u/a:m\u00fcller.org", "matrix:u/a:e.org%00",
              "matrix:r/x", "matrix:roomid/", "https://matrix.to/#/", "https://matrix.to/#/@a"})
            add(uri,
                QByteArrayView(uri).contains("%00") || QByteArrayView(uri).contains(' ')
                    ? Problem::BadEncoding
                    : Problem::BadId);
        for (const char *uri :
             {"matrix:x/a:e.org", "matrix:e/x", "matrix:u/a:e.org/x", "matrix:r/a:e.org/x/y",
              "matrix:u/a:e.org/e/x/y", "https://matrix.to/#/+group:e.org"})
            add(uri, Problem::UnknownKind);
        for (const char *uri : {"matrix:u/a:e.org/e/x", "matrix:r/a:e.org/e/",
                                "https://matrix.to/#/!r:e.org/x", "https://matrix.to/#/@a:e.org/$x"})
            add(uri, Problem::BadEvent);
        for (const char *uri :
             {"matrix:u/%zz:e.org", "matrix:u/a%:e.org", "matrix:u/%ff:e.org", "matrix:u/%ed%a0%80:e.org",
              "matrix:u/a%0A:e.org", "matrix:u/a%E2%80%AE:e.org", "matrix:u/%+1:e.org"})
            add(uri, Problem::BadEncoding);
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, uri);
        QFETCH(Problem, problem);
        const MatrixLink link = parseLink(uri);
        QCOMPARE(link.kind, Kind::Invalid);
        QCOMPARE(link.problem, problem);
        QVERIFY(link.id.isEmpty());
    }

    void isBounded()
    {
        QCOMPARE(parseLink(u"matrix:u/"_s + QString(100'000, u'a') + u":e.org"_s).problem, Problem::TooLong);
        QCOMPARE(parseLink(u"matrix:u/"_s + QString(300, u'a') + u":e.org"_s).problem, Problem::BadId);
        QString many = u"matrix:roomid/a?"_s;
        for (int i = 0; i < 300; ++i)
            many += u"via=s%1.org&"_s.arg(i);
        QCOMPARE(parseLink(many).via.size(), MatrixLink::mostVia);
    }

    void takesTheQueryApart()
    {
        const MatrixLink link = parseLink(
            u"matrix:roomid/a?via=a.org&via=b.org&via=a.org&via=b%20c&via=%zz&x=y&action=join&action=fly&via"_s);
        QCOMPARE(link.via, QStringList({u"a.org"_s, u"b.org"_s}));
        QCOMPARE(link.action, u"join"_s);
        QCOMPARE(parseLink(u"https://matrix.to/#/!a:e.org?via=a.org"_s).via, QStringList(u"a.org"_s));
    }

    void knowsTheAdministrationsPermalinks()
    {
        const QString prefix = u"https://exemple.gouv"_s;
        for (const QString &uri :
             {u"https://exemple.gouv/#/@a:e.org"_s, u"https://exemple.gouv/#/user/@a:e.org"_s,
              u"HTTPS://exemple.GOUV/#/user/%40a%3Ae.org"_s})
            QCOMPARE(parseLink(uri, prefix).id, u"@a:e.org"_s);
        QCOMPARE(parseLink(u"https://exemple.gouv/#/room/!r:e.org/$x?via=e.org"_s, prefix).kind,
                 Kind::EventInRoom);
        for (const QString &uri :
             {u"https://exemple.gouv/"_s, u"https://exemple.gouv/#/home"_s,
              u"https://exemple.gouv.evil/#/@a:e.org"_s, u"http://exemple.gouv/#/@a:e.org"_s})
            QCOMPARE(parseLink(uri, prefix).kind, Kind::NotMatrix);
        QCOMPARE(parseLink(u"https://exemple.gouv/#/@a:e.org"_s).kind, Kind::NotMatrix);
        QCOMPARE(parseLink(u"http://exemple.gouv/#/@a:e.org"_s, u"http://exemple.gouv"_s).kind,
                 Kind::NotMatrix);
    }

    void whatIsWrittenIsRead()
    {
        for (const QString &id : {u"@a:e.org"_s, u"#r/s?t#u%v:e.org"_s, u"!r:e.org"_s, u"@é:e.org"_s})
            QCOMPARE(parseLink(matrixToLink(id)).id, id);
    }

    void doubtsWhatShowsAnotherHost()
    {
        const QUrl url(u"https://evil.example/x"_s);
        for (const QString &shown :
             {u"https://bank.example"_s, u"bank.example"_s, u"www.bank.example/login"_s,
              u"see https://bank.example now"_s, u" bank.example "_s})
            QVERIFY2(isDoubtful(url, shown), qPrintable(shown));
        for (const QString &shown : {u"here"_s, u"evil.example"_s, u"https://www.evil.example/y"_s,
                                     u"EVIL.example"_s, QString(), u"e.g. this"_s})
            QVERIFY2(!isDoubtful(url, shown), qPrintable(shown));
    }

    void findsNoAddressThatNobodyCouldFollow()
    {
        QCOMPARE(webAddressesIn(u"https://e.org/"_s + QString(100, QChar(0x4E00)), 10).size(), 1);
        QVERIFY(webAddressesIn(u"https://e.org/"_s + QString(1000, QChar(0x4E00)), 10)
                    .isEmpty()); // 9,000 encoded
    }

    void showsTheHostBehindForeignLetters()
    {
        const QUrl url(u"https://\u0430pple.com/x"_s);
        QCOMPARE(trueHost(url), u"xn--pple-43d.com"_s);
        QVERIFY(isDoubtful(url, u"https://\u0430pple.com"_s));
        QCOMPARE(trueHost(QUrl(u"mailto:a@b.example"_s)), u"b.example"_s);
        QVERIFY(isDoubtful(QUrl(u"mailto:a@evil.example"_s), u"a@bank.example"_s));
        QVERIFY(!isDoubtful(QUrl(u"mailto:a@b.example"_s), u"a@b.example"_s));
    }
};

QTEST_GUILESS_MAIN(LinksTest)
#include "tst_links.moc"
