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
#include "engine/typing_notice.h"
#include "engine/unreadable_lines.h"
#include "timeline/room_timeline.h"

namespace parvis {

/// A conversation that somebody looks at: its lines, what is being sent, what stands above it. Core thread.
class OpenRoom : public QObject
{
public:
    /// @p thread: the first message of the thread that is shown instead of all; empty: none.
    OpenRoom(Engine &engine, const RoomId &room, const EventId &thread = {});
    ~OpenRoom() override;

    [[nodiscard]] ObservableList<TimelineItem> &items() { return m_lines.items(); }
    [[nodiscard]] ObservableValue<RoomHeader> &header() { return m_header; }
    [[nodiscard]] Task<Paginated> paginateBack(int count);
    [[nodiscard]] Task<Paginated> paginateForward(int count);
    [[nodiscard]] Task<void> goTo(const EventId &event);
    [[nodiscard]] Task<EventId> goToTime(qint64 ts);
    [[nodiscard]] Result<void> backToNewest();
    [[nodiscard]] ObservableValue<RepairedMessages> &repaired() { return m_repaired.messages(); }
    [[nodiscard]] Result<void> markRead(const EventId &event, ReceiptKind kind);
    [[nodiscard]] Result<void> askAgain(const EventId &event);
    [[nodiscard]] Task<void> setTyping(bool on) { return m_typingNotice.set(on); }

private:
    [[nodiscard]] UnreadableLines::Parts unreadableParts() const;
    void followKeys();
    /// What changed is on its way before an answer is.
    void flush();
    [[nodiscard]] Paginated paginated(int added);
    void explainSoon();
    void countRepaired(const QList<RoomEvent> &events);
    void followRoom(const AppliedChanges &applied);
    /// What this device encrypts for is encrypted for what it shows, also where the cache was fetched anew or
    /// the server leaves the event out.
    void latchEncryption();
    [[nodiscard]] std::optional<PersonIdentity> otherPerson(const rooms::Summary &room) const;
    void refreshEchoes();
    void showTransfers(const QList<FileTransfer> &all);
    void nameSenders(const ListDiffs<TimelineItem> &diffs);
    void refreshHeader();
    /// The server said that there is nothing older, and was perhaps wrong for a moment.
    void lookAgainLater();
    [[nodiscard]] RoomHeader::CannotSend cannotSend(const rooms::Summary &room) const;

    static constexpr int firstLookMs = 5'000, longestLookMs = 1'800'000;

    Engine &m_engine;
    RoomId m_room;
    EventId m_thread;
    ApiHistorySource m_source;
    timeline::RoomTimeline m_timeline;
    LineContext m_context;
    RoomShields m_shields;
    UnreadableLines m_unreadables;
    MappedList<timeline::Item, TimelineItem> m_lines;
    ObservableValue<RoomHeader> m_header;
    QList<UserId> m_typing;
    TypingNotice m_typingNotice;
    bool m_closing = false;
    int m_lookAgainMs = 0; ///< the last wait; 0: none
    bool m_namesAsked = false;
    bool m_explaining = false; ///< in this turn, after what happens in it
    RepairedCount m_repaired;
    ReadersWatch m_readers;
};

} // namespace parvis
