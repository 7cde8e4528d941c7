// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "timeline/excursion.h"

#include "events/decrypt_all.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis::timeline {

namespace {

QList<Event> membersIn(const QList<Event> &state)
{
    QList<Event> members;
    std::copy_if(state.cbegin(), state.cend(), std::back_inserter(members),
                 [](const Event &event) { return event.type == event_type::member; });
    return members;
}

bool turnsEncryptionOn(const Event &event)
{
    return event.type == event_type::encryption && event.stateKey == QString();
}

/// By what the server says of the room at the page's last event: an event of the page itself that is the
/// first to turn it on counts from its own place on.
bool beginsInClear(const ContextPage &page)
{
    const auto state = std::find_if(page.state.cbegin(), page.state.cend(), turnsEncryptionOn);
    if (state == page.state.cend())
        return true;
    const auto here = std::find_if(page.events.cbegin(), page.events.cend(), turnsEncryptionOn);
    if (here == page.events.cend())
        return false;
    const QJsonObject data = here->unsignedData();
    return !data.contains("replaces_state"_L1) && !data.contains("prev_content"_L1);
}

bool isNews(const AppliedChanges &applied)
{
    return std::any_of(applied.rooms.cbegin(), applied.rooms.cend(),
                       [](const RoomApplied &one) { return one.timeline; });
}

} // namespace

Excursion::Excursion(Cache &cache, Decryptor &decryptor, RoomHistory &source, RoomId room, QObject *parent)
    : QObject(parent), m_cache(cache), m_decryptor(decryptor), m_source(source), m_room(std::move(room))
{
}

Task<void> Excursion::goTo(const EventId &event)
{
    const auto known = m_cache.events().placeOf(m_room, event);
    if (!known)
        return Task<void>::ready(tl::unexpected(known.error()));
    if (*known && !(*known)->isLoose())
        return Task<void>::ready({});
    return m_source.around(m_room, event, around).andThen(this, [this, event](const ContextPage &page) {
        return take(event, page);
    });
}

Result<void> Excursion::take(const EventId &event, const ContextPage &page)
{
    const bool begins = !page.events.isEmpty() && page.events.first().type == event_type::create;
    if (page.start.isEmpty() && !begins)
        return fail(ErrorKind::Protocol, u"PARVIS_BAD_EVENTS"_s, u"start: missing"_s);
    auto events = decryptAll(m_decryptor, m_room, page.events);
    if (!events)
        return tl::unexpected(events.error());
    const auto done = m_cache.commit({.islands = {{.room = m_room,
                                                   .events = *std::move(events),
                                                   .target = event,
                                                   .from = page.start,
                                                   .inClear = beginsInClear(page),
                                                   .members = membersIn(page.state)}}});
    if (!done)
        return tl::unexpected(done.error());
    m_known = page.events.last().id; // unless it joined what is known: then another one is asked about
    m_token = page.end;
    return {};
}

Task<bool> Excursion::goOn(const EventId &last, int count)
{
    m_waiting.emplace_back();
    Task<bool> task = m_waiting.back().task();
    if (m_waiting.size() == 1) {
        m_last = last;
        m_count = count;
        m_emptyPages = 0;
        ask();
    }
    return task;
}

void Excursion::ask()
{
    if (m_known == m_last && !m_token.isEmpty())
        return askFrom(m_token);
    // The event itself is a place to ask from: what is around it says with which token.
    m_source.around(m_room, m_last, std::min(2 * m_count, around))
        .then(this, [this](const Result<ContextPage> &page) { tokenCame(page); });
}

void Excursion::tokenCame(const Result<ContextPage> &page)
{
    if (!page)
        return finish(tl::unexpected(page.error()));
    EventPage news;
    const auto at = std::find_if(page->events.cbegin(), page->events.cend(),
                                 [this](const Event &event) { return event.id == m_last; });
    news.chunk = page->events.mid(at - page->events.cbegin() + 1);
    news.state = page->state;
    news.end = page->end;
    answered(news);
}

void Excursion::askFrom(const QString &token)
{
    m_source.newer(m_room, token, m_count).then(this, [this](Result<EventPage> page) {
        answered(std::move(page));
    });
}

void Excursion::answered(Result<EventPage> page)
{
    if (!page)
        return finish(tl::unexpected(page.error()));
    const auto news = takeNewer(*page);
    if (!news)
        return finish(tl::unexpected(news.error()));
    const bool ends = page->end.isEmpty() || (m_known == m_last && page->end == m_token);
    if (!*news) {
        m_known = m_last;
        m_token = page->end;
    }
    if (*news || ends || ++m_emptyPages >= mostEmptyPages)
        return finish(*news);
    // By way of the event loop: a source may answer at once.
    QMetaObject::invokeMethod(this, &Excursion::ask, Qt::QueuedConnection);
}

Result<bool> Excursion::takeNewer(const EventPage &page)
{
    auto events = decryptAll(m_decryptor, m_room, eventsOfRoom(page.chunk, m_room));
    if (!events)
        return tl::unexpected(events.error());
    const EventId end = events->isEmpty() ? EventId() : events->last().event.id;
    const auto done = m_cache.commit({.forwards = {{.room = m_room,
                                                    .after = m_last,
                                                    .events = *std::move(events),
                                                    .members = membersIn(page.state)}}});
    if (!done)
        return tl::unexpected(done.error());
    if (!isNews(*done))
        return false;
    m_known = end; // where the page joined what is known, nobody asks behind it
    m_token = page.end;
    return true;
}

void Excursion::finish(Result<bool> result)
{
    for (Promise<bool> &promise : std::exchange(m_waiting, {}))
        promise.resolve(result);
}

} // namespace parvis::timeline
