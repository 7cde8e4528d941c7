// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/fake_search_port.h"
#include "models/search_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What is looked for, what was found, and what a person is told of it.
class SearchModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_port = std::make_unique<FakeSearchPort>();
        m_model = std::make_unique<SearchModel>(*m_port);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_model->setTexts(DateTexts(QLocale(QLocale::English), now, QTimeZone::utc()));
        for (int i = 0; i < 50; ++i)
            m_port->all.append(
                hit(i % 2 == 0 ? u"!a:x"_s : u"!b:x"_s, u"budget %1"_s.arg(i), now - i * 1000));
        m_model->setRoom(RoomId(u"!a:x"_s));
        m_model->setShown(true);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void itLooksInTheOpenConversationFirst()
    {
        m_model->setText(u"budget"_s);
        QVERIFY(m_model->busy());
        QTRY_COMPARE(m_model->rowCount(), 20);
        QCOMPARE(m_port->asked.size(), 1);
        QCOMPARE(m_port->asked.first().room, RoomId(u"!a:x"_s));
        QCOMPARE(said(0, SearchModel::RoomNameRole), QString());

        m_model->setEverywhere(true);
        QTRY_VERIFY(!m_model->busy());
        QCOMPARE(m_port->asked.last().room, RoomId());
        QCOMPARE(said(0, SearchModel::RoomNameRole), u"Salon !a:x"_s);
        QCOMPARE(said(1, SearchModel::RoomIdRole), u"!b:x"_s);
    }

    void whatIsTypedQuicklyIsAskedOnce()
    {
        for (const QString &text : {u"b"_s, u"budg"_s, u"budget"_s, u"budget 4"_s})
            m_model->setText(text);
        QTRY_VERIFY(m_model->rowCount() > 0);
        QCOMPARE(m_port->asked.size(), 1);
        QCOMPARE(m_port->asked.first().text, u"budget 4"_s);
    }

    void anAnswerThatIsOvertakenIsDropped()
    {
        m_port->hold = true;
        m_model->setText(u"budget 1"_s);
        QTRY_COMPARE(m_port->held.size(), 1U);
        m_model->setText(u"budget 2"_s);
        QCOMPARE(m_port->cancelled, 1);
        QTRY_COMPARE(m_port->held.size(), 2U);

        m_port->held[1].resolve(m_port->answer(m_port->asked.at(1)));
        QTRY_VERIFY(!m_model->busy());
        const int found = m_model->rowCount();
        m_port->held[0].resolve(SearchResult{.hits = {m_port->all.first()}, .coverage = {}});
        QCoreApplication::processEvents();

        QVERIFY(found > 1);
        QCOMPARE(m_model->rowCount(), found);
    }

    void moreComesAtTheEnd()
    {
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        QVERIFY(m_model->more());
        QCOMPARE(m_model->foundText(), u"More than 20 message(s) found"_s);

        m_model->loadMore();
        m_model->loadMore(); // one page at a time

        QTRY_COMPARE(m_model->rowCount(), 25);
        QVERIFY(!m_model->more());
        QCOMPARE(m_port->asked.size(), 2);
        QCOMPARE(m_port->asked.last().after, u"20"_s);
        m_model->loadMore();
        QCOMPARE(m_port->asked.size(), 2);
    }

    void aStrangersMarkupIsText()
    {
        SearchHit hostile = hit(u"!a:x"_s, u"<img src=x> & budget <b>x</b>"_s, now);
        m_port->all = {hostile};
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 1);
        QCOMPARE(said(0, SearchModel::SnippetRole),
                 u"&lt;img src=x&gt; &amp; <b>budget</b> &lt;b&gt;x&lt;/b&gt;"_s);
    }

    void stretchesThatMakeNoSenseMarkNothing()
    {
        SearchHit odd = hit(u"!a:x"_s, u"abc"_s, now);
        odd.highlights = {{-5, 2}, {1, 1}, {0, 2}, {2, 500}, {900, 3}};
        m_port->hold = true;
        m_model->setText(u"b"_s);
        QTRY_COMPARE(m_port->held.size(), 1U);
        m_port->held[0].resolve(SearchResult{.hits = {odd}, .coverage = {}});
        QTRY_COMPARE(m_model->rowCount(), 1);
        QCOMPARE(QString(said(0, SearchModel::SnippetRole)).remove(u"<b>"_s).remove(u"</b>"_s), u"abc"_s);
    }

    void whatGoesWrongIsSaidAndTriedAgain()
    {
        m_port->error = Error{ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, {}, 0};
        m_model->setText(u"budget"_s);
        QTRY_VERIFY(!m_model->errorText().isEmpty());
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->foundText(), QString());

        m_port->error.reset();
        m_model->retry();
        QTRY_COMPARE(m_model->rowCount(), 20);
        QCOMPARE(m_model->errorText(), QString());
    }

    void nothingIsAskedWhileNobodyLooks()
    {
        m_model->setShown(false);
        m_model->setText(u"budget"_s);
        QTest::qWait(300);
        QCOMPARE(m_port->asked.size(), 0);
        QVERIFY(!m_model->busy());

        m_model->setShown(true);
        QTRY_COMPARE(m_model->rowCount(), 20);
    }

    void anEmptyWishFindsNothingUnlessItIsOfAKind()
    {
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        m_model->setText(u"  "_s);
        QCOMPARE(m_model->rowCount(), 0);
        QVERIFY(!m_model->wanting());

        m_model->setText({});
        m_model->setKind(SearchModel::File);
        QTRY_VERIFY(!m_model->busy());
        QCOMPARE(m_port->asked.last().has, SearchFor::File);
        QVERIFY(m_model->rowCount() > 0);
    }

    void hitsOfAllConversationsStayWhileOneGoesThroughThem()
    {
        m_model->setEverywhere(true);
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        m_model->setRoom(RoomId(u"!b:x"_s));
        QTest::qWait(250);
        QCOMPARE(m_port->asked.size(), 1);
        QCOMPARE(m_model->rowCount(), 20);
    }

    void aPageOfWhichAllIsLeftOutIsNotTheEnd()
    {
        m_port->hold = true;
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_port->held.size(), 1U);
        m_port->held[0].resolve(SearchResult{.hits = {}, .next = u"20"_s, .coverage = {}});
        QTRY_COMPARE(m_port->held.size(), 2U);
        QVERIFY(m_model->busy());
        QCOMPARE(m_port->asked.last().after, u"20"_s);
        m_port->held[1].resolve(SearchResult{.hits = {m_port->all.first()}, .coverage = {}});
        QTRY_COMPARE(m_model->rowCount(), 1);
    }

    void aLaterPageThatFailsIsSaidAndTriedAgain()
    {
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        m_port->error = Error{ErrorKind::Storage, u"PARVIS_STORE_FAILED"_s, {}, 0};
        m_model->loadMore();
        QTRY_VERIFY(!m_model->errorText().isEmpty());
        QCOMPARE(m_model->rowCount(), 20);
        const auto asked = m_port->asked.size();
        m_model->loadMore(); // not by itself
        QCOMPARE(m_port->asked.size(), asked);
        m_port->error.reset();
        m_model->retry();
        QTRY_COMPARE(m_model->rowCount(), 25);
    }

    void aSearchWithoutAConversationStaysOneOverAll()
    {
        m_model->setRoom({});
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        m_model->setRoom(RoomId(u"!b:x"_s));
        QTest::qWait(250);
        QVERIFY(m_model->everywhere());
        QCOMPARE(m_model->rowCount(), 20);
        QCOMPARE(m_port->asked.size(), 1);
    }

    void howFarItReachesIsSaid()
    {
        m_port->reach.coverage = {.rooms = 2, .indexedEvents = 1234, .roomsWithoutAllKeys = 3};
        m_port->reach.rooms = {{RoomId(u"!a:x"_s), 12, now - 24LL * 3600 * 1000, false, 2}};
        m_port->reach.history = {HistoryFetching::State::Fetching, 7};
        m_model->setShown(false);
        m_model->setShown(true);
        QTRY_COMPARE(m_model->reachText(),
                     u"Searched back to yesterday. 2 message(s) cannot be read, and are not found. "
                     "Older messages are being fetched: 7 conversation(s) left."_s);

        m_model->setEverywhere(true);
        QVERIFY(m_model->reachText().startsWith(u"This device searches 1,234 messages."_s));
    }

    void nothingIsLeftForTheNextPerson()
    {
        m_model->setEverywhere(true);
        m_model->setText(u"budget"_s);
        QTRY_COMPARE(m_model->rowCount(), 20);
        m_model->forget();
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->text(), QString());
        QVERIFY(!m_model->everywhere());
    }

private:
    static constexpr qint64 now = 1'795'000'000'000;

    static SearchHit hit(const QString &room, const QString &text, qint64 ts)
    {
        static int counter = 0;
        return {.roomId = RoomId(room),
                .eventId = EventId(u"$h%1"_s.arg(++counter)),
                .sender = UserId(u"@claire:x"_s),
                .senderName = u"Claire"_s,
                .roomName = u"Salon "_s + room,
                .ts = ts,
                .snippet = text,
                .highlights = {}};
    }

    [[nodiscard]] QString said(int row, int role) const
    {
        return m_model->data(m_model->index(row), role).toString();
    }

    std::unique_ptr<FakeSearchPort> m_port;
    std::unique_ptr<SearchModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(SearchModelTest)
#include "tst_search_model.moc"
