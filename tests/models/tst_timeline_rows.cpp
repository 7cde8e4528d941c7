// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/timeline_rows.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

using Block = TimelineLine::Block;
using Change = ListDiff<TimelineItem>;

/// Message @p number of @p who, so many minutes after 13:00.
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

TimelineItem file(int number)
{
    auto item = said(number, u"a"_s);
    item.kind = ItemKind::File;
    item.media.name = u"plan.pdf"_s;
    return item;
}

TimelineItem sealed(int number, const QString &who, UnreadableReason reason = UnreadableReason::KeyNotArrived)
{
    auto item = said(number, who);
    item.kind = ItemKind::Unreadable;
    item.unreadable = reason;
    return item;
}

TimelineItem changed(int number, const QString &who, StateChange::What what = StateChange::What::Joined)
{
    auto item = said(number, who);
    item.kind = ItemKind::State;
    item.change.what = what;
    return item;
}

QList<TimelineItem> changedOnes(int first, int last)
{
    QList<TimelineItem> all;
    for (int i = first; i <= last; ++i)
        all += changed(i, QString(QChar(u'a' + i % 5)));
    return all;
}

QList<TimelineItem> sealedOnes(int first, int last)
{
    QList<TimelineItem> all;
    for (int i = first; i <= last; ++i)
        all += sealed(i, u"a"_s);
    return all;
}

} // namespace

/// The rows as a model has them, which knows of the differences alone.
class TimelineRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rows = {};
        m_seen.clear();
        m_inserted = m_removed = 0;
        follow(m_rows.setTexts(texts()));
    }

    void manyUnreadableMessagesAreOneRow()
    {
        reset({said(1, u"a"_s), sealed(2, u"a"_s), sealed(3, u"b"_s), sealed(4, u"a"_s), sealed(5, u"c"_s),
               said(6, u"c"_s)});

        QCOMPARE(blocks(), (QList<int>{Block::MessageBlock, Block::FoldedBlock, Block::MessageBlock}));
        QCOMPARE(m_seen.at(1).stands, 4);
        QVERIFY2(m_seen.at(1).line.contains(u'4'), qPrintable(m_seen.at(1).line));
        QCOMPARE(m_seen.at(1).from, u"c, a, b"_s);
        QVERIFY(m_seen.at(1).spoken.contains(m_seen.at(1).line));
        // the row shows nobody's picture, so the next message shows its sender's
        QVERIFY(m_seen.at(2).firstOfGroup);
    }

    void aFewStayAsTheyAre()
    {
        reset(sealedOnes(1, 3));

        QCOMPARE(blocks(), QList<int>(3, int(Block::UnreadableBlock)));
    }

    void anotherReasonIsAnotherRow()
    {
        auto items = sealedOnes(1, 4);
        for (int i = 5; i <= 8; ++i)
            items += sealed(i, u"a"_s, UnreadableReason::SentBeforeDevice);

        reset(items);

        QCOMPARE(blocks(), QList<int>(2, int(Block::FoldedBlock)));
        QVERIFY(m_seen.at(0).line != m_seen.at(1).line);
    }

    void aKeyThatComesLatePartsTheRow()
    {
        reset(sealedOnes(1, 5));
        QCOMPARE(blocks(), QList<int>{Block::FoldedBlock});

        follow(m_rows.apply({{Change::Update{4, said(5, u"a"_s)}}}));
        QCOMPARE(blocks(), (QList<int>{Block::FoldedBlock, Block::MessageBlock}));

        follow(m_rows.apply({{Change::Update{1, said(2, u"a"_s)}}}));
        QCOMPARE(keys(), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
    }

    void olderOnesOnlyChangeTheirRow()
    {
        auto items = sealedOnes(11, 14);
        items += said(15, u"a"_s);
        reset(items);

        follow(m_rows.apply({{Change::Insert{0, sealedOnes(1, 10)}}}));

        QCOMPARE(m_inserted + m_removed, 0);
        QCOMPARE(m_seen.first().stands, 14);
    }

    void theLineOfNewMessagesPartsTheRow()
    {
        reset(sealedOnes(1, 8));

        follow(m_rows.setNewAfter(EventId(u"$4"_s)));

        QCOMPARE(blocks(), QList<int>(2, int(Block::FoldedBlock)));
        QVERIFY(!m_seen.at(0).newLine);
        QVERIFY(m_seen.at(1).newLine);
    }

    void anOlderPageBringsThePlaceOfReading()
    {
        follow(m_rows.setNewAfter(EventId(u"$2"_s)));
        reset({said(5, u"a"_s), said(6, u"a"_s)});
        QVERIFY(!m_rows.hasNewLine());

        follow(m_rows.apply({{Change::Insert{0, {said(3, u"a"_s), said(4, u"a"_s)}}}}));
        QVERIFY(!m_rows.hasNewLine());

        follow(m_rows.apply({{Change::Insert{0, {said(1, u"a"_s), said(2, u"a"_s)}}}}));
        QVERIFY(m_seen.at(2).newLine);
        QCOMPARE(m_seen.at(2).item.key, u"3"_s);
    }

    void filesOfOneNameAreToldApartWhereverTheyCome()
    {
        reset({said(3, u"a"_s), file(4)});
        QCOMPARE(m_seen.last().fileLabel, u"plan.pdf"_s);

        follow(m_rows.apply({{Change::Insert{0, {file(1), said(2, u"a"_s)}}}}));
        QVERIFY(m_seen.last().fileLabel != "plan.pdf"_L1);

        follow(m_rows.apply({{Change::Update{0, said(1, u"a"_s)}}}));
        QCOMPARE(m_seen.last().fileLabel, u"plan.pdf"_s);
    }

    void aDayInsideASentenceHasNoCapital()
    {
        auto items = sealedOnes(1, 4);
        items.first().ts -= qint64(24) * 3600 * 1000;

        reset(items);

        QVERIFY2(m_seen.first().from.endsWith("newest: today"_L1), qPrintable(m_seen.first().from));
    }

    void manyChangesOfADayAreOneRow()
    {
        auto items = changedOnes(1, 12);
        items.first().own = true;
        items += said(13, u"a"_s);
        reset(items);

        QCOMPARE(blocks(), (QList<int>{Block::ChangesBlock, Block::MessageBlock}));
        QCOMPARE(m_seen.first().stands, 12);
        QCOMPARE(m_seen.first().line, u"12 change(s): You, c, d and 3 other(s)"_s);
        QCOMPARE(m_seen.first().timeText, u"13:12"_s);
        QCOMPARE(m_seen.first().dayText, u"Today"_s);
        QVERIFY(m_seen.at(1).firstOfGroup);
    }

    void aFewChangesStayAsTheyAre()
    {
        reset(changedOnes(1, 3));
        QCOMPARE(blocks(), QList<int>(3, int(Block::StateBlock)));
    }

    void changesOfAnotherDayAreAnotherRow()
    {
        auto items = changedOnes(1, 8);
        for (int i = 0; i < 4; ++i)
            items[i].ts -= qint64(24) * 3600 * 1000;

        reset(items);

        QCOMPARE(blocks(), QList<int>(2, int(Block::ChangesBlock)));
        QVERIFY(!m_seen.at(1).dayText.isEmpty());
    }

    void whatSaysNothingIsNotCounted()
    {
        auto items = changedOnes(1, 4);
        items += changed(5, u"a"_s, StateChange::What::None);
        reset(items);
        QCOMPARE(blocks(), (QList<int>{Block::ChangesBlock, Block::StateBlock}));
        QCOMPARE(m_seen.first().stands, 4);
    }

    void changesComeOutOneByOneAndStaySo()
    {
        auto items = changedOnes(1, 6);
        items += said(7, u"a"_s);
        reset(items);

        follow(m_rows.unfold(m_seen.first().item.key));

        QCOMPARE(blocks(), QList<int>(6, int(Block::StateBlock)) + QList<int>{Block::MessageBlock});
        QCOMPARE(m_seen.first().dayText, u"Today"_s);
        follow(m_rows.setTexts(texts()));
        QCOMPARE(m_seen.size(), 7);
        follow(m_rows.apply({{Change::Insert{0, changedOnes(-9, 0)}}}));
        QCOMPARE(m_seen.size(), 8);
        QCOMPARE(m_seen.first().stands, 10);
        follow(m_rows.unfold(u"nothing"_s));
        QCOMPARE(m_seen.size(), 8);
    }

    void manyPeopleAreCounted()
    {
        QList<TimelineItem> items;
        for (int i = 0; i < 10; ++i)
            items += sealed(i, QString(QChar(u'a' + i)));

        reset(items);

        QVERIFY2(m_seen.first().from.startsWith("j, i, h"_L1), qPrintable(m_seen.first().from));
        QVERIFY2(m_seen.first().from.contains(u'7'), qPrintable(m_seen.first().from));
    }

    void anyChangesEndAsWhatIsBuiltAtOnce_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 30; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void anyChangesEndAsWhatIsBuiltAtOnce()
    {
        QFETCH(quint32, seed);
        const bool unfolding = seed > 20;
        QRandomGenerator random(seed);
        EventId readUpTo;
        for (int i = 1; i < 300; ++i) {
            const auto size = m_rows.items().size();
            QList<TimelineItem> some;
            for (int n = 1 + int(random.bounded(4U)); n > 0; --n)
                some += anyItem(random, i * 10 + n);
            switch (random.bounded(unfolding ? 7U : 6U)) {
            case 6:
                for (const auto &row : m_seen) {
                    if (row.block == Block::ChangesBlock) {
                        follow(m_rows.unfold(row.item.key));
                        break;
                    }
                }
                break;
            case 0:
                readUpTo = EventId(u'$' + QString::number(random.bounded(i * 10 + 5)));
                follow(m_rows.setNewAfter(readUpTo));
                break;
            case 1:
            case 2:
                follow(m_rows.apply({{Change::Insert{qsizetype(random.bounded(size + 1)), some}}}));
                break;
            case 3:
                if (size > 0)
                    follow(m_rows.apply({{Change::Update{qsizetype(random.bounded(size)), some.first()}}}));
                break;
            default:
                if (size > 2) {
                    const auto at = qsizetype(random.bounded(size - 2));
                    follow(m_rows.apply({{Change::Remove{at, 1 + qsizetype(random.bounded(2U))}}}));
                }
            }

            if (unfolding) { // made anew as a whole, nothing is different
                auto copy = m_rows;
                QVERIFY(copy.setTexts(texts()).isEmpty());
                continue;
            }
            TimelineRows fresh;
            (void)fresh.setTexts(texts());
            (void)fresh.setNewAfter(readUpTo);
            const auto built = fresh.apply({{Change::Reset{m_rows.items()}}});
            QList<TimelineLine> wanted;
            replay(built, wanted);
            QCOMPARE(m_seen, wanted);
        }
    }

private:
    static DateTexts texts()
    {
        return {QLocale(QLocale::English), QDateTime(QDate(2026, 11, 19), QTime(14, 0)).toMSecsSinceEpoch()};
    }

    static TimelineItem anyItem(QRandomGenerator &random, int number)
    {
        const auto who = random.bounded(2U) ? u"a"_s : u"b"_s;
        if (random.bounded(4U) == 0)
            return said(number, who);
        if (random.bounded(2U))
            return changed(number, who);
        auto item = sealed(number, who,
                           random.bounded(6U) ? UnreadableReason::KeyNotArrived : UnreadableReason::Damaged);
        item.remedy = UnreadableRemedy(random.bounded(3U) + 2U);
        return item;
    }

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

    void follow(const ListDiffs<TimelineLine> &diffs)
    {
        for (const auto &diff : diffs) {
            m_inserted += int(std::holds_alternative<ListDiff<TimelineLine>::Insert>(diff.change));
            m_removed += int(std::holds_alternative<ListDiff<TimelineLine>::Remove>(diff.change));
        }
        replay(diffs, m_seen);
    }

    void reset(const QList<TimelineItem> &items) { follow(m_rows.apply({{Change::Reset{items}}})); }

    QList<int> blocks() const
    {
        QList<int> all;
        for (const auto &row : m_seen)
            all += int(row.block);
        return all;
    }

    QStringList keys() const
    {
        QStringList all;
        for (const auto &row : m_seen)
            all += row.item.key;
        return all;
    }

    TimelineRows m_rows;
    QList<TimelineLine> m_seen;
    int m_inserted = 0;
    int m_removed = 0;
};

QTEST_GUILESS_MAIN(TimelineRowsTest)
#include "tst_timeline_rows.moc"
