// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/timeline_rows.h"

#include "models/error_text.h"
#include "models/person_mark.h"
#include "models/rich_text.h"
#include "models/sentences.h"

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 groupForMs = 5 * 60 * 1000; ///< a longer silence begins a new group

TimelineLine::Block blockOf(const TimelineItem &item)
{
    switch (item.kind) {
    case ItemKind::State:
        return TimelineLine::StateBlock;
    case ItemKind::Unreadable:
        return TimelineLine::UnreadableBlock;
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Emote:
    case ItemKind::Redacted:
    case ItemKind::Unknown:
        return item.state == SendState::Failed ? TimelineLine::FailedBlock : TimelineLine::MessageBlock;
    }
    Q_UNREACHABLE();
    return TimelineLine::MessageBlock;
}

bool continues(const TimelineItem &item, const TimelineItem &above)
{
    return item.kind != ItemKind::State && above.kind != ItemKind::State && item.sender == above.sender
        && item.ts - above.ts < groupForMs;
}

} // namespace

ListDiffs<TimelineLine> TimelineRows::apply(const ListDiffs<TimelineItem> &diffs)
{
    ListDiffs<TimelineLine> out;
    for (const auto &diff : diffs)
        applyOne(diff, out);
    refreshNewLine(out);
    return out;
}

void TimelineRows::applyOne(const ListDiff<TimelineItem> &diff, ListDiffs<TimelineLine> &out)
{
    if (const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change)) {
        const auto count = insert->items.size();
        m_items.insert(insert->at, count, {});
        std::copy(insert->items.cbegin(), insert->items.cend(), m_items.begin() + insert->at);
        QList<TimelineLine> fresh;
        for (qsizetype i = insert->at; i < insert->at + count; ++i)
            fresh += row(i);
        m_rows.insert(insert->at, count, {});
        std::copy(fresh.cbegin(), fresh.cend(), m_rows.begin() + insert->at);
        out += {ListDiff<TimelineLine>::Insert{insert->at, fresh}};
        refresh(insert->at + count, out);
    } else if (const auto *update = std::get_if<ListDiff<TimelineItem>::Update>(&diff.change)) {
        m_items[update->at] = update->item;
        refresh(update->at, out);
        refresh(update->at + 1, out);
    } else if (const auto *remove = std::get_if<ListDiff<TimelineItem>::Remove>(&diff.change)) {
        m_items.remove(remove->at, remove->count);
        m_rows.remove(remove->at, remove->count);
        out += {ListDiff<TimelineLine>::Remove{remove->at, remove->count}};
        refresh(remove->at, out);
    } else {
        m_items = std::get<ListDiff<TimelineItem>::Reset>(diff.change).items;
        m_newKey.clear();
        m_rows.clear();
        for (qsizetype i = 0; i < m_items.size(); ++i)
            m_rows += row(i);
        out += {ListDiff<TimelineLine>::Reset{m_rows}};
    }
}

ListDiffs<TimelineLine> TimelineRows::setNewAfter(const EventId &event)
{
    m_newAfter = event;
    ListDiffs<TimelineLine> out;
    refreshNewLine(out);
    return out;
}

ListDiffs<TimelineLine> TimelineRows::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    ListDiffs<TimelineLine> out;
    for (qsizetype i = 0; i < m_items.size(); ++i)
        refresh(i, out);
    return out;
}

void TimelineRows::refresh(qsizetype at, ListDiffs<TimelineLine> &out)
{
    if (at >= m_items.size())
        return;
    auto fresh = row(at);
    if (fresh == m_rows.at(at))
        return;
    const bool otherBlock = fresh.block != m_rows.at(at).block;
    m_rows[at] = fresh;
    if (!otherBlock) {
        out += {ListDiff<TimelineLine>::Update{at, std::move(fresh)}};
        return;
    }
    // A view chooses the delegate when the row comes and never again.
    out += {ListDiff<TimelineLine>::Remove{at, 1}};
    out += {ListDiff<TimelineLine>::Insert{at, {std::move(fresh)}}};
}

qsizetype TimelineRows::firstNew() const
{
    if (m_newAfter.isEmpty())
        return -1;
    for (qsizetype i = m_items.size() - 1, found = -1; i >= 0; --i) {
        if (m_items.at(i).eventId == m_newAfter)
            return found;
        if (!m_items.at(i).own)
            found = i;
    }
    return -1; // the place of reading is not loaded
}

void TimelineRows::refreshNewLine(ListDiffs<TimelineLine> &out)
{
    const auto at = firstNew();
    const auto key = at < 0 ? QString() : m_items.at(at).key;
    const auto before = std::exchange(m_newKey, key);
    if (before == key)
        return;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items.at(i).key == before || m_items.at(i).key == key)
            refresh(i, out);
    }
}

TimelineLine TimelineRows::row(qsizetype at) const
{
    const auto &item = m_items.at(at);
    const auto *above = at > 0 ? &m_items.at(at - 1) : nullptr;
    TimelineLine row;
    row.item = item;
    row.block = blockOf(item);
    const auto date = m_texts.date(item.ts);
    if (date.isValid() && (!above || m_texts.date(above->ts) != date))
        row.dayText = m_texts.day(item.ts);
    row.newLine = !m_newKey.isEmpty() && item.key == m_newKey;
    row.firstOfGroup = !above || !row.dayText.isEmpty() || row.newLine || !continues(item, *above);
    row.timeText = m_texts.time(item.ts);
    row.fullTime = m_texts.full(item.ts);
    row.shieldText = Sentences::shield(item.shieldReason);
    row.initials = initials(item.senderName);
    row.colour = avatarColour(item.sender.toString());
    switch (item.kind) {
    case ItemKind::State:
        row.line = Sentences::change(item.change, item.senderName, item.own);
        break;
    case ItemKind::Unreadable:
        row.line = Sentences::unreadable(item.unreadable);
        break;
    case ItemKind::Redacted:
        row.line = tr("Message removed");
        break;
    case ItemKind::Unknown:
        row.line = item.body.isEmpty() ? tr("This version of Parvis cannot show this message.") : QString();
        break;
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Emote:
        break;
    }
    if (row.line.isEmpty() && row.block != TimelineLine::StateBlock)
        row.rich = withLinks(item.body);
    if (item.state == SendState::Failed)
        row.errorText = item.error ? ErrorText::of(*item.error, ErrorText::During::Sending)
                                   : tr("This message was not sent.");
    row.spoken = spoken(row);
    return row;
}

QString TimelineRows::spoken(const TimelineLine &row) const
{
    const auto &item = row.item;
    if (row.block == TimelineLine::StateBlock)
        //: 1: what happened, 2: a time
        return tr("%1 %2").arg(row.line, row.timeText);
    const auto what = row.line.isEmpty() ? item.body : row.line;
    const auto who = item.own ? tr("You") : item.senderName;
    //: A message as a screen reader says it. 1: name, 2: time, 3: text
    QStringList parts{tr("%1, %2: %3").arg(who, row.timeText, what)};
    if (item.edited)
        parts += tr("edited");
    if (item.state == SendState::Queued || item.state == SendState::Sending)
        parts += tr("being sent");
    if (item.state == SendState::Failed)
        parts += row.errorText;
    if (!row.shieldText.isEmpty())
        parts += row.shieldText;
    return parts.join(u", "_s);
}

} // namespace parvis
