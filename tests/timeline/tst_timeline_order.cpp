// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/await.h"
#include "fakes/event_maker.h"
#include "fakes/fake_history.h"
#include "fakes/fake_sync.h"
#include "fakes/temporary_cache.h"
#include "store/statement.h"
#include "timeline/room_timeline.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parvis;
using namespace parvis::timeline;
using namespace Qt::StringLiterals;

namespace {

const RoomId room(u"!r:x"_s);

/// What a window would show that hears nothing but diffs.
QList<Item> replay(QList<Item> list, const ListDiffs<Item> &diffs)
{
    for (const ListDiff<Item> &diff : diffs) {
        if (const auto *insert = std::get_if<ListDiff<Item>::Insert>(&diff.change)) {
            for (qsizetype i = 0; i < insert->items.size(); ++i)
                list.insert(insert->at + i, insert->items.at(i));
        } else if (const auto *update = std::get_if<ListDiff<Item>::Update>(&diff.change)) {
            list[update->at] = update->item;
        } else if (const auto *remove = std::get_if<ListDiff<Item>::Remove>(&diff.change)) {
            list.remove(remove->at, remove->count);
        } else {
            list = std::get<ListDiff<Item>::Reset>(diff.change).items;
        }
    }
    return list;
}

/// A room as its server has it: one list, of which the client sees pieces.
class Server
{
public:
    explicit Server(quint32 seed) : random(seed) {}

    QRandomGenerator random;
    QList<Event> events;
    qsizetype delivered = 0; ///< up to here by synchronising
    QList<LocalEcho> echoes;

    void happen()
    {
        const QString id = u"$%1"_s.arg(events.size());
        const QString sender = random.bounded(2) ? u"@me:x"_s : u"@b:x"_s;
        const int what = random.bounded(10);
        if (what < 2 && !events.isEmpty())
            events.append(make::edit(id, sender, someId(), u"edit "_s + id));
        else if (what == 2 && !events.isEmpty())
            events.append(make::redaction(id, sender, someId()));
        else if (what == 3 && !echoes.isEmpty())
            events.append(arrival(id));
        else
            events.append(make::message(id, sender, u"body "_s + id));
    }
    void echo()
    {
        const QString txn = u"x%1"_s.arg(++m_echoes);
        echoes.append({TransactionId(txn),
                       ItemState::Sending,
                       {},
                       1,
                       event_type::message,
                       QJsonDocument(make::message(u"$"_s, u"@me:x"_s, txn).content()).toJson(),
                       {},
                       false});
    }
    /// What the next synchronisation says; sometimes too much has happened, sometimes some of it is known.
    RoomChanges sync()
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        const qsizetype limit = 1 + random.bounded(6);
        qsizetype from = std::max(delivered, events.size() - limit);
        changes.limited = from > delivered || (delivered == 0 && from > 0);
        if (!changes.limited && random.bounded(3) == 0)
            from = std::max<qsizetype>(0, from - random.bounded(4)); // an expanded timeline
        for (qsizetype i = from; i < events.size(); ++i)
            changes.timeline.append(make::stored(events.at(i)));
        changes.prevBatch = QString::number(from);
        delivered = events.size();
        return changes;
    }
    EventPage older(const QString &from, int limit) const
    {
        EventPage page;
        qsizetype at = from.isEmpty() ? events.size() : from.toLongLong();
        while (at > 0 && page.chunk.size() < limit)
            page.chunk.append(events.at(--at));
        if (at > 0)
            page.end = QString::number(at);
        return page;
    }
    EventPage newer(const QString &from, int limit) const
    {
        EventPage page;
        qsizetype at = from.toLongLong();
        while (at < events.size() && page.chunk.size() < limit)
            page.chunk.append(events.at(at++));
        if (at < events.size())
            page.end = QString::number(at);
        return page;
    }
    ContextPage around(const EventId &event, int limit)
    {
        ContextPage page;
        const qsizetype at = event.toString().mid(1).toLongLong();
        const qsizetype from = std::max<qsizetype>(0, at - random.bounded(limit));
        const qsizetype end = std::min<qsizetype>(events.size(), at + 1 + random.bounded(limit));
        page.events = events.mid(from, end - from);
        page.start = QString::number(from);
        page.end = end < events.size() ? QString::number(end) : QString();
        return page;
    }
    /// The ids of all that has a line, whatever became of it.
    QStringList ids() const
    {
        QStringList out;
        for (const Event &event : events) {
            if (event.type == event_type::message && !event.content().contains("m.new_content"_L1))
                out.append(event.id.toString());
        }
        return out;
    }
    /// Every line of the room up to the event with number @p upTo, id and text, as who has the events for
    /// which
    /// @p has answers true can know it.
    QStringList lines(qsizetype upTo, const std::function<bool(const EventId &)> &has) const
    {
        QHash<EventId, QString> text;
        QSet<EventId> gone;
        QHash<EventId, const Event *> byId;
        QStringList out;
        for (qsizetype i = 0; i < events.size(); ++i) {
            if (!has(events.at(i).id))
                continue;
            if (events.at(i).type == event_type::redaction)
                gone.insert(EventId(events.at(i).content()["redacts"_L1].toString()));
            byId.insert(events.at(i).id, &events.at(i));
        }
        const auto isEdit = [](const Event &event) { return event.content().contains("m.new_content"_L1); };
        for (qsizetype i = 0; i < events.size(); ++i) {
            const Event &event = events.at(i);
            if (!has(event.id))
                continue;
            const EventId target(event.content()["m.relates_to"_L1]["event_id"_L1].toString());
            const Event *original = byId.value(target);
            // One time for all: then the larger id is the newer edit.
            if (isEdit(event) && original && original->sender == event.sender && !gone.contains(event.id)
                && !isEdit(*original)) {
                const QString body = event.content()["m.new_content"_L1]["body"_L1].toString();
                if (!text.contains(target) || event.id > EventId(m_editOf.value(target)))
                    text.insert(target, body), m_editOf.insert(target, event.id.toString());
            }
        }
        m_editOf.clear();
        for (qsizetype i = 0; i < upTo; ++i) {
            const Event &event = events.at(i);
            if (event.type != event_type::message)
                continue;
            if (gone.contains(event.id))
                out.append(isEdit(event) ? u"gone?"_s + event.id.toString()
                                         : event.id.toString() + u" gone"_s);
            else if (!isEdit(event))
                out.append(event.id.toString() + u' '
                           + text.value(event.id, event.content()["body"_L1].toString()));
        }
        return out;
    }

    QString someId() { return u"$%1"_s.arg(random.bounded(int(events.size()))); }

private:
    Event arrival(const QString &id)
    {
        const LocalEcho echo = echoes.takeFirst();
        QJsonObject json = make::message(id, u"@me:x"_s, echo.txn.toString()).json();
        json["unsigned"_L1] = QJsonObject{{"transaction_id"_L1, echo.txn.toString()}};
        m_sent.append(echo);
        return make::event(json);
    }

    int m_echoes = 0;
    QList<LocalEcho> m_sent;
    mutable QHash<EventId, QString> m_editOf;
};

QString line(const Item &item)
{
    return item.id.toString() + u' ' + (item.kind == ItemKind::Redacted ? u"gone"_s : item.body());
}

} // namespace

/// Random interleavings of synchronising, going to places of the past, paginating both ways, sending and
/// restarting against the server's own list.
class tst_TimelineOrder : public QObject
{
    Q_OBJECT

private:
    static void checkAgainst(const Server &server, TemporaryCache &cache, RoomTimeline &timeline,
                             const QList<Item> &replica)
    {
        timeline.items().flush();
        QCOMPARE(replica, timeline.items().items().toList());
        QStringList shown, ids;
        qsizetype echoes = 0;
        QSet<QString> keys;
        for (const Item &item : timeline.items().items()) {
            QVERIFY2(!keys.contains(item.key), qPrintable(item.key));
            keys.insert(item.key);
            if (item.id.isEmpty())
                ++echoes;
            else
                shown.append(line(item)), ids.append(item.id.toString());
            QVERIFY(item.id.isEmpty() || echoes == 0); // echoes come last
        }
        if (!timeline.edges().get().atEnd) {
            // A piece of the past: nothing missing in it, nothing twice, in the server's order.
            const QStringList all = server.ids();
            QCOMPARE(echoes, 0);
            const qsizetype first = ids.isEmpty() ? 0 : all.indexOf(ids.first());
            QCOMPARE(ids, all.mid(first, ids.size()));
            return;
        }
        // What was seen beyond the last synchronisation counts as well.
        const qsizetype seen = ids.isEmpty() ? 0 : ids.last().mid(1).toLongLong() + 1;
        QStringList expected = server.lines(std::max(server.delivered, seen), [&](const EventId &id) {
            return cache->events().placeOf(room, id)->has_value();
        });
        // A redacted edit has no line where it was known as an edit, and one where the server had emptied it
        // before.
        expected.removeIf([](const QString &text) { return text.startsWith("gone?"_L1); });
        shown.removeIf(
            [&](const QString &text) { return text.endsWith(" gone"_L1) && !expected.contains(text); });
        QVERIFY(shown.size() <= expected.size());
        const QStringList end = expected.mid(expected.size() - shown.size());
        QVERIFY2(shown == end, qPrintable(shown.join(u'|') + u"\n"_s + end.join(u'|')));
    }

private Q_SLOTS:
    void whateverComesWhen()
    {
        for (quint32 seed = 1; seed <= 60; ++seed) {
            Server server(seed);
            TemporaryCache cache;
            FakeSyncCrypto crypto;
            FakeHistory history;
            history.answer = [&](const QString &from, int limit) -> Result<EventPage> {
                return server.older(from, 1 + int(server.random.bounded(limit)));
            };
            history.answerNewer = [&](const QString &from, int limit) -> Result<EventPage> {
                return server.newer(from, 1 + int(server.random.bounded(limit)));
            };
            history.answerAround = [&](const EventId &event, int) -> Result<ContextPage> {
                return server.around(event, 5);
            };
            std::unique_ptr<RoomTimeline> timeline;
            QList<Item> replica;
            const auto restart = [&] {
                timeline.reset();
                cache.reopen();
                timeline = std::make_unique<RoomTimeline>(*cache, crypto, history, room);
                QVERIFY(timeline->open());
                timeline->setEchoes(server.echoes);
                timeline->items().subscribe(
                    timeline.get(), [&](const ListDiffs<Item> &diffs) { replica = replay(replica, diffs); });
            };
            restart();
            for (int step = 0; step < 60; ++step) {
                switch (server.random.bounded(10)) {
                case 0:
                case 1:
                    for (int n = server.random.bounded(5); n >= 0; --n)
                        server.happen();
                    break;
                case 2:
                case 3:
                    QVERIFY(cache->commit({.rooms = {server.sync()}}));
                    timeline->setEchoes(server.echoes);
                    break;
                case 4:
                case 5:
                    QVERIFY(await(timeline->paginateBack(5)));
                    break;
                case 6:
                    if (!server.events.isEmpty())
                        QVERIFY(await(timeline->goTo(EventId(server.someId()))));
                    break;
                case 7:
                    QVERIFY(await(timeline->paginateForward(5)));
                    break;
                case 8:
                    if (server.random.bounded(3) == 0)
                        QVERIFY(timeline->backToNewest());
                    break;
                default:
                    if (server.random.bounded(3) == 0)
                        restart();
                    else
                        server.echo();
                }
                checkAgainst(server, cache, *timeline, replica);
                if (QTest::currentTestFailed())
                    qFatal("seed %u, step %d", seed, step);
            }
            QVERIFY(cache->commit({.rooms = {server.sync()}}));
            for (int n = 0; n < 300 && !timeline->edges().get().atEnd; ++n) {
                QVERIFY(await(timeline->paginateForward(5)));
                checkAgainst(server, cache, *timeline, replica);
            }
            QVERIFY(timeline->edges().get().atEnd);
            for (int n = 0; n < 300 && !timeline->edges().get().atStart; ++n)
                QVERIFY(await(timeline->paginateBack(5)));
            QVERIFY(timeline->edges().get().atStart || server.events.isEmpty());
            checkAgainst(server, cache, *timeline, replica);
            // All that is known stands in one order now.
            QCOMPARE(cache.database()
                         .one("SELECT count(*) FROM events WHERE chunk < 0",
                              [](const Statement &s) { return s.get<int>(0); })
                         ->value(),
                     0);
            QVERIFY(!QTest::currentTestFailed());
        }
    }
};

QTEST_GUILESS_MAIN(tst_TimelineOrder)
#include "tst_timeline_order.moc"
