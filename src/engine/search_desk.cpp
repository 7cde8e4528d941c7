// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/search_desk.h"

#include "base/log.h"
#include "engine/pool_task.h"
#include "search/document.h"
#include "search/query.h"
#include "search/snippet.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int sliceMs = 8;         // of the core thread's 10
constexpr int betweenSlicesMs = 4; // between two slices, for everything else
constexpr int soonMs = 30;         // after a change: more may follow it
constexpr int leastEvents = 8, mostEvents = 512;
constexpr int fewEvents = 256; // some ten milliseconds

int hasOf(SearchFor what)
{
    switch (what) {
    case SearchFor::Anything:
        return 0;
    case SearchFor::File:
        return HasFile;
    case SearchFor::Image:
        return HasImage;
    case SearchFor::Video:
        return HasVideo;
    case SearchFor::Audio:
        return HasAudio;
    case SearchFor::Link:
        return HasLink;
    }
    Q_UNREACHABLE();
    return 0;
}

bool hasFilter(const SearchRequest &request)
{
    return !request.room.isEmpty() || !request.sender.isEmpty() || request.from || request.until
        || request.has != SearchFor::Anything;
}

QString wordOf(const SearchPlace &place)
{
    return QString::number(place.ts) + u'.' + QString::number(place.id);
}

Result<std::optional<SearchPlace>> placeOf(const QString &word)
{
    if (word.isEmpty())
        return std::optional<SearchPlace>();
    const qsizetype dot = word.indexOf(u'.');
    bool ts = false, id = false;
    const SearchPlace place{QStringView(word).left(dot).toLongLong(&ts),
                            QStringView(word).mid(dot + 1).toLongLong(&id)};
    if (dot < 0 || !ts || !id || place.id < 0)
        return fail(ErrorKind::Usage, u"PARVIS_BAD_REQUEST"_s);
    return std::optional(place);
}

SearchCoverage toClient(const SearchCounts &counts)
{
    return {.rooms = counts.rooms,
            .indexedEvents = counts.documents,
            .waiting = counts.pending,
            .roomsWithoutAllKeys = counts.roomsWithoutKeys};
}

} // namespace

/// A connection of its own to the cache, and what goes with it. On the pool's thread.
struct SearchDesk::Reading {
    explicit Reading(session::AccountFiles::OpenReader open) : openReader(std::move(open)) {}

    session::AccountFiles::OpenReader openReader;
    std::unique_ptr<Database> database;
    search::Stemmer stemmer;
    const std::atomic_bool *cancelled = nullptr; ///< of what is being looked for

    [[nodiscard]] Result<void> open()
    {
        if (database)
            return {};
        auto opened = openReader();
        if (!opened)
            return tl::unexpected(opened.error());
        database = *std::move(opened);
        return {};
    }

    [[nodiscard]] Result<SearchHit> hit(const SearchRow &row, const search::Query &query)
    {
        const Event &event = row.event.event;
        const auto edits = EventStore(*database).edits(row.room, event.id);
        if (!edits)
            return tl::unexpected(edits.error());
        const auto said = search::textOf(row.event, search::countingEdit(row.event, *edits));
        const search::Snippet snippet = search::snippetOf(said.text, query, stemmer);
        SearchHit out{.roomId = row.room,
                      .eventId = event.id,
                      .sender = event.sender,
                      .ts = event.originServerTs,
                      .snippet = snippet.text,
                      .highlights = {},
                      .shieldReason = {}};
        for (const search::Highlight &one : snippet.highlights)
            out.highlights.append({one.from, one.length});
        return out;
    }

    [[nodiscard]] Result<SearchResult> find(const SearchRequest &request)
    {
        SearchResult out;
        const search::Query query = search::queryOf(request.text, stemmer);
        const bool nothing = query.isEmpty()
            && (!query.terms.isEmpty() || !request.text.trimmed().isEmpty() || !hasFilter(request));
        if (!nothing) {
            const auto after = placeOf(request.after);
            if (!after)
                return tl::unexpected(after.error());
            const auto page = SearchStore(*database).find(
                {.match = query.match(),
                 .room = request.room,
                 .sender = request.sender,
                 .from = request.from,
                 .until = request.until,
                 .has = hasOf(request.has),
                 .best = request.best,
                 .limit = std::clamp(request.limit, 1, SearchRequest::longestPage),
                 .after = *after});
            if (!page)
                return tl::unexpected(page.error());
            if (page->next)
                out.next = wordOf(*page->next);
            for (const SearchRow &row : page->rows) {
                if (cancelled && cancelled->load())
                    return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
                auto one = hit(row, query);
                if (!one)
                    return tl::unexpected(one.error());
                out.hits.append(*std::move(one));
            }
        }
        const auto counts = SearchStore(*database).counts();
        if (!counts)
            return tl::unexpected(counts.error());
        out.coverage = toClient(*counts);
        return out;
    }

    [[nodiscard]] Result<IndexStatus> status()
    {
        const auto counts = SearchStore(*database).counts();
        const auto reach = SearchStore(*database).reach();
        if (!counts || !reach)
            return tl::unexpected(!counts ? counts.error() : reach.error());
        IndexStatus out{.coverage = toClient(*counts), .bytes = database->bytesOnDisk(), .rooms = {}};
        for (const SearchReach &room : *reach)
            out.rooms.append({.roomId = room.room,
                              .indexedEvents = room.documents,
                              .oldestMs = room.oldestMs,
                              .complete = room.complete,
                              .unreadable = room.unreadable});
        return out;
    }
};

SearchDesk::SearchDesk(Parts parts)
    : m_store(parts.database),
      m_indexer(parts.cache, m_store, parts.clock),
      m_reading(std::make_shared<Reading>(std::move(parts.openReader)))
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SearchDesk::slice);
    parts.cache.subscribe(this, [this](const AppliedChanges &) { wake(); });
}

SearchDesk::~SearchDesk()
{
    cancel();
    m_pool.waitForDone();
}

void SearchDesk::start()
{
    m_started = true;
    wake();
}

void SearchDesk::wake()
{
    if (m_started && !m_timer.isActive())
        m_timer.start(soonMs);
}

void SearchDesk::slice()
{
    QElapsedTimer took;
    took.start();
    const auto done = m_indexer.step(m_most);
    if (!done) {
        // A full disk or a damaged cache is told elsewhere; what waits is noted, and the next change wakes
        // us.
        qCWarning(log::store) << "the index was not written:" << done.error().code;
        return;
    }
    if (*done == 0)
        return;
    m_most = std::clamp(took.elapsed() > sliceMs ? m_most / 2 : m_most * 2, leastEvents, mostEvents);
    m_timer.start(betweenSlicesMs);
}

void SearchDesk::catchUp()
{
    if (const auto done = m_indexer.step(fewEvents); !done)
        qCWarning(log::store) << "the index was not written:" << done.error().code;
}

template <typename Work>
auto SearchDesk::onReader(Work work)
{
    return runOnPool(m_pool,
                     [reading = m_reading, cancelled = m_cancelled,
                      work = std::move(work)]() -> std::invoke_result_t<Work, Reading &> {
                         if (cancelled->load())
                             return fail(ErrorKind::Cancelled, u"PARVIS_CANCELLED"_s);
                         if (auto opened = reading->open(); !opened)
                             return tl::unexpected(opened.error());
                         reading->database->interruptWhen(cancelled.get());
                         reading->cancelled = cancelled.get();
                         auto result = work(*reading);
                         reading->cancelled = nullptr;
                         reading->database->interruptWhen(nullptr);
                         return result;
                     });
}

Task<SearchResult> SearchDesk::find(const SearchRequest &request)
{
    catchUp();
    return onReader([request](Reading &reading) { return reading.find(request); });
}

Task<IndexStatus> SearchDesk::status()
{
    return onReader([](Reading &reading) { return reading.status(); });
}

void SearchDesk::cancel()
{
    m_cancelled->store(true);
    m_cancelled = std::make_shared<std::atomic_bool>(false);
}

} // namespace parvis
