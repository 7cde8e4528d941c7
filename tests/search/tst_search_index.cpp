// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/temporary_cache.h"
#include "search/indexer.h"
#include "search/query.h"

#include <QJsonArray>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

const RoomId here(u"!r:x"_s);
const RoomId there(u"!other:x"_s);

Event at(qint64 ts, Event event)
{
    QJsonObject json = event.json();
    json["origin_server_ts"_L1] = ts;
    return make::event(json);
}

} // namespace

/// The index follows what the cache holds: everything that can be read, and nothing else.
class SearchIndexTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TemporaryCache> m_cache;
    std::unique_ptr<SearchStore> m_store;
    FakeClock m_clock;
    search::Stemmer m_stemmer;

    void commit(const StateChanges &changes)
    {
        const auto done = (*m_cache)->commit(changes);
        QVERIFY2(done, done ? "" : qPrintable(done.error().code + done.error().detail));
    }
    void live(const QList<Event> &events, const RoomId &room = here)
    {
        RoomChanges changes{.id = room, .membership = MemberState::Join};
        for (const Event &event : events)
            changes.timeline.append(make::stored(event));
        commit({.rooms = {changes}});
    }
    int step(int most)
    {
        search::Indexer indexer(**m_cache, *m_store, m_clock);
        const auto done = indexer.step(most);
        if (!done)
            qFatal("%s", qPrintable(done.error().code + done.error().detail));
        return *done;
    }
    void index()
    {
        while (step(100) > 0)
            ;
    }
    QStringList find(SearchTerms terms)
    {
        const auto page = m_store->find(terms);
        return page ? ids(*page) : QStringList{page.error().code + page.error().detail};
    }
    static QStringList ids(const SearchPage &page)
    {
        QStringList out;
        for (const SearchRow &row : page.rows)
            out.append(row.event.event.id.toString());
        return out;
    }
    QStringList find(const QString &typed)
    {
        return find({.match = search::queryOf(typed, m_stemmer).match()});
    }

private Q_SLOTS:
    void init()
    {
        m_cache = std::make_unique<TemporaryCache>();
        m_store = std::make_unique<SearchStore>(m_cache->database());
        m_clock.ms = 1'800'000'000'000;
    }
    void cleanup()
    {
        QVERIFY(m_cache->database().checkIntegrity());
        m_store.reset();
        m_cache.reset();
    }

    void findsWordsInTheirOtherForms()
    {
        live({at(1'700'000'000'000, make::message(u"$1"_s, u"@b:x"_s, u"La réunion est reportée"_s)),
              at(1'700'000'100'000, make::message(u"$2"_s, u"@b:x"_s, u"Les œuvres de l’État"_s))});
        QCOMPARE(find(u"reunion"_s), QStringList()); // nobody has written the index yet
        index();
        for (const QString &typed : {u"reunion"_s, u"RÉUNIONS"_s, u"réu"_s, u"reporté "_s, u"\"est report"_s})
            QCOMPARE(find(typed), QStringList{u"$1"_s});
        for (const QString &typed : {u"oeuvre "_s, u"Œuvres "_s, u"l'etat"_s, u"etat -reunion"_s})
            QCOMPARE(find(typed), QStringList{u"$2"_s});
        for (const QString &typed : {u"reun "_s, u"\"reportée est\""_s, u"reunion etat"_s, u"zzz"_s})
            QCOMPARE(find(typed), QStringList());
    }

    void theNewestComesFirst()
    {
        live({at(1'700'000'900'000, make::message(u"$late"_s, u"@b:x"_s, u"mot"_s)),
              at(1'700'000'100'000, make::message(u"$early"_s, u"@b:x"_s, u"mot"_s)),
              at(1'700'000'500'001, make::message(u"$middle b"_s, u"@b:x"_s, u"mot"_s)),
              at(1'700'000'500'000, make::message(u"$middle a"_s, u"@b:x"_s, u"mot"_s))});
        index();
        QCOMPARE(find(u"mot"_s), (QStringList{u"$late"_s, u"$middle b"_s, u"$middle a"_s, u"$early"_s}));
    }

    void anEventFromTheFutureStandsWhereItCame()
    {
        live({at(9'000'000'000'000, make::message(u"$future"_s, u"@b:x"_s, u"mot"_s)),
              at(-5, make::message(u"$past"_s, u"@b:x"_s, u"mot"_s))});
        index();
        m_clock.advance(100'000);
        live({at(m_clock.ms, make::message(u"$now"_s, u"@b:x"_s, u"mot"_s))});
        index();
        QCOMPARE(find(u"mot"_s), (QStringList{u"$now"_s, u"$future"_s, u"$past"_s}));
    }

    void aThousandMessagesOfOneMoment()
    {
        QList<Event> events;
        for (int i = 0; i < 1000; ++i)
            events.append(at(1'700'000'000'000, make::message(u"$%1"_s.arg(i), u"@b:x"_s, u"mot"_s)));
        live(events);
        index();
        QSet<QString> seen;
        SearchTerms terms{.match = search::queryOf(u"mot"_s, m_stemmer).match(), .limit = 70};
        do {
            const auto page = m_store->find(terms);
            QVERIFY(page);
            for (const SearchRow &row : page->rows)
                seen.insert(row.event.event.id.toString());
            terms.after = page->next;
        } while (terms.after);
        QCOMPARE(seen.size(), 1000);
    }

    void whatComesAfterABurstIsNewer()
    {
        QList<Event> events;
        for (int i = 0; i < 1000; ++i)
            events.append(at(1'700'000'000'000 + i * 4, make::message(u"$%1"_s.arg(i), u"@b:x"_s, u"mot"_s)));
        events.append(at(1'700'003'600'000, make::message(u"$later"_s, u"@b:x"_s, u"mot"_s)));
        live(events);
        index();
        SearchTerms terms{.match = search::queryOf(u"mot"_s, m_stemmer).match(), .limit = 2};
        const auto first = m_store->find(terms);
        QCOMPARE(ids(*first), (QStringList{u"$later"_s, u"$999"_s}));
        QStringList all = ids(*first);
        terms.limit = 90;
        for (auto page = first; page->next;) {
            terms.after = page->next;
            page = m_store->find(terms);
            all += ids(*page);
        }
        QStringList wanted{u"$later"_s};
        for (int i = 999; i >= 0; --i)
            wanted.append(u"$%1"_s.arg(i));
        QCOMPARE(all, wanted);
    }

    void largeMessagesAreTakenAFewATime()
    {
        QList<Event> events;
        for (int i = 0; i < 10; ++i)
            events.append(make::message(u"$%1"_s.arg(i), u"@b:x"_s, u"mot "_s.repeated(5000)));
        live(events);
        QCOMPARE(m_store->pending(100, 50'000)->size(), 3);
        QCOMPARE(m_store->pending(100, 1)->size(), 1);
        QCOMPARE(m_store->pending(2, 1'000'000)->size(), 2);
    }

    void aRoomThatWasLeftIsNotSearched()
    {
        live({make::message(u"$1"_s, u"@b:x"_s, u"mot"_s)});
        index();
        QCOMPARE(find(u"mot"_s), QStringList{u"$1"_s});
        commit({.rooms = {{.id = here, .membership = MemberState::Leave}}});
        QCOMPARE(find(u"mot"_s), QStringList());
        QVERIFY(m_store->reach()->isEmpty());
        QCOMPARE(m_store->counts()->rooms, 0);
    }

    void anEditIsFoundByItsNewWords()
    {
        live({make::message(u"$1"_s, u"@b:x"_s, u"ancien"_s)});
        index();
        live({make::edit(u"$2"_s, u"@b:x"_s, u"$1"_s, u"nouveau"_s),
              make::edit(u"$3"_s, u"@mallory:x"_s, u"$1"_s, u"faux"_s)});
        index();
        QCOMPARE(find(u"nouveau"_s), QStringList{u"$1"_s});
        QCOMPARE(find(u"ancien"_s), QStringList());
        QCOMPARE(find(u"faux"_s), QStringList());

        live({make::redaction(u"$4"_s, u"@b:x"_s, u"$2"_s)});
        index();
        QCOMPARE(find(u"nouveau"_s), QStringList());
        QCOMPARE(find(u"ancien"_s), QStringList{u"$1"_s});
    }

    void anEditWhoseKeyComesLateIsNoDocumentOfItsOwn()
    {
        const QJsonObject relation{{"rel_type"_L1, "m.replace"_L1}, {"event_id"_L1, "$1"_L1}};
        QJsonObject edit = make::encrypted(u"$2"_s, u"@b:x"_s, u"T"_s).json();
        QJsonObject content = edit["content"_L1].toObject();
        content["m.relates_to"_L1] = relation;
        edit["content"_L1] = content;
        live({make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s), make::event(edit)});
        commit({.decryptions = {{here, EventId(u"$1"_s), make::clearText(u"ancien"_s), {}}}});
        ClearText clear = make::clearText({});
        clear.content = R"({"msgtype":"m.text","body":"* nouveau","m.new_content":{"msgtype":"m.text",)"
                        R"("body":"nouveau"},"m.relates_to":{"rel_type":"m.replace","event_id":"$1"}})";
        commit({.decryptions = {{here, EventId(u"$2"_s), clear, {}}}});
        index();
        QCOMPARE(find(u"nouveau"_s), QStringList{u"$1"_s});
        QCOMPARE(find(u"ancien"_s), QStringList());

        live({make::redaction(u"$3"_s, u"@b:x"_s, u"$1"_s)});
        index();
        QCOMPARE(find(u"nouveau"_s), QStringList());
    }

    void whatIsTakenBackLeavesAtOnce()
    {
        live(
            {make::message(u"$1"_s, u"@b:x"_s, u"secret"_s), make::message(u"$2"_s, u"@b:x"_s, u"secret"_s)});
        index();
        live({make::redaction(u"$3"_s, u"@b:x"_s, u"$1"_s)});
        QCOMPARE(find(u"secret"_s), QStringList{u"$2"_s}); // without another turn of the index
        live({make::message(u"$4"_s, u"@b:x"_s, u"secret"_s), make::redaction(u"$5"_s, u"@b:x"_s, u"$4"_s)});
        index();
        QCOMPARE(find(u"secret"_s), QStringList{u"$2"_s});
    }

    void whatBecomesReadableIsFound()
    {
        live({make::encrypted(u"$1"_s, u"@b:x"_s, u"S"_s)});
        index();
        QCOMPARE(m_store->counts()->documents, 0);
        QCOMPARE(m_store->counts()->roomsWithoutKeys, 1);
        commit({.decryptions = {{here, EventId(u"$1"_s), make::clearText(u"enfin lisible"_s)}}});
        index();
        QCOMPARE(find(u"lisible"_s), QStringList{u"$1"_s});
        QCOMPARE(*m_store->counts(), (SearchCounts{1, 0, 1, 0}));
    }

    void history()
    {
        RoomChanges changes{.id = here,
                            .timeline = {make::stored(make::message(u"$9"_s, u"@b:x"_s, u"mot"_s))}};
        changes.limited = true;
        changes.prevBatch = u"t"_s;
        commit({.rooms = {changes}});
        QCOMPARE(m_store->reach()->first().complete, false);
        BackfillPage page{here, 0, u"t"_s, {}, {}, {}};
        page.events = {make::stored(at(500, make::message(u"$1"_s, u"@b:x"_s, u"mot ancien"_s))),
                       make::stored(at(400, make::state(u"$0"_s, u"@b:x"_s, event_type::create, {}, {})))};
        commit({.backfills = {page}});
        index();
        QCOMPARE(find(u"ancien"_s), QStringList{u"$1"_s});
        const auto reach = m_store->reach();
        QCOMPARE(reach->size(), 1);
        QCOMPARE(reach->first(), (SearchReach{here, 2, 400, true, 0}));
    }

    void filters()
    {
        const QJsonObject image{{"msgtype"_L1, "m.image"_L1}, {"filename"_L1, "plan.png"_L1}};
        live({at(1'700'000'000'000, make::message(u"$text"_s, u"@b:x"_s, u"le plan"_s)),
              at(1'700'000'100'000, make::message(u"$image"_s, u"@c:x"_s, u"le plan du site"_s, image)),
              at(1'700'000'200'000, make::message(u"$link"_s, u"@b:x"_s, u"plan https://x.example"_s))});
        live({at(1'700'000'300'000, make::message(u"$there"_s, u"@b:x"_s, u"plan"_s))}, there);
        index();
        const QByteArray plan = search::queryOf(u"plan"_s, m_stemmer).match();
        QCOMPARE(find({.match = plan}).size(), 4);
        QCOMPARE(find({.match = plan, .room = there}), QStringList{u"$there"_s});
        QCOMPARE(find({.match = plan, .sender = UserId(u"@c:x"_s)}), QStringList{u"$image"_s});
        QCOMPARE(find({.match = plan, .has = HasFile}), QStringList{u"$image"_s});
        QCOMPARE(find({.match = plan, .has = HasLink}), QStringList{u"$link"_s});
        QCOMPARE(find({.match = plan, .from = 1'700'000'100'000, .until = 1'700'000'200'000}),
                 QStringList{u"$image"_s});
        QCOMPARE(find({.has = HasImage}), QStringList{u"$image"_s});
        QCOMPARE(find({.room = here}), (QStringList{u"$link"_s, u"$image"_s, u"$text"_s}));
        QCOMPARE(find({.match = plan, .room = RoomId(u"!nowhere:x"_s)}), QStringList());
        QCOMPARE(find({.match = plan, .sender = UserId(u"@nobody:x"_s)}), QStringList());
        QCOMPARE(find(u"png"_s), QStringList{u"$image"_s});  // by its name
        QCOMPARE(find(u"site"_s), QStringList{u"$image"_s}); // and by its caption
    }

    void theBestComesFirstWhereAsked()
    {
        live({make::message(u"$often"_s, u"@b:x"_s, u"budget budget budget"_s),
              make::message(u"$once"_s, u"@b:x"_s,
                            u"budget et beaucoup d'autres choses que l'on dit dans une longue phrase"_s)});
        index();
        SearchTerms terms{.match = search::queryOf(u"budget"_s, m_stemmer).match(), .best = true, .limit = 1};
        const auto first = m_store->find(terms);
        QCOMPARE(first->rows.first().event.event.id, EventId(u"$often"_s));
        terms.after = first->next;
        const auto second = m_store->find(terms);
        QCOMPARE(second->rows.first().event.event.id, EventId(u"$once"_s));
        QVERIFY(!second->next);
    }

    void polls()
    {
        const QJsonObject poll{
            {"m.poll"_L1,
             QJsonObject{{"question"_L1,
                          QJsonObject{{"m.text"_L1, QJsonArray{QJsonObject{{"body"_L1, "Quel jour ?"_L1}}}}}},
                         {"answers"_L1, QJsonArray{QJsonObject{{"m.text"_L1, "jeudi"_L1}}}}}}};
        live({make::event(make::envelope(u"$p"_s, u"@b:x"_s, u"m.poll.start"_s, poll))});
        index();
        QCOMPARE(find(u"jour"_s), QStringList{u"$p"_s});
        QCOMPARE(find(u"jeudi"_s), QStringList{u"$p"_s});
    }

    void aForgottenRoomLeaves()
    {
        live({make::message(u"$1"_s, u"@b:x"_s, u"mot"_s)});
        live({make::message(u"$2"_s, u"@b:x"_s, u"mot"_s)}, there);
        index();
        commit({.forgotten = {here}});
        QCOMPARE(find(u"mot"_s), QStringList{u"$2"_s});
        QCOMPARE(m_store->counts()->documents, 1);
    }

    void whatWaitsOutlivesAnEnd()
    {
        live({make::message(u"$1"_s, u"@b:x"_s, u"mot"_s), make::message(u"$2"_s, u"@b:x"_s, u"mot"_s)});
        QCOMPARE(step(1), 1);
        m_store.reset();
        m_cache->reopen();
        m_store = std::make_unique<SearchStore>(m_cache->database());
        QCOMPARE(m_store->counts()->pending, 1);
        index();
        QCOMPARE(find(u"mot"_s).size(), 2);
        QCOMPARE(*m_store->hasPending(), false);
    }

    void aSearchIsInterrupted()
    {
        QList<Event> events;
        for (int i = 0; i < 3000; ++i)
            events.append(make::message(u"$%1"_s.arg(i), u"@b:x"_s, u"mot mot mot"_s));
        live(events);
        index();
        const std::atomic_bool now{true};
        m_cache->database().interruptWhen(&now);
        const auto page =
            m_store->find({.match = search::queryOf(u"mot"_s, m_stemmer).match(), .best = true});
        m_cache->database().interruptWhen(nullptr);
        QVERIFY(!page);
        QCOMPARE(page.error().code, u"PARVIS_CANCELLED"_s);
        QVERIFY(!m_cache->database().isDamaged());
    }
};

QTEST_GUILESS_MAIN(SearchIndexTest)
#include "tst_search_index.moc"
