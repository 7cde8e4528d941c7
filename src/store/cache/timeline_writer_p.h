// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "store/cache/event_traits_p.h"
#include "store/cache/fresh_events_p.h"
#include "store/cache/state_changes.h"
#include "store/database.h"

namespace parvis {

/// Without those that cannot be told apart, and without what comes twice in one answer.
[[nodiscard]] QList<RoomEvent> distinctEvents(const QList<RoomEvent> &events);

/// Writes timelines inside the transaction of a commit. The rules of order (matrix-client 2.4):
///
/// - a live event goes to the end, also when it was known: the newest place wins, an event has one place;
/// - a limited timeline begins a new chunk with a gap before it, unless it overlaps the end of what is there;
/// - a page of history goes before the first event of its chunk; what is known in an older chunk moves there;
/// - a page that ends in known older events shows them; the gap is closed once enough of them have come in a
/// row,
///   for what came late from another server stands among them, in the order of the history;
/// - an island goes where it belongs once a page of it, or one that comes from elsewhere, reaches the other;
/// - a loose event stands nowhere until an answer shows its place;
/// - an own event that was sent stands at the end until the server shows its place, and is no known event
/// before
///   that: what others sent in the meantime is between it and what is there.
class TimelineWriter
{
public:
    /// @p fresh gets what may be found, and outlives the writer.
    TimelineWriter(Database &database, const UserId &own, FreshEvents &fresh)
        : m_database(database), m_own(own), m_search(database), m_fresh(fresh)
    {
    }

    /// @p encryptedMs: the room was known to be encrypted before these changes, since then; 0: nobody knows
    /// since when.
    [[nodiscard]] Result<void> append(qint64 row, const RoomChanges &changes,
                                      std::optional<qint64> encryptedMs, RoomApplied &applied);
    [[nodiscard]] Result<void> backfill(qint64 row, const BackfillPage &page, RoomApplied &applied);
    [[nodiscard]] Result<void> island(qint64 row, const IslandPage &page, RoomApplied &applied);
    [[nodiscard]] Result<void> forward(qint64 row, const ForwardPage &page, RoomApplied &applied);
    [[nodiscard]] Result<void> loose(qint64 row, const LooseEvents &page, RoomApplied &applied);
    [[nodiscard]] Result<void> decrypted(qint64 row, const LateDecryption &late, RoomApplied &applied);

private:
    struct Known {
        TimelinePlace place;
        bool redacted = false;
        bool readable = false;
        bool kept = false;

        /// Where it stands is more than a guess.
        [[nodiscard]] bool hasPlace() const { return !kept && !place.isLoose(); }
    };

    [[nodiscard]] Result<std::optional<Known>> known(qint64 row, const EventId &id);
    [[nodiscard]] Result<std::optional<TimelinePlace>> edge(qint64 row, bool newest, qint64 chunk);
    [[nodiscard]] Result<std::optional<qint64>> lastChunk(qint64 row);
    [[nodiscard]] Result<void> keep(qint64 row, const QList<RoomEvent> &events, RoomApplied &applied);
    /// Where a live answer goes, the gap before it opened; @p first: what is known of its first event.
    [[nodiscard]] Result<qint64> chunkFor(qint64 row, std::optional<qint64> last,
                                          const QList<RoomEvent> &events, const RoomChanges &changes,
                                          const std::optional<Known> &first);
    [[nodiscard]] Result<void> confirm(qint64 row, const Event &event, RoomApplied &applied);
    [[nodiscard]] Result<bool> isTail(qint64 row, const QList<RoomEvent> &events);
    /// What stands behind a hole: as in the schema.
    enum class Behind { Hidden, Shown, Met };
    struct Hole {
        QString token;
        qint64 overlap = 0, endings = 0;
        Behind behind = Behind::Hidden;
    };
    [[nodiscard]] Result<std::optional<Hole>> hole(qint64 row, qint64 chunk);
    [[nodiscard]] Result<void> openGap(qint64 row, qint64 chunk, const QString &token, qint64 overlap = 0,
                                       Behind behind = Behind::Hidden);
    [[nodiscard]] Result<void> closeGap(qint64 row, qint64 chunk);
    /// Answers false where the event is there already.
    [[nodiscard]] Result<bool> insert(qint64 row, TimelinePlace place, const RoomEvent &event,
                                      const EventTraits &traits);
    [[nodiscard]] Result<void> place(qint64 row, std::optional<TimelinePlace> where, const RoomEvent &event,
                                     RoomApplied &applied);
    [[nodiscard]] Result<void> afterInsert(qint64 row, const RoomEvent &event, const EventTraits &traits,
                                           RoomApplied &applied);
    /// The index looks at an event once more, or forgets it.
    [[nodiscard]] Result<void> lookAgain(qint64 row, const EventId &id);
    [[nodiscard]] Result<void> leaveIndex(qint64 row, const EventId &id);
    /// An older encryption event came in: from there on messages in clear are suspicious.
    [[nodiscard]] Result<void> firstEncryption(qint64 row);
    [[nodiscard]] Result<void> update(qint64 row, const RoomEvent &event, const Known &was,
                                      RoomApplied &applied);
    [[nodiscard]] Result<void> rewrite(qint64 row, const RoomEvent &event);
    [[nodiscard]] Result<void> redact(qint64 row, const EventId &target, const Event &because,
                                      RoomApplied &applied);
    /// How what came before an event relates to it: with an edit, a redaction, or both.
    [[nodiscard]] Result<QSet<QString>> relatedTo(qint64 row, const EventId &id);
    /// A redaction may have come before what it takes back: through a gap, or a server that forgot to empty
    /// it.
    [[nodiscard]] Result<void> redactLate(qint64 row, const EventId &id, RoomApplied &applied);
    [[nodiscard]] Result<void> touchTarget(qint64 row, const EventId &id, RoomApplied &applied);
    /// Whether the chunk's oldest event is the room's first.
    [[nodiscard]] Result<bool> beginsWithRoom(qint64 row, qint64 chunk);
    /// From a known event on nothing is missing, or only what nobody waits for, up to the last chunk.
    [[nodiscard]] Result<bool> isBeforeTheEnd(qint64 row, const Known &event, qint64 last);
    /// How many events at the end of a page are known in older chunks, and in which the oldest stands.
    struct Overlap {
        qint64 events = 0, chunk = 0;
        bool whole = false; ///< the page has nothing else, but for what the page before it had as well
    };
    [[nodiscard]] Result<Overlap> overlap(qint64 row, const QList<RoomEvent> &events, qint64 chunk);
    /// How many events at the beginning of an answer, which stands at @p first, are known in a row; 0 where
    /// nothing can be missing among those before them: too many for that, or none are there.
    [[nodiscard]] Result<qint64> overlapAhead(qint64 row, const QList<RoomEvent> &events,
                                              TimelinePlace first);
    /// All of @p chunk moved elsewhere, and what is known ends there.
    [[nodiscard]] Result<bool> isUsedUp(qint64 row, qint64 chunk);
    /// All that is behind @p place, up to @p chunk, moved there.
    [[nodiscard]] Result<bool> isLastBefore(qint64 row, TimelinePlace place, qint64 chunk);
    /// Puts the events of a page in front of a chunk; answers whether any has come there.
    [[nodiscard]] Result<bool> putBefore(qint64 row, qint64 chunk, const QList<RoomEvent> &events,
                                         RoomApplied &applied);
    /// The server says that there is nothing older.
    [[nodiscard]] Result<void> ended(qint64 row, qint64 chunk, const Hole &hole, RoomApplied &applied);
    /// The gap of @p chunk is filled up to @p older; of that one, all may have moved into it.
    [[nodiscard]] Result<void> join(qint64 row, qint64 chunk, qint64 older);
    /// Everything moved out of some chunks: the gaps before them stand before the next ones now. Answers the
    /// least that those before @p before itself show.
    [[nodiscard]] Result<Behind> dropEmptyChunks(qint64 row, qint64 before);
    /// The same between two chunks of which a page has told all that lies between.
    [[nodiscard]] Result<void> dropFilledChunks(qint64 row, qint64 older, qint64 chunk);

    /// The part of backfill() that is for islands: it ends where the page reaches what is known.
    [[nodiscard]] Result<void> backfillIsland(qint64 row, const BackfillPage &page,
                                              const QList<RoomEvent> &events, RoomApplied &applied);
    /// The known event of another chunk at which a page of @p chunk ends, if it is one.
    [[nodiscard]] Result<std::optional<Known>> contact(qint64 row, qint64 chunk, const EventId &id);
    /// The island's first event follows on @p older; answers the chunk in which its events are now.
    [[nodiscard]] Result<qint64> joinBack(qint64 row, qint64 island, TimelinePlace older);
    /// @p newer follows on the last event of @p chunk; answers false where that fits nothing that is known.
    [[nodiscard]] Result<bool> joinForward(qint64 row, qint64 chunk, TimelinePlace newer);
    [[nodiscard]] Result<bool> closeGapAfter(qint64 row, qint64 chunk, qint64 next);
    /// All of @p from goes into another chunk, behind or in front of one of its places.
    [[nodiscard]] Result<void> moveBehind(qint64 row, qint64 from, TimelinePlace place);
    [[nodiscard]] Result<void> moveBefore(qint64 row, qint64 from, TimelinePlace place);
    [[nodiscard]] Result<void> moveTo(qint64 row, qint64 from, TimelinePlace first);
    /// The hole before @p from is the one before @p chunk now.
    [[nodiscard]] Result<void> takeGap(qint64 row, qint64 from, qint64 chunk);
    [[nodiscard]] Result<std::optional<TimelinePlace>> lastShown(qint64 row, qint64 chunk);

    Database &m_database;
    const UserId &m_own;
    SearchStore m_search;
    FreshEvents &m_fresh;
    bool m_filling = false;       ///< what is written now is a page before a chunk
    bool m_keeping = false;       ///< what is written now is kept
    bool m_reachesBehind = false; ///< what is written now brings all that is known behind the encryption
    bool m_encrypted = false;     ///< what is written now in clear, others may have slipped in
    bool m_afterOthers = false;   ///< what is written now may be older than what is there
};

} // namespace parvis
