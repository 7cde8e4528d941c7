// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/consent_page.h"
#include "models/file_kind.h"
#include "models/timeline_rows.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QTest>
#include <QUrl>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What the lines of a conversation say and how a screen reader says it; which pages are opened.
class RowWordsTest : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void takeAddress(const QUrl &address) { m_opened += address; }

private Q_SLOTS:
    void init()
    {
        m_opened.clear();
        for (const auto &scheme : {u"https"_s, u"http"_s, u"file"_s})
            QDesktopServices::setUrlHandler(scheme, this, "takeAddress");
    }
    void cleanup()
    {
        for (const auto &scheme : {u"https"_s, u"http"_s, u"file"_s})
            QDesktopServices::unsetUrlHandler(scheme);
    }

    void onlyAPageOnTheWebIsOpened()
    {
        for (const auto &no : {u""_s, u"http://exemple.gouv/a"_s, u"file:///etc/passwd"_s, u"https:///a"_s,
                               u"https://"_s, u"javascript:alert(1)"_s, u"exemple.gouv"_s,
                               u"//exemple.gouv/a"_s, u"ssh://exemple.gouv"_s, u"https://exemple.gouv/a b"_s})
            QVERIFY2(!openConsentPage(no), qPrintable(no));
        QVERIFY(m_opened.isEmpty());

        QVERIFY(openConsentPage(u"https://exemple.gouv/account?action=a%20b#c"_s));
        QCOMPARE(m_opened, QList<QUrl>{QUrl(u"https://exemple.gouv/account?action=a%20b#c"_s)});
        QVERIFY(openConsentPage(u"HTTPS://exemple.gouv"_s)); // a scheme has no case
        QCOMPARE(m_opened.size(), 2);
    }

    void anIconForEachKind_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("icon");
        const auto row = [](const char *type, const QString &icon) {
            QTest::newRow(type) << QString::fromLatin1(type) << icon;
        };
        row("image/png", u"image"_s);
        row("image/svg+xml", u"image"_s); // before what is in it
        row("audio/x-wav", u"music"_s);
        row("video/webm", u"film"_s);
        row("text/csv", u"file-text"_s);
        row("application/pdf", u"file-text"_s);
        row("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", u"file-text"_s);
        row("application/vnd.ms-excel", u"file-text"_s);
        row("application/zip", u"file-archive"_s);
        row("application/x-xz", u"file-archive"_s);
        row("application/octet-stream", u"file"_s);
        row("", u"file"_s);
        row("imagery/png", u"file"_s);
    }
    void anIconForEachKind()
    {
        QFETCH(QString, type);
        QFETCH(QString, icon);
        QCOMPARE(fileIcon(type), icon);
    }

    void aMessageIsSaidWithAllThatItsSignsSay()
    {
        auto item = said();
        item.edited = true;
        item.state = SendState::Sending;
        item.shieldReason = ShieldReason::UnsignedDevice;
        const auto spoken = line(item).spoken;

        QVERIFY(spoken.startsWith(u"Claire, "_s));
        QVERIFY(spoken.endsWith(
            u": bonjour, edited, being sent, Sent from a device that its owner has not verified."_s));
        QVERIFY(line(said()).spoken.endsWith(u": bonjour"_s)); // and no word more
    }

    void onesOwnMessageIsYours()
    {
        auto item = said();
        item.own = true;
        QVERIFY(line(item).spoken.startsWith(u"You, "_s));
    }

    void whoGaveTheKeyIsSaid()
    {
        auto item = said();
        item.shieldReason = ShieldReason::KeyFromElsewhere;
        item.sharedBy = UserId(u"@paul:exemple.gouv"_s);
        const auto row = line(item);
        QVERIFY2(row.shieldText.contains(u"@paul:exemple.gouv"_s), qPrintable(row.shieldText));
        QVERIFY(!row.shieldText.contains(u"backup"_s));
        QVERIFY(row.spoken.endsWith(row.shieldText));

        item.sharedBy = {};
        QVERIFY(line(item).shieldText.contains(u"backup"_s));
    }

    void aFileIsSaidByNameSizeAndWords()
    {
        auto item = file();
        QVERIFY(line(item).spoken.endsWith(u": file a.pdf, 2 KB, pour vous"_s));
        QCOMPARE(line(item).fileText, u"2 KB"_s);
        item.media.caption.clear();
        item.media.bytes = -1;
        QVERIFY(line(item).spoken.endsWith(u": file a.pdf, size unknown"_s));
    }

    void filesOfOneNameAreToldApart()
    {
        auto one = file();
        auto two = file();
        two.key = u"2"_s;
        auto other = file();
        other.key = u"3"_s;
        other.media.name = u"b.pdf"_s;
        QCOMPARE(line(one).fileLabel, u"a.pdf"_s);
        auto all = lines({one, two, other});
        QCOMPARE(all[0].fileLabel, u"a.pdf, Claire, today, 13:01"_s);
        QCOMPARE(all[1].fileLabel, u"a.pdf, Claire, today, 13:01, no. 2"_s);
        QCOMPARE(all[2].fileLabel, u"b.pdf"_s);
    }

    void aNamesakeThatComesIsToldOfInBothLines()
    {
        TimelineRows rows;
        QList<TimelineLine> all;
        auto second = file();
        second.key = u"2"_s;
        second.senderName = u"Paul"_s;
        replay(rows.apply({{ListDiff<TimelineItem>::Reset{{file()}}}}), all);
        replay(rows.apply({{ListDiff<TimelineItem>::Insert{1, {second}}}}), all);
        QVERIFY(all[0].fileLabel.startsWith(u"a.pdf, Claire"_s));
        QVERIFY(all[1].fileLabel.startsWith(u"a.pdf, Paul"_s));
        replay(rows.apply({{ListDiff<TimelineItem>::Remove{1, 1}}}), all);
        QCOMPARE(all[0].fileLabel, u"a.pdf"_s);
    }

    void aFileThatFailedSaysWhy()
    {
        auto item = file();
        item.own = true;
        item.state = SendState::Failed;
        item.error = Error{ErrorKind::NotFound, u"PARVIS_OUTGOING_FILE_GONE"_s, {}, 0};
        const auto row = line(item);
        QCOMPARE(row.fileStep, TimelineLine::FileFailed);
        QCOMPARE(row.fileText, u"2 KB"_s);
        QVERIFY(row.spoken.contains(u"PARVIS_OUTGOING_FILE_GONE"_s));
    }

    void fourPeopleAreThreeAndOneMore()
    {
        QList<TimelineItem> all;
        for (int number = 0; number < 5; ++number) {
            auto item = said(number);
            item.kind = ItemKind::State;
            item.change.what = StateChange::What::Joined;
            item.senderName = QString(QChar(u'A' + number % 4));
            all += item;
        }
        const auto row = lines(all).first();
        QCOMPARE(row.block, TimelineLine::ChangesBlock);
        QVERIFY2(row.line.contains(u"A, B, C and 1 other(s)"_s), qPrintable(row.line));
        QVERIFY(row.spoken.startsWith(row.line));
    }

private:
    static TimelineItem said(int number = 1)
    {
        TimelineItem item;
        item.key = QString::number(number);
        item.eventId = EventId(u'$' + item.key);
        item.body = u"bonjour"_s;
        item.sender = UserId(u"@claire:x"_s);
        item.senderName = u"Claire"_s;
        item.ts = QDateTime(QDate(2026, 11, 19), QTime(13, number)).toMSecsSinceEpoch();
        return item;
    }
    static TimelineItem file()
    {
        auto item = said();
        item.kind = ItemKind::File;
        item.media = {.name = u"a.pdf"_s, .mediaType = {}, .bytes = 2048, .caption = u"pour vous"_s};
        return item;
    }
    static QList<TimelineLine> lines(const QList<TimelineItem> &items);
    static void replay(const ListDiffs<TimelineLine> &diffs, QList<TimelineLine> &rows)
    {
        using Row = ListDiff<TimelineLine>;
        for (const auto &diff : diffs) {
            if (const auto *insert = std::get_if<Row::Insert>(&diff.change)) {
                rows.insert(insert->at, insert->items.size(), {});
                std::copy(insert->items.cbegin(), insert->items.cend(), rows.begin() + insert->at);
            } else if (const auto *update = std::get_if<Row::Update>(&diff.change)) {
                // a view never exchanges the delegate of a row
                QCOMPARE(update->item.block, rows.at(update->at).block);
                rows[update->at] = update->item;
            } else if (const auto *remove = std::get_if<Row::Remove>(&diff.change)) {
                rows.remove(remove->at, remove->count);
            } else {
                rows = std::get<Row::Reset>(diff.change).items;
            }
        }
    }
    static TimelineLine line(const TimelineItem &item) { return lines({item}).first(); }

    QList<QUrl> m_opened;
};

QList<TimelineLine> RowWordsTest::lines(const QList<TimelineItem> &items)
{
    TimelineRows rows;
    QList<TimelineLine> all;
    replay(rows.setTexts(
               {QLocale(QLocale::English), QDateTime(QDate(2026, 11, 19), QTime(14, 0)).toMSecsSinceEpoch()}),
           all);
    replay(rows.apply({{ListDiff<TimelineItem>::Reset{items}}}), all);
    return all;
}

QTEST_MAIN(RowWordsTest)
#include "tst_row_words.moc"
