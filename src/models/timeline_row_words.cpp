// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/error_text.h"
#include "models/file_size.h"
#include "models/rich_text.h"
#include "models/sentences.h"
#include "models/timeline_rows.h"

using namespace Qt::StringLiterals;

/// \file
/// What the rows of a conversation say; which rows there are is decided in timeline_rows.cpp.
namespace parvis {

namespace {

constexpr qsizetype mostNames = 3;

} // namespace

void TimelineRows::tellChanges(TimelineLine &row, qsizetype first) const
{
    QStringList names;
    for (auto at = first; at < first + row.stands; ++at)
        names += nameOf(m_items.at(at));
    row.block = TimelineLine::ChangesBlock;
    //: Of a conversation: its name, its members. 1: names of those who made them
    row.line = tr("%n change(s): %1", "", row.stands).arg(people(names));
    //: 1: what happened, 2: a time
    row.spoken = tr("%1 %2").arg(row.line, row.timeText);
}

QString TimelineRows::nameOf(const TimelineItem &item)
{
    return item.own ? tr("You") : item.senderName;
}

QString TimelineRows::people(const QStringList &names)
{
    auto each = names;
    each.removeDuplicates();
    const auto others = int(std::max<qsizetype>(0, each.size() - mostNames));
    const auto known = each.mid(0, mostNames).join(", "_L1);
    //: 1: names of people
    return others == 0 ? known : tr("%1 and %n other(s)", "", others).arg(known);
}

void TimelineRows::tellFile(TimelineLine &row) const
{
    const auto &item = row.item;
    row.rich = withLinks(item.media.caption);
    row.fileStep = item.state == SendState::Failed ? TimelineLine::FileFailed
        : item.state != SendState::Sent            ? TimelineLine::FileLeaving
        : item.media.percent >= 0                  ? TimelineLine::FileComing
                                                   : TimelineLine::FileThere;
    row.fileText = fileText(row);
    row.fileLabel = m_namesakes.value(item.key, item.media.name);
    if (row.fileStep != TimelineLine::FileThere)
        return; // what was said before is over
    row.fileNote = m_fileNotes.value(item.eventId);
    if (row.fileNote.error)
        row.fileNoteText = ErrorText::of(*row.fileNote.error);
    else if (!row.fileNote.savedIn.isEmpty())
        //: Of a file. %1: the name of a folder
        row.fileNoteText = tr("Saved in %1").arg(row.fileNote.savedIn);
}

QHash<QString, QString> TimelineRows::namesakes() const
{
    QHash<QString, QList<const TimelineItem *>> files;
    for (const auto &item : m_items) {
        if (!item.media.name.isEmpty())
            files[item.media.name] += &item;
    }
    QHash<QString, QString> told;
    for (const auto &same : std::as_const(files)) {
        if (same.size() < 2)
            continue;
        QHash<QString, int> times;
        for (const auto *item : same) {
            //: Tells files of one name apart. 1: the name, 2: who sent it, 3: a day and a time
            const auto label =
                tr("%1, %2, %3").arg(item->media.name, nameOf(*item), m_texts.fullWithin(item->ts));
            const int number = ++times[label];
            //: The same of files that somebody sent in one minute. 1: that, 2: a number
            told.insert(item->key, number == 1 ? label : tr("%1, no. %2").arg(label).arg(number));
        }
    }
    return told;
}

QString TimelineRows::fileText(const TimelineLine &row)
{
    const auto &file = row.item.media;
    const auto size = file.bytes < 0 ? tr("size unknown") : fileSize(file.bytes);
    switch (row.fileStep) {
    case TimelineLine::FileThere:
    case TimelineLine::FileFailed:
        break;
    case TimelineLine::FileLeaving:
        //: Of a file. 1: its size, 2: how much of it is at the server
        return file.percent >= 0 ? tr("%1 · being sent, %2 %").arg(size).arg(file.percent)
                                 : tr("%1 · waiting to be sent").arg(size);
    case TimelineLine::FileComing:
        //: Of a file. 1: its size, 2: how much of it was fetched
        return tr("%1 · being fetched, %2 %").arg(size).arg(file.percent);
    }
    return size;
}

QString TimelineRows::whatIsSaid(const TimelineLine &row)
{
    if (row.block != TimelineLine::FileBlock)
        return row.line.isEmpty() ? row.item.body : row.line;
    const auto &file = row.item.media;
    const auto size = file.bytes < 0 ? tr("size unknown") : fileSize(file.bytes);
    QStringList parts{
        //: A file as a screen reader says it. 1: its name, 2: its size
        tr("file %1, %2").arg(file.name, size),
    };
    if (!file.caption.isEmpty())
        parts += file.caption;
    if (row.fileStep == TimelineLine::FileComing) // how far is not said: it would be said a hundred times
        parts += tr("being fetched");
    if (!row.fileNoteText.isEmpty())
        parts += row.fileNoteText;
    return parts.join(u", "_s);
}

QString TimelineRows::spoken(const TimelineLine &row) const
{
    const auto &item = row.item;
    if (row.block == TimelineLine::StateBlock)
        //: 1: what happened, 2: a time
        return tr("%1 %2").arg(row.line, row.timeText);
    const auto what = whatIsSaid(row);
    const auto who = nameOf(item);
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
