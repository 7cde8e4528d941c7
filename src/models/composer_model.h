// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/composer_port.h"
#include "models/shown_error.h"

#include <QObject>
#include <QQmlEngine>

#include <memory>

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

public:
    ComposerModel(ComposerPort &port, const TimelineModel &timeline, QObject *parent = nullptr);

    /// Keeps the text of the room that is left as its draft and brings the draft of this one.
    void setRoom(const RoomId &room);
    void retranslate();

    /// Sends or edits. The field is emptied at once; should the disk refuse, the text comes back.
    Q_INVOKABLE void send();
    /// Edits the person's last message, if there is one that can be edited; false: there is none.
    Q_INVOKABLE bool editLast();
    Q_INVOKABLE void edit(const QString &eventId);
    Q_INVOKABLE void cancelEdit();
    Q_INVOKABLE void retry(const QString &txnId);
    Q_INVOKABLE void cancel(const QString &txnId);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] bool editing() const { return !m_editing.isEmpty(); }
    [[nodiscard]] bool sendable() const { return !m_text.trimmed().isEmpty() && !m_room.isEmpty(); }
    [[nodiscard]] QString errorText() const { return m_error.text(); }

Q_SIGNALS:
    void textChanged();
    void editingChanged();
    void errorTextChanged();
    /// Something left: the conversation goes to its end.
    void sent();

private:
    void begin(const TimelineItem &item);
    void endEdit();
    void showText(const QString &text);
    void takeDraft(const RoomId &room, const std::shared_ptr<QString> &early, const QString &draft);
    void setError(ShownError error);
    void report(const Result<void> &done);
    void giveBack(const RoomId &room, const EventId &edited, const QString &text, const Error &error);

    ComposerPort &m_port;
    const TimelineModel &m_timeline;
    RoomId m_room;
    QString m_text;
    EventId m_editing;  ///< empty: a new message
    QString m_setAside; ///< the draft, while an older message is edited
    ShownError m_error;
    /// What was typed here before the room's draft had come from the disk; null once it has.
    std::shared_ptr<QString> m_early;
};

} // namespace parvis
