// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/composer_model.h"

#include "models/timeline_model.h"

namespace parvis {

ComposerModel::ComposerModel(ComposerPort &port, MediaPort &media, AccountPort &account,
                             const TimelineModel &timeline, QObject *parent)
    : QObject(parent), m_port(port), m_timeline(timeline), m_drafts(port), m_files(media)
{
    connect(&m_files, &FileTrayModel::changed, this, &ComposerModel::textChanged);
    connect(&m_files, &FileTrayModel::changed, this, &ComposerModel::keepingChanged);
    connect(&m_files, &FileTrayModel::sent, this, [this](const RoomId &room) {
        if (room == m_room)
            Q_EMIT sent();
    });
    connect(&m_files, &FileTrayModel::captionTaken, &m_drafts, &DraftBox::queued);
    connect(&m_files, &FileTrayModel::captionRefused, this,
            [this](const RoomId &room, const QString &caption) {
                m_drafts.letGo(room, caption);
                (void)giveBack(room, {}, caption);
            });
    const auto say = [this](const Error &error) { setError(ShownError(error, ErrorText::During::Sending)); };
    connect(&m_files, &FileTrayModel::failed, this, say);
    connect(&m_drafts, &DraftBox::loaded, this, &ComposerModel::takeDraft);
    connect(&m_drafts, &DraftBox::changed, this, &ComposerModel::keepingChanged);
    connect(&m_drafts, &DraftBox::failed, this, say);
    account.subscribeStorage(this, [this](StorageState storage) { takeStorage(storage); });
}

void ComposerModel::setRoom(const RoomId &room)
{
    if (room == m_room)
        return;
    if (editing()) // what was typed as a new message is in m_drafts
        m_edits.insert(m_room, {m_editing, m_text});
    endEdit();
    m_room = room;
    m_setAside.clear();
    showText({});
    setError({});
    m_files.setRoom(room);
    if (m_edits.contains(room))
        resume(m_edits.take(room));
    m_drafts.open(room);
}

void ComposerModel::forget()
{
    setRoom({});
    m_edits.clear();
    m_drafts.forget();
    m_files.forget();
}

void ComposerModel::takeDraft(const RoomId &room, const QString &draft)
{
    if (room != m_room)
        return;
    if (editing())
        m_setAside = draft;
    else if (draft != m_text)
        showText(draft);
}

void ComposerModel::takeStorage(StorageState storage)
{
    m_storage = storage;
    if (storage == StorageState::Good) {
        if (m_error.is(ErrorKind::Storage))
            setError({});
        m_drafts.tryAgain();
        m_files.tryAgain();
    }
    Q_EMIT errorTextChanged();
}

ComposerModel::Keeping ComposerModel::keeping() const
{
    if (m_sending > 0 || m_drafts.busy() || m_files.busy())
        return Underway;
    return m_drafts.refused() ? Refused : Kept;
}

QString ComposerModel::errorText() const
{
    return m_storage != StorageState::Good && m_error.is(ErrorKind::Storage) ? QString() : m_error.text();
}

void ComposerModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    Q_EMIT textChanged();
    if (!m_error.isEmpty())
        setError({});
    if (!editing())
        m_drafts.type(text);
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
    m_files.retranslate();
}

void ComposerModel::report(const Result<void> &done)
{
    if (!done && done.error().kind != ErrorKind::Cancelled)
        setError(ShownError::of(done, ErrorText::During::Sending));
}

bool ComposerModel::sendable() const
{
    // What cannot be joined holds the words that were written for it.
    if (!editing() && m_files.waits())
        return m_files.sendable();
    // The words may have been written for a file that an earlier run has left.
    if (!editing() && m_files.loading())
        return false;
    return !m_text.trimmed().isEmpty() && !m_room.isEmpty();
}

void ComposerModel::sendFiles()
{
    const auto caption = m_text.trimmed().isEmpty() ? QString() : m_text;
    if (!caption.isEmpty())
        m_drafts.hold(caption); // a file is not in the queue soon
    setText({});
    m_files.send(caption);
}

void ComposerModel::send()
{
    if (!sendable())
        return;
    if (!editing() && m_files.waits())
        return sendFiles();
    const auto body = m_text;
    const auto room = m_room;
    const auto edited = m_editing;
    auto task = edited.isEmpty() ? m_port.send(room, body) : m_port.edit(room, edited, body);
    if (edited.isEmpty())
        setText({});
    else
        cancelEdit();
    ++m_sending;
    Q_EMIT sent();
    std::move(task).then(this, [this, room, edited, body](Result<TransactionId> txn) {
        --m_sending;
        if (!txn && giveBack(room, edited, body))
            setError(ShownError(txn.error(), ErrorText::During::Sending));
        Q_EMIT keepingChanged();
    });
}

bool ComposerModel::giveBack(const RoomId &room, const EventId &edited, const QString &text)
{
    if (room != m_room && !edited.isEmpty() && m_edits.value(room, {edited, {}}).event == edited) {
        auto &waiting = m_edits[room];
        waiting = {edited, DraftBox::joined(text, waiting.text)};
        return false;
    }
    if (room != m_room) {
        m_drafts.giveBack(room, text);
        return false;
    }
    // What is being corrected is another text than this one: it waits in the draft, which is set aside.
    if (editing() && edited != m_editing) {
        m_drafts.giveBack(room, text);
    } else if (!edited.isEmpty() && !editing()) {
        m_setAside = m_text;
        resume({edited, text});
    } else {
        setText(DraftBox::joined(text, m_text));
    }
    return true;
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
    resume({item.eventId, item.body});
}

void ComposerModel::resume(const Edit &edit)
{
    m_editing = edit.event;
    Q_EMIT editingChanged();
    showText(edit.text);
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
