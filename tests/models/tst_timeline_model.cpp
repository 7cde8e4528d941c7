// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/sample_world.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

class TimelineModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_port = std::make_unique<FakeTimelinePort>();
        m_model = std::make_unique<TimelineModel>(*m_port, m_media);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto now = QDateTime(QDate(2026, 11, 19), QTime(14, 0)).toMSecsSinceEpoch();
        m_model->setTexts({QLocale(QLocale::English), now});
        m_room = &m_port->conversation(RoomId(u"!r:x"_s));
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_port.reset();
    }

    void theNewestRowIsTheFirst()
    {
        m_room->items.reset({said(1, u"a"_s, 0), said(2, u"b"_s, 1)});

        open();

        QCOMPARE(bodies(), QStringList({u"2"_s, u"1"_s}));
    }

    void aPersonsMessagesMakeAGroup()
    {
        m_room->items.reset({said(1, u"a"_s, 0), said(2, u"a"_s, 1), said(3, u"b"_s, 2), said(4, u"b"_s, 9)});

        open();

        QCOMPARE(flags(TimelineModel::FirstOfGroupRole), (QList<bool>{true, true, false, true}));
    }

    void anItemBetweenBreaksTheGroupAndItsEndMendsIt()
    {
        m_room->items.reset({said(1, u"a"_s, 0), said(2, u"a"_s, 1)});
        open();

        m_room->items.insert(1, {said(3, u"b"_s, 0)});
        m_room->items.flush();
        QCOMPARE(flags(TimelineModel::FirstOfGroupRole), (QList<bool>{true, true, true}));

        m_room->items.remove(1);
        m_room->items.flush();
        QCOMPARE(flags(TimelineModel::FirstOfGroupRole), (QList<bool>{false, true}));
    }

    void aDayStandsAboveItsFirstMessage()
    {
        m_room->items.reset({said(1, u"a"_s, -24 * 60), said(2, u"a"_s, 0), said(3, u"a"_s, 1)});

        open();

        QCOMPARE(texts(TimelineModel::DayTextRole), QStringList({u""_s, u"Today"_s, u"Yesterday"_s}));

        m_room->items.insert(1, {said(4, u"a"_s, -1)});
        m_room->items.flush();
        QCOMPARE(texts(TimelineModel::DayTextRole), QStringList({u""_s, u""_s, u"Today"_s, u"Yesterday"_s}));
    }

    void theLineStaysWhereThePersonStopped()
    {
        m_room->items.reset({said(1, u"a"_s, 0), own(2, 1), said(3, u"b"_s, 2), said(4, u"b"_s, 3)});
        readUpTo(u"$1"_s);
        open();
        QCOMPARE(flags(TimelineModel::NewLineRole), (QList<bool>{false, true, false, false}));
        QCOMPARE(flags(TimelineModel::FirstOfGroupRole), (QList<bool>{false, true, true, true}));

        m_model->seen();

        QCOMPARE(m_room->read, QList<EventId>{EventId(u"$4"_s)});
        QCOMPARE(flags(TimelineModel::NewLineRole), (QList<bool>{false, true, false, false}));
    }

    void whatComesWhileAwayIsNew()
    {
        m_room->items.reset({said(1, u"a"_s, 0)});
        readUpTo(u"$1"_s);
        open();

        m_model->leftAlone();
        m_room->items.append(said(2, u"a"_s, 1));
        m_room->items.flush();

        QCOMPARE(flags(TimelineModel::NewLineRole), (QList<bool>{true, false}));
    }

    void whatComesWhileOneLooksIsNotNew()
    {
        m_room->items.reset({said(1, u"a"_s, 0)});
        readUpTo(u"$1"_s);
        open();

        m_model->seen();
        m_room->items.append(said(2, u"a"_s, 1));
        m_room->items.flush();
        QCOMPARE(flags(TimelineModel::NewLineRole), (QList<bool>{false, false}));

        m_model->lookedAway();
        m_room->items.append(said(3, u"a"_s, 2));
        m_room->items.flush();
        QCOMPARE(flags(TimelineModel::NewLineRole), (QList<bool>{true, false, false}));
    }

    void readingIsToldOnce()
    {
        m_room->items.reset({said(1, u"a"_s, 0)});
        open();

        m_model->seen();
        m_model->seen();

        QCOMPARE(m_room->read.size(), 1);
    }

    void anInvitationIsNeverMarkedRead()
    {
        m_room->items.reset({said(1, u"a"_s, 0)});
        auto header = m_room->header.get();
        header.membership = Membership::Invite;
        m_room->header.set(header);
        open();

        m_model->seen();

        QVERIFY(m_room->read.isEmpty());
    }

    void aKeyThatComesLateBringsAnotherDelegate()
    {
        auto item = said(1, u"a"_s, 0);
        item.kind = ItemKind::Unreadable;
        item.unreadable = UnreadableReason::KeyNotArrived;
        m_room->items.reset({item});
        open();
        QVERIFY(texts(TimelineModel::LineRole).first().contains("key"_L1));
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);

        m_room->items.update(0, said(1, u"a"_s, 0));
        m_room->items.flush();

        QCOMPARE(inserted.size(), 1);
        QCOMPARE(m_model->index(0).data(TimelineModel::BlockRole).toInt(), int(TimelineModel::MessageBlock));
        QCOMPARE(texts(TimelineModel::LineRole).first(), QString());
    }

    void whatHelpsIsDoneForTheWholeGroup()
    {
        auto asks = sealed(1, 0, UnreadableRemedy::AskAgain);
        m_room->items.reset({asks, sealed(2, 1, UnreadableRemedy::VerifyThisDevice),
                             sealed(3, 2, UnreadableRemedy::AskAgain), said(4, u"a"_s, 3),
                             sealed(5, 4, UnreadableRemedy::EnterRecoveryKey),
                             sealed(6, 5, UnreadableRemedy::None)});
        open();
        QSignalSpy verify(m_model.get(), &TimelineModel::verifyWanted);
        QSignalSpy key(m_model.get(), &TimelineModel::recoveryKeyWanted);

        m_model->help(u"1"_s);
        QCOMPARE(m_room->asked, (QList<EventId>{EventId(u"$3"_s), EventId(u"$1"_s)}));
        QVERIFY2(m_model->noticeText().contains(u'2'), qPrintable(m_model->noticeText()));

        m_model->help(u"2"_s);
        QCOMPARE(verify.size(), 1);
        m_model->help(u"5"_s);
        QCOMPARE(key.size(), 1);

        m_model->help(u"4"_s);
        m_model->help(u"6"_s);
        m_model->help(u"none"_s);
        QCOMPARE(m_room->asked.size() + verify.size() + key.size(), 4);
    }

    void aFailureToAskAgainIsSaid()
    {
        m_room->items.reset({sealed(1, 0, UnreadableRemedy::AskAgain)});
        m_room->askAnswer = fail(ErrorKind::Storage, u"PARVIS_DISK_FULL"_s);
        open();
        m_model->help(u"1"_s);
        QVERIFY(m_model->noticeText().contains("PARVIS_DISK_FULL"_L1));
    }

    void whatCanBeReadNowIsCountedOnce()
    {
        m_room->repaired.set({.count = 3, .batch = 1});
        open();
        QVERIFY(m_model->noticeText().contains(u'3'));
        QSignalSpy noticed(m_model.get(), &TimelineModel::noticeChanged);

        m_room->repaired.set({.count = 12, .batch = 2});
        QCOMPARE(noticed.size(), 1);
        QVERIFY(m_model->noticeText().contains("12"_L1));

        m_model->open({});
        QVERIFY(m_model->noticeText().isEmpty());
    }

    void aFailureSaysWhy()
    {
        auto item = own(1, 0);
        item.state = SendState::Failed;
        item.error = Error{ErrorKind::Forbidden, u"M_FORBIDDEN"_s, {}, 0};
        m_room->items.reset({item});
        open();

        QCOMPARE(m_model->index(0).data(TimelineModel::BlockRole).toInt(), int(TimelineModel::FailedBlock));
        QVERIFY(texts(TimelineModel::ErrorTextRole).first().endsWith("(M_FORBIDDEN)"_L1));
        QVERIFY(texts(TimelineModel::SpokenRole).first().contains("M_FORBIDDEN"_L1));
    }

    void olderMessagesComeOnceAtATime()
    {
        m_room->items.reset({said(2, u"a"_s, 1)});
        m_room->holdPage = true;
        open();

        m_model->loadOlder();
        m_model->loadOlder();
        QCOMPARE(m_room->held.size(), size_t(1));
        QVERIFY(m_model->loading());

        m_room->held.front().resolve(fail(ErrorKind::Timeout, u"PARVIS_TEST"_s));
        QVERIFY(!m_model->loading());
        QVERIFY(m_model->errorText().contains("PARVIS_TEST"_L1));
    }

    void anEmptyRoomLoadsItsFirstPageByItself()
    {
        m_room->older = {said(1, u"a"_s, 0)};

        open();

        QCOMPARE(bodies(), QStringList{u"1"_s});
        QVERIFY(m_model->atStart());
    }

    void anAnswerForAClosedRoomIsDropped()
    {
        m_room->holdPage = true;
        open();
        m_model->open({});

        m_room->held.front().resolve(fail(ErrorKind::Timeout, u"PARVIS_TEST"_s));

        QCOMPARE(m_model->errorText(), QString());
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->roomId(), QString());
    }

    void theLastOwnMessageCanBeEdited()
    {
        m_room->items.reset({own(1, 0), own(2, 1), said(3, u"a"_s, 2)});
        open();

        QCOMPARE(m_model->lastEditable()->eventId, EventId(u"$2"_s));
        QVERIFY(!m_model->find(u"$9"_s));
        QVERIFY(!m_model->find(QString()));
    }

    void typingIsASentence()
    {
        open();
        auto header = m_room->header.get();
        const auto typing = [&](const QStringList &names) {
            header.typing = names;
            m_room->header.set(header);
            return m_model->typingText();
        };
        QCOMPARE(typing({u"Samir"_s}), u"Samir is writing…"_s);
        QCOMPARE(typing({u"Samir"_s, u"Léa"_s}), u"Samir and Léa are writing…"_s);
        QCOMPARE(typing({u"a"_s, u"b"_s, u"c"_s}), u"Several people are writing…"_s);
        QCOMPARE(typing({}), QString());
    }

    void anyChangesKeepTheModelSound()
    {
        QRandomGenerator random(3);
        open();
        for (int i = 1; i < 1500; ++i) {
            auto item =
                random.bounded(3U) == 0 ? own(i, i) : said(i, random.bounded(2U) ? u"a"_s : u"b"_s, i);
            if (random.bounded(4U) == 0)
                item.kind = ItemKind(random.bounded(int(ItemKind::Unknown) + 1));
            const auto size = int(m_room->items.size());
            switch (size == 0 ? 0U : random.bounded(4U)) {
            case 0:
            case 1:
                m_room->items.insert(random.bounded(size + 1), {item});
                break;
            case 2:
                m_room->items.update(random.bounded(size), item);
                break;
            default:
                m_room->items.remove(random.bounded(size));
            }
            if (random.bounded(5U) == 0)
                m_room->items.flush();
        }
        m_room->items.flush();

        // What was followed step by step looks as what is built at once.
        TimelineRows fresh;
        const auto now = QDateTime(QDate(2026, 11, 19), QTime(14, 0)).toMSecsSinceEpoch();
        (void)fresh.setTexts({QLocale(QLocale::English), now});
        const auto diffs = fresh.apply({{ListDiff<TimelineItem>::Reset{m_room->items.items().toList()}}});
        QCOMPARE(m_model->items().toList(),
                 std::get<ListDiff<TimelineLine>::Reset>(diffs.first().change).items);
    }

private:
    void open() { m_model->open(RoomId(u"!r:x"_s)); }

    void readUpTo(const QString &event)
    {
        auto header = m_room->header.get();
        header.readUpTo = EventId(event);
        m_room->header.set(header);
    }

    /// Message @p number of @p who, so many minutes after 13:00.
    static TimelineItem said(int number, const QString &who, int minutes)
    {
        TimelineItem item;
        item.key = QString::number(number);
        item.eventId = EventId(u'$' + item.key);
        item.body = item.key;
        item.sender = UserId(u'@' + who);
        item.senderName = who;
        item.ts = QDateTime(QDate(2026, 11, 19), QTime(13, 0)).toMSecsSinceEpoch() + qint64(minutes) * 60000;
        return item;
    }

    static TimelineItem sealed(int number, int minutes, UnreadableRemedy remedy)
    {
        auto item = said(number, u"a"_s, minutes);
        item.kind = ItemKind::Unreadable;
        item.unreadable = UnreadableReason::KeyNotArrived;
        item.remedy = remedy;
        return item;
    }

    static TimelineItem own(int number, int minutes)
    {
        auto item = said(number, u"me"_s, minutes);
        item.own = true;
        item.editable = true;
        return item;
    }

    QStringList texts(int role) const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all += m_model->index(row).data(role).toString();
        return all;
    }

    QStringList bodies() const { return texts(TimelineModel::BodyRole); }

    QList<bool> flags(int role) const
    {
        QList<bool> all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all += m_model->index(row).data(role).toBool();
        return all;
    }

    std::unique_ptr<FakeTimelinePort> m_port;
    FakeMediaPort m_media;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    FakeConversation *m_room = nullptr;
};

QTEST_MAIN(TimelineModelTest)
#include "tst_timeline_model.moc"
