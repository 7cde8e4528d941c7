// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/composer_model.h"

#include "models/timeline_model.h"

namespace parvis {

ComposerModel::ComposerModel(ComposerPort &port, const TimelineModel &timeline, QObject *parent)
    : QObject(parent), m_port(port), m_timeline(timeline)
{
}

void ComposerModel::setRoom(const RoomId &room)
{
    if (room == m_room)
        return;
    endEdit(); // what was typed as a new message is already kept, keystroke by keystroke
    m_room = room;
    showText({});
    setError({});
    m_early.reset();
    if (room.isEmpty())
        return;
    m_early = std::make_shared<QString>();
    m_port.draft(room).then(this, [this, room, early = m_early](Result<QString> draft) {
        takeDraft(room, early, draft.value_or(QString()));
    });
}

void ComposerModel::takeDraft(const RoomId &room, const std::shared_ptr<QString> &early, const QString &draft)
{
    const bool here = early == m_early;
    if (here)
        m_early.reset();
    const auto whole = draft + *early;
    if (here && editing())
        m_setAside = whole;
    else if (here && whole != m_text)
        showText(whole);
    if (!early->isEmpty())
        m_port.setDraft(room, whole).then(this, [this](Result<void> done) { report(done); });
}

void ComposerModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    Q_EMIT textChanged();
    if (!m_error.isEmpty())
        setError({});
    if (editing() || m_room.isEmpty())
        return;
    if (m_early)
        *m_early = text; // what is on the disk is not known yet: it must not be written over
    else
        m_port.setDraft(m_room, text).then(this, [this](Result<void> done) { report(done); });
}

void ComposerModel::showText(const QString &text)
{
    m_text = text;
    Q_EMIT textChanged();
}

void ComposerModel::setError(ShownError error)
{
    m_error = std::move(error);
    Q_EMIT errorTextChanged();
}

void ComposerModel::retranslate()
{
    Q_EMIT errorTextChanged();
}

void ComposerModel::report(const Result<void> &done)
{
    if (!done && done.error().kind != ErrorKind::Cancelled)
        setError(ShownError::of(done, ErrorText::During::Sending));
}

void ComposerModel::send()
{
    if (!sendable())
        return;
    const auto body = m_text;
    const auto room = m_room;
    const auto edited = m_editing;
    auto task = edited.isEmpty() ? m_port.send(room, body) : m_port.edit(room, edited, body);
    if (edited.isEmpty())
        setText({});
    else
        cancelEdit();
    Q_EMIT sent();
    std::move(task).then(this, [this, room, edited, body](Result<TransactionId> txn) {
        if (!txn)
            giveBack(room, edited, body, txn.error());
    });
}

void ComposerModel::giveBack(const RoomId &room, const EventId &edited, const QString &text,
                             const Error &error)
{
    if (room != m_room) {
        m_port.draft(room)
            .andThen(this,
                     [this, room, text](const QString &since) {
                         return m_port.setDraft(room, since.isEmpty() ? text : text + u'\n' + since);
                     })
            .then(this, [this](Result<void> done) { report(done); });
        return;
    }
    if (!edited.isEmpty() && !editing()) {
        m_setAside = m_text;
        m_editing = edited;
        Q_EMIT editingChanged();
        showText(text);
    } else {
        setText(m_text.isEmpty() ? text : text + u'\n' + m_text);
    }
    setError(ShownError(error, ErrorText::During::Sending));
}

bool ComposerModel::editLast()
{
    const auto item = m_timeline.lastEditable();
    if (item)
        begin(*item);
    return item.has_value();
}

void ComposerModel::edit(const QString &eventId)
{
    const auto item = m_timeline.find(eventId);
    if (item && item->editable)
        begin(*item);
}

void ComposerModel::begin(const TimelineItem &item)
{
    if (!editing())
        m_setAside = m_text;
    m_editing = item.eventId;
    Q_EMIT editingChanged();
    showText(item.body);
}

void ComposerModel::endEdit()
{
    if (!editing())
        return;
    m_editing = {};
    Q_EMIT editingChanged();
}

void ComposerModel::cancelEdit()
{
    if (!editing())
        return;
    endEdit();
    showText(std::exchange(m_setAside, {}));
}

void ComposerModel::retry(const QString &txnId)
{
    m_port.retry(TransactionId(txnId)).then(this, [this](Result<void> done) { report(done); });
}

void ComposerModel::cancel(const QString &txnId)
{
    m_port.cancel(TransactionId(txnId)).then(this, [this](Result<void> done) { report(done); });
}

} // namespace parvis
