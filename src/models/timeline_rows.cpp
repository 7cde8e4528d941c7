// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/timeline_rows.h"

#include "models/error_text.h"
#include "models/person_mark.h"
#include "models/rich_text.h"
#include "models/sentences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr qint64 groupForMs = 5 * 60 * 1000; ///< a longer silence begins a new group
constexpr qsizetype foldFrom = 4;            ///< so many of a kind are told in one row

TimelineLine::Block blockOf(const TimelineItem &item)
{
    switch (item.kind) {
    case ItemKind::State:
        return TimelineLine::StateBlock;
    case ItemKind::Unreadable:
        return TimelineLine::UnreadableBlock;
    case ItemKind::Image:
    case ItemKind::File:
    case ItemKind::Audio:
    case ItemKind::Video:
        return TimelineLine::FileBlock;
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Emote:
    case ItemKind::Redacted:
    case ItemKind::Poll:
    case ItemKind::Location:
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

/// Something that is said in a line of its own.
bool isChange(const TimelineItem &item)
{
    return item.kind == ItemKind::State && item.change.what != StateChange::What::None;
}

/// A view chooses the delegate when a row comes and never again: only such rows may change into each other.
bool sameRow(const TimelineLine &one, const TimelineLine &other)
{
    return one.block == other.block && (one.stands > 1 || one.item.key == other.item.key);
}

} // namespace

ListDiffs<TimelineLine> TimelineRows::apply(const ListDiffs<TimelineItem> &diffs)
{
    ListDiffs<TimelineLine> out;
    // Most of what comes are older pages without files: what these cannot change is not looked for in all
    // that is loaded, or each page costs more than the one before it.
    bool files = false;
    bool place = false;
    for (const auto &diff : diffs) {
        files = files || concernsFiles(diff);
        place = place || concernsNewLine(diff);
        applyOne(diff, out);
    }
    if (files)
        refreshNamesakes(out);
    if (place)
        refreshNewLine(out);
    return out;
}

bool TimelineRows::concernsFiles(const ListDiff<TimelineItem> &diff) const
{
    const auto named = [](const TimelineItem &item) { return !item.media.name.isEmpty(); };
    if (const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change))
        return std::any_of(insert->items.cbegin(), insert->items.cend(), named);
    if (const auto *update = std::get_if<ListDiff<TimelineItem>::Update>(&diff.change))
        return named(update->item) || named(m_items.at(update->at));
    return true;
}

bool TimelineRows::concernsNewLine(const ListDiff<TimelineItem> &diff) const
{
    // What is older than all that is loaded moves the line only if it holds the place of reading.
    const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change);
    return !insert || insert->at > 0 || m_items.isEmpty()
        || std::any_of(insert->items.cbegin(), insert->items.cend(),
                       [this](const auto &item) { return item.eventId == m_newAfter; });
}

void TimelineRows::applyOne(const ListDiff<TimelineItem> &diff, ListDiffs<TimelineLine> &out)
{
    if (const auto *insert = std::get_if<ListDiff<TimelineItem>::Insert>(&diff.change)) {
        const auto count = insert->items.size();
        m_items.insert(insert->at, count, {});
        std::copy(insert->items.cbegin(), insert->items.cend(), m_items.begin() + insert->at);
        exchanged(insert->at, 0, count, out);
    } else if (const auto *update = std::get_if<ListDiff<TimelineItem>::Update>(&diff.change)) {
        m_items[update->at] = update->item;
        exchanged(update->at, 1, 1, out);
    } else if (const auto *remove = std::get_if<ListDiff<TimelineItem>::Remove>(&diff.change)) {
        m_items.remove(remove->at, remove->count);
        exchanged(remove->at, remove->count, 0, out);
    } else {
        m_items = std::get<ListDiff<TimelineItem>::Reset>(diff.change).items;
        m_newKey.clear();
        if (m_items.isEmpty())
            m_unfolded.clear(); // another conversation
        m_rows = rows(0, m_items.size(), false);
        out += {ListDiff<TimelineLine>::Reset{m_rows}};
    }
}

bool TimelineRows::foldsUp(qsizetype at) const
{
    if (at == 0 || (!m_newKey.isEmpty() && m_items.at(at).key == m_newKey))
        return false;
    const auto &item = m_items.at(at);
    const auto &above = m_items.at(at - 1);
    if (item.kind == ItemKind::Unreadable)
        return above.kind == ItemKind::Unreadable && above.unreadable == item.unreadable;
    return isChange(item) && isChange(above) && m_texts.date(item.ts) == m_texts.date(above.ts)
        && !m_unfolded.contains(item.key) && !m_unfolded.contains(above.key);
}

void TimelineRows::exchanged(qsizetype at, qsizetype removed, qsizetype added, ListDiffs<TimelineLine> &out)
{
    // From the beginning of what the item above can be told with, or of the group of unreadable ones that has
    // its button at its end ...
    auto first = std::max<qsizetype>(0, at - 1);
    while (foldsUp(first) || (isUnreadable(first) && isUnreadable(first - 1)))
        --first;
    // ... to the end of what the item below can be told with, and the row after that, which shows its sender
    // where a fold ends. In front of `first` and behind `end` the rows begin and end where they did.
    auto end = std::min(m_items.size(), at + added + 1);
    for (int rowsBelow = 0; rowsBelow < 2; ++rowsBelow) {
        end = std::min(m_items.size(), end + rowsBelow);
        while (end < m_items.size() && foldsUp(end))
            ++end;
    }
    qsizetype row = 0;
    qsizetype items = 0;
    while (items < first)
        items += m_rows.at(row++).stands;
    auto rowsEnd = row;
    while (items < end - added + removed)
        items += m_rows.at(rowsEnd++).stands;
    Q_ASSERT(items == end - added + removed);
    const bool afterFold = row > 0 && m_rows.at(row - 1).stands > 1;
    exchangeRows(row, rowsEnd - row, rows(first, end, afterFold), out);
}

void TimelineRows::exchangeRows(qsizetype at, qsizetype count, const QList<TimelineLine> &fresh,
                                ListDiffs<TimelineLine> &out)
{
    const auto old = m_rows.mid(at, count);
    const auto most = std::min(old.size(), fresh.size());
    qsizetype below = 0;
    while (below < most && sameRow(old.at(old.size() - 1 - below), fresh.at(fresh.size() - 1 - below)))
        ++below;
    qsizetype above = 0;
    while (above < most - below && sameRow(old.at(above), fresh.at(above)))
        ++above;
    const auto removed = old.size() - above - below;
    const auto added = fresh.size() - above - below;
    if (removed > 0)
        out += {ListDiff<TimelineLine>::Remove{at + above, removed}};
    if (added > 0)
        out += {ListDiff<TimelineLine>::Insert{at + above, fresh.mid(above, added)}};
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        if (i >= above && i < above + added)
            continue;
        if (fresh.at(i) != old.at(i < above ? i : i - added + removed))
            out += {ListDiff<TimelineLine>::Update{at + i, fresh.at(i)}};
    }
    m_rows.remove(at, count);
    m_rows.insert(at, fresh.size(), {});
    std::copy(fresh.cbegin(), fresh.cend(), m_rows.begin() + at);
}

ListDiffs<TimelineLine> TimelineRows::setNewAfter(const EventId &event)
{
    m_newAfter = event;
    ListDiffs<TimelineLine> out;
    refreshNewLine(out);
    return out;
}

ListDiffs<TimelineLine> TimelineRows::unfold(const QString &key)
{
    ListDiffs<TimelineLine> out;
    qsizetype first = 0;
    for (const auto &row : std::as_const(m_rows)) {
        if (row.block == TimelineLine::ChangesBlock && row.item.key == key) {
            const auto count = row.stands;
            for (auto at = first; at < first + count; ++at)
                m_unfolded += m_items.at(at).key;
            exchanged(first, count, count, out);
            break;
        }
        first += row.stands;
    }
    return out;
}

ListDiffs<TimelineLine> TimelineRows::setTexts(const DateTexts &texts)
{
    m_texts = texts;
    ListDiffs<TimelineLine> out;
    m_namesakes = namesakes();
    exchanged(0, m_items.size(), m_items.size(), out);
    return out;
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
    if (key == m_newKey)
        return;
    // One after the other: each may part rows or join them.
    if (!m_newKey.isEmpty())
        moveNewLine({}, out);
    if (!key.isEmpty())
        moveNewLine(key, out);
}

void TimelineRows::moveNewLine(const QString &key, ListDiffs<TimelineLine> &out)
{
    const auto where = key.isEmpty() ? m_newKey : key;
    m_newKey = key;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items.at(i).key == where)
            return exchanged(i, 1, 1, out);
    }
}

QList<TimelineLine> TimelineRows::rows(qsizetype first, qsizetype end, bool afterFold) const
{
    QList<TimelineLine> all;
    for (auto at = first; at < end;) {
        auto next = at + 1;
        while (next < end && foldsUp(next))
            ++next;
        if (next - at >= foldFrom) {
            all += foldedRow(at, next - at);
            at = next;
            afterFold = true;
            continue;
        }
        for (; at < next; ++at)
            all += row(at, std::exchange(afterFold, false));
    }
    return all;
}

QString TimelineRows::dayAbove(qsizetype at) const
{
    const auto date = m_texts.date(m_items.at(at).ts);
    const bool other = date.isValid() && (at == 0 || m_texts.date(m_items.at(at - 1).ts) != date);
    return other ? m_texts.day(m_items.at(at).ts) : QString();
}

TimelineLine TimelineRows::foldedRow(qsizetype first, qsizetype count) const
{
    const auto &newest = m_items.at(first + count - 1);
    TimelineLine row;
    row.item = newest;
    row.stands = int(count);
    row.dayText = dayAbove(first);
    row.newLine = !m_newKey.isEmpty() && m_items.at(first).key == m_newKey;
    row.timeText = m_texts.time(newest.ts);
    row.fullTime = m_texts.full(newest.ts);
    if (newest.kind == ItemKind::State)
        tellChanges(row, first);
    else
        tellUnreadable(row, first);
    return row;
}

TimelineLine TimelineRows::row(qsizetype at, bool afterFold) const
{
    const auto &item = m_items.at(at);
    const auto *above = at > 0 && !afterFold ? &m_items.at(at - 1) : nullptr;
    TimelineLine row;
    row.item = item;
    row.block = blockOf(item);
    row.dayText = dayAbove(at);
    row.newLine = !m_newKey.isEmpty() && item.key == m_newKey;
    row.firstOfGroup = !above || !row.dayText.isEmpty() || row.newLine || !continues(item, *above);
    row.timeText = m_texts.time(item.ts);
    row.fullTime = m_texts.full(item.ts);
    row.shieldText = Sentences::shield(item.shieldReason, item.sharedBy);
    row.initials = initials(item.senderName);
    row.colour = avatarColour(item.sender.toString());
    switch (item.kind) {
    case ItemKind::State:
        row.line = Sentences::change(item.change, item.senderName, item.own);
        break;
    case ItemKind::Unreadable:
        row.line = Sentences::unreadable(item.unreadable);
        tellRemedy(row, at);
        break;
    case ItemKind::Redacted:
        row.line = tr("Message removed");
        break;
    case ItemKind::Poll:
    case ItemKind::Location:
    case ItemKind::Unknown:
        row.line = item.body.isEmpty() ? tr("This version of Parvis cannot show this message.") : QString();
        break;
    case ItemKind::Image:
    case ItemKind::File:
    case ItemKind::Audio:
    case ItemKind::Video:
        tellFile(row);
        break;
    case ItemKind::Text:
    case ItemKind::Notice:
    case ItemKind::Emote:
        break;
    }
    if (row.line.isEmpty() && row.block != TimelineLine::StateBlock && row.block != TimelineLine::FileBlock)
        row.rich = withLinks(item.body);
    if (item.state == SendState::Failed)
        row.errorText = item.error ? ErrorText::of(*item.error, ErrorText::During::Sending)
                                   : tr("This message was not sent.");
    row.spoken = spoken(row);
    return row;
}

void TimelineRows::refreshNamesakes(ListDiffs<TimelineLine> &out)
{
    const auto before = std::exchange(m_namesakes, namesakes());
    if (before == m_namesakes)
        return;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (before.value(m_items.at(i).key) != m_namesakes.value(m_items.at(i).key))
            exchanged(i, 1, 1, out);
    }
}

ListDiffs<TimelineLine> TimelineRows::setFileNote(const EventId &event, const FileNote &note)
{
    if (note == FileNote())
        m_fileNotes.remove(event);
    else
        m_fileNotes.insert(event, note);
    ListDiffs<TimelineLine> out;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        if (m_items.at(i).eventId == event)
            exchanged(i, 1, 1, out);
    }
    return out;
}

} // namespace parvis
