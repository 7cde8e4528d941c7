// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Going to places in a conversation's past, and back.
#include "models/timeline_model.h"

namespace parvis {

namespace {

constexpr int pageForward = 40;

} // namespace

void TimelineModel::loadNewer()
{
    if (!m_timeline || m_loading || m_header.atEnd)
        return;
    setLoading(true);
    m_timeline->paginateForward(pageForward).then(m_subscription.get(), [this](Result<Paginated> page) {
        setLoading(false, ShownError::of(page));
    });
}

void TimelineModel::goTo(const QString &eventId)
{
    if (!m_timeline || eventId.isEmpty()) {
        m_jumping = false;
        return;
    }
    const EventId event(eventId);
    followJump(
        m_timeline->goTo(event).andThen(m_subscription.get(), [event] { return Result<EventId>(event); }));
}

void TimelineModel::goToDate(const QDateTime &date)
{
    if (m_timeline && date.isValid())
        followJump(m_timeline->goToTime(date.toMSecsSinceEpoch()));
}

void TimelineModel::followJump(Task<EventId> jump)
{
    const int turn = ++m_jumps;
    m_present = false;
    m_jumping = true;
    setLoading(true);
    std::move(jump).then(m_subscription.get(), [this, turn](const Result<EventId> &event) {
        if (turn != m_jumps)
            return; // they went elsewhere meanwhile
        m_jumping = false;
        setLoading(false, ShownError::of(event));
        if (event)
            Q_EMIT arrived(event->toString());
    });
}

int TimelineModel::rowOfEvent(const QString &eventId) const
{
    const EventId event(eventId);
    const auto &all = m_rows.items();
    qsizetype left = 0;
    while (left < all.size() && all.at(left).eventId != event)
        ++left;
    if (eventId.isEmpty() || left == all.size())
        return -1;
    qsizetype line = 0;
    for (; line < items().size() && left >= items().at(line).stands; ++line)
        left -= items().at(line).stands;
    return line == items().size() ? -1 : int(position(line));
}

void TimelineModel::backToNewest()
{
    if (!m_timeline)
        return;
    ++m_jumps;
    m_jumping = false;
    m_timeline->backToNewest().then(
        m_subscription.get(), [this](const Result<void> &done) { setLoading(false, ShownError::of(done)); });
}

} // namespace parvis
