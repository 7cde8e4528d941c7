// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/draft_box.h"

#include <algorithm>

namespace parvis {

DraftBox::DraftBox(ComposerPort &port, QObject *parent) : QObject(parent), m_port(port) {}

DraftBox::~DraftBox()
{
    // The core does what it was asked before its end, though nobody hears the answer. What has not been read
    // is not written over even now: whoever closes the window waits for that (ComposerModel::keeping()).
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if ((*it)->dirty && (*it)->whole && (*it)->writing == 0)
            m_port.setDraft(it.key(), (*it)->all()).then(this, [](const Result<void> &) {});
    }
}

DraftBox::Shared DraftBox::entry(const RoomId &room)
{
    auto &known = m_entries[room];
    if (!known)
        known = std::make_shared<Entry>();
    return known;
}

void DraftBox::open(const RoomId &room)
{
    drop(std::exchange(m_open, room));
    if (room.isEmpty())
        return;
    const auto here = entry(room);
    if (here->whole) {
        Q_EMIT loaded(room, *here->whole);
    } else {
        // In sight, it is part of what is typed.
        here->behind = joined(std::exchange(here->front, {}), here->behind);
        if (!here->behind.isEmpty())
            Q_EMIT loaded(room, here->behind);
        read(room, here);
    }
    tryAgain();
}

void DraftBox::type(const QString &text)
{
    if (m_open.isEmpty())
        return;
    const auto here = entry(m_open);
    if (here->whole) {
        here->whole = text;
        write(m_open, here);
    } else {
        here->behind = text;
        here->dirty = !text.isEmpty() || !here->front.isEmpty() || !here->held.isEmpty();
        read(m_open, here);
        Q_EMIT changed();
    }
}

void DraftBox::hold(const QString &text)
{
    entry(m_open)->held += text;
}

void DraftBox::queued(const RoomId &room, const QString &text)
{
    letGo(room, text);
    if (const auto there = m_entries.value(room); there && there->whole)
        write(room, there);
}

void DraftBox::letGo(const RoomId &room, const QString &text)
{
    if (const auto there = m_entries.value(room))
        there->held.removeOne(text);
}

void DraftBox::giveBack(const RoomId &room, const QString &text)
{
    const auto there = entry(room);
    if (there->whole) {
        there->whole = joined(text, *there->whole);
        if (room == m_open)
            Q_EMIT loaded(room, *there->whole);
        write(room, there);
    } else {
        there->front = joined(text, there->front);
        there->dirty = true;
        read(room, there);
        Q_EMIT changed();
    }
}

void DraftBox::read(const RoomId &room, const Shared &entry)
{
    if (entry->reading)
        return;
    entry->reading = true;
    m_port.draft(room).then(this, [this, room, entry](Result<QString> stored) {
        if (m_entries.value(room) == entry)
            takeRead(room, entry, stored);
    });
}

void DraftBox::takeRead(const RoomId &room, const Shared &entry, const Result<QString> &stored)
{
    entry->reading = false;
    if (stored) {
        entry->whole = joined(std::exchange(entry->front, {}), *stored + std::exchange(entry->behind, {}));
        if (room == m_open)
            Q_EMIT loaded(room, *entry->whole);
        if (entry->dirty)
            write(room, entry);
    } else {
        say(stored.error());
    }
    drop(room);
    Q_EMIT changed();
}

void DraftBox::write(const RoomId &room, const Shared &entry)
{
    entry->dirty = true;
    ++entry->writing;
    m_port.setDraft(room, entry->all())
        .then(this, [this, room, entry, number = ++entry->written](Result<void> done) {
            --entry->writing;
            if (m_entries.value(room) == entry && number == entry->written)
                takeWritten(room, entry, done);
        });
}

void DraftBox::takeWritten(const RoomId &room, const Shared &entry, const Result<void> &done)
{
    entry->dirty = !done;
    drop(room);
    if (done)
        tryAgain(); // what was refused in other rooms may be taken now, too
    else
        say(done.error());
    Q_EMIT changed();
}

void DraftBox::tryAgain()
{
    const auto entries = m_entries; // an answer that is there at once changes them
    for (auto it = entries.cbegin(); it != entries.cend(); ++it) {
        if (!(*it)->dirty || (*it)->underway())
            continue;
        if ((*it)->whole)
            write(it.key(), *it);
        else
            read(it.key(), *it);
    }
}

void DraftBox::forget()
{
    m_open = {};
    m_entries.clear();
    Q_EMIT changed();
}

void DraftBox::say(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        Q_EMIT failed(error);
}

void DraftBox::drop(const RoomId &room)
{
    const auto there = m_entries.value(room);
    if (there && room != m_open && there->held.isEmpty() && !there->dirty && !there->underway())
        m_entries.remove(room);
}

bool DraftBox::busy() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const auto &entry) { return entry->dirty && entry->underway(); });
}

bool DraftBox::refused() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const auto &entry) { return entry->dirty && !entry->underway(); });
}

QString DraftBox::Entry::all() const
{
    return joined(held.join(u'\n'), whole.value_or(QString()));
}

QString DraftBox::joined(const QString &text, const QString &since)
{
    if (text.isEmpty() || since.isEmpty())
        return text.isEmpty() ? since : text;
    return text + u'\n' + since;
}

} // namespace parvis
