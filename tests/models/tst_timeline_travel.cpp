// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

/// A conversation that is left for a place in its past.
class TimelineTravelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_port = std::make_unique<FakeTimelinePort>();
        m_model = std::make_unique<TimelineModel>(*m_port, m_media);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_room = &m_port->conversation(RoomId(u"!r:x"_s));
        m_room->items.reset({line(8), line(9)});
        m_room->past = {line(1), line(2)};
        m_room->newer = {line(8), line(9)};
        m_model->open(RoomId(u"!r:x"_s));
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_port.reset();
    }

    void thePastAndOnToTheNewest()
    {
        QSignalSpy arrived(m_model.get(), &TimelineModel::arrived);
        m_model->goTo(u"$2"_s);

        QCOMPARE(arrived.size(), 1);
        QCOMPARE(arrived.first().first().toString(), u"$2"_s);
        QVERIFY(!m_model->atEnd());
        QCOMPARE(m_model->rowCount(), 2);
        QVERIFY(!m_model->loading());

        m_model->seen(); // nothing of the past is told as read
        QVERIFY(m_room->read.isEmpty());

        m_model->loadNewer();
        QVERIFY(m_model->atEnd());
        QCOMPARE(m_model->rowCount(), 4);
        m_model->seen();
        QCOMPARE(m_room->read, QList<EventId>{EventId(u"$9"_s)});
    }

    void whatIsSeenOnTheWayIsNotRead()
    {
        m_model->expectJump();
        m_model->seen();
        QVERIFY(m_room->read.isEmpty());
        m_model->goTo({}); // nowhere
        m_model->seen();
        QCOMPARE(m_room->read, QList<EventId>{EventId(u"$9"_s)});
    }

    void aDateAndBack()
    {
        m_model->goToDate(QDateTime(QDate(2026, 1, 1), QTime(0, 0)));
        QCOMPARE(m_room->wentTo, QList<EventId>{EventId(u"$1"_s)});
        QVERIFY(!m_model->atEnd());

        m_model->backToNewest();
        QVERIFY(m_model->atEnd());
        m_model->loadNewer(); // nothing is newer
        QCOMPARE(m_model->rowCount(), 2);

        m_model->goToDate({});
        QCOMPARE(m_room->wentTo.size(), 1);
    }

    void whatGoesWrongIsSaid()
    {
        QSignalSpy arrived(m_model.get(), &TimelineModel::arrived);
        m_room->pageError = Error{ErrorKind::NotFound, u"M_NOT_FOUND"_s, {}};
        m_model->goTo(u"$2"_s);

        QVERIFY(arrived.isEmpty());
        QVERIFY(!m_model->errorText().isEmpty());
        QVERIFY(!m_model->loading());
        QCOMPARE(m_model->rowCount(), 2);
    }

private:
    static TimelineItem line(int number)
    {
        TimelineItem item;
        item.eventId = EventId(u"$%1"_s.arg(number));
        item.key = u"k%1"_s.arg(number);
        item.sender = UserId(u"@b:x"_s);
        item.senderName = u"Bea"_s;
        item.body = QString::number(number);
        item.ts = number * 1000;
        return item;
    }

    FakeMediaPort m_media;
    std::unique_ptr<FakeTimelinePort> m_port;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    FakeConversation *m_room = nullptr;
};

QTEST_MAIN(TimelineTravelTest)
#include "tst_timeline_travel.moc"
