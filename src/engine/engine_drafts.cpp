// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// What a room's row shows besides the room: texts that are begun, messages that could not be sent.
#include "engine/engine.h"

#include <algorithm>

namespace parvis {

bool Engine::hasFailed(const RoomId &room) const
{
    const auto rows = m_queue->rows(room);
    return std::any_of(rows.cbegin(), rows.cend(),
                       [](const auto &row) { return row.state == store::QueueState::Failed; });
}

bool Engine::hasDraft(const RoomId &room) const
{
    return m_withDraft.contains(room) || m_media->joined().rooms().contains(room);
}

Result<void> Engine::setDraft(const RoomId &room, const QString &text)
{
    if (auto saved = m_drafts.save(room, text); !saved)
        return saved;
    const bool before = m_withDraft.contains(room);
    if (text.isEmpty())
        m_withDraft.remove(room);
    else
        m_withDraft.insert(room);
    if (before != !text.isEmpty())
        Q_EMIT roomExtrasChanged(room);
    return {};
}

} // namespace parvis
