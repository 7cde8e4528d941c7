// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "fakes/fake_clock.h"
#include "search/indexer.h"
#include "store/cache/retention_store.h"

#include "cache_pages.h"

namespace parvis {

constexpr qint64 hourMs = 3600 * 1000;
constexpr qint64 dayMs = 24 * hourMs;

/// A cache with a clock, its rooms full of messages of a given age.
class RetentionWorld
{
public:
    RetentionWorld() { wire(); }

    FakeClock clock;
    TemporaryCache cache;

    void reopen()
    {
        cache.reopen();
        wire();
    }
    [[nodiscard]] qint64 ago(qint64 ms) const { return clock.ms - ms; }

    [[nodiscard]] Event at(qint64 ts, Event event) const
    {
        QJsonObject json = QJsonDocument::fromJson(event.raw).object();
        json["origin_server_ts"_L1] = ts;
        return make::event(json);
    }
    [[nodiscard]] RoomEvent said(const QString &id, qint64 ageMs, const QString &body = u"bonjour"_s,
                                 const QString &sender = u"@b:x"_s) const
    {
        return make::stored(at(ago(ageMs), make::message(id, sender, body)));
    }
    [[nodiscard]] Event retention(const QJsonValue &most) const
    {
        return at(
            ago(400 * dayMs),
            make::state(u"$retention"_s, u"@b:x"_s, u"m.room.retention"_s, {}, {{"max_lifetime"_L1, most}}));
    }
    AppliedChanges tell(const RoomChanges &changes)
    {
        const auto done = cache->commit({.rooms = {changes}});
        if (!done)
            qFatal("%s %s", qPrintable(done.error().code), qPrintable(done.error().detail));
        return *done;
    }
    /// The room's messages with these ages, "$1" the first.
    void fill(const RoomId &id, const QList<qint64> &ages, const QList<Event> &state = {})
    {
        RoomChanges changes{.id = id, .state = state};
        for (qsizetype n = 0; n < ages.size(); ++n)
            changes.timeline.append(said(u"$%1"_s.arg(n + 1), ages.at(n), u"parole %1"_s.arg(n + 1)));
        tell(changes);
    }
    void index()
    {
        SearchStore search(cache.database());
        search::Indexer indexer(*cache, search, clock);
        while (indexer.step(100).value_or(0) > 0) {}
    }
    [[nodiscard]] qsizetype hits(const QByteArray &word)
    {
        return SearchStore(cache.database()).find({.match = word, .limit = 100})->rows.size();
    }
    [[nodiscard]] RetentionStore store() { return RetentionStore(cache.database()); }
    /// All that the rooms let expire by now, @p most in a slice; answers with the number of slices.
    int expire(int most = 100)
    {
        int slices = 0;
        for (;; ++slices) {
            const auto rows = store().expired(clock.ms, most);
            if (!rows)
                qFatal("%s %s", qPrintable(rows.error().code), qPrintable(rows.error().detail));
            if (!*rows)
                return slices;
            purge(**rows);
        }
    }
    void age(qint64 days, int most = 100)
    {
        qint64 done = 0;
        for (;;) {
            const auto next = store().nextAged(ago(days * dayMs), done, std::numeric_limits<qint64>::max());
            if (!next)
                qFatal("%s %s", qPrintable(next.error().code), qPrintable(next.error().detail));
            if (!*next)
                return;
            const auto rows =
                store().aged(**next, ago(days * dayMs), clock.ms, std::numeric_limits<qint64>::max(), most);
            if (!rows)
                qFatal("%s %s", qPrintable(rows.error().code), qPrintable(rows.error().detail));
            if (rows->rows.isEmpty())
                done = (*next)->row;
            else
                purge(*rows);
        }
    }
    AppliedChanges purge(const PurgedRows &rows)
    {
        const auto done = cache->commit({.purges = {rows}});
        if (!done)
            qFatal("%s %s", qPrintable(done.error().code), qPrintable(done.error().detail));
        return *done;
    }
    [[nodiscard]] qint64 number(QByteArrayView sql)
    {
        const auto found = cache.database().one(sql, [](const Statement &s) { return s.get<qint64>(0); });
        return found && *found ? **found : -1;
    }

private:
    void wire() { cache->setClock(&clock); }
};

} // namespace parvis
