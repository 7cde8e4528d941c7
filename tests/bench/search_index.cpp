// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "search_index.h"

#include "fakes/event_maker.h"
#include "fakes/fake_clock.h"
#include "fakes/temporary_cache.h"
#include "search/document.h"
#include "search/indexer.h"
#include "search/query.h"
#include "store/transaction.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <random>

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

constexpr int batch = 512; // events a transaction, in both
constexpr int roomCount = 300;
constexpr int vocabulary = 60'000;
constexpr qint64 firstMs = 1'760'000'000'000;
constexpr qint64 yearMs = 365LL * 24 * 3600 * 1000;

/// Words as frequent as those of a language are: the n-th a little less than the one before.
class Language
{
public:
    Language()
    {
        static const QStringList syllables =
            u"ba be bi bo ca ce ci co da de di do fa fi la le li lo ma me mi mo na "
            "ne ni pa pe po ra re ri ro sa se si so ta ti to va ve vi cho pré é"_s.split(u' ');
        static const QStringList endings = u"  s e er ée és tion eur euse al aux"_s.split(u' ');
        QSet<QString> seen;
        double sum = 0;
        while (m_words.size() < vocabulary) {
            QString word;
            const int parts = 1 + int(m_random() % 3) + (m_words.size() > 200 ? 1 : 0);
            for (int i = 0; i < parts; ++i)
                word += syllables.at(int(m_random() % quint32(syllables.size())));
            word += endings.at(int(m_random() % quint32(endings.size())));
            if (seen.contains(word))
                continue;
            seen.insert(word);
            m_words.append(word);
            sum += 1.0 / (double(m_words.size()) + 2.7);
            m_sums.append(sum);
        }
    }

    [[nodiscard]] const QString &word(int rank) const { return m_words.at(rank); }
    [[nodiscard]] QString sentence()
    {
        std::lognormal_distribution<double> length(2.3, 0.7);
        const int count = std::clamp(int(length(m_random)), 1, 200);
        QString out;
        for (int i = 0; i < count; ++i)
            out += (i ? u" "_s : QString()) + next();
        return out;
    }
    [[nodiscard]] quint32 number(quint32 below) { return m_random() % below; }

private:
    const QString &next()
    {
        const double at = std::uniform_real_distribution<double>(0, m_sums.last())(m_random);
        const auto found = std::lower_bound(m_sums.cbegin(), m_sums.cend(), at);
        return m_words.at(int(found - m_sums.cbegin()));
    }

    std::mt19937 m_random{1}; // NOLINT(cert-msc51-cpp): the same words in every run
    QStringList m_words;
    QList<double> m_sums;
};

double sinceMs(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

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
        if (!m_bare.run(
                "CREATE TABLE messages (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, sender INTEGER NOT "
                "NULL, event_id TEXT NOT NULL, raw TEXT NOT NULL) STRICT")
            || !m_bare.run(
                "CREATE VIRTUAL TABLE f USING fts5 (words, stems, content = '', contentless_delete = 1,"
                " tokenize = 'ascii', prefix = '2 3')"))
            return false;
        for (int at = 0; at < m_messages;) {
            QHash<int, RoomChanges> rooms;
            const bool done = bool(transact(m_bare, [&]() -> Result<void> {
                for (const int end = std::min(m_messages, at + 4 * batch); at < end; ++at) {
                    if (auto added = add(at, rooms); !added)
                        return added;
                }
                return {};
            }));
            if (!done || !m_cache->commit({.rooms = rooms.values()}))
                return false;
        }
        return true;
    }

    [[nodiscard]] bool index(SearchIndex &out)
    {
        FakeClock clock;
        search::Indexer indexer(*m_cache, m_store, clock);
        QElapsedTimer timer;
        timer.start();
        for (;;) {
            const auto done = indexer.step(batch);
            if (!done)
                return false;
            if (*done < batch)
                break;
        }
        out.indexing.ms += sinceMs(timer);
        return indexBare(out);
    }

    [[nodiscard]] qint64 bytes(Database &database, const QByteArray &table) const
    {
        const auto sum = database.one("SELECT sum(length(block)) FROM " + table + "_data",
                                      [](const Statement &s) { return s.get<qint64>(0); });
        return sum ? sum->value_or(0) : 0;
    }
    void optimize()
    {
        (void)m_cache.database().run("INSERT INTO search_text (search_text) VALUES ('optimize')");
        (void)m_bare.run("INSERT INTO f (f) VALUES ('optimize')");
    }

    [[nodiscard]] SearchQuestion ask(const QString &what, const QString &typed, SearchTerms terms, int rounds)
    {
        constexpr int repeats = 10;
        SearchQuestion out{.what = what, .index = {}, .floor = {}};
        terms.match = search::queryOf(typed, m_stemmer).match();
        for (int round = 0; round < rounds; ++round) {
            QSet<QString> found, bare;
            QElapsedTimer timer;
            timer.start();
            for (int i = 0; i < repeats; ++i)
                found = askIndex(terms);
            out.index.ms += sinceMs(timer) / repeats;
            timer.restart();
            for (int i = 0; i < repeats; ++i)
                bare = askBare(terms);
            out.floor.ms += sinceMs(timer) / repeats;
            out.same = found == bare && (round == 0 || out.same);
        }
        return out;
    }
    [[nodiscard]] const Language &language() const { return m_language; }
    [[nodiscard]] qint64 bareBytes() { return bytes(m_bare, "f"); }
    [[nodiscard]] qint64 indexBytes() { return bytes(m_cache.database(), "search_text"); }

private:
    Result<void> add(int number, QHash<int, RoomChanges> &rooms)
    {
        const int room = int(m_language.number(roomCount));
        const int sender = int(m_language.number(1000));
        const QString text = m_language.sentence();
        QJsonObject json =
            make::envelope(u"$%1:bench"_s.arg(number), senderAt(sender).toString(), u"m.room.message"_s,
                           {{"msgtype"_L1, "m.text"_L1}, {"body"_L1, text}});
        json["origin_server_ts"_L1] = firstMs + qint64(double(number) / m_messages * double(yearMs));
        const RoomEvent event{.event = make::event(json)};
        RoomChanges &changes = rooms[room];
        changes.id = roomAt(room);
        changes.timeline.append(event);
        return m_bare.run("INSERT INTO messages (id, room, sender, event_id, raw) VALUES (?, ?, ?, ?, ?)",
                          number + 1, room, sender, event.event.id, Utf8{event.event.raw});
    }

    [[nodiscard]] bool indexBare(SearchIndex &out)
    {
        double ms = 0;
        for (int from = 0; from < m_messages; from += batch) {
            const auto rows = m_bare.all(
                "SELECT id, raw FROM messages WHERE id > ? AND id <= ?",
                [](const Statement &s) { return std::pair(s.get<qint64>(0), s.get<QString>(1).toUtf8()); },
                from, from + batch);
            QList<SearchDocument> documents;
            for (const auto &[id, raw] : rows.value_or(QList<std::pair<qint64, QByteArray>>()))
                documents.append(search::documentOf(
                    {.row = id, .room = 0, .roomId = {}, .event = {.event = *readEvent(raw, Envelope::Room)}},
                    nullptr, firstMs + 2 * yearMs, m_stemmer));
            QElapsedTimer timer;
            timer.start();
            const auto done = transact(m_bare, [&]() -> Result<void> {
                for (const SearchDocument &one : documents) {
                    if (auto added = m_bare.run("INSERT INTO f (rowid, words, stems) VALUES (?, ?, ?)",
                                                one.row, Utf8{one.words}, Utf8{one.stems});
                        !added)
                        return added;
                }
                return {};
            });
            ms += sinceMs(timer);
            if (!done)
                return false;
        }
        out.indexingFloor.ms += ms;
        return true;
    }

    [[nodiscard]] QSet<QString> askIndex(const SearchTerms &terms) const
    {
        QSet<QString> out;
        const auto page = m_store.find(terms);
        for (const SearchRow &row : page ? page->rows : QList<SearchRow>())
            out.insert(row.event.event.id.toString());
        return out;
    }
    [[nodiscard]] QSet<QString> askBare(const SearchTerms &terms)
    {
        QByteArray sql =
            "SELECT m.event_id, m.raw FROM f CROSS JOIN messages AS m ON m.id = f.rowid WHERE f MATCH ?1";
        if (!terms.room.isEmpty())
            sql += " AND m.room = ?2";
        if (!terms.sender.isEmpty())
            sql += " AND m.sender = ?3";
        sql += " ORDER BY f.rowid DESC LIMIT ?4";
        const auto numberIn = [](const QString &id) {
            return id.section(u':', 0, 0).remove(QRegularExpression(u"\\D"_s)).toInt();
        };
        const auto rows = m_bare.all(
            sql, [](const Statement &s) { return std::pair(s.get<QString>(0), s.get<QString>(1)); },
            Utf8{terms.match}, numberIn(terms.room.toString()), numberIn(terms.sender.toString()),
            terms.limit);
        QSet<QString> out;
        for (const auto &[id, raw] : rows.value_or(QList<std::pair<QString, QString>>()))
            out.insert(id);
        return out;
    }

    const int m_messages;
    Language m_language;
    search::Stemmer m_stemmer;
    TemporaryCache m_cache;
    SearchStore m_store{m_cache.database()};
    TemporaryCache m_bareFile; ///< only its file is used
    Database &m_bare = m_bareFile.database();
};

} // namespace

SearchIndex measureSearchIndex(int messages, int rounds)
{
    SearchIndex out;
    Both both(messages);
    if (!both.fill() || !both.index(out))
        return out;
    const Language &language = both.language();
    const auto ask = [&](const QString &what, const QString &typed, const SearchTerms &terms = {}) {
        out.questions.append(both.ask(what, typed, terms, rounds));
    };
    ask(u"very common word"_s, language.word(0) + u' ');
    ask(u"common word"_s, language.word(60) + u' ');
    ask(u"medium word"_s, language.word(4000) + u' ');
    ask(u"rare word"_s, language.word(50'000) + u' ');
    ask(u"two words"_s, language.word(30) + u' ' + language.word(80) + u' ');
    ask(u"phrase"_s, u'"' + language.word(5) + u' ' + language.word(2) + u"\" "_s);
    ask(u"three letters"_s, language.word(300).left(3));
    ask(u"two letters"_s, language.word(300).left(2));
    ask(u"common word, one room"_s, language.word(60) + u' ', {.room = roomAt(7)});
    ask(u"common word, one sender"_s, language.word(60) + u' ', {.sender = senderAt(7)});
    ask(u"absent word"_s, u"xyzzy "_s);
    both.optimize();
    out.bytes = both.indexBytes();
    out.floorBytes = both.bareBytes();
    out.good = std::all_of(out.questions.cbegin(), out.questions.cend(),
                           [](const SearchQuestion &one) { return one.same; });
    return out;
}

} // namespace parvis::bench
