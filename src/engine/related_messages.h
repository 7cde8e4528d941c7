// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/engine.h"

namespace parvis {

/// What is sent because of another event of the room: answers, reactions, removals. Each goes into the send
/// queue, and fails with PARVIS_NO_SUCH_EVENT where that event is not known. A value for one call; core
/// thread.
class RelatedMessages
{
public:
    RelatedMessages(Engine &engine, const RoomId &room) : m_engine(engine), m_room(room) {}

    [[nodiscard]] Result<TransactionId> reply(const EventId &event, const QString &body);
    [[nodiscard]] Result<TransactionId> sendInThread(const EventId &root, const QString &body);
    /// The same reaction again is the one that is there or on its way.
    [[nodiscard]] Result<TransactionId> react(const EventId &event, const QString &key);
    /// PARVIS_NO_SUCH_REACTION where we gave none.
    [[nodiscard]] Result<void> unreact(const EventId &event, const QString &key);
    /// As ComposerPort::forward() says.
    [[nodiscard]] Result<TransactionId> forward(const EventId &event, const RoomId &to);
    [[nodiscard]] Result<TransactionId> redact(const EventId &event, const QString &reason);

private:
    [[nodiscard]] Result<RoomEvent> known(const EventId &event) const;
    [[nodiscard]] Result<EventId> ownReaction(const EventId &event, const QString &key) const;
    [[nodiscard]] std::optional<store::QueueRow> queuedReaction(const EventId &event,
                                                                const QString &key) const;

    Engine &m_engine;
    const RoomId &m_room;
};

} // namespace parvis
