// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/composer_port.h"
#include "timeline/poll_tally.h"

namespace parvis {

class Engine;

/// What ComposerPort promises of polls. A value for one call; core thread.
class RoomPolls
{
public:
    RoomPolls(Engine &engine, const RoomId &room) : m_engine(engine), m_room(room) {}

    [[nodiscard]] Result<TransactionId> start(const NewPoll &poll);
    [[nodiscard]] Result<TransactionId> vote(const EventId &poll, const QStringList &choices);
    [[nodiscard]] Result<TransactionId> end(const EventId &poll);

private:
    /// Still open; PARVIS_NO_SUCH_EVENT, PARVIS_POLL_ENDED.
    [[nodiscard]] Result<timeline::Poll> openPoll(const EventId &poll);

    Engine &m_engine;
    const RoomId &m_room;
};

} // namespace parvis
