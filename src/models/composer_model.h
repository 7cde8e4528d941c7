// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/account_port.h"
#include "models/draft_box.h"
#include "models/file_tray_model.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

namespace parvis {

class TimelineModel;

/// What is being written in the open conversation: a new message, kept as a draft, or the edit of one.
class ComposerModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(bool editing READ editing NOTIFY editingChanged)
    Q_PROPERTY(bool sendable READ sendable NOTIFY textChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(parvis::FileTrayModel *files READ files CONSTANT)
    Q_PROPERTY(Keeping keeping READ keeping NOTIFY keepingChanged)

public:
    /// Whether the disk has what was typed, in this room and in others.
    enum Keeping { Kept, Underway, Refused };
    Q_ENUM(Keeping)

    ComposerModel(ComposerPort &port, MediaPort &media, AccountPort &account, const TimelineModel &timeline,
                  QObject *parent = nullptr);

    /// Keeps what is written in the room that is left, and goes on with what was written in this one.
    void setRoom(const RoomId &room);
    /// Somebody else signs in: nothing of what was typed stays in memory.
    void forget();
    void retranslate();

    /// Sends or edits; with joined files, the text goes with the first of them. The field is emptied at once;
    /// should the disk refuse, the text comes back.
    Q_INVOKABLE void send();
    /// Edits the person's last message, if there is one that can be edited; false: there is none.
    Q_INVOKABLE bool editLast();
    Q_INVOKABLE void edit(const QString &eventId);
    Q_INVOKABLE void cancelEdit();
    Q_INVOKABLE void retry(const QString &txnId);
    Q_INVOKABLE void cancel(const QString &txnId);
    /// Asks the disk once more for what it has refused.
    Q_INVOKABLE void keep() { m_drafts.tryAgain(); }

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] bool editing() const { return !m_editing.isEmpty(); }
    [[nodiscard]] bool sendable() const;
    [[nodiscard]] FileTrayModel *files() { return &m_files; }
    /// A disk that takes nothing is said over the whole window: not here again.
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] Keeping keeping() const;

Q_SIGNALS:
    void textChanged();
    void editingChanged();
    void errorTextChanged();
    void keepingChanged();
    /// Something left: the conversation goes to its end.
    void sent();

private:
    /// A message that is being corrected.
    struct Edit {
        EventId event;
        QString text;
    };

    void begin(const TimelineItem &item);
    void resume(const Edit &edit);
    void endEdit();
    void showText(const QString &text);
    void takeDraft(const RoomId &room, const QString &draft);
    void takeStorage(StorageState storage);
    void setError(ShownError error);
    void report(const Result<void> &done);
    void sendFiles();
    /// False: into another room, where nobody looks.
    [[nodiscard]] bool giveBack(const RoomId &room, const EventId &edited, const QString &text);

    ComposerPort &m_port;
    const TimelineModel &m_timeline;
    DraftBox m_drafts;
    FileTrayModel m_files;
    StorageState m_storage = StorageState::Good;
    RoomId m_room;
    QString m_text;
    EventId m_editing;           ///< empty: a new message
    QString m_setAside;          ///< the draft, while an older message is edited
    QHash<RoomId, Edit> m_edits; ///< begun in other rooms
    ShownError m_error;
    int m_sending = 0; ///< how many the disk has not taken or refused yet
};

} // namespace parvis
