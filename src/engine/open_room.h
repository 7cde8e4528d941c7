// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/timeline_port.h"
#include "engine/api_history_source.h"
#include "engine/core.h"
#include "engine/mapped_list.h"
#include "engine/readers_watch.h"
#include "engine/repaired_count.h"
#include "engine/room_shields.h"
#include "engine/timeline_values.h"
#include "engine/unreadable_lines.h"
#include "timeline/room_timeline.h"

namespace parvis {

/// A conversation that somebody looks at: its lines, what is being sent, what stands above it. Core thread.
class OpenRoom : public QObject
{
public:
    OpenRoom(Engine &engine, const RoomId &room);

    [[nodiscard]] ObservableList<TimelineItem> &items() { return m_lines.items(); }
    [[nodiscard]] ObservableValue<RoomHeader> &header() { return m_header; }
    [[nodiscard]] Task<Paginated> paginateBack(int count);
    [[nodiscard]] ObservableValue<RepairedMessages> &repaired() { return m_repaired.messages(); }
    [[nodiscard]] Result<void> markRead(const EventId &event, ReceiptKind kind);
    [[nodiscard]] Result<void> askAgain(const EventId &event);

private:
    [[nodiscard]] UnreadableLines::Parts unreadableParts() const;
    void followKeys();
    void explainSoon();
    void countRepaired(const QList<RoomEvent> &events);
    void refreshEchoes();
    void showTransfers(const QList<FileTransfer> &all);
    void nameSenders(const ListDiffs<TimelineItem> &diffs);
    void refreshHeader();
    [[nodiscard]] RoomHeader::CannotSend cannotSend(const rooms::Summary &room) const;

    Engine &m_engine;
    RoomId m_room;
    ApiHistorySource m_source;
    timeline::RoomTimeline m_timeline;
    LineContext m_context;
    RoomShields m_shields;
    UnreadableLines m_unreadables;
    MappedList<timeline::Item, TimelineItem> m_lines;
    ObservableValue<RoomHeader> m_header;
    QStringList m_typing;
    bool m_namesAsked = false;
    bool m_explaining = false; ///< in this turn, after what happens in it
    RepairedCount m_repaired;
    ReadersWatch m_readers;
};

} // namespace parvis
