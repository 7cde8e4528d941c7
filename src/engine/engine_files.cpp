// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What an engine does about its files: a full disk, damaged pages, a cache that was begun anew.
#include "base/log.h"
#include "engine/engine.h"

using namespace Qt::StringLiterals;

namespace parvis {

void Engine::watchFiles()
{
    // Told inside a read or write: what follows from it comes after it.
    const auto refresh = [this] {
        QMetaObject::invokeMethod(this, &Engine::refreshStorage, Qt::QueuedConnection);
    };
    m_files->keys().onDiskFullChanged([refresh](bool) { refresh(); });
    m_files->cache().onDiskFullChanged([refresh](bool) { refresh(); });
    m_files->keys().onDamaged([this, refresh] {
        m_keysDamaged = true;
        refresh();
    });
    m_files->cache().onDamaged(
        [this] { QMetaObject::invokeMethod(this, &Engine::cacheDamaged, Qt::QueuedConnection); });
}

void Engine::refreshStorage()
{
    const bool full = m_files->keys().isDiskFull() || m_files->cache().isDiskFull();
    m_storage.set(m_keysDamaged ? StorageState::KeysDamaged
                      : full    ? StorageState::DiskFull
                                : StorageState::Good);
}

void Engine::catchUp()
{
    if (std::exchange(m_caughtUp, true))
        return;
    checkKeys();
    m_lateKeys->retryWaiting([this](const RoomId &room, const SessionId &session) {
        const auto keys = m_cryptoStore.inboundSessions(room, session);
        return keys && !keys->isEmpty();
    });
}

void Engine::checkKeys()
{
    m_pool.start([this, open = m_files->keysReader()] {
        const auto reader = open();
        const auto checked = reader ? (*reader)->checkIntegrity() : tl::unexpected(reader.error());
        if (checked || checked.error().code != "PARVIS_KEYS_DAMAGED"_L1)
            return; // what else may be wrong shows where it is in the way
        QMetaObject::invokeMethod(
            this,
            [this] {
                qCCritical(log::store) << "keys.db is damaged; it stays as it is";
                m_keysDamaged = true;
                refreshStorage();
            },
            Qt::QueuedConnection);
    });
}

Result<void> Engine::distrustOutboundSessions()
{
    for (const auto &name : {u"room-list"_s, u"classic"_s}) {
        const auto position = m_cache.rooms().position(name);
        if (!position)
            return tl::unexpected(position.error());
        if (!position->isEmpty())
            return {};
    }
    // A cache that begins has seen nobody come and go: whoever left meanwhile may hold the key.
    const auto rooms = m_files->keys().all("SELECT room_id FROM outbound_session WHERE invalidated = 0",
                                           [](const Statement &row) { return row.get<RoomId>(0); });
    if (!rooms)
        return tl::unexpected(rooms.error());
    for (const RoomId &room : *rooms) {
        if (auto discarded = m_machine->discardSession(room); !discarded)
            return discarded;
    }
    return {};
}

} // namespace parvis
