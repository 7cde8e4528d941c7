// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search_index.h"

#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "floors/bare_search.h"
#include "search/document.h"
#include "search/indexer.h"
#include "store/transaction.h"

#include "made_up_language.h"

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

constexpr int batch = 512; // events a transaction, in all tables
constexpr int roomCount = 300;
constexpr int senderCount = 1000;
constexpr int oneInHasLink = 40;
constexpr int repeats = 10;      // of a question, for one figure,
constexpr double enoughMs = 100; // unless fewer take so long
constexpr qint64 firstMs = 1'760'000'000'000;
constexpr qint64 yearMs = 365LL * 24 * 3600 * 1000;

RoomId roomAt(int number)
{
    return RoomId(u"!room%1:bench.example"_s.arg(number));
}

UserId senderAt(int number)
{
    return UserId(u"@person%1:bench.example"_s.arg(number));
}

/// A cache full of messages, and the same messages in a database of their own.
class Both
{
public:
    explicit Both(int messages) : m_messages(messages) {}

    [[nodiscard]] bool fill()
    {
        // As the product opens its cache.
        if (!m_cache.database().run("PRAGMA cache_size = -32768") || !m_bare.create() || !makeRooms())
            return false;
        for (int at = 0; at < m_messages;) {
            QList<BareSearch::Message> rows;
            for (const int end = std::min(m_messages, at + 4 * batch); at < end; ++at)
                rows.append(message(at));
            if (!m_bare.add(rows) || !store(std::move(rows)))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool index(SearchIndex &out)
    {
        FakeClock clock;
        SearchStore store(m_cache.database());
        search::Indexer indexer(*m_cache, store, clock);
        const double before = threadMs();
        for (;;) {
            const auto done = indexer.step(batch);
            if (!done)
                return false;
            if (*done == 0)
                break;
        }
        out.indexing.ms += threadMs() - before;
        return indexBare(out);
    }

    /// From here on it is asked.
    [[nodiscard]] bool openReaders()
    {
        auto opened = searchConnection(m_cache.database());
        if (!opened || !m_bare.openReader())
            return false;
        m_reader = *std::move(opened);
        return true;
    }

    /// @p terms and @p bare are the same filters.
    [[nodiscard]] SearchQuestion ask(const QString &what, const QString &typed, int rounds, SearchTerms terms,
                                     BareSearch::Question bare)
    {
        SearchQuestion out{.what = what, .index = {}, .floor = {}, .wordsAlone = {}};
        const search::Query query = search::queryOf(typed, m_stemmer);
        terms.match = bare.match = query.match();
        bare.limit = terms.limit;
        BareSearch::Question plain = bare;
        plain.match = BareSearch::plainMatch(query);
        for (int round = 0; round < rounds; ++round) {
            QSet<QString> found, floor;
            out.index.ms += each([&] { found = askIndex(terms); });
            out.floor.ms += each([&] { floor = m_bare.ask(bare, BareSearch::WithStems); });
            out.wordsAlone.ms += each([&] { (void)m_bare.ask(plain, BareSearch::WordsAlone); });
            out.same = found == floor && (round == 0 || out.same);
            out.found = found.size();
        }
        return out;
    }

    void takeAway(SearchIndex &out)
    {
        m_reader.reset();
        out.bytes = dropTables(m_cache.database(), {"search_text"});
        out.entryBytes = dropTables(m_cache.database(), {"search_entries", "search_senders"});
        out.floorBytes = m_bare.takeAway(BareSearch::WithStems);
    }

    [[nodiscard]] const MadeUpLanguage &language() const { return m_language; }

private:
    template <typename Work>
    [[nodiscard]] static double each(Work work)
    {
        const double before = threadMs();
        int done = 0;
        while (done == 0 || (done < repeats && threadMs() - before < enoughMs)) {
            work();
            ++done;
        }
        return (threadMs() - before) / done;
    }

    [[nodiscard]] bool makeRooms()
    {
        QList<RoomChanges> rooms;
        for (int room = 0; room < roomCount; ++room) {
            rooms.append(RoomChanges());
            rooms.last().id = roomAt(room);
        }
        if (!m_cache->commit({.rooms = rooms}))
            return false;
        for (int room = 0; room < roomCount; ++room) {
            const auto row = m_cache.database().one(
                "SELECT id FROM rooms WHERE room_id = ?", [](const Statement &s) { return s.get<qint64>(0); },
                roomAt(room));
            if (!row || !*row)
                return false;
            m_rooms.append(**row);
        }
        return true;
    }

    [[nodiscard]] BareSearch::Message message(int number)
    {
        const int room = int(m_language.number(roomCount));
        const int sender = int(m_language.number(senderCount));
        const bool link = m_language.number(oneInHasLink) == 0;
        QString text = m_language.sentence();
        if (link)
            text += u" https://example.org/"_s + QString::number(number);
        const qint64 ts = firstMs + qint64(double(number) / m_messages * double(yearMs));
        const QString id = u"$%1:bench"_s.arg(number);
        QJsonObject json = make::envelope(id, senderAt(sender).toString(), u"m.room.message"_s,
                                          {{"msgtype"_L1, "m.text"_L1}, {"body"_L1, text}});
        json["origin_server_ts"_L1] = ts;
        return {.number = number + 1,
                .room = room,
                .sender = sender,
                .ts = ts,
                .has = link ? HasLink : 0,
                .eventId = id,
                .raw = QJsonDocument(json).toJson(QJsonDocument::Compact)};
    }

    /// Rows as a commit leaves them, which would take many times as long; by room, as it does.
    [[nodiscard]] bool store(QList<BareSearch::Message> messages)
    {
        std::stable_sort(messages.begin(), messages.end(),
                         [](const auto &a, const auto &b) { return a.room < b.room; });
        Database &database = m_cache.database();
        const auto done = transact(database, [&]() -> Result<void> {
            for (const BareSearch::Message &one : std::as_const(messages)) {
                auto stored = database.run(
                    "INSERT INTO events (room, chunk, place, event_id, type, sender, ts, txn, redacted, raw,"
                    " shield, shield_reason, reason, session, rel_type, rel_target, own, counts, preview)"
                    " VALUES (?, 0, ?, ?, 'm.room.message', ?, ?, '', 0, ?, 0, '', 0, '', '', '', 0, 0, 1)",
                    m_rooms.at(one.room), one.number, one.eventId, senderAt(one.sender), one.ts,
                    Utf8{one.raw});
                if (stored)
                    stored = SearchStore(database).lookAt(database.lastInsertId());
                if (!stored)
                    return stored;
            }
            return {};
        });
        return done.has_value();
    }

    [[nodiscard]] bool indexBare(SearchIndex &out)
    {
        double stems = 0, words = 0;
        for (int from = 1; from <= m_messages; from += batch) {
            const auto rows = m_bare.rawFrom(from, batch);
            if (!rows)
                return false;
            QList<SearchDocument> documents;
            for (const auto &[id, raw] : *rows)
                documents.append(search::documentOf(
                    {.row = id, .room = 0, .roomId = {}, .event = {.event = *readEvent(raw, Envelope::Room)}},
                    nullptr, firstMs + 2 * yearMs, m_stemmer));
            const auto with = m_bare.index(documents, BareSearch::WithStems);
            const auto without = m_bare.index(documents, BareSearch::WordsAlone);
            if (!with || !without)
                return false;
            stems += *with;
            words += *without;
        }
        out.indexingFloor.ms += stems;
        out.indexingWordsAlone.ms += words;
        return true;
    }

    [[nodiscard]] QSet<QString> askIndex(const SearchTerms &terms) const
    {
        QSet<QString> out;
        const auto page = SearchStore(*m_reader).find(terms);
        for (const SearchRow &row : page ? page->rows : QList<SearchRow>())
            out.insert(row.event.event.id.toString());
        return out;
    }

    const int m_messages;
    MadeUpLanguage m_language;
    search::Stemmer m_stemmer;
    TemporaryCache m_cache;
    QList<qint64> m_rooms; ///< their rows, by number
    std::unique_ptr<Database> m_reader;
    BareSearch m_bare;
};

void askAll(Both &both, int rounds, QList<SearchQuestion> &out)
{
    const MadeUpLanguage &language = both.language();
    const auto ask = [&](const QString &what, const QString &typed, const SearchTerms &terms = {},
                         const BareSearch::Question &bare = {}) {
        out.append(both.ask(what, typed, rounds, terms, bare));
    };
    const QString common = language.word(60) + u' ';
    const QString veryCommon = language.word(0) + u' ';
    ask(u"very common word"_s, veryCommon);
    ask(u"common word"_s, common);
    ask(u"medium word"_s, language.word(4000) + u' ');
    ask(u"rare word"_s, language.word(50'000) + u' ');
    ask(u"absent word"_s, u"xyzzy "_s);
    ask(u"two words"_s, language.word(30) + u' ' + language.word(80) + u' ');
    ask(u"two very common words"_s, veryCommon + language.word(1) + u' ');
    ask(u"phrase"_s, u'"' + language.word(5) + u' ' + language.word(2) + u"\" "_s);
    ask(u"phrase, rarer words"_s, u'"' + language.word(40) + u' ' + language.word(50) + u"\" "_s);
    ask(u"three letters"_s, language.word(300).left(3));
    ask(u"three common letters"_s, language.word(8).leftJustified(3, u'a').left(3));
    ask(u"two letters"_s, language.word(300).left(2));
    ask(u"common, one room"_s, common, {.room = roomAt(7)}, {.room = 7});
    ask(u"very common, one room"_s, veryCommon, {.room = roomAt(7)}, {.room = 7});
    ask(u"common, one sender"_s, common, {.sender = senderAt(7)}, {.sender = 7});
    ask(u"very common, both"_s, veryCommon, {.room = roomAt(7), .sender = senderAt(7)},
        {.room = 7, .sender = 7});
    ask(u"common, with a link"_s, common, {.has = HasLink}, {.has = HasLink});
    const qint64 from = firstMs + yearMs / 4, until = firstMs + yearMs / 3;
    ask(u"very common, in a month"_s, veryCommon, {.from = from, .until = until},
        {.from = from, .until = until});
}

} // namespace

SearchIndex measureSearchIndex(int messages, int rounds)
{
    SearchIndex out;
    Both both(messages);
    if (!both.fill() || !both.index(out) || !both.openReaders())
        return out;
    (void)std::fprintf(stderr, "indexed: %.0f ms, floor %.0f, without stems %.0f\n", out.indexing.median(),
                       out.indexingFloor.median(), out.indexingWordsAlone.median());
    askAll(both, rounds, out.questions);
    both.takeAway(out);
    out.good = out.bytes > 0 && out.floorBytes > 0
        && std::all_of(out.questions.cbegin(), out.questions.cend(),
                       [](const SearchQuestion &one) { return one.same; });
    return out;
}

} // namespace parvis::bench
