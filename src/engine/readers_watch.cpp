// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "engine/readers_watch.h"

#include "base/log.h"
#include "engine/room_readers.h"

namespace parvis {

namespace {

/// In a large room it takes some milliseconds: not for each of many changes.
constexpr int readersSoonMs = 300;

} // namespace

ReadersWatch::ReadersWatch(Engine &engine, RoomId room) : m_engine(engine), m_room(std::move(room))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(readersSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &ReadersWatch::count);
    connect(&engine, &Engine::trustChanged, this, &ReadersWatch::countSoon);
    connect(&engine, &Engine::readersRuleChanged, this, [this](const RoomId &changed) {
        if (changed.isEmpty() || changed == m_room)
            countSoon();
    });
    engine.cache().subscribe(this, [this](const AppliedChanges &applied) { follow(applied); });
    count();
    askForMembers();
}

void ReadersWatch::askForMembers()
{
    // Who is not known yet is not counted; whoever writes here asks for them as well.
    const auto encrypted = m_engine.machine().isEncrypted(m_room);
    if (m_engine.isStarted() && encrypted && *encrypted)
        m_engine.members().completeMembers(m_room).then(this, [](const Result<crypto::RoomMembers> &) {});
}

void ReadersWatch::follow(const AppliedChanges &applied)
{
    for (const RoomApplied &one : applied.rooms) {
        if (one.id != m_room)
            continue;
        if (one.members || one.limited)
            countSoon();
        // After a gap, who is here is to be asked for again: another time, this is in the middle of a commit.
        if (one.limited)
            QMetaObject::invokeMethod(this, &ReadersWatch::askForMembers, Qt::QueuedConnection);
    }
}

void ReadersWatch::countSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void ReadersWatch::count()
{
    const auto now = readerCounts(m_engine, m_room);
    if (!now) {
        qCWarning(log::crypto) << "the readers of a room cannot be counted:" << now.error().code;
        return;
    }
    m_counts.set(*now);
}

} // namespace parvis
