// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/subscription.h"
#include "client/values.h"
#include "models/date_texts.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace parvis {

/// What became of saving the file of a message; nothing of both: nothing is told.
struct FileNote {
    QString savedIn;            ///< the name of the folder
    std::optional<Error> error; ///< why it was not saved

    /// Something else lies there: the person may say that it goes.
    [[nodiscard]] bool asks() const
    {
        return error && error->code == QLatin1StringView("PARVIS_FILE_EXISTS");
    }
    bool operator==(const FileNote &) const = default;
};

/// A line of the conversation as it is drawn: the item, its texts, and how it stands to the line above.
struct TimelineLine {
    /// Which delegate draws it.
    enum Block {
        MessageBlock,
        UnreadableBlock,
        StateBlock,
        FailedBlock,
        FoldedBlock,
        ChangesBlock,
        FileBlock
    };
    /// How far the file of a message is.
    enum FileStep { FileThere, FileLeaving, FileComing, FileFailed };

    TimelineItem item; ///< the newest one, where it stands for several
    int stands = 1;    ///< for how many items; more than one with FoldedBlock and ChangesBlock only
    Block block = MessageBlock;
    bool firstOfGroup = true; ///< shows who and the picture
    bool newLine = false;     ///< "New messages" stands above
    QString dayText;          ///< not empty: a day divider stands above
    QString timeText;
    QString fullTime;
    QString line; ///< what a State or Unreadable item says, or stands for an empty body
    QString from; ///< with FoldedBlock: whose messages they are, and of which days
    UnreadableRemedy remedy = UnreadableRemedy::None; ///< what the person can do about unreadable ones
    QString remedyText;        ///< what a button for it says; empty: nothing can be done
    bool offersRemedy = false; ///< the newest of an uninterrupted group with this remedy: the button is here
    QString rich;              ///< markup with links; empty: body is plain
    QString errorText;         ///< with SendState::Failed
    FileStep fileStep = FileThere; ///< as the next ones, with FileBlock only
    QString fileText;              ///< how large it is and how far
    QString fileLabel;             ///< its name, and more where another file here has the same
    FileNote fileNote;
    QString fileNoteText;
    QString shieldText;
    QString initials;
    int colour = 0;
    QString spoken; ///< the whole row as one sentence, for a screen reader

    bool operator==(const TimelineLine &) const = default;
};

/// Follows the items of a conversation and answers what changed in its rows: an item that comes or goes
/// also changes how its neighbour is drawn. Many unreadable messages in a row, for the same reason, are one
/// row, and so are many changes of the conversation on one day. Pure: no clock, no model.
class TimelineRows
{
    Q_DECLARE_TR_FUNCTIONS(parvis::TimelineRows)

public:
    [[nodiscard]] ListDiffs<TimelineLine> apply(const ListDiffs<TimelineItem> &diffs);
    /// The line "New messages" stands above the first foreign item after this one; empty: nowhere.
    [[nodiscard]] ListDiffs<TimelineLine> setNewAfter(const EventId &event);
    /// The changes that the row with this key tells in one line come out one by one, and stay so.
    [[nodiscard]] ListDiffs<TimelineLine> unfold(const QString &key);
    /// What the line of this message says of its file; kept while other conversations are open.
    [[nodiscard]] ListDiffs<TimelineLine> setFileNote(const EventId &event, const FileNote &note);
    /// Another person's turn.
    void forgetFileNotes() { m_fileNotes.clear(); }
    /// The language or the day changed.
    [[nodiscard]] ListDiffs<TimelineLine> setTexts(const DateTexts &texts);

    /// Of the uninterrupted group of unreadable messages around the one with this key: those that this helps,
    /// the newest first, at most so many.
    [[nodiscard]] QList<EventId> helpedBy(UnreadableRemedy remedy, const QString &key, qsizetype most) const;

    [[nodiscard]] const QList<TimelineItem> &items() const { return m_items; }
    [[nodiscard]] bool hasNewLine() const { return !m_newKey.isEmpty(); }

private:
    [[nodiscard]] TimelineLine row(qsizetype at, bool afterFold) const;
    [[nodiscard]] TimelineLine foldedRow(qsizetype first, qsizetype count) const;
    void tellUnreadable(TimelineLine &row, qsizetype first) const;
    /// The row stands for items up to and with this one.
    void tellRemedy(TimelineLine &row, qsizetype last) const;
    [[nodiscard]] bool isUnreadable(qsizetype at) const;
    void tellChanges(TimelineLine &row, qsizetype first) const;
    [[nodiscard]] static QString nameOf(const TimelineItem &item);
    /// The first few of these, without doubles, and how many more there are.
    [[nodiscard]] static QString people(const QStringList &names);
    [[nodiscard]] QList<TimelineLine> rows(qsizetype first, qsizetype end, bool afterFold) const;
    [[nodiscard]] QString dayAbove(qsizetype at) const;
    void tellFile(TimelineLine &row) const;
    /// What tells files of one name apart, by the keys of their items.
    [[nodiscard]] QHash<QString, QString> namesakes() const;
    void refreshNamesakes(ListDiffs<TimelineLine> &out);
    /// Whether what is about to be applied can change names that tell files apart, or the place of the line.
    [[nodiscard]] bool concernsFiles(const ListDiff<TimelineItem> &diff) const;
    [[nodiscard]] bool concernsNewLine(const ListDiff<TimelineItem> &diff) const;
    [[nodiscard]] static QString fileText(const TimelineLine &row);
    [[nodiscard]] QString spoken(const TimelineLine &row) const;
    [[nodiscard]] static QString whatIsSaid(const TimelineLine &row);
    [[nodiscard]] qsizetype firstNew() const;
    /// Whether the item and the one above it can be told in one row.
    [[nodiscard]] bool foldsUp(qsizetype at) const;
    /// Items were exchanged: makes the rows anew that this can have changed, and says where they differ.
    void exchanged(qsizetype at, qsizetype removed, qsizetype added, ListDiffs<TimelineLine> &out);
    void exchangeRows(qsizetype at, qsizetype count, const QList<TimelineLine> &fresh,
                      ListDiffs<TimelineLine> &out);
    void moveNewLine(const QString &key, ListDiffs<TimelineLine> &out);
    void refreshNewLine(ListDiffs<TimelineLine> &out);
    void applyOne(const ListDiff<TimelineItem> &diff, ListDiffs<TimelineLine> &out);

    DateTexts m_texts;
    EventId m_newAfter;
    QString m_newKey;         ///< the item above which the line stands
    QSet<QString> m_unfolded; ///< the changes that the person wants to see one by one
    QHash<EventId, FileNote> m_fileNotes;
    QHash<QString, QString> m_namesakes;
    QList<TimelineItem> m_items;
    QList<TimelineLine> m_rows;
};

} // namespace parvis
