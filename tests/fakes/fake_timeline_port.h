// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/observable_list.h"
#include "base/observable_value.h"
#include "client/timeline_port.h"

#include <QHash>

namespace parvis {

/// One conversation in memory, shared by all who open it.
struct FakeConversation {
    ObservableList<TimelineItem> items;
    ObservableValue<RoomHeader> header;
    ObservableValue<RepairedMessages> repaired;
    QList<TimelineItem> older; ///< comes with the next page
    QList<TimelineItem> past;  ///< what goTo() shows
    QList<TimelineItem> newer; ///< comes behind it, and is what backToNewest() shows
    QList<EventId> wentTo;
    std::optional<Error> pageError;
    bool holdPage = false;
    QList<EventId> read;
    QList<bool> typing;   ///< setTyping()
    QList<EventId> asked; ///< askAgain()
    Result<void> askAnswer;
    std::vector<Promise<Paginated>> held;
};

/// Conversations that a test fills.
class FakeTimelinePort : public TimelinePort
{
public:
    std::unique_ptr<Timeline> open(const RoomId &room, const EventId &thread = {}) override;
    Task<QList<ThreadCard>> threads(const RoomId &) override
    {
        return Task<QList<ThreadCard>>::ready(QList<ThreadCard>());
    }
    Task<QList<TimelineItem>> pinned(const RoomId &room) override;
    Task<void> setPinned(const RoomId &room, const EventId &event, bool on) override;
    FakeConversation &conversation(const RoomId &room);

private:
    QHash<RoomId, std::shared_ptr<FakeConversation>> m_conversations;
};

} // namespace parvis
