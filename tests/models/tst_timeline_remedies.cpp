// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/timeline_rows.h"

#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

using Change = ListDiff<TimelineItem>;

TimelineItem said(int number, const QString &who)
{
    TimelineItem item;
    item.key = QString::number(number);
    item.eventId = EventId(u'$' + item.key);
    item.body = item.key;
    item.sender = UserId(u'@' + who);
    item.senderName = who;
    item.ts = QDateTime(QDate(2026, 11, 19), QTime(13, 0)).toMSecsSinceEpoch() + qint64(number) * 60000;
    return item;
}

/// A message that cannot be read, with what helps.
TimelineItem helped(int number, UnreadableRemedy remedy)
{
    auto item = said(number, u"a"_s);
    item.kind = ItemKind::Unreadable;
    item.unreadable = remedy == UnreadableRemedy::VerifyThisDevice ? UnreadableReason::UntrustedDevice
                                                                   : UnreadableReason::KeyNotArrived;
    item.remedy = remedy;
    return item;
}

} // namespace

/// Where the button stands that helps against messages that cannot be read.
class TimelineRemediesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rows = {};
        m_all.clear();
        (void)m_rows.setTexts(
            {QLocale(QLocale::English), QDateTime(QDate(2026, 11, 19), QTime(14, 0)).toMSecsSinceEpoch()});
    }

    void theButtonStandsOnceInAGroupAtItsEnd()
    {
        auto items = QList<TimelineItem>{helped(1, UnreadableRemedy::AskAgain), said(2, u"a"_s)};
        items += {helped(3, UnreadableRemedy::AskAgain), helped(4, UnreadableRemedy::VerifyThisDevice),
                  helped(5, UnreadableRemedy::AskAgain), helped(6, UnreadableRemedy::Wait)};
        reset(items);

        QCOMPARE(offers(), (QList<bool>{true, false, false, true, true, false}));
        QVERIFY(!m_all.at(2).remedyText.isEmpty()); // its menu has it all the same
        QVERIFY(m_all.at(5).remedyText.isEmpty());
    }

    void theButtonMovesToWhatComesAndBackWhereThatCanBeRead()
    {
        reset(
            {said(1, u"a"_s), helped(2, UnreadableRemedy::AskAgain), helped(3, UnreadableRemedy::AskAgain)});
        QCOMPARE(offers(), (QList<bool>{false, false, true}));

        take(m_rows.apply({{Change::Insert{3, {helped(4, UnreadableRemedy::AskAgain)}}}}));
        QCOMPARE(offers(), (QList<bool>{false, false, false, true}));

        take(m_rows.apply({{Change::Update{3, said(4, u"a"_s)}}}));
        QCOMPARE(offers(), (QList<bool>{false, false, true, false}));
    }

    void oneRowOfManyHasTheButton()
    {
        QList<TimelineItem> items;
        for (int i = 1; i <= 5; ++i)
            items += helped(i, UnreadableRemedy::EnterRecoveryKey);
        reset(items);

        QCOMPARE(offers(), QList<bool>{true});
    }

    void whatHelpsTheGroupIsItsOwn()
    {
        reset({helped(1, UnreadableRemedy::AskAgain), said(2, u"a"_s), helped(3, UnreadableRemedy::AskAgain),
               helped(4, UnreadableRemedy::VerifyThisDevice), helped(5, UnreadableRemedy::AskAgain)});

        const auto wanted = QList<EventId>{EventId(u"$5"_s), EventId(u"$3"_s)};
        QCOMPARE(m_rows.helpedBy(UnreadableRemedy::AskAgain, u"3"_s, 10), wanted);
        QCOMPARE(m_rows.helpedBy(UnreadableRemedy::AskAgain, u"5"_s, 1), wanted.mid(0, 1));
        QVERIFY(m_rows.helpedBy(UnreadableRemedy::AskAgain, u"2"_s, 10).isEmpty());
        QVERIFY(m_rows.helpedBy(UnreadableRemedy::AskAgain, u"none"_s, 10).isEmpty());
    }

private:
    void reset(const QList<TimelineItem> &items) { take(m_rows.apply({{Change::Reset{items}}})); }

    /// As a view has the rows, which knows of the differences alone.
    void take(const ListDiffs<TimelineLine> &diffs)
    {
        using Row = ListDiff<TimelineLine>;
        for (const auto &diff : diffs) {
            if (const auto *insert = std::get_if<Row::Insert>(&diff.change))
                m_all = m_all.mid(0, insert->at) + insert->items + m_all.mid(insert->at);
            else if (const auto *update = std::get_if<Row::Update>(&diff.change))
                m_all[update->at] = update->item;
            else if (const auto *remove = std::get_if<Row::Remove>(&diff.change))
                m_all.remove(remove->at, remove->count);
            else
                m_all = std::get<Row::Reset>(diff.change).items;
        }
    }

    QList<bool> offers() const
    {
        QList<bool> all;
        for (const auto &row : m_all)
            all += row.offersRemedy;
        return all;
    }

    TimelineRows m_rows;
    QList<TimelineLine> m_all;
};

QTEST_MAIN(TimelineRemediesTest)
#include "tst_timeline_remedies.moc"
