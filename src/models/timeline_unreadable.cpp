// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What the rows say of messages that cannot be read, and where the button is that helps.
#include "models/sentences.h"
#include "models/timeline_rows.h"

namespace parvis {

namespace {

/// Something that the person can do.
bool isAction(UnreadableRemedy remedy)
{
    return remedy != UnreadableRemedy::None && remedy != UnreadableRemedy::Wait;
}

} // namespace

bool TimelineRows::isUnreadable(qsizetype at) const
{
    return at >= 0 && at < m_items.size() && m_items.at(at).kind == ItemKind::Unreadable;
}

void TimelineRows::tellUnreadable(TimelineLine &row, qsizetype first) const
{
    const auto last = first + row.stands - 1;
    QStringList names; // the newest first: those are the ones to ask
    for (auto at = last; at >= first; --at)
        names += nameOf(m_items.at(at));
    const auto who = people(names);
    const bool oneDay = m_texts.date(m_items.at(first).ts) == m_texts.date(row.item.ts);
    row.block = TimelineLine::FoldedBlock;
    row.line = Sentences::unreadable(row.item.unreadable, row.stands);
    //: Of messages. 1: names of people, 2: the newest message's day
    row.from = oneDay ? who : tr("%1 · newest: %2").arg(who, m_texts.dayWithin(row.item.ts));
    //: 1: what is said of several messages, 2: whose they are
    row.spoken = tr("%1 (%2)").arg(row.line, row.from);
    tellRemedy(row, last);
}

void TimelineRows::tellRemedy(TimelineLine &row, qsizetype last) const
{
    for (auto at = last; at > last - row.stands && !isAction(row.remedy); --at) {
        if (isAction(m_items.at(at).remedy))
            row.remedy = m_items.at(at).remedy;
    }
    row.remedyText = Sentences::remedy(row.remedy);
    row.offersRemedy = isAction(row.remedy);
    for (auto below = last + 1; row.offersRemedy && isUnreadable(below); ++below)
        row.offersRemedy = m_items.at(below).remedy != row.remedy;
}

QList<EventId> TimelineRows::helpedBy(UnreadableRemedy remedy, const QString &key, qsizetype most) const
{
    qsizetype at = m_items.size() - 1;
    while (at >= 0 && m_items.at(at).key != key)
        --at;
    while (isUnreadable(at) && isUnreadable(at + 1))
        ++at;
    QList<EventId> events;
    for (; isUnreadable(at) && events.size() < most; --at) {
        if (m_items.at(at).remedy == remedy)
            events += m_items.at(at).eventId;
    }
    return events;
}

} // namespace parvis
