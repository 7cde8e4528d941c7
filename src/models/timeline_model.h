// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/timeline_port.h"
#include "models/diff_list_model.h"
#include "models/file_saver.h"
#include "models/shown_error.h"
#include "models/timeline_rows.h"

#include <QDateTime>
#include <QQmlEngine>
#include <QTimer>

#include <optional>

namespace parvis {

/// The open conversation, newest row first (the view is drawn from the bottom up), and its header.
class TimelineModel : public DiffListModel<TimelineLine>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString roomId READ roomId NOTIFY headerChanged)
    Q_PROPERTY(QString name READ name NOTIFY headerChanged)
    Q_PROPERTY(QString topic READ topic NOTIFY headerChanged)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY headerChanged)
    Q_PROPERTY(int person READ person NOTIFY headerChanged)
    Q_PROPERTY(QString initials READ roomInitials NOTIFY headerChanged)
    Q_PROPERTY(int colour READ colour NOTIFY headerChanged)
    Q_PROPERTY(bool direct READ direct NOTIFY headerChanged)
    Q_PROPERTY(bool encrypted READ encrypted NOTIFY headerChanged)
    Q_PROPERTY(bool external READ external NOTIFY headerChanged)
    Q_PROPERTY(bool isPublic READ isPublic NOTIFY headerChanged)
    Q_PROPERTY(bool invited READ invited NOTIFY invitedChanged)
    Q_PROPERTY(QString inviterName READ inviterName NOTIFY headerChanged)
    Q_PROPERTY(int memberCount READ memberCount NOTIFY headerChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY headerChanged)
    Q_PROPERTY(QString cannotSendText READ cannotSendText NOTIFY headerChanged)
    Q_PROPERTY(QString typingText READ typingText NOTIFY headerChanged)
    Q_PROPERTY(bool atStart READ atStart NOTIFY headerChanged)
    Q_PROPERTY(bool atEnd READ atEnd NOTIFY headerChanged)
    Q_PROPERTY(bool loading READ loading NOTIFY loadingChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY loadingChanged)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY noticeChanged)
    Q_PROPERTY(parvis::FileSaver *saver READ saver CONSTANT)

public:
    enum Block {
        MessageBlock = TimelineLine::MessageBlock,
        UnreadableBlock = TimelineLine::UnreadableBlock,
        StateBlock = TimelineLine::StateBlock,
        FailedBlock = TimelineLine::FailedBlock,
        FoldedBlock = TimelineLine::FoldedBlock,
        ChangesBlock = TimelineLine::ChangesBlock,
        FileBlock = TimelineLine::FileBlock,
    };
    Q_ENUM(Block)
    /// Of an encrypted conversation of two: what is known of the other one's identity.
    enum Person { NoPerson, PersonVerified, PersonNotVerified, PersonChanged };
    Q_ENUM(Person)
    enum FileStep {
        FileThere = TimelineLine::FileThere,
        FileLeaving = TimelineLine::FileLeaving,
        FileComing = TimelineLine::FileComing,
        FileFailed = TimelineLine::FileFailed,
    };
    Q_ENUM(FileStep)
    enum Delivery { Sent, Queued, Sending, Failed };
    Q_ENUM(Delivery)
    enum Tone { Plain, NoticeTone, EmoteTone, Faint };
    Q_ENUM(Tone)
    enum Role {
        KeyRole = Qt::UserRole,
        EventIdRole,
        TxnIdRole,
        BlockRole,
        SenderRole,
        SenderNameRole,
        OrganisationRole,
        ExternalRole,
        OwnRole,
        BodyRole,
        RichRole,
        LineRole,
        FromRole,
        RemedyTextRole,   ///< what helps against being unreadable, as the word of a button; empty: nothing
        OffersRemedyRole, ///< the button is in this row
        ToneRole,
        TimeTextRole,
        FullTimeRole,
        DayTextRole,
        NewLineRole,
        FirstOfGroupRole,
        DeliveryRole,
        ErrorTextRole,
        ShieldRole,
        ShieldTextRole,
        EditedRole,
        EditableRole,
        MentionRole,
        InitialsRole,
        ColourRole,
        SpokenRole,
        FileNameRole,
        FileLabelRole,
        FileTextRole,
        FileIconRole,
        FileStepRole,
        FilePercentRole,
        FileNoteRole,
        FileWrongRole,
        FileAsksRole,
    };

    TimelineModel(TimelinePort &port, MediaPort &media, QObject *parent = nullptr);
    ~TimelineModel() override;

    /// An empty id closes.
    void open(const RoomId &room);
    /// goTo() follows: what is seen until it has arrived is not read.
    void expectJump() { m_jumping = true; }
    /// Somebody else signs in: nothing of what was saved stays in memory.
    void forget();
    /// The language or the day changed.
    void setTexts(const DateTexts &texts);
    /// The person's newest message that can be edited, if one of the last lines is.
    [[nodiscard]] std::optional<TimelineItem> lastEditable() const;
    [[nodiscard]] std::optional<TimelineItem> find(const QString &eventId) const;

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Loads older messages, unless some are on their way or there are none.
    Q_INVOKABLE void loadOlder();
    /// Loads newer messages of a piece of the past, unless some are on their way.
    Q_INVOKABLE void loadNewer();
    /// Shows what is around an event, and then says arrived(); what goes wrong is in errorText.
    Q_INVOKABLE void goTo(const QString &eventId);
    /// The same for the first message of a day, or the last one before it.
    Q_INVOKABLE void goToDate(const QDateTime &date);
    /// From a piece of the past to the newest messages.
    Q_INVOKABLE void backToNewest();
    /// Shows one by one the changes that are told in one line; answers how many.
    Q_INVOKABLE int unfold(const QString &key);
    /// The window shows the newest line to a person who is there.
    Q_INVOKABLE void seen();
    /// The person turned away: what comes now is new when they are back.
    Q_INVOKABLE void leftAlone();
    /// The person reads further up: what comes now is new to them.
    Q_INVOKABLE void lookedAway() { m_present = false; }
    Q_INVOKABLE bool openLink(const QString &url) const;
    /// The addresses in a message, for those who do not click; the first few.
    Q_INVOKABLE QStringList links(const QString &key) const;
    Q_INVOKABLE void copy(const QString &key) const;
    /// Does what helps against this line being unreadable, and against those around it.
    Q_INVOKABLE void help(const QString &key);
    /// Where a line is now; -1: nowhere.
    Q_INVOKABLE int rowOf(const QString &key) const;
    /// The same for an event, however many it shares the row with.
    Q_INVOKABLE int rowOfEvent(const QString &eventId) const;
    Q_INVOKABLE void copyFileName(const QString &key) const;

    [[nodiscard]] const RoomHeader &header() const { return m_header; }
    [[nodiscard]] QString roomId() const { return m_header.roomId.toString(); }
    [[nodiscard]] QString name() const { return m_header.name; }
    [[nodiscard]] QString topic() const { return m_header.topic; }
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] Person person() const;
    [[nodiscard]] QString roomInitials() const;
    [[nodiscard]] int colour() const;
    [[nodiscard]] bool direct() const { return m_header.direct; }
    [[nodiscard]] bool encrypted() const { return m_header.encrypted; }
    [[nodiscard]] bool external() const { return m_header.kind == RoomKind::External; }
    [[nodiscard]] bool isPublic() const { return m_header.kind == RoomKind::Public; }
    [[nodiscard]] bool invited() const { return m_header.membership == Membership::Invite; }
    [[nodiscard]] QString inviterName() const { return m_header.inviterName; }
    [[nodiscard]] int memberCount() const { return m_header.memberCount; }
    [[nodiscard]] bool canSend() const { return m_header.canSend(); }
    [[nodiscard]] QString cannotSendText() const;
    [[nodiscard]] QString typingText() const;
    [[nodiscard]] bool atStart() const { return m_header.atStart; }
    /// The newest messages are shown, and not a piece of the past.
    [[nodiscard]] bool atEnd() const { return m_header.atEnd; }
    [[nodiscard]] bool loading() const { return m_loading; }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    /// What just came of unreadable messages, for a while; empty: nothing.
    [[nodiscard]] QString noticeText() const;
    [[nodiscard]] FileSaver *saver() { return &m_saver; }

Q_SIGNALS:
    void headerChanged();
    void invitedChanged();
    void loadingChanged();
    void noticeChanged();
    /// It shows now where somebody wanted to go.
    void arrived(const QString &eventId);
    /// What helps against a line being unreadable is done elsewhere in the window.
    void verifyWanted();
    void recoveryKeyWanted();

private:
    enum class Notice { Nothing, Repaired, Asked };

    void askAgain(const QString &key);
    void takeRepaired(const RepairedMessages &repaired);
    void setNotice(Notice notice, int count, ShownError error = {});
    void followSending(const ListDiffs<TimelineItem> &diffs);
    void takeHeader(const RoomHeader &header);
    void takeItems(const ListDiffs<TimelineItem> &diffs);
    void followJump(Task<EventId> jump);
    void setLoading(bool loading, ShownError error = {});
    [[nodiscard]] EventId newestEvent() const;

    TimelinePort &m_port;
    FileSaver m_saver;
    std::unique_ptr<Timeline> m_timeline;
    std::unique_ptr<QObject> m_subscription; ///< dies with the conversation: late answers are dropped
    TimelineRows m_rows;
    RoomHeader m_header;
    QSet<QString> m_leaving; ///< keys of files that are being sent
    EventId m_seen;          ///< the newest that we have told the server about
    bool m_present = false;  ///< the person sees what comes
    bool m_placed = false;   ///< the "New messages" line has its place
    bool m_loading = false;
    int m_jumps = 0;        ///< which one is waited for
    bool m_jumping = false; ///< it has not arrived
    ShownError m_error;
    Notice m_notice = Notice::Nothing;
    int m_noticed = 0;       ///< how many messages it is about
    ShownError m_askFailure; ///< why asking again was not possible
    int m_repairs = 0;       ///< batches that were told
    QTimer m_noticeTimer;
};

} // namespace parvis
